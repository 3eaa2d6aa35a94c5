"""Centroid linkage: groups of pieces, each joined by what it shares with all of a group together."""

from dataclasses import dataclass, field
from heapq import heapify, heappop, heappush

from briefing.events.likeness import Group, Likeness


def clusters(likeness: Likeness) -> tuple[tuple[int, ...], ...]:
    """Join what is most alike first, as long as it is alike enough.

    A report that tells the event from one side has little in common with each of the others and much
    with all of them together, so it is compared with the middle of a group (centroid linkage, Sokal and
    Michener 1958). Two groups need far more to become one than a piece and a group: events of one day and
    beat have people and places in common.

    Args:
        likeness: of all pieces.

    Returns:
        Groups of two and more, each in order of its places.
    """
    return _Linkage(likeness).groups()


@dataclass
class _Linkage:
    """Groups that are being joined; what was said of a group that has grown since does not hold."""

    likeness: Likeness
    _groups: dict[int, Group] = field(default_factory=dict)
    _near: dict[int, set[int]] = field(default_factory=dict)
    #: How often each group has grown.
    _grown: dict[int, int] = field(default_factory=dict)
    #: Likeness, negative, with its two groups and how often those had grown.
    _heap: list[tuple[float, int, int, int, int]] = field(default_factory=list)

    def groups(self) -> tuple[tuple[int, ...], ...]:
        """Join until nothing is alike enough."""
        for one, other in self.likeness.pairs():
            for place, near in ((one, other), (other, one)):
                self._near.setdefault(place, set()).add(near)
                self._groups.setdefault(place, self.likeness.alone(place))
                self._grown[place] = 0
        self._heap = [
            entry for pair in self.likeness.pairs() if (entry := self._entry(*pair)) is not None
        ]
        heapify(self._heap)
        while self._heap:
            _, one, other, *grown = heappop(self._heap)
            if [self._grown.get(one), self._grown.get(other)] == grown:
                self._join(one, other)
        found = (group.places for group in self._groups.values() if len(group.places) > 1)
        return tuple(sorted(tuple(sorted(places)) for places in found))

    def _entry(self, one: int, other: int) -> tuple[float, int, int, int, int] | None:
        """What the heap has of two groups; None where they are not alike enough."""
        value = self.likeness.enough(self._groups[one], self._groups[other])
        if value is None:
            return None
        return -value, one, other, self._grown[one], self._grown[other]

    def _join(self, one: int, other: int) -> None:
        self._groups[one] = self._groups[one].with_all_of(self._groups.pop(other))
        self._grown[one] += 1
        del self._grown[other]
        self._near[one] = (self._near[one] | self._near.pop(other)) - {one, other}
        for near in self._near[one]:
            self._near[near].discard(other)
            self._near[near].add(one)
            entry = self._entry(min(one, near), max(one, near))
            if entry is not None:
                heappush(self._heap, entry)
