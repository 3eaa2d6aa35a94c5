"""Bounces: reading what mailboxes sent back, and acting on it."""

from dataclasses import dataclass

from briefing.actions.open_store import the_keys, the_store
from briefing.clock import Clock
from briefing.config import Config
from briefing.errors import ConfigError, StoreError, SubscriberError
from briefing.sends.bounces.bounce_reports import Report, read_mailbox
from briefing.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class BouncesRead:
    """What a mailbox held."""

    read: int = 0
    hard: int = 0
    soft: int = 0
    complaints: int = 0
    #: Counted in an earlier run.
    known: int = 0
    #: No report, or about no letter of ours, or about our policy and not the reader.
    ignored: int = 0


def read_bounces(config: Config, clock: Clock) -> BouncesRead:
    """Read the bounce mailbox and apply the rules of [bounces]; reading it again changes nothing.

    Raises:
        ConfigError: when config.toml names no mailbox.
        SendError: when it is no mailbox.
    """
    if not config.bounces.mailbox:
        raise ConfigError(
            ("[bounces] mailbox is not set; name the Maildir or mbox of [send] bounce_address.",)
        )
    tally = dict.fromkeys(("hard", "soft", "complaint", "known", "ignored"), 0)
    read = 0
    with the_store(config, clock()) as store:
        path = config.path(config.bounces.mailbox)
        for report in read_mailbox(path, the_keys(config)[-1]):
            read += 1
            tally[_apply(store, report, clock().timestamp())] += 1
    return BouncesRead(
        read=read,
        hard=tally["hard"],
        soft=tally["soft"],
        complaints=tally["complaint"],
        known=tally["known"],
        ignored=tally["ignored"],
    )


def _apply(store: Store, report: Report, now: float) -> str:
    if report.about is None or report.bounce is None:
        return "ignored"
    try:
        reader = store.subscribers.by_ref(report.about.ref)
    except SubscriberError:
        return "ignored"
    try:
        mailing = store.mailings.get(report.about.edition).number if report.about.edition else None
    except StoreError:
        mailing = None
    fresh = store.bounces.reported(
        report.digest.encode(),
        reader=reader.id,
        mailing=mailing,
        kind=report.bounce,
        status=report.status,
        detail=report.detail,
        now=now,
    )
    return report.bounce.value if fresh else "known"
