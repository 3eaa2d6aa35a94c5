"""Likeness: how much of what pieces tell is the same, rare things and names more than others."""

import math
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import product

from briefing.events.features import Gist
from briefing.events.sameness import headlines_differ, unlike
from briefing.languages.table import sentence_rules

Pair = tuple[int, int]
#: Pieces that are taken to be known besides those at hand, so that five reports of one event do not
#: make its names common words.
_PRIOR = 1000
#: A word in so great a part of so many pieces is their language and none of their news.
_MANY, _EVERYWHERE = 12, 0.4
#: A name says more of which event it is than another word.
_NAME = 1.4
#: By names and numbers in common: courts, councils and sports have a language of their own, and a
#: parliament or ministry stands in reports of every event of its day. One house tells two things in
#: two pieces, unless they have a name in common. Scripts
#: without capitals show no names.
_ANCHORED = {0: 0.5, 1: 0.8}
#: What more pieces than this share, or more than this part of all, makes no pair worth a look.
_RARE, _PART = 12, 0.05
#: By days between two reports; later ones are of another event, or of what came of it.
_FADES = (1.0, 1.0, 0.8, 0.65, 0.5, 0.4, 0.3)
#: What is alike enough, by the names of its own that an event has in common with it: none, one, more.
#: Two pieces; a piece and a group; tuned on `events.txt`, `held_out.txt` and `more_events.txt` of tests/events,
#: and on 503 news articles that tell of other things.
_PAIR, _GROUP = (0.24, 0.19, 0.13), (0.2, 0.14, 0.11)
#: Two pieces of which one has no day.
_UNDATED_PAIR = (0.3, 0.26, 0.15)
#: A group of more is a beat unless names hold it together, and takes so much more.
_LARGE, _MORE = 6, 0.1
#: Two groups need so many times as much; of pieces whose days are known never more than the other.
_TWO_GROUPS, _SURELY = 3.0, 0.34
#: So many names of their own say that two are of one event.
_KNOWN = 2
#: An event's own name is in so many pieces for each of its reports, and in so many others; and of five
#: pieces it is in, at most one writes it small.
_OWN, _OTHERS, _SMALL = 2, 2, 0.25


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
            word: self.rarity(word) * (1 + math.log(count)) * (_NAME if word in piece.names else 1)
            for word, count in piece.counts.items()
        }
        length = math.hypot(*weighed.values()) or 1.0
        return {word: value / length for word, value in weighed.items()}


@dataclass(frozen=True)
class Group:
    """Pieces that tell of one event, by their places, and the sum of their vectors."""

    places: tuple[int, ...]
    sum: Mapping[str, float]
    #: How many of the pieces have each word where they tell their news.
    words: Counter[str]
    #: What is a name in one of them, and which names stand next to each other.
    names: frozenset[str]
    full_names: frozenset[tuple[str, str]]

    @cached_property
    def length(self) -> float:
        """The length of the sum."""
        return math.hypot(*self.sum.values()) or 1.0

    @cached_property
    def common(self) -> frozenset[str]:
        """Words that stand in half of the pieces and more."""
        half = len(self.places) / 2
        return frozenset(word for word, count in self.words.items() if count >= half)

    def cosine(self, other: "Group") -> float:
        """How much two groups have in common, from 0 to 1."""
        short, long = sorted((self.sum, other.sum), key=len)
        shared = sum(value * long.get(word, 0.0) for word, value in short.items())
        return shared / (self.length * other.length)

    def with_all_of(self, other: "Group") -> "Group":
        """Both as one."""
        summed = dict(self.sum)
        for word, value in other.sum.items():
            summed[word] = summed.get(word, 0.0) + value
        return Group(
            places=self.places + other.places,
            sum=summed,
            words=self.words + other.words,
            names=self.names | other.names,
            full_names=self.full_names | other.full_names,
        )


class Likeness:
    """How alike groups of pieces are, and whether that is enough to tell of one event."""

    def __init__(
        self, pieces: Sequence[Gist], weights: Weights, apart: Callable[[Pair], bool]
    ) -> None:
        """Learn how common each name is.

        Args:
            pieces: what each tells.
            weights: how rare each word is.
            apart: says of places, lower first, that no group holds the two together.
        """
        self._pieces, self._weights, self._apart = pieces, weights, cache(apart)
        self._alone = [self._group(place) for place in range(len(pieces))]
        self._named = Counter(name for piece in pieces for name in piece.names)
        self._small = Counter(word for piece in pieces for word in piece.small)
        self._seem_unlike = cache(lambda pair: unlike(pieces[pair[0]], pieces[pair[1]]))
        self._headed_apart = cache(lambda pair: headlines_differ(pieces[pair[0]], pieces[pair[1]]))

    def alone(self, place: int) -> Group:
        """A piece as a group of its own."""
        return self._alone[place]

    def _group(self, place: int) -> Group:
        piece = self._pieces[place]
        return Group(
            places=(place,),
            sum=self._weights.vector(piece),
            words=Counter(piece.counts.keys()),
            names=piece.names & piece.counts.keys(),
            full_names=piece.full_names,
        )

    def pairs(self) -> list[Pair]:
        """Places of pieces that share something rare, lower place first."""
        most = max(_RARE, int(_PART * len(self._pieces)))
        holders: dict[str, list[int]] = {}
        for place, piece in enumerate(self._pieces):
            for word in piece.counts:
                if self._weights.held.get(word, 0) <= most:
                    holders.setdefault(word, []).append(place)
        shared = Counter(
            (one, other)
            for places in holders.values()
            for at, other in enumerate(places)
            for one in places[:at]
            if self._pieces[one].language == self._pieces[other].language
        )
        # One rare word in common is chance.
        return sorted(pair for pair, count in shared.items() if count > 1)

    def enough(self, one: Group, other: Group) -> float | None:
        """The likeness of two groups, from 0 to 1; None where it is not enough to make them one."""
        value = one.cosine(other)
        if value < _GROUP[-1]:
            return None
        value *= self._fade(one, other) * self._anchored(one, other)
        needed = self._needed(one, other)
        return value if value >= needed and self._may_be_one(one, other) else None

    def _needed(self, one: Group, other: Group) -> float:
        sizes = len(one.places), len(other.places)
        names = min(self._names(one, other), 2)
        is_dated = all(self._pieces[place].published for place in (*one.places, *other.places))
        if max(sizes) == 1:
            return _PAIR[names] if is_dated else _UNDATED_PAIR[names]
        needed = _GROUP[names] if names or sum(sizes) <= _LARGE else _UNDATED_PAIR[0] + _MORE
        if min(sizes) == 1:
            return needed
        return min(needed * _TWO_GROUPS, _SURELY) if is_dated else needed * _TWO_GROUPS

    def _names(self, one: Group, other: Group) -> int:
        """How many names of its own an event has in both; the words of one name are one."""
        most = _OWN * (len(one.places) + len(other.places)) + _OTHERS
        shared = {
            word
            for word in one.common & other.common & (one.names | other.names)
            if self._named[word] <= most and self._small[word] <= _SMALL * self._named[word]
        }
        return len(_joined(shared, one.full_names | other.full_names))

    def _known(self, one: Group, other: Group) -> bool:
        """True where names say that two are of one event, whatever their headlines call it."""
        return self._names(one, other) >= _KNOWN

    def _may_be_one(self, one: Group, other: Group) -> bool:
        """True unless two are told apart, or most of them seem to be about other things."""
        pairs = [(min(pair), max(pair)) for pair in product(one.places, other.places)]
        if 2 * sum(map(self._seem_unlike, pairs)) > len(pairs):
            return False
        if 2 * sum(map(self._headed_apart, pairs)) > len(pairs) and not self._known(one, other):
            return False
        return not any(map(self._apart, pairs))

    def _fade(self, one: Group, other: Group) -> float:
        """What time between two groups leaves of their likeness, in the mean."""
        fades = [
            _fade(self._pieces[a], self._pieces[b]) for a, b in product(one.places, other.places)
        ]
        return sum(fades) / len(fades)

    def _anchored(self, one: Group, other: Group) -> float:
        """The best of all pairs."""
        return max(
            _anchored(self._pieces[a], self._pieces[b])
            for a, b in product(one.places, other.places)
        )


def _joined(names: set[str], full: Iterable[tuple[str, str]]) -> set[frozenset[str]]:
    """Names of several words as one."""
    of = {name: frozenset((name,)) for name in names}
    for one, other in sorted(full):
        if one in of and other in of and of[one] != of[other]:
            both = of[one] | of[other]
            of.update(dict.fromkeys(both, both))
    return set(of.values())


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
