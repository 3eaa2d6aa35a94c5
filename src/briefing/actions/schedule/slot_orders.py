"""What editors say about one slot: another hour or list for that day, leave it out, send it now.

The timetable stays as config.toml has it. An order stands on the slot's own record, where the schedule
loop finds it, and an approval of the edition is void once it would go to other readers.
"""

from datetime import UTC, datetime, time, timedelta

from briefing.actions.audit import log_action
from briefing.actions.context import Desk
from briefing.actions.loop_news import tell_loop
from briefing.actions.open_store import attending
from briefing.actions.resolve_name import the_draft
from briefing.actions.review.approve import approve
from briefing.actions.review.gate import the_sendable
from briefing.actions.review.readiness import readiness
from briefing.actions.schedule.upcoming import drafted_for
from briefing.clock import time_zone
from briefing.errors import EditionError
from briefing.model.mailing import MailingStatus
from briefing.model.schedule_slot import Course, ScheduleSlot
from briefing.model.subscriber import Standing
from briefing.schedules import Due

#: Around a slot's local day, whatever its zone.
_DAY = timedelta(days=1)


def move(desk: Desk, name: str, slot: str, hour: str, *, actor: str) -> str:
    """Let a slot's edition leave at another hour of its day; says when it leaves.

    Args:
        desk: the desk.
        name: the briefing's key in config.toml.
        slot: the slot's name, as the timetable has it.
        hour: local time, `07:15`.
        actor: who asks for it.

    Raises:
        EditionError: when there is no such slot, its letters have begun to leave, or the hour is
            not a time or has passed.
        Busy: when another process looks after the briefing just now.
    """
    with attending(desk.config, name):
        record = _open(desk, name, slot)
        at = _moment(desk, name, slot, hour)
        if at <= desk.clock():
            raise EditionError(
                f"{hour} has passed in {desk.config.briefing(name).time_zone}: name a later hour, or "
                "send it now."
            )
        return _due_at(desk, record, at, actor, f"{slot} leaves at {hour}")


def move_back(desk: Desk, name: str, slot: str, *, actor: str) -> str:
    """Give a slot the hour of the timetable again.

    Raises:
        EditionError: when there is no such slot, its letters have begun to leave, or that hour has
            passed.
        Busy: when another process looks after the briefing just now.
    """
    with attending(desk.config, name):
        record = _open(desk, name, slot)
        due = _scheduled(desk, name, slot)
        if due.at <= desk.clock():
            raise EditionError(f"The hour of {slot} has passed: name a later one, or send it now.")
        return _due_at(desk, record, due.at, actor, f"{slot} leaves at its own hour")


def send_now(desk: Desk, name: str, slot: str, *, actor: str) -> str:
    """Let a slot's edition leave at the schedule loop's next look.

    Raises:
        StoreError, EditionHeld, EditionFaulty: when its edition is not there, or the gate would not
            let it pass.
        EditionError: when there is no such slot, or its letters have begun to leave.
        Busy: when another process looks after the briefing just now.
    """
    with attending(desk.config, name):
        record = _open(desk, name, slot)
        edition = drafted_for(desk, name, record, _scheduled(desk, name, slot))
        if edition is None:
            raise EditionError(
                f"{slot} has no edition yet: draft it, have it approved, then send it."
            )
        the_sendable(desk, edition)
        return _due_at(desk, record, desk.clock(), actor, f"{slot} leaves now")


def leave_out(desk: Desk, name: str, slot: str, *, actor: str) -> str:
    """Send nothing for a slot; `take_up` takes that back.

    Raises:
        EditionError: when there is no such slot, or its letters have begun to leave.
        Busy: when another process looks after the briefing just now.
    """
    with attending(desk.config, name):
        record = _open(desk, name, slot)
        now = desk.clock().timestamp()
        why = f"{actor} left it out"
        desk.store.slots.note(name, slot, Course.SKIPPED, now, reason=why)
        log_action(desk, actor, "leave out", record.edition or "", slot)
    return f"{slot} is left out: nothing is sent for it."


def take_up(desk: Desk, name: str, slot: str, *, actor: str) -> str:
    """Let a slot that was left out go its course again, while its hour has not passed.

    Raises:
        EditionError: when it was not left out, or its hour has passed.
        Busy: when another process looks after the briefing just now.
    """
    with attending(desk.config, name):
        record = desk.store.slots.get(name, slot)
        if record is None or record.course is not Course.SKIPPED:
            raise EditionError(f"{slot} of {name} is not left out; there is nothing to take up.")
        if record.due <= desk.clock().timestamp():
            raise EditionError(
                f"The hour of {slot} has passed. `briefing run {name} --slot {slot[:10]}` sends it."
            )
        course = Course.DRAFTED if record.edition else Course.DRAFTING
        desk.store.slots.note(name, slot, course, desk.clock().timestamp())
        tell_loop(desk)
        log_action(desk, actor, "take up", record.edition or "", slot)
    return f"{slot} is taken up again."


def choose_list(desk: Desk, name: str, slot: str, list_name: str, *, actor: str) -> str:
    """Send a slot's edition to another list; whoever approved it is asked again.

    Raises:
        EditionError: when there is no such slot or list, or its letters have begun to leave.
        Busy: when another process looks after the briefing just now.
    """
    _refuse_unknown(desk, list_name)
    with attending(desk.config, name):
        record = _open(desk, name, slot)
        edition = drafted_for(desk, name, record, _scheduled(desk, name, slot))
        desk.store.slots.choose_list(name, slot, list_name)
        log_action(desk, actor, "choose list", edition or "", f"{slot}: {list_name}")
        if edition is not None:
            _void(desk, edition, list_name, actor)
    return _goes_to(desk, slot, list_name)


def choose_list_by_hand(desk: Desk, edition_id: str, list_name: str, *, actor: str) -> str:
    """Send the edition of a briefing without an hour to another list; whoever approved it is asked again.

    Raises:
        StoreError: when there is no such edition.
        EditionError: when there is no such list, its briefing has an hour, or its letters have begun to leave.
        Busy: when another process looks after the briefing just now.
    """
    _refuse_unknown(desk, list_name)
    edition = the_draft(desk, edition_id)
    name, briefing = edition.briefing, desk.config.briefing(edition.briefing)
    if briefing.schedule is not None:
        raise EditionError(f"{edition_id} has an hour: change the list of its slot on Today.")
    with attending(desk.config, name):
        if desk.store.mailings.find(edition_id):
            raise EditionError(f"The letters of {edition_id} have begun to leave already.")
        now = desk.clock().timestamp()
        # As `briefing run` names it; without a timetable the loop sends nothing for it.
        slot = f"{edition.slot:%Y-%m-%d} {briefing.time_zone}"
        desk.store.slots.claim(name, slot, edition.slot.timestamp(), now)
        desk.store.slots.note(name, slot, Course.DRAFTED, now, edition=edition_id)
        desk.store.slots.choose_list(name, slot, list_name)
        log_action(desk, actor, "choose list", edition_id, list_name)
        _void(desk, edition_id, list_name, actor)
    return _goes_to(desk, edition_id, list_name)


def open_dues(desk: Desk) -> tuple[float, ...]:
    """When the slots are due whose letters have not begun to leave, in seconds since 1970."""
    slots = desk.store.slots
    return tuple(slot.due for name in desk.config.briefings for slot in slots.open(name))


def _refuse_unknown(desk: Desk, list_name: str) -> None:
    if list_name not in desk.config.lists:
        known = ", ".join(sorted(desk.config.lists))
        raise EditionError(f"There is no list {list_name!r}; config.toml has: {known}.")


def _goes_to(desk: Desk, what: str, list_name: str) -> str:
    count = desk.store.subscribers.counts(list_name).get(Standing.ACTIVE, 0)
    return f"{what} goes to the list {list_name!r}, {count:,} active readers."


def _void(desk: Desk, edition_id: str, list_name: str, actor: str) -> None:
    """Take approvals back: they were given for other readers."""
    ready = readiness(desk, the_draft(desk, edition_id))
    if ready.approvals:
        note = f"it goes to the list {list_name!r} now; approve it for those readers"
        approve(desk, edition_id, seen=ready.hash, yes=False, actor=actor, note=note)


def _open(desk: Desk, name: str, slot: str) -> ScheduleSlot:
    """The slot's record, made if there is none, while orders can still change it."""
    due = _scheduled(desk, name, slot)
    desk.store.slots.claim(name, slot, due.at.timestamp(), desk.clock().timestamp())
    record = desk.store.slots.get(name, slot)
    assert record is not None
    if record.course not in (Course.DRAFTING, Course.DRAFTED):
        raise EditionError(f"{slot} of {name} is {record.course}; its hour cannot be changed.")
    begun = record.edition and desk.store.mailings.find(record.edition)
    if begun:
        raise EditionError(
            f"The letters of {record.edition} have begun to leave "
            f"({begun.status if begun.status != MailingStatus.SENDING else 'sending'}): pause or "
            "abort them on the page of its readers."
        )
    return record


def _scheduled(desk: Desk, name: str, slot: str) -> Due:
    """The slot as the timetable has it.

    Raises:
        EditionError: when the timetable has no such slot.
    """
    briefing = desk.config.briefing(name)
    try:
        day = datetime.fromisoformat(slot[:10]).replace(tzinfo=UTC)
    except ValueError as error:
        raise EditionError(f"{slot!r} does not begin with a day, such as 2026-11-23.") from error
    if briefing.schedule is not None:
        for due in briefing.schedule.between(day - _DAY, day + 3 * _DAY):
            if due.slot == slot:
                return due
    raise EditionError(f"The timetable of {name} has no slot {slot!r}: see `briefing schedule`.")


def _moment(desk: Desk, name: str, slot: str, hour: str) -> datetime:
    """An hour of the slot's local day, in UTC."""
    try:
        wall = time.fromisoformat(hour.strip())
    except ValueError as error:
        raise EditionError(f"{hour!r} is not a time of day; write it as 07:15.") from error
    zone = time_zone(desk.config.briefing(name).time_zone)
    day = datetime.fromisoformat(slot[:10])
    return datetime.combine(day, wall.replace(tzinfo=None), zone).astimezone(UTC)


def _due_at(desk: Desk, record: ScheduleSlot, at: datetime, actor: str, said: str) -> str:
    desk.store.slots.move(record.briefing, record.slot, at.timestamp())
    tell_loop(desk)
    log_action(desk, actor, "move slot", record.edition or "", said)
    return f"{said}."
