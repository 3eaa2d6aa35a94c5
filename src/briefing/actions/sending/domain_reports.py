"""Domain reports: who sends in our name, by the word of those who got it."""

from collections.abc import Iterable
from dataclasses import dataclass

from briefing.actions.context import Desk
from briefing.errors import SendError
from briefing.model.network.domain_report import DomainReport, ReportKind, SourceTotals

_DAY = 86_400.0
#: Days that can be looked back: no report is kept longer.
MOST_DAYS = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class DomainReportsSeen:
    """What receivers said of our domains over some days."""

    days: int
    #: How many reports.
    count: int
    #: Who sent letters in our name, what failed most first.
    senders: tuple[SourceTotals, ...]
    #: How sessions with our own mail servers were encrypted.
    sessions: tuple[SourceTotals, ...]
    #: The addresses that ops know to be ours.
    own: tuple[str, ...]


def domain_reports(desk: Desk, days: int) -> DomainReportsSeen:
    """Sum up the reports of the last days.

    Raises:
        SendError: when so many days cannot be looked back.
    """
    if not 1 <= days <= MOST_DAYS:
        raise SendError(f"{days} days cannot be shown: reports are kept for {MOST_DAYS}.")
    since = desk.clock().timestamp() - days * _DAY
    kept = desk.store.domain_reports
    return DomainReportsSeen(
        days=days,
        count=kept.count(since),
        senders=kept.totals(ReportKind.DMARC, since),
        sessions=kept.totals(ReportKind.TLS, since),
        own=desk.config.doctor.sends_from,
    )


def keep_reports(desk: Desk, reports: Iterable[DomainReport]) -> str:
    """Keep those on our domains; the name of what they were.

    Raises:
        StoreError: when too many are kept already.
    """
    ours = [one for one in reports if _is_ours(desk, one.domain)]
    if not ours:
        return "ignored"
    now = desk.clock().timestamp()
    fresh = [desk.store.domain_reports.keep(one, now) for one in ours]
    return "domain report" if any(fresh) else "known"


def _is_ours(desk: Desk, domain: str) -> bool:
    """One of our domains, one under it, or one above it that is not a top-level domain."""
    send = desk.config.send
    addresses = (send.sender.email, send.bounce_address)
    own = {one.rpartition("@")[2].lower() for one in addresses if one}
    own |= {key.domain.lower() for key in send.dkim}
    return any(
        domain == one or domain.endswith(f".{one}") or one.endswith(f".{domain}") for one in own
    )
