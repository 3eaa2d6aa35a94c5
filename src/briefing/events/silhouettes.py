"""Silhouettes: a group is an event where it stands out from all other pieces; undated pieces need it most."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, reduce

from briefing.events.features import Gist
from briefing.events.likeness import Group, Likeness

#: The pieces of an event have more in common than with any other piece, or so much. A beat, such as a
#: cabinet or a league, has its people and words in many pieces besides.
_MUCH = 0.4
#: Where no day says that they are of one event: so much and more than with any other, or so many times as much.
_UNDATED, _TIMES = 0.34, 2.4
#: A piece that is so many times more like another group belongs there, and says nothing of this one.
_ELSEWHERE = 1.2


@dataclass(frozen=True)
class Silhouettes:
    """How groups of pieces stand out from all others (Rousseeuw 1987)."""

    #: Places of pieces that seem to tell of one event.
    groups: Sequence[tuple[int, ...]]
    #: All there are.
    pieces: Sequence[Gist]
    likeness: Likeness

    def events(self) -> tuple[tuple[int, ...], ...]:
        """The groups that stand out; those that do so only by days, without their undated pieces."""
        return tuple(kept for group in self.groups if len(kept := self._kept(group)) > 1)

    def _kept(self, group: tuple[int, ...]) -> tuple[int, ...]:
        """Of a group what is an event: how alike its pieces are, against the nearest piece outside."""
        inside = sum(self._among(place, group) for place in group) / len(group)
        nearest = self._nearest(group)
        dated = tuple(place for place in group if self.pieces[place].published)
        if dated == group:
            return group if inside >= min(_MUCH, nearest) else ()
        if inside >= min(max(_UNDATED, nearest), _TIMES * nearest):
            return group
        return self._kept(dated) if len(dated) > 1 else ()

    def _nearest(self, group: tuple[int, ...]) -> float:
        """How alike the nearest piece is that belongs nowhere else."""
        whole, language = self._together(group), self.pieces[group[0]].language
        outside = (
            (whole.cosine(self.likeness.alone(place)), place)
            for place, piece in enumerate(self.pieces)
            if place not in group and piece.language == language
        )
        for value, place in sorted(outside, reverse=True):
            if self._among(place, self._of.get(place, (place,))) < _ELSEWHERE * value:
                return value
        return 0.0

    @cached_property
    def _of(self) -> dict[int, tuple[int, ...]]:
        return {place: group for group in self.groups for place in group}

    def _among(self, place: int, group: tuple[int, ...]) -> float:
        """How alike a piece of a group is to the others of it."""
        others = [one for one in group if one != place]
        return self._together(others).cosine(self.likeness.alone(place)) if others else 0.0

    def _together(self, places: Sequence[int]) -> Group:
        return reduce(Group.with_all_of, map(self.likeness.alone, places))
