"""From an engine's ratings to a ranking: the one layer that every engine passes through.

Sumy's methods do not know that news is written most important first, nor what the headline says.
Both are added here, for every engine alike, so that another `engine` is another rating and nothing
else. The weights are round numbers near the best of the settings measured for this project.
"""

import math
from collections.abc import Sequence
from typing import NamedTuple

from briefing.digests.candidates import Candidates

_DECAY, _PLACE, _RATING, _HEADLINE = 0.25, 1.0, 0.7, 0.45
_QUOTE, _SHORT, _LONG = 0.2, 0.2, 0.01
_SHORT_WORDS, _LONG_WORDS = 10, 30


class Worth(NamedTuple):
    """What a sentence is worth, and where it comes from; a named tuple, made for every sentence there is."""

    place: float
    rating: float
    headline: float
    #: What its form adds (a speech's announcement, a review's verdict), less what its shape costs.
    rest: float

    @property
    def total(self) -> float:
        """All of it together; the scale means nothing."""
        return self.place + self.rating + self.headline + self.rest


def rank(found: Candidates, ratings: Sequence[float], headline: frozenset[str]) -> list[Worth]:
    """What each sentence is worth.

    Args:
        found: the article's sentences; what stands first in its layout's order is the lead.
        ratings: the engine's; any scale.
        headline: its stems.
    """
    told = {place: _PLACE * math.exp(-_DECAY * at) for at, place in enumerate(found.layout.order)}
    bonus = found.layout.bonus
    if not found.layout.place_counts:
        told = {}
    return [
        Worth(
            told.get(place, 0.0),
            _RATING * rating,
            _HEADLINE * len(headline & own) / len(headline) if headline else 0.0,
            bonus.get(place, 0.0) - _cost(text),
        )
        for place, (text, own, rating) in enumerate(
            zip(found.texts, found.stems, _scaled(ratings), strict=True)
        )
    ]


def _scaled(ratings: Sequence[float]) -> list[float]:
    """From 0 to 1."""
    least, most = min(ratings, default=0.0), max(ratings, default=0.0)
    if most <= least:
        return [0.0] * len(ratings)
    return [(rating - least) / (most - least) for rating in ratings]


def _cost(text: str) -> float:
    words = text.count(" ") + 1
    cost = _QUOTE if '"' in text or "“" in text else 0.0
    if words < _SHORT_WORDS:
        cost += _SHORT
    return cost + _LONG * max(words - _LONG_WORDS, 0)


def gain_of(one: Worth, other: Worth, fresher: float) -> str:
    """Why one sentence is worth more than another, in words.

    Args:
        one: what that is worth.
        other: what the other is worth.
        fresher: how much less it says again what is said already.
    """
    gains = {
        "it says more of what the headline says": one.headline - other.headline,
        "more of what comes after takes it up": one.rating - other.rating,
        "it is what this kind of text is read for": one.rest - other.rest,
        "it says less that is said already": fresher,
    }
    return max(gains, key=gains.__getitem__)
