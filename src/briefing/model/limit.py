"""A limit: how many letters the relay, or the host of some mailboxes, takes in what time."""

import re
from dataclasses import dataclass

_UNITS = {"s": 1.0, "min": 60.0, "h": 3_600.0, "d": 86_400.0}
#: A rate is given out in at most so many lots.
_LOTS = 50
#: How much longer than its time a lot stays taken, so that letters that left late in one stretch and
#: early in the next are never too many together.
_LONGER = 1 / 20
#: Seconds between two steps of a limit down or up.
STEP = 5.0


@dataclass(frozen=True, slots=True)
class Rate:
    """At most `count` letters in any `seconds`."""

    count: int
    seconds: float

    @classmethod
    def parse(cls, written: str) -> "Rate":
        """Read `14/s`, `600/min`, `1000/h` or `50000/d`.

        Raises:
            ValueError: for anything else.
        """
        found = re.fullmatch(r"\s*([1-9]\d{0,8})\s*/\s*(s|min|h|d)\s*", written)
        if found is None:
            raise ValueError(
                f"{written!r} is not a rate; write for instance 14/s, 600/min or 1000/h"
            )
        return cls(int(found[1]), _UNITS[found[2]])


@dataclass(frozen=True, slots=True)
class Limit:
    """A rate, and what it is for: `relay`, `mail.example`, or a group of domains."""

    scope: str
    rate: Rate

    @property
    def lot(self) -> int:
        """How many letters go with one token."""
        return max(1, self.rate.count // _LOTS)

    @property
    def lots(self) -> int:
        """How many tokens there are."""
        return self.rate.count // self.lot

    @property
    def taken_for(self) -> float:
        """Seconds until a token that was taken is free again."""
        return self.rate.seconds * (1 + _LONGER)


@dataclass(frozen=True, slots=True)
class Taken:
    """What was got: a lot or nothing."""

    granted: bool
    #: Seconds until a token is free, when nothing was got.
    wait: float = 0.0
    #: The share of the limit that is in use since the relay asked for less; 1 for all of it.
    share: float = 1.0
