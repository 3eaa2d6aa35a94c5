"""A slot's record: what became of one nominal local time of a briefing."""

from dataclasses import dataclass
from enum import StrEnum


class Course(StrEnum):
    """How far the edition of a slot has come."""

    #: Somebody is making it; after a crash the next look makes it again.
    DRAFTING = "drafting"
    #: It is there, and waits for approval or for its hour.
    DRAFTED = "drafted"
    SENDING = "sending"
    SENT = "sent"
    #: Its hour passed without it; it will not be sent late.
    MISSED = "missed"
    #: There was nothing to print, or nobody approved it and config says skip.
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True, kw_only=True)
class ScheduleSlot:
    """One row of the slot table."""

    briefing: str
    #: The local time as the timetable names it: `2026-10-25T06:30 Europe/London`.
    slot: str
    #: Seconds since 1970 in UTC; editors may have moved it within its day.
    due: float
    course: Course
    edition: str | None = None
    reason: str = ""
    at: float = 0.0
    #: Whom it goes to where editors chose another list than the briefing's; else empty.
    list: str = ""
