"""Likeness: how much of what two pieces tell is the same, rare things more than common ones."""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from briefing.events.clusters import Pair
from briefing.events.features import Gist
from briefing.languages.table import sentence_rules

#: Pieces that are taken to be known besides those at hand, so that five reports of one event do not
#: make its names common words.
_PRIOR = 1000
#: A word in so great a part of so many pieces is their language and none of their news.
_MANY, _EVERYWHERE = 12, 0.4
#: A name says more of which event it is than another word; so does what stands at the head.
_NAME, _HEAD = 1.25, 1.3
#: By names and numbers in common: courts, councils and sports have a language of their own, and a
#: parliament or ministry stands in reports of every event of its day. One house tells two things in
#: two pieces, unless they have a name in common. Scripts
#: without capitals show no names.
_ANCHORED = {0: 0.5, 1: 0.8}
#: What more pieces than this share, or more than this part of all, makes no pair worth a look.
_RARE, _PART = 12, 0.05
#: By days between two reports; later ones are of another event, or of what came of it.
_FADES = (1.0, 1.0, 0.8, 0.65, 0.5, 0.4, 0.3)


@dataclass(frozen=True, slots=True)
class Weights:
    """How rare each word is, among so many pieces."""

    held: Mapping[str, int]
    pieces: int

    @classmethod
    def of(cls, pieces: Iterable[Gist]) -> "Weights":
        """As the pieces at hand have them."""
        held: Counter[str] = Counter()
        count = 0
        for piece in pieces:
            held.update(piece.counts.keys())
            count += 1
        return cls(held, count)

    def rarity(self, word: str) -> float:
        """The inverse document frequency (Spärck Jones 1972), smoothed by `_PRIOR`."""
        if self.pieces >= _MANY and self.held.get(word, 0) > _EVERYWHERE * self.pieces:
            return 0.0
        return math.log((self.pieces + _PRIOR) / (self.held.get(word, 0) + 1))

    def vector(self, piece: Gist) -> dict[str, float]:
        """A piece as weights of its words, of length 1."""
        weighed = {
            word: self.rarity(word)
            * (1 + math.log(count))
            * (_NAME if word in piece.names else 1)
            * (_HEAD if word in piece.head else 1)
            for word, count in piece.counts.items()
        }
        length = math.sqrt(sum(value * value for value in weighed.values())) or 1.0
        return {word: value / length for word, value in weighed.items()}


def alike(pieces: Sequence[Gist], weights: Weights) -> dict[Pair, float]:
    """The likeness of each pair that shares something rare, by their places, from 0 to 1."""
    vectors = [weights.vector(piece) for piece in pieces]
    found = {}
    for pair in _pairs(pieces, weights):
        one, other = pieces[pair[0]], pieces[pair[1]]
        cosine = _cosine(vectors[pair[0]], vectors[pair[1]])
        found[pair] = cosine * _fade(one, other) * _anchored(one, other)
    return found


def _pairs(pieces: Sequence[Gist], weights: Weights) -> set[Pair]:
    most = max(_RARE, int(_PART * len(pieces)))
    holders: dict[str, list[int]] = {}
    for place, piece in enumerate(pieces):
        for word in piece.counts:
            if weights.held.get(word, 0) <= most:
                holders.setdefault(word, []).append(place)
    shared = Counter(
        (one, other)
        for places in holders.values()
        for at, other in enumerate(places)
        for one in places[:at]
        if pieces[one].language == pieces[other].language
    )
    # One rare word in common is chance.
    return {pair for pair, count in shared.items() if count > 1}


def _cosine(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    short, long = sorted((one, other), key=len)
    return sum(value * long.get(word, 0.0) for word, value in short.items())


def _anchored(one: Gist, other: Gist) -> float:
    """What words in common are worth, by how many names and numbers of one stand in the other too."""
    both = one.counts.keys() & other.counts.keys()
    marks = len(both & (one.names | one.numbers | other.names | other.numbers))
    if not sentence_rules(one.language).has_capitals:
        return _ANCHORED[1]
    nameless = not (one.names or other.names)
    if not marks and (nameless or (one.house and one.house == other.house)):
        return 0.0
    return _ANCHORED.get(marks, 1.0)


def _fade(one: Gist, other: Gist) -> float:
    if one.published is None or other.published is None:
        return 1.0
    days = abs((one.published - other.published).days)
    return _FADES[days] if days < len(_FADES) else 0.0
