"""Silence: a feed that has brought nothing new for longer than it ever took before."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from briefing.model.source_record import Seen

#: So many times something new must have come before anybody can say how long a feed takes.
_ENOUGH = 5
#: So many times as long as it ever took is beyond its norm; shorter than a day never is.
_BEYOND, _DAY = 2.0, 86_400.0


@dataclass(frozen=True, slots=True)
class Silence:
    """Since when a feed has brought nothing new, and its longest pause before that."""

    #: Seconds since 1970.
    since: float
    #: Seconds.
    longest: float


def silence(seen: Iterable[Seen], now: float) -> Silence | None:
    """How long a feed has been silent, if that is beyond its norm; None when it is not.

    Its norm is the longest pause between two readings that brought something new, as far back as
    entries are remembered: weekends and holidays are in it.

    Args:
        seen: every entry that is remembered.
        now: seconds since 1970.
    """
    arrivals = sorted({row.first for row in seen})
    if len(arrivals) < _ENOUGH:
        return None
    longest = max(after - before for before, after in pairwise(arrivals))
    quiet = now - arrivals[-1]
    return Silence(arrivals[-1], longest) if quiet > max(_BEYOND * longest, _DAY) else None
