"""Troubles: what went wrong lately and waits for somebody, each with what to do about it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from briefing.actions.context import Desk
from briefing.actions.gather.source_status import own_copies
from briefing.config import PagesSource
from briefing.counted import counted
from briefing.model.delivery import State
from briefing.model.mailing import MailingStatus
from briefing.model.schedule_slot import Course

#: What is older has been looked at, or never will be.
_LATELY = timedelta(days=7)
_NEWEST_SLOTS = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """One thing that went wrong."""

    #: The sentence without what to do.
    says: str
    next_step: str
    #: The edition that it is about, and whether of its letters; empty for a source.
    edition: str = ""
    is_of_letters: bool = False
    #: Of an address: when it was read well, in seconds since 1970, 0 for never; and how long until it is asked
    #: again. None for anything else.
    last_good: float | None = None
    wait: timedelta | None = None


def troubles(desk: Desk) -> tuple[Trouble, ...]:
    """Editions that were not sent, letters that wait for a person, sources that fail.

    No source is asked and nothing is changed.
    """
    since = (desk.clock() - _LATELY).timestamp()
    return (*_of_slots(desk, since), *_of_mailings(desk, since), *_of_sources(desk))


def _of_slots(desk: Desk, since: float) -> Iterator[Trouble]:
    for name, briefing in desk.config.briefings.items():
        for slot in desk.store.slots.newest(name, _NEWEST_SLOTS):
            if slot.course is Course.MISSED and slot.due >= since:
                yield Trouble(
                    says=f"{briefing.title} of {slot.slot.replace('T', ', ')} was not sent: {slot.reason}.",
                    next_step="Send it by hand from its page, once it is approved, or leave it."
                    if slot.edition
                    else "Make a draft of the day and send it by hand, or leave it.",
                    edition=slot.edition or "",
                )


def _of_mailings(desk: Desk, since: float) -> Iterator[Trouble]:
    for briefing in desk.config.briefings:
        for status in (MailingStatus.PAUSED, MailingStatus.SENDING, MailingStatus.SENT):
            for one in desk.store.mailings.listed(briefing, (status,)):
                if one.frozen_at >= since:
                    yield from _of_letters(desk, one.edition, status)


def _of_letters(desk: Desk, edition: str, status: MailingStatus) -> Iterator[Trouble]:
    mailing = desk.store.mailings.get(edition)
    counts = desk.store.ledger(mailing.number).counts()
    if status is MailingStatus.PAUSED:
        waiting = counts.get(State.PENDING, 0) + counts.get(State.DEFERRED, 0)
        why = mailing.reason or "nobody said why"
        yield Trouble(
            says=f"{edition} is paused with {_letters(waiting)} that have not left: {why}.",
            next_step="Go on with them or end them.",
            edition=edition,
            is_of_letters=True,
        )
    if doubtful := counts.get(State.IN_DOUBT, 0):
        yield Trouble(
            says=f"{_letters(doubtful)} of {edition} may have arrived: the relay's last reply was not seen.",
            next_step=_in_doubt(desk, status),
            edition=edition,
            is_of_letters=True,
        )


def _in_doubt(desk: Desk, status: MailingStatus) -> str:
    if desk.config.send.on_doubt == "hold" or status is MailingStatus.SENT:
        return "Try again, where a second letter is better than none, or leave it at that."
    once = "Once the mailing goes on, the" if status is MailingStatus.PAUSED else "The"
    return f"{once} sender tries again by itself; some readers may get two."


def _letters(count: int) -> str:
    return counted(count, "letter")


def _of_sources(desk: Desk) -> Iterator[Trouble]:
    failing = desk.store.sources.failing()
    for name, source in desk.config.sources.items():
        if not any(name in briefing.sources for briefing in desk.config.briefings.values()):
            continue
        if isinstance(source, PagesSource):
            reading = desk.store.sources.reading(name)
            if reading and reading.fault:
                yield Trouble(
                    says=f"The source {name} cannot be read: {_ended(reading.fault)}",
                    next_step=_FOLDER,
                )
        elif own := own_copies(source, [copy for copy in failing if copy.source == name]):
            first, *more = own
            also = f" So it is with {len(more)} more of its addresses." if more else ""
            yield Trouble(
                says=f"The source {name} cannot be read: {first.address} {_ended(first.fault)}{also}",
                next_step=_ADDRESS,
                last_good=max(copy.good_at for copy in own),
                wait=timedelta(
                    seconds=min(copy.next_try for copy in own) - desk.clock().timestamp()
                ),
            )


def _ended(fault: str) -> str:
    return fault if fault.endswith(".") else f"{fault}."


_FOLDER = "Every draft is made without it until ops have mended it."
_ADDRESS = "Drafts are made without what is new there. If it has moved, ops give its new address in config.toml."
