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


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One step in a reader's record: what became of whom, when, why and by whom."""

    #: Seconds since 1970 in UTC.
    at: float
    was: str
    becomes: str
    cause: str
    actor: str
