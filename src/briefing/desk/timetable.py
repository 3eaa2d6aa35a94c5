"""The timetable: what comes next, and what became of what came."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice

from briefing.clock import Clock
from briefing.config import Briefing, Config
from briefing.desk.opening import the_store
from briefing.model.delivery import State
from briefing.model.mailing import Mailing
from briefing.model.slot_record import Course, SlotRecord
from briefing.schedules import Due

#: Slots shown of each briefing when no end is named.
_NEXT = 3
_NEWEST = 5
_FAR = timedelta(days=400)


@dataclass(frozen=True, slots=True, kw_only=True)
class Coming:
    """A slot to come."""

    briefing: str
    slot: str
    #: Aware, in UTC.
    at: datetime
    draft_at: datetime
    waits_for: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How the whole house stands."""

    slots: tuple[SlotRecord, ...]
    mailings: tuple[tuple[Mailing, dict[State, int]], ...]
    #: How many readers of each list are active.
    readers: dict[str, int]
    #: When people were told something, in seconds since 1970, and what; newest first.
    alerts: tuple[tuple[float, str], ...]


def coming(config: Config, clock: Clock, until: datetime | None = None) -> tuple[Coming, ...]:
    """The next slots of every briefing that has a schedule, in the order they come.

    Args:
        config: the house.
        clock: the time.
        until: the last moment to look at; aware. Without it, the next three of each briefing.
    """
    now = clock()
    found: list[Coming] = []
    with the_store(config, now) as store:
        for name, briefing in config.briefings.items():
            if briefing.schedule is None:
                continue
            slots = briefing.schedule.between(now, until or now + _FAR)
            for due in slots if until else islice(slots, _NEXT):
                record = store.slots.get(name, due.slot)
                found.append(_coming(name, briefing, due, record))
    return tuple(sorted(found, key=lambda one: (one.at, one.briefing)))


def standing(config: Config, clock: Clock) -> Standing:
    """Slots, mailings, readers and alerts, the newest of each."""
    with the_store(config, clock()) as store:
        slots = [
            record for name in config.briefings for record in store.slots.newest(name, _NEWEST)
        ]
        mailings = tuple(
            (mailing, store.ledger(mailing.number).counts())
            for mailing in store.mailings.all()[:_NEWEST]
        )
        readers = {
            name: sum(
                count
                for stands, count in store.subscribers.counts(name).items()
                if stands == "active"
            )
            for name in config.lists
        }
        return Standing(
            slots=tuple(sorted(slots, key=lambda record: -record.due)),
            mailings=mailings,
            readers=readers,
            alerts=store.alerts.newest(_NEWEST),
        )


def _coming(name: str, briefing: Briefing, due: Due, record: SlotRecord | None) -> Coming:
    waits = "its draft" if record is None or record.course is Course.DRAFTING else "its hour"
    if record is not None and record.course is Course.DRAFTED and briefing.approval == "required":
        waits = "approval, then its hour"
    return Coming(
        briefing=name,
        slot=due.slot,
        at=due.at,
        draft_at=due.at - timedelta(minutes=briefing.draft_at),
        waits_for=waits,
    )
