"""A subscriber: somebody who asked for the briefing, as one reader of one list."""

from dataclasses import dataclass
from enum import StrEnum

#: Names a reader who does not exist: the links of a test letter lead to a page that says so.
NOBODY = "0" * 16


class Standing(StrEnum):
    """Whether a reader gets letters, and if not, why."""

    #: Asked for, not yet confirmed from the mailbox itself.
    PENDING = "pending"
    ACTIVE = "active"
    PAUSED = "paused"
    UNSUBSCRIBED = "unsubscribed"
    #: The address takes no mail: see the rules in `[bounces]`.
    BOUNCED = "bounced"
    #: The reader called a letter spam.
    COMPLAINED = "complained"
    #: Nothing is kept but a keyed mark, so that no import brings the address back.
    ERASED = "erased"


#: ISO weekdays: Monday is 1.
EVERY_DAY = (1, 2, 3, 4, 5, 6, 7)


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What a reader wants of a list; without one they get every edition whole."""

    #: Keys of the list's topics, sorted; empty for all there are.
    topics: tuple[str, ...] = ()
    #: ISO weekdays on which letters come, sorted; weekly letters come on one.
    days: tuple[int, ...] = EVERY_DAY
    #: One letter a week, with the stories of the days since the last.
    weekly: bool = False


EVERYTHING = Choice()
#: A reader as a file of their list has them: address, name, tags between semicolons, standing, list,
#: what they chose, and when a pause ends. Bare, because a file has a million of them.
Exported = tuple[str, str, str, str, str, Choice, float | None]
#: How commands and files write weekdays, Monday first.
DAY_NAMES = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def day_names(days: tuple[int, ...]) -> tuple[str, ...]:
    """ISO weekdays as commands and files write them."""
    return tuple(DAY_NAMES[day - 1] for day in days)


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscriber:
    """One reader of a list."""

    email: str
    name: str = ""
    tags: tuple[str, ...] = ()
    standing: Standing = Standing.ACTIVE
    list: str = ""
    #: The number in the store; 0 until it is kept there.
    id: int = 0
    #: Names the reader in links, Message-IDs and return paths without saying who it is.
    ref: str = ""
    choice: Choice = EVERYTHING
    #: When a paused reader gets letters again, in seconds since 1970; None until they say so.
    resumes: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One step in a reader's record: what became of whom, when, why and by whom."""

    #: Seconds since 1970 in UTC.
    at: float
    was: str
    becomes: str
    cause: str
    actor: str
