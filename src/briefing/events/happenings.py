"""Happenings: which pieces report one event, and which of them is told best."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from briefing.articles.text.fingerprint import PERHAPS, containment
from briefing.events.clusters import clusters
from briefing.events.features import Gist
from briefing.events.frames import without_frames
from briefing.events.likeness import Likeness, Pair, Weights
from briefing.events.sameness import Kinship, compare
from briefing.events.silhouettes import Silhouettes

_FIGURE = re.compile(r"\d+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """Pieces that report one event, by their places."""

    #: The one that tells most of what several tell.
    best: int
    others: tuple[int, ...]


def happenings(pieces: Sequence[Gist], apart: Sequence[Pair] = ()) -> tuple[Happening, ...]:
    """The events that more than one of the pieces reports.

    Args:
        pieces: what each tells; none of them repeats another.
        apart: places of pairs of which an editor took the first away from the second. The others
            stay together, even where it was the first that showed what they have in common.
    """
    own = without_frames(pieces)
    weights = Weights.of(own)
    likeness = Likeness(own, weights, lambda pair: _framed(pieces, pair))
    groups = Silhouettes(clusters(likeness), own, likeness).events()
    left = (_without(group, apart) for group in groups)
    return tuple(_told(group, own, weights) for group in left if len(group) > 1)


def _without(group: tuple[int, ...], apart: Sequence[Pair]) -> tuple[int, ...]:
    gone = {piece for piece, other in apart if piece in group and other in group}
    return tuple(place for place in group if place not in gone)


def _framed(pieces: Sequence[Gist], pair: Pair) -> bool:
    """True when what two pieces share is a house's frame rather than an event."""
    one, other = pieces[pair[0]], pieces[pair[1]]
    if _is_next_of(one, other):
        return True
    if containment(one.shingles, other.shingles) < PERHAPS:
        return False
    return compare(one, other).kinship in (Kinship.FRAME, Kinship.PERHAPS)


def _is_next_of(one: Gist, other: Gist) -> bool:
    """True for two parts of one house's series: headlines that differ in a figure, "Episode 4" and "Episode 5"."""
    heads = [each.sentences[0].text for each in (one, other)]
    alike = len({_FIGURE.sub("0", head) for head in heads}) == 1
    return alike and heads[0] != heads[1] and one.house == other.house


def _told(group: tuple[int, ...], pieces: Sequence[Gist], weights: Weights) -> Happening:
    shared = {
        word
        for place in group
        for word in pieces[place].words
        if sum(word in pieces[each].words for each in group) > 1
    }

    def told(place: int) -> tuple[float, int, int]:
        own = pieces[place].words & shared
        return sum(map(weights.rarity, sorted(own))), len(pieces[place].text), -place

    best = max(group, key=told)
    return Happening(best=best, others=tuple(place for place in group if place != best))
