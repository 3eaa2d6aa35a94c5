"""An edition's own hour: when it leaves by itself."""

from datetime import UTC, datetime, timedelta

from briefing.actions.context import Desk
from briefing.clock import time_zone
from briefing.model.edition import Edition
from briefing.model.schedule_slot import Course

_NEWEST = 10
_OPEN = (Course.DRAFTING, Course.DRAFTED, Course.SENDING)


def own_hour(desk: Desk, edition: Edition) -> datetime | None:
    """When an edition leaves, in its briefing's own time zone; None when it leaves by hand alone.

    An hour that has passed counts while the edition may still be sent late, and no longer.
    """
    briefing = desk.config.briefing(edition.briefing)
    if briefing.schedule is None:
        return None
    zone = time_zone(briefing.time_zone)
    for record in desk.store.slots.newest(edition.briefing, _NEWEST):
        if record.edition == edition.id:
            is_open = record.course in _OPEN
            return datetime.fromtimestamp(record.due, UTC).astimezone(zone) if is_open else None
    late = desk.clock() - timedelta(minutes=briefing.latest_start)
    day = list(briefing.schedule.on(edition.slot.astimezone(zone).date()))
    own = [due for due in day if due.slot.startswith(f"{edition.slot:%Y-%m-%dT%H:%M}")]
    return next((due.at.astimezone(zone) for due in own or day if due.at > late), None)
