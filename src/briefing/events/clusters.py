"""Average linkage: groups whose members are alike in the mean, and never two that must stay apart."""

from collections.abc import Iterable, Mapping
from heapq import heapify, heappop, heappush

Pair = tuple[int, int]


def clusters(
    likeness: Mapping[Pair, float], apart: Iterable[Pair], least: float, first: float
) -> tuple[tuple[int, ...], ...]:
    """Join what is most alike first, as long as the mean over all pairs of a group is at least so much.

    One report that is much like two events joins neither of them to the other, as it would if one
    likeness were enough (Sokal and Michener 1958, unweighted pair groups).

    Args:
        likeness: of pairs, lower place first; a pair that is not named is not alike at all.
        apart: pairs that no group holds together.
        least: from 0 to 1.
        first: the same for two that are in no group yet: one pair alone is more easily chance.

    Returns:
        Groups of two and more, each in order of its places.
    """
    near: dict[int, dict[int, float]] = {}
    for (one, other), value in likeness.items():
        near.setdefault(one, {})[other] = value
        near.setdefault(other, {})[one] = value
    banned: dict[int, set[int]] = {}
    for one, other in apart:
        banned.setdefault(one, set()).add(other)
        banned.setdefault(other, set()).add(one)
    members = {place: [place] for place in near}
    heap = [(-value, one, other) for (one, other), value in likeness.items() if value >= least]
    heapify(heap)
    while heap:
        value, one, other = heappop(heap)
        if one not in members or other not in members or other in banned.get(one, ()):
            continue
        alone = len(members[one]) == len(members[other]) == 1
        if _mean(near, members, one, other) != -value or (alone and -value < first):
            continue
        _join(near, banned, members, one, other)
        for third in near[one]:
            low, high = min(one, third), max(one, third)
            mean = _mean(near, members, low, high)
            if mean >= least:
                heappush(heap, (-mean, low, high))
    return tuple(sorted(tuple(sorted(group)) for group in members.values() if len(group) > 1))


def _mean(
    near: dict[int, dict[int, float]], members: dict[int, list[int]], one: int, other: int
) -> float:
    total = near[one].get(other, 0.0)
    return total / (len(members[one]) * len(members[other]))


def _join(
    near: dict[int, dict[int, float]],
    banned: dict[int, set[int]],
    members: dict[int, list[int]],
    one: int,
    other: int,
) -> None:
    """Put the second group into the first; `near` holds sums over pairs."""
    members[one] += members.pop(other)
    for third, value in near.pop(other).items():
        del near[third][other]
        if third != one:
            near[one][third] = near[third][one] = near[one].get(third, 0.0) + value
    for third in banned.pop(other, ()):
        banned[third].discard(other)
        banned[third].add(one)
        banned.setdefault(one, set()).add(third)
