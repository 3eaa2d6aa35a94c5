"""Mailings: how they stand, and who steers them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import lru_cache
from itertools import islice

from briefing.actions.context import Desk
from briefing.model.delivery import Delivery, Row, State
from briefing.model.mailing import Mailing, MailingStatus
from briefing.sends.posting.refusal_watch import judgement
from briefing.subscribers.exporting import csv_lines, guarded_all

HEADER = ("email", "name", "state", "doubtful", "tries", "at", "due", "reply", "reason", "returned")


@dataclass(frozen=True, slots=True, kw_only=True)
class Deliveries:
    """A mailing and what became of each letter."""

    mailing: Mailing
    counts: dict[State, int]
    #: How many may have the letter twice, or not at all.
    doubtful: int
    rows: tuple[Row, ...]

    @property
    def readers(self) -> int:
        """All readers the edition was for."""
        return sum(self.counts.values())


def deliveries(
    desk: Desk, edition: str, state: State | None = None, most: int | None = None, after: int = 0
) -> Deliveries:
    """What became of an edition's letters, all of them or those in one state.

    Args:
        desk: the desk.
        edition: whose.
        state: only letters in this state.
        most: no more rows than so many; the counts are of all.
        after: leave out so many rows before them.

    Raises:
        StoreError: when its sending never began.
    """
    mailing = desk.store.mailings.get(edition)
    ledger, until = desk.store.ledger(mailing.number), None if most is None else after + most
    return Deliveries(
        mailing=mailing,
        counts=ledger.counts(),
        doubtful=ledger.doubtful(),
        rows=tuple(map(with_reason, islice(ledger.rows(state, until), after, None))),
    )


def deliveries_as_csv(desk: Desk, edition: str, state: State | None) -> Iterator[str]:
    """The deliveries as CSV that no spreadsheet mistakes for formulas, in pieces of many lines.

    Raises:
        StoreError: when its sending never began.
    """
    ledger = desk.store.ledger(desk.store.mailings.get(edition).number)
    yield csv_lines([HEADER])
    for page in ledger.pages(state):
        emails, names, states, doubtful, tries, at, due, replies, reasons, returned = zip(
            *page, strict=True
        )
        if State.BOUNCED.value in states:
            reasons = tuple(map(_reason, states, reasons, replies))
        who = (guarded_all(emails), guarded_all(names), states, map(bool, doubtful), tries)
        words = map(guarded_all, (replies, reasons, returned))
        yield csv_lines(zip(*who, map(_time, at), map(_time, due), *words, strict=True))


def open_again(desk: Desk, edition: str, states: Sequence[State]) -> int:
    """Make the letters in these states due now, and let the mailing go on for them.

    Returns:
        How many.

    Raises:
        StoreError: when its sending never began.
    """
    number = desk.store.mailings.get(edition).number
    count = desk.store.ledger(number).retry(desk.clock().timestamp(), states) if states else 0
    if count:
        desk.store.mailings.reopen(number)
    return count


def with_reason(row: Row) -> Row:
    """A delivery with the reason of its refusal in standard words."""
    return replace(row, reason=_reason(row.state, row.reason, row.reply))


def _reason(state: str, known: str, reply: str) -> str:
    if state != State.BOUNCED or known:
        return known
    return judgement(Delivery(recipient="", state=State.BOUNCED, detail=reply)).reason


def steer(desk: Desk, edition: str, status: MailingStatus, reason: str) -> Mailing:
    """Pause, resume or abort; a sender at work heeds it at its next letter.

    Raises:
        StoreError: when its sending never began.
        SendError: when it is sent or aborted already.
    """
    return desk.store.mailings.turn(edition, status, reason)


def must_be_steerable(desk: Desk, edition: str) -> None:
    """Make sure, before anybody is asked, that there is something to steer.

    Raises:
        StoreError: when its sending never began.
        SendError: when it is sent or aborted already.
    """
    desk.store.mailings.steerable(edition)


@lru_cache(256)  # letters that were committed together have the same
def _time(moment: float | None) -> str:
    return (
        "" if moment is None else datetime.fromtimestamp(moment, UTC).isoformat(timespec="seconds")
    )
