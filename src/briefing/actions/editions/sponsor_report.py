"""Scoring: what editors decided about who paid, against the points the program had counted."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from briefing.actions.context import Desk
from briefing.articles.paid.verdict import SPONSORED_FROM, UNSURE_FROM
from briefing.model.article import Verdict
from briefing.model.ruling import Ruling

#: Fewer decisions than this say nothing about thresholds.
ENOUGH = 20
_STEP = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """Decisions on pieces with a score from `low` up to, but not including, `high`."""

    low: int | None
    high: int | None
    editorial: int
    sponsored: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Thresholds:
    """Two thresholds, and how these decisions would have fared under them."""

    unsure: int
    sponsored: int
    #: Sponsored pieces that would have gone out as reporting.
    missed: int
    #: Reports that would have gone out as adverts.
    accused: int
    #: Pieces that a person would have been asked about.
    held: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Scores:
    """The report."""

    decisions: tuple[Ruling, ...]
    bands: tuple[Band, ...]
    #: The thresholds in force.
    now: Thresholds
    #: The best there are for these decisions; None while there are too few.
    best: Thresholds | None

    @property
    def surprises(self) -> tuple[Ruling, ...]:
        """Decisions against what the program was sure of, newest first."""
        return tuple(
            ruling
            for ruling in self.decisions
            if ruling.thought is not Verdict.UNSURE and ruling.verdict is not ruling.thought
        )


def scores(desk: Desk) -> Scores:
    """Every decision on who paid that still rules, against its score.

    What a body issued itself is another question, and its points are others.

    Raises:
        StoreError: when the store cannot be read.
    """
    every = desk.store.rulings.all()
    standing = (ruling for ruling in every if ruling.withdrawn is None)
    return scored(
        tuple(one for one in standing if Verdict.ISSUED not in (one.verdict, one.thought))
    )


def scored(decisions: tuple[Ruling, ...]) -> Scores:
    """The report on these decisions."""
    edges = (None, 1, UNSURE_FROM, SPONSORED_FROM, 2 * SPONSORED_FROM, None)
    return Scores(
        decisions=decisions,
        bands=tuple(_band(decisions, low, high) for low, high in pairwise(edges)),
        now=_under(decisions, UNSURE_FROM, SPONSORED_FROM),
        best=_best(decisions) if len(decisions) >= ENOUGH else None,
    )


def _band(decisions: Sequence[Ruling], low: int | None, high: int | None) -> Band:
    inside = [
        ruling.verdict
        for ruling in decisions
        if (low is None or ruling.score >= low) and (high is None or ruling.score < high)
    ]
    return Band(
        low=low,
        high=high,
        editorial=inside.count(Verdict.EDITORIAL),
        sponsored=inside.count(Verdict.SPONSORED),
    )


def _under(decisions: Sequence[Ruling], unsure: int, sponsored: int) -> Thresholds:
    return Thresholds(
        unsure=unsure,
        sponsored=sponsored,
        missed=sum(r.verdict is Verdict.SPONSORED and r.score < unsure for r in decisions),
        accused=sum(r.verdict is Verdict.EDITORIAL and r.score >= sponsored for r in decisions),
        held=sum(unsure <= r.score < sponsored for r in decisions),
    )


def _best(decisions: Sequence[Ruling]) -> Thresholds:
    """Fewest mistakes first, then fewest questions; of equals the nearest to those in force."""
    tried = (
        _under(decisions, unsure, sponsored)
        for unsure in range(_STEP, 2 * SPONSORED_FROM, _STEP)
        for sponsored in range(unsure, 2 * SPONSORED_FROM + _STEP, _STEP)
    )
    return min(
        tried,
        key=lambda one: (
            one.missed + one.accused,
            one.held,
            abs(one.unsure - UNSURE_FROM) + abs(one.sponsored - SPONSORED_FROM),
        ),
    )
