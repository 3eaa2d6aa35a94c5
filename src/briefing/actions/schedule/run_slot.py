"""Running: one slot of a briefing by hand, on the record that the clock keeps too."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from briefing.actions.context import Desk
from briefing.actions.editions.draft import Drafted, draft
from briefing.actions.open_store import attending
from briefing.actions.progress import Progress
from briefing.actions.rendering.render import Rendered, render_edition
from briefing.actions.resolve_name import the_draft
from briefing.actions.sending.deliver import Sent
from briefing.actions.sending.first_letter import first_letter
from briefing.actions.sending.send import send_edition
from briefing.clock import time_zone
from briefing.config import Briefing
from briefing.editions import edition_id
from briefing.errors import EditionError, EditionHeld
from briefing.model.schedule_slot import Course
from briefing.schedules import Due, Schedule

#: Older slots are history: what their sources held that day is gone.
_FARTHEST_BACK = timedelta(days=31)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ran:
    """What a slot came to."""

    slot: str
    #: None where an edition stood that was approved, or on its way already.
    drafted: Drafted | None
    #: None where the edition is held for a person's decision, or was on its way already.
    rendered: Rendered | None
    #: None where the edition is held.
    sent: Sent | None
    #: A letter to open in a browser, where letters are written as files.
    letter: Path | None = None


def run_slot(
    desk: Desk,
    name: str,
    progress: Progress | None = None,
    *,
    slot: str | None = None,
    repeat: bool = False,
) -> Ran:
    """Draft, render and send the edition of one slot now, whatever its hour; each reader gets one.

    What was approved is sent as it stands, and what is on its way goes on. Anything else is drafted
    again. A slot that was missed or skipped is made good.

    Args:
        desk: the desk.
        name: the briefing's key in config.toml.
        progress: shown while it works.
        slot: its local day, `2026-11-23`, or the whole name; today's when left out.
        repeat: draft in any case, and also print what an earlier edition has printed.

    Raises:
        EditionError: when there is no such slot, or no edition can be made of it.
        EditionHeld: when somebody has to approve it first.
        Busy: when another process looks after the briefing, or sends letters, just now.
    """
    due = _due(desk.config.briefing(name), name, slot, desk.clock())
    with attending(desk.config, name):
        edition = edition_id(name, due.wall, by_hour=desk.config.briefing(name).is_by_hour)
        drafted = None
        begun = desk.store.mailings.find(edition) is not None
        if repeat or not (begun or _is_approved(desk, edition)):
            drafted = draft(desk, name, progress, slot=due.wall, repeat=repeat)
        _take(desk, name, due, edition)
        if drafted is not None and drafted.edition.held:
            return Ran(slot=due.slot, drafted=drafted, rendered=None, sent=None)
        rendered = render_edition(desk, edition) if drafted is not None or not begun else None
        try:
            sent = send_edition(desk, edition, progress)
        except EditionHeld as error:
            now = desk.clock().timestamp()
            desk.store.slots.note(name, due.slot, Course.DRAFTED, now, reason=str(error))
            raise
        course = Course.SENT if sent.is_done else Course.SENDING
        why = "" if sent.is_done else sent.stopped or ""
        desk.store.slots.note(name, due.slot, course, desk.clock().timestamp(), reason=why)
        letter = first_letter(desk, desk.store.mailings.get(edition))
        return Ran(slot=due.slot, drafted=drafted, rendered=rendered, sent=sent, letter=letter)


def _take(desk: Desk, name: str, due: Due, edition: str) -> None:
    """Put the edition on the slot's record, be there one or not."""
    now = desk.clock().timestamp()
    desk.store.slots.claim(name, due.slot, due.at.timestamp(), now)
    record = desk.store.slots.get(name, due.slot)
    if record is None or record.course not in (Course.SENDING, Course.SENT):
        desk.store.slots.note(name, due.slot, Course.DRAFTED, now, edition=edition)


def _is_approved(desk: Desk, edition: str) -> bool:
    said = desk.store.approvals.of(edition)
    return bool(said) and said[-1].approved and not the_draft(desk, edition).held


def _due(briefing: Briefing, name: str, slot: str | None, now: datetime) -> Due:
    """The slot that is meant."""
    today = now.astimezone(time_zone(briefing.time_zone)).date()
    schedule = briefing.schedule
    if schedule is None:
        if slot is not None:
            raise EditionError(
                f"{name} has no schedule and so no slot {slot!r}: leave --slot out for today's "
                f'edition, or set at = "06:30" in [briefings.{name}].'
            )
        midnight = datetime.combine(today, time(), time_zone(briefing.time_zone))
        return Due(f"{today} {briefing.time_zone}", midnight.astimezone(UTC))
    day = today if slot is None else _day(name, slot, today)
    slots = [due for due in schedule.on(day) if slot is None or due.slot.startswith(slot)]
    if not slots:
        raise EditionError(_no_slot(name, schedule, slot or f"{day}", now))
    # Of a day with several hours the one that came last, else the first to come.
    return [slots[0], *(due for due in slots if due.at <= now)][-1]


def _day(name: str, slot: str, today: date) -> date:
    try:
        day = date.fromisoformat(slot[:10])
    except ValueError as error:
        raise EditionError(
            f"--slot {slot!r} begins with no day; write it as {today}, or as `briefing status` "
            "shows slots."
        ) from error
    if day > today:
        raise EditionError(
            f"--slot {slot!r} is still to come, and today is {today}: `briefing schedule` shows "
            f"when {name} is due. `briefing draft {name}` looks at what there would be."
        )
    if day < today - _FARTHEST_BACK:
        raise EditionError(
            f"--slot {slot!r} is more than {_FARTHEST_BACK.days} days ago; its news is no more. "
            f"Name one since {today - _FARTHEST_BACK}."
        )
    return day


def _no_slot(name: str, schedule: Schedule, asked: str, now: datetime) -> str:
    before = [due.slot for due in schedule.between(now - _FARTHEST_BACK, now)][-1:]
    after = schedule.after(now)
    near = ", ".join([*before, *([after.slot] if after else [])])
    return (
        f"{name} has no slot {asked!r}; the nearest are {near or 'years away'}. For an edition "
        f"outside the schedule: `briefing draft {name}`, then `render` and `send`."
    )
