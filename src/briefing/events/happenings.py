"""Happenings: which pieces report one event, and which of them is told best."""

from collections.abc import Sequence
from dataclasses import dataclass

from briefing.articles.text.fingerprint import PERHAPS, containment
from briefing.events.clusters import Pair, clusters
from briefing.events.features import Gist
from briefing.events.frames import without_frames
from briefing.events.likeness import Weights, alike
from briefing.events.sameness import Kinship, compare, first_names_differ, headlines_differ

#: The mean likeness within an event: own events and reports of `tests/events` lie between.
LEAST = 0.15
#: What two reports have to have in common to be one event without a third.
FIRST = 0.25


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
        apart: places of pairs that somebody told apart.
    """
    own = without_frames(pieces)
    weights = Weights.of(own)
    likeness = alike(own, weights)
    banned = set(apart) | {
        pair for pair, value in likeness.items() if value >= LEAST / 2 and _framed(pieces, pair)
    }
    return tuple(
        _told(group, own, weights) for group in clusters(likeness, sorted(banned), LEAST, FIRST)
    )


def _framed(pieces: Sequence[Gist], pair: Pair) -> bool:
    """True when what two pieces share is a house's frame, or its language, rather than an event."""
    one, other = pieces[pair[0]], pieces[pair[1]]
    if headlines_differ(one, other):
        return True
    if containment(one.shingles, other.shingles) < PERHAPS:
        return first_names_differ(one, other)
    return compare(one, other).kinship in (Kinship.FRAME, Kinship.PERHAPS)


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
