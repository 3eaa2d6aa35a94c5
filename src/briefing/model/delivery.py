"""A delivery: what became of one letter."""

from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """Where a delivery stands: see the ledger in `sends/`."""

    PENDING = "pending"
    POSTING = "posting"
    POSTED = "posted"
    DEFERRED = "deferred"
    BOUNCED = "bounced"
    IN_DOUBT = "in_doubt"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """The outcome of one letter."""

    recipient: str
    state: State
    #: The relay's answer, the file written, or why nothing was sent.
    detail: str = ""
