"""A claim of an article and what answers it, by the places of their sentences."""

from dataclasses import dataclass

from briefing.model.digest import PairKind


@dataclass(frozen=True, slots=True, kw_only=True)
class PairAt:
    """A sentence that is not printed without one of its answers."""

    kind: PairKind
    claim: int
    #: The best first; one of them is enough.
    answers: tuple[int, ...]
    #: Which one answers it is not sure: where there is room one of these is printed as well.
    further: tuple[int, ...] = ()
