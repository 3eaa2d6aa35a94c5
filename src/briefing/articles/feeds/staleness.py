"""Silence and flood: a source that brings nothing for longer than it ever took, or very much at once."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from briefing.model.source_record import Seen

#: So many times something new must have come before anybody can say how long a feed takes.
_ENOUGH = 5
#: So many times as long as it ever took is beyond its norm; shorter than a day never is.
_BEYOND, _DAY = 2.0, 86_400.0


#: So many new entries at one reading are told for so long; a first reading always brings many.
_FLOOD, _TOLD = 100, 2 * 86_400.0


@dataclass(frozen=True, slots=True)
class Flood:
    """When a source brought very many new entries at once, and how many."""

    #: Seconds since 1970.
    at: float
    entries: int


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


def flood_of(seen: Iterable[Seen], now: float) -> Flood | None:
    """The newest flood of the last two days; None when there was none.

    Args:
        seen: every entry that is remembered.
        now: seconds since 1970.
    """
    arrived = Counter(row.first for row in seen)
    first = min(arrived, default=0.0)
    floods = [
        Flood(at, count)
        for at, count in arrived.items()
        if count >= _FLOOD and at != first and now - at <= _TOLD
    ]
    return max(floods, key=lambda flood: flood.at, default=None)
