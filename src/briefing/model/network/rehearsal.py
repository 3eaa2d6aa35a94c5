"""A rehearsal: how the next edition went in a copy of the house, and what would go wrong with it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Concern:
    """One thing that would go wrong in the morning, while there is time."""

    #: In a word or two, such as `thin edition`.
    subject: str
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Rehearsal:
    """What a rehearsal came to."""

    briefing: str
    #: The slot it was for, as the timetable names it.
    slot: str
    #: When it ended, in seconds since 1970, and how long it took, in seconds.
    at: float
    seconds: float
    #: Stories of the edition, letters that the sink took, and readers that the list has.
    stories: int = 0
    letters: int = 0
    readers: int = 0
    concerns: tuple[Concern, ...] = ()
