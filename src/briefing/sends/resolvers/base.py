"""The port of whoever can say whether the relay took a letter whose answer was never seen."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol


class DoubtVerdict(StrEnum):
    """What became of a letter in doubt."""

    #: The relay has taken it.
    TAKEN = "taken"
    #: The relay has not taken it, and never will.
    NOT_TAKEN = "not taken"


@dataclass(frozen=True, slots=True)
class Doubt:
    """A letter whose answer was never seen."""

    #: With its angle brackets; the same for every try.
    message_id: str
    #: When it was tried last, in seconds since 1970.
    at: float


@dataclass(frozen=True, slots=True)
class Resolution:
    """A verdict, and the words that the ledger keeps of it."""

    verdict: DoubtVerdict
    words: str


class Resolver(Protocol):
    """Somebody who can be asked."""

    #: Seconds after a try from which on asking makes sense; None for one who never knows.
    patience: float | None

    def ask(self, doubts: Sequence[Doubt]) -> Mapping[str, Resolution]:
        """What is known of these letters, by Message-ID; who is not in it stays in doubt.

        Raises:
            SendError: when nobody can be asked.
        """
        ...
