"""Results: what came of each of a briefing's past editions, in one row."""

from dataclasses import dataclass

from briefing.actions.context import Desk
from briefing.model.delivery import State
from briefing.model.mailing import MailingStatus
from briefing.store import OpinionCount


@dataclass(frozen=True, slots=True, kw_only=True)
class EditionResult:
    """One past edition."""

    edition: str
    subject: str
    readers: int
    #: Taken by the relay.
    delivered: int
    #: Refused at once, or sent back later, for good: reason and how many, the most first.
    refused: tuple[tuple[str, int], ...]
    #: Readers who left by a link in it.
    left: int
    #: Links followed by people; None where clicks are not counted.
    clicks: int | None
    #: Readers who said that it was worth their time, or was not.
    opinions: OpinionCount
    #: What people wrote to the mailbox from then until the briefing's next edition left; None where no
    #: mailbox is read.
    replies: int | None


def edition_results(desk: Desk, briefing: str, most: int = 30) -> tuple[EditionResult, ...]:
    """What came of the newest editions that were sent, newest first.

    Args:
        desk: the desk.
        briefing: its key in config.toml.
        most: how many.
    """
    listed = desk.store.mailings.listed(briefing, MailingStatus)[:most]
    if not listed:
        return ()
    left = desk.store.results.left(min(one.frozen_at for one in listed))
    numbers = [desk.store.mailings.get(one.edition).number for one in listed]
    refused = desk.store.results.refused(numbers)
    ends = [None, *(one.frozen_at for one in listed)]
    found = []
    for one, number, until in zip(listed, numbers, ends, strict=False):
        counts = desk.store.ledger(number).counts()
        clicks = desk.store.clicks.of(one.edition)
        reasons = refused.get(number, {})
        found.append(
            EditionResult(
                edition=one.edition,
                subject=one.subject,
                readers=sum(counts.values()),
                delivered=counts.get(State.POSTED, 0),
                refused=tuple(sorted(reasons.items(), key=lambda pair: (-pair[1], pair[0]))),
                left=left.get(one.edition, 0),
                clicks=sum(each.people for each in clicks) if clicks else None,
                opinions=desk.store.opinions.of(one.edition),
                replies=_replies(desk, one.frozen_at, until),
            )
        )
    return tuple(found)


def _replies(desk: Desk, since: float, until: float | None) -> int | None:
    if not desk.config.bounces.mailbox:
        return None
    return desk.store.replies.counts(since, until).get("person", 0)
