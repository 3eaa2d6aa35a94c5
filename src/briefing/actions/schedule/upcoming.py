"""The timetable: what comes next, and what became of what came.

The store is imported where it is opened: `in_the_gap` reads config.toml alone, and so does `briefing check`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice, takewhile
from typing import TYPE_CHECKING

from briefing.clock import Clock, time_zone
from briefing.config import Config
from briefing.errors import EditionFaulty, EditionHeld, StoreError
from briefing.model.delivery import State
from briefing.model.mailing import Mailing, MailingStatus
from briefing.model.schedule_slot import Course, ScheduleSlot
from briefing.model.sender import Sender
from briefing.schedules import Due, Schedule

if TYPE_CHECKING:
    from briefing.actions.context import Desk
    from briefing.actions.gather.source_status import SourceState

#: Slots shown of each briefing when no end is named.
_NEXT = 5
_NEWEST = 5
_FAR = timedelta(days=400)
#: No further than this is the timetable shown: nobody knows what clocks do in a hundred years.
FARTHEST = timedelta(days=3_660)


@dataclass(frozen=True, slots=True, kw_only=True)
class Coming:
    """A slot to come."""

    briefing: str
    slot: str
    #: Aware, in UTC.
    at: datetime
    draft_at: datetime
    waits_for: str
    #: Where its own hour is another, because an editor moved it.
    moved: bool = False
    #: Whom it goes to.
    list: str = ""
    #: Its edition, once there is one.
    edition: str | None = None
    left_out: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class HouseStatus:
    """How the whole house stands."""

    #: The next slot of each briefing that has one.
    next: tuple[Coming, ...]
    slots: tuple[ScheduleSlot, ...]
    mailings: tuple[tuple[Mailing, dict[State, int]], ...]
    #: How many readers of each list are active.
    readers: dict[str, int]
    #: Senders that work side by side; none where one sender works alone.
    senders: tuple[Sender, ...]
    #: Limits of which only a share is in use, because somebody asked for fewer letters.
    slowed: tuple[tuple[str, float], ...]
    #: How each source stands.
    sources: tuple[SourceState, ...]
    #: When people were told something, in seconds since 1970, and what; newest first.
    alerts: tuple[tuple[float, str], ...]


def coming(desk: Desk, until: date | None = None) -> tuple[Coming, ...]:
    """The next slots of every briefing that has a schedule, in the order they come.

    Args:
        desk: the desk.
        until: the last local day to look at. Without it, the next five of each briefing.
    """
    now = desk.clock()
    return _ahead(desk, now, until)


def _ahead(desk: Desk, now: datetime, until: date | None) -> tuple[Coming, ...]:
    found: list[Coming] = []
    for name, briefing in desk.config.briefings.items():
        if briefing.schedule is None:
            continue
        slots = briefing.schedule.between(now, _end(until) if until else now + _FAR)
        # A slot's name begins with its local day.
        shown = (
            takewhile(lambda due: due.slot[:10] <= until.isoformat(), slots)
            if until
            else islice(slots, _NEXT)
        )
        named = {due.slot: due for due in shown}
        # Moved to a later hour, its own has passed.
        for record in desk.store.slots.open(name):
            if record.due > now.timestamp() and record.slot not in named:
                named[record.slot] = Due(record.slot, datetime.fromtimestamp(record.due, UTC))
        found += [_coming(desk, name, due) for due in named.values()]
    # Moved to an earlier hour, or sent by hand, it may have left before its own.
    found = [one for one in found if one.at > now and not _is_over(desk, one)]
    return tuple(sorted(found, key=lambda one: (one.at, one.briefing)))


def _is_over(desk: Desk, one: Coming) -> bool:
    """Whether no letter of its edition is to leave any more."""
    mailing = desk.store.mailings.find(one.edition) if one.edition else None
    return mailing is not None and mailing.status in (MailingStatus.SENT, MailingStatus.ABORTED)


def in_the_gap(config: Config, clock: Clock) -> tuple[str, ...]:
    """A sentence for each hour of config.toml that the clocks jump over within a year."""
    now = clock()
    return tuple(
        f"briefings.{name}: the clocks jump over {due.slot[11:16]} on {wall:%-d %B %Y} in "
        f"{briefing.time_zone}; that day's edition comes at {wall:%H:%M}."
        for name, briefing in config.briefings.items()
        if briefing.schedule is not None
        for due, wall in briefing.schedule.jumped(now, now + _FAR)
    )


def next_dates(config: Config, clock: Clock) -> tuple[str, ...]:
    """A sentence for each briefing with a schedule: the next five editions, by which people see what it means."""
    found = []
    for name, briefing in config.briefings.items():
        if (schedule := briefing.schedule) is not None:
            dates = said_dates(schedule, clock())
            words = f" ({briefing.every})" if briefing.every else ""
            found.append(f"{name}{words} is due {dates or 'never in the next years'}.")
    return tuple(found)


def said_dates(schedule: Schedule, now: datetime) -> str:
    """`Mon 14 Dec 2026 06:30, …` of the next five slots; empty when there is none for years."""
    due = (one.wall for one in schedule.next_days(now))
    return ", ".join(f"{wall:%a} {wall.day} {wall:%b %Y %H:%M}" for wall in due)


def steps_of_a_month(config: Config, clock: Clock) -> tuple[str, ...]:
    """A sentence for each cron whose steps of days begin again every month: `*/14` is not a fortnight."""
    return tuple(
        f"briefings.{name}: the steps of {briefing.cron!r} begin again on the 1st of each month; it is due "
        f"{said_dates(briefing.schedule, clock())}. Every fortnight is every = "
        '"other monday from 2026-12-07", with the first of them.'
        for name, briefing in config.briefings.items()
        if briefing.cron and briefing.schedule and _steps(briefing.cron.split()[2])
    )


def _steps(days: str) -> bool:
    return any(part.partition("/")[2] not in ("", "1") for part in days.split(","))


def standing(desk: Desk) -> HouseStatus:
    """What comes next; slots, mailings and alerts, the newest of each; readers and sources."""
    from briefing.actions.gather.source_status import state  # noqa: PLC0415

    now = desk.clock()
    ahead = _ahead(desk, now, None)
    slots = [
        record
        for name in desk.config.briefings
        for record in desk.store.slots.newest(name, _NEWEST)
    ]
    mailings = tuple(
        (mailing, desk.store.ledger(mailing.number).counts())
        for mailing in desk.store.mailings.all(limit=_NEWEST)
    )
    readers = {
        name: sum(
            count
            for stands, count in desk.store.subscribers.counts(name).items()
            if stands == "active"
        )
        for name in desk.config.lists
    }
    return HouseStatus(
        next=tuple({one.briefing: one for one in reversed(ahead)}.values())[::-1],
        slots=tuple(sorted(slots, key=lambda record: -record.due)),
        mailings=mailings,
        readers=readers,
        senders=desk.store.senders.all(),
        slowed=desk.store.tokens.slowed(),
        sources=tuple(state(desk, name) for name in desk.config.sources),
        alerts=desk.store.alerts.newest(_NEWEST),
    )


def _end(until: date) -> datetime:
    """A moment by which that day is over everywhere."""
    return datetime.combine(until, time(), UTC) + timedelta(days=3)


def _coming(desk: Desk, name: str, due: Due) -> Coming:
    briefing = desk.config.briefing(name)
    record = desk.store.slots.get(name, due.slot)
    at = datetime.fromtimestamp(record.due, UTC) if record else due.at
    return Coming(
        briefing=name,
        slot=due.slot,
        at=at,
        draft_at=at - timedelta(minutes=briefing.draft_at),
        waits_for=_waits_for(desk, record, drafted_for(desk, name, record, due)),
        moved=f"{at.astimezone(time_zone(briefing.time_zone)):%H:%M}" != due.slot[11:16],
        list=(record and record.list) or briefing.list,
        edition=drafted_for(desk, name, record, due),
        left_out=record is not None and record.course is Course.SKIPPED,
    )


def drafted_for(desk: Desk, name: str, record: ScheduleSlot | None, due: Due) -> str | None:
    """The edition of a slot: the one on its record, else the one that somebody drafted for it before its hour."""
    from briefing.editions import edition_id  # noqa: PLC0415 - see above

    if record is not None and record.edition is not None:
        return record.edition
    made = edition_id(name, due.wall, by_hour=desk.config.briefing(name).is_by_hour)
    return made if desk.store.drafts.number(made) else None


def _waits_for(desk: Desk, record: ScheduleSlot | None, made: str | None) -> str:
    """What stands between a slot and its letters, by the same rules that its sending goes by."""
    from briefing.actions.resolve_name import the_draft  # noqa: PLC0415 - see above

    if record is not None and record.course in (Course.SKIPPED, Course.MISSED):
        return f"nothing: it is {record.course}"
    if made is None:
        return "its draft"
    edition = the_draft(desk, made)
    if edition.held:
        return "a decision on who speaks in it, then its hour"
    # The checks take 0.2 s to import; `briefing status` need not wait where no edition does.
    from briefing.actions.review.gate import the_sendable  # noqa: PLC0415

    try:
        the_sendable(desk, edition.id)
    except EditionFaulty:
        return "what the checks call an error to be put right, then its hour"
    except EditionHeld:
        return "approval, then its hour"
    except StoreError:
        # It changed since it was rendered; its hour renders it, and an approval is void.
        required = desk.config.briefing(edition.briefing).approval == "required"
        return "approval, then its hour" if required else "its hour"
    return "its hour"
