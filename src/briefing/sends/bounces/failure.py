"""A failure: what somebody on the way said of one recipient."""

from dataclasses import dataclass
from enum import StrEnum


class Action(StrEnum):
    """What became of the letter (RFC 3464 section 2.3.3)."""

    FAILED = "failed"
    #: Not yet; it is tried again.
    DELAYED = "delayed"
    #: Nothing that counts: delivered, relayed, expanded.
    NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """What somebody on the way said of one recipient."""

    action: Action = Action.FAILED
    #: RFC 3463; empty where nobody gave one.
    status: str = ""
    recipient: str = ""
    #: The words of the host that refused.
    said: str = ""
    #: What the one who reports adds in its own words; looked at where the others say nothing.
    beside: str = ""
