"""Bounces: reading what mailboxes sent back, acting on it, and taking a bad day back."""

import logging
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

from briefing.actions.context import Desk
from briefing.actions.sending.blocking_hosts import give_back_where_all_were_refused
from briefing.actions.sending.domain_reports import keep_reports
from briefing.actions.sending.hand_on import hand_on, keep_reply
from briefing.clock import Clock
from briefing.config import Config
from briefing.counted import counted
from briefing.errors import ConfigError, SubscriberError
from briefing.model.audit_entry import AuditEntry
from briefing.model.delivery import Bounce
from briefing.model.reason import Reason
from briefing.model.subscriber import Standing, Subscriber
from briefing.sends.bounces import Kind, Report, read_mailbox
from briefing.store import write_whole

_LOG = logging.getLogger("briefing.bounces")
#: Bytes that are kept of a message that is too large to read: its head says who wrote it.
_HEAD = 65_536
_LEFT = (Standing.PENDING, Standing.ACTIVE, Standing.PAUSED, Standing.BOUNCED)


@dataclass(frozen=True, slots=True, kw_only=True)
class BouncesRead:
    """What a mailbox or a file of events held."""

    read: int = 0
    hard: int = 0
    soft: int = 0
    complaints: int = 0
    #: Asked by mail to be let go.
    unsubscribed: int = 0
    #: Reports of receivers on our domains; `briefing reports` shows what they say.
    domain_reports: int = 0
    #: Notices of people who are away.
    away: int = 0
    #: People's words that came, those handed on to [send] reply_to now, and why others were not.
    persons: int = 0
    handed_on: int = 0
    not_handed_on: str = ""
    #: Counted in an earlier run.
    known: int = 0
    #: No report, or about no letter of ours, or about us and not the reader.
    ignored: int = 0
    #: Of those: nobody could tell what they say; they are kept for a person.
    unread: int = 0
    #: Why, of what was told of letters of ours.
    reasons: tuple[tuple[Reason, int], ...] = ()
    #: Where the unread ones are.
    kept: Path | None = None


def read_bounces(
    desk: Desk,
    tell_ops: Callable[[Config, str, Clock], None],
    seen: set[str] | None = None,
    is_over: Callable[[], bool] = lambda: False,
) -> BouncesRead:
    """Read the bounce mailbox and apply the rules of [bounces]; reading it again changes nothing.

    Args:
        desk: the desk.
        tell_ops: called with a sentence when a host reports that our signatures failed, and once for what
            nobody could read.
        seen: as `read_mailbox`.
        is_over: asked before each message; once true, the rest waits for the next reading.

    Raises:
        ConfigError: when config.toml names no mailbox.
        SendError: when it is not a mailbox.
    """
    if not desk.config.bounces.mailbox:
        raise ConfigError(
            ("[bounces] mailbox is not set; name the Maildir or mbox of [send] bounce_address.",)
        )
    tally: Counter[str] = Counter()
    reasons: Counter[Reason] = Counter()
    folder = unread_folder(desk)
    failing, waits, refused_by = 0, list[Path](), set[str]()
    for report, content in read_mailbox(
        desk.config.path(desk.config.bounces.mailbox), desk.keys[-1], seen
    ):
        if is_over():
            break
        tally["read"] += 1
        found = _apply(desk, report, content)
        tally[found] += 1
        refused_by |= _refused_by(report, found)
        if report.kind is Kind.UNREAD or found == "unread":
            tally["kept"] += 1
            waits += _keep(folder, report, content)
        if report.reason is not None and report.about is not None and found != "known":
            reasons[report.reason] += 1
        failing += report.kind is Kind.AUTHENTICATION and _is_new(desk, report)
    give_back_where_all_were_refused(desk, refused_by, tell_ops)
    if failing:
        _tell_of_signatures(desk, failing, tell_ops)
    if waits:
        _tell_of(desk, waits, tell_ops)
    handed, why = hand_on(desk)
    return replace(read_so_far(tally, reasons, folder), handed_on=handed, not_handed_on=why)


def _refused_by(report: Report, found: str) -> set[str]:
    """The edition whose letter a dead address was reported of."""
    return {report.about.edition} if found == Bounce.HARD and report.about else set()


def _tell_of_signatures(
    desk: Desk, failing: int, tell_ops: Callable[[Config, str, Clock], None]
) -> None:
    tell_ops(
        desk.config,
        f"{counted(failing, 'report says', 'reports say')} that our signatures failed at a host (RFC 6591). "
        "Look at DKIM, SPF and DMARC of the sender's domain.",
        desk.clock,
    )


def read_so_far(tally: Counter[str], reasons: Counter[Reason], folder: Path) -> BouncesRead:
    """The sum of what was read."""
    return BouncesRead(
        read=tally["read"],
        hard=tally["hard"],
        soft=tally["soft"],
        complaints=tally["complaint"],
        unsubscribed=tally["unsubscribed"],
        domain_reports=tally["domain report"],
        known=tally["known"],
        ignored=tally["ignored"] + tally["unread"],
        away=tally["away"],
        persons=tally["person"],
        unread=tally["kept"],
        reasons=tuple(reasons.most_common()),
        kept=folder if tally["kept"] else None,
    )


def unread_folder(desk: Desk) -> Path:
    """Where messages are kept that a person must read."""
    return desk.config.path(desk.config.data.path) / "bounces" / "unread"


def undo_bounces(desk: Desk, edition: str, *, actor: str, dry: bool) -> tuple[Subscriber, ...]:
    """Give back the readers whom the bounces of an edition took off their lists; complaints stay.

    Args:
        desk: the desk.
        edition: whose bounces.
        actor: who wants that.
        dry: only say who it would be.

    Raises:
        StoreError: when its sending never began.
    """
    now = desk.clock().timestamp()
    mailing = desk.store.mailings.get(edition)
    back = tuple(desk.store.bounces.undo(mailing.number, actor=actor, now=now, dry=dry))
    if back and not dry:
        detail = f"{counted(len(back), 'reader')}: " + ", ".join(reader.ref for reader in back[:20])
        desk.store.audit_log.note(
            AuditEntry(at=now, actor=actor, verb="undo bounces", edition=edition, detail=detail)
        )
    return back


def _keep(folder: Path, report: Report, content: bytes) -> list[Path]:
    """Keep what a person must read; where, when it was not kept before."""
    _LOG.warning("A message of the bounce mailbox was not read: %s", report.detail)
    is_whole = bool(report.digest)
    name = report.digest if is_whole else sha256(content).hexdigest()
    path = folder / f"{name[:32]}{'' if is_whole else '.head'}.eml"
    if path.exists():
        return []
    folder.mkdir(parents=True, exist_ok=True)
    write_whole(path, content if is_whole else content[:_HEAD])
    return [path]


def _tell_of(desk: Desk, waits: list[Path], tell_ops: Callable[[Config, str, Clock], None]) -> None:
    """Tell ops, and `briefing status`, once of what waits for a person."""
    heads = sum(path.name.endswith(".head.eml") for path in waits)
    large = f" Too large to be read: {heads}, whole in the mailbox alone." * bool(heads)
    said = (
        f"In the bounce mailbox came what could not be read, {len(waits)} in all, and nothing was done about "
        f"it. It waits for a person in {waits[0].parent}.{large}"
    )
    now = desk.clock().timestamp()
    if desk.store.alerts.first(f"unread {waits[0].name}", said, now):
        tell_ops(desk.config, said, desk.clock)


def _apply(desk: Desk, report: Report, content: bytes) -> str:
    """What follows; the name of what it was."""
    match report.kind:
        case Kind.PERSON:
            return keep_reply(desk, report, content)
        case Kind.AWAY:
            now = desk.clock().timestamp()
            return "away" if desk.store.replies.first(report.digest, "away", now) else "known"
        case Kind.DOMAIN_REPORT:
            return keep_reports(desk, report.domain_reports)
        case _:
            return _apply_to_reader(desk, report)


def _apply_to_reader(desk: Desk, report: Report) -> str:
    if report.about is None:
        return "ignored"
    try:
        reader = desk.store.subscribers.by_ref(report.about.ref)
    except SubscriberError:
        return "ignored"
    if report.kind is Kind.UNSUBSCRIBE:
        return "unsubscribed" if let_go(desk, reader, "asked by mail") else "known"
    if report.bounce is None:
        return "ignored"
    return count_bounce(
        desk,
        reader,
        edition=report.about.edition,
        digest=report.digest.encode(),
        kind=report.bounce,
        status=report.status,
        reason=report.reason,
        detail=report.detail,
    )


def count_bounce(  # noqa: PLR0913 - the parts of a report
    desk: Desk,
    reader: Subscriber,
    *,
    edition: str,
    digest: bytes,
    kind: Bounce,
    status: str,
    reason: Reason | None,
    detail: str,
    note: Callable[..., bool] | None = None,
) -> str:
    """Write a report down, and what follows for its reader; `known` when it was before.

    Args:
        desk: the desk.
        reader: whom it is about.
        edition: whose letter, if that is known.
        digest: of the report, so that it counts once.
        kind: what it says.
        status: its status.
        reason: why, in standard words.
        detail: the mailbox's own words.
        note: writes it down next to others; `BounceLog.reported` when left out.
    """
    now = desk.clock().timestamp()
    fresh = (note or desk.store.bounces.reported)(
        digest,
        reader=reader.id,
        mailing=desk.store.mailings.number(edition) if edition else None,
        kind=kind,
        status=status[:12],
        detail=detail,
        reason=reason or "",
        now=now,
    )
    return kind.value if fresh else "known"


def let_go(desk: Desk, reader: Subscriber, cause: str) -> bool:
    """Take a reader off the list at their own wish; False when they were off it."""
    now = desk.clock().timestamp()
    return desk.store.subscribers.change(
        reader.id,
        Standing.UNSUBSCRIBED,
        only_from=_LEFT,
        cause=cause,
        actor="reader",
        now=now,
    )


def _is_new(desk: Desk, report: Report) -> bool:
    """True once for each report, so that nobody is told twice."""
    return desk.store.alerts.first(
        f"report {report.digest[:32]}", report.detail, desk.clock().timestamp()
    )
