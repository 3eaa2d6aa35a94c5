"""How likely a report is to come back on its news: all that speaks for it, in one sum.

What the claim and its headline put at stake, how much the later sentence that looks most like an answer
looks like one, how far it stands out from the others, and what kind of report it is: in one in which everybody
speaks, one more speaker answers nothing. The weights are those of a logistic regression, rounded. It tells reports
of our own and of others' writing that come back from plain ones, and from news articles that were not chosen for
that (Hermann and others 2015; Fabbri and others 2021; Narayan and others 2018; Greene and Cunningham 2006). It
is 0 where it is about as likely as not. `docs/measured.md` says how it was fitted and
what it is worth.
"""

from collections.abc import Iterator, Mapping, Sequence
from enum import Enum, auto
from operator import mul
from statistics import fmean, median
from types import MappingProxyType

from briefing.digests.pairs.signs import Sign
from briefing.digests.pairs.stakes import Stakes
from briefing.digests.pairs.story import Story
from briefing.digests.pairs.wording import Wording
from briefing.digests.senses import Sense

#: A longer first sentence tells more than that something happened.
_LONG = 30
#: Who says it may stand in so many first sentences.
_SOON = 3
#: What weighs more looks much like an answer; more of these than so many count no more.
_MUCH_LIKE, _SOME = 3.5, 3
#: A longer report goes on to more subjects: what it has beyond so many words is weighed in hundreds.
_MUCH, _HUNDRED = 220, 100
#: Lengths of sentences are weighed in so many words.
_TWENTY = 20


class Hint(Enum):
    """What a report says for it or against it, yes or no."""

    TOLD = auto()
    BEFELL = auto()
    SPEAKS_SOON = auto()
    AHEAD = auto()
    PROMISES = auto()
    PRAISES = auto()
    ACCUSES = auto()
    HEADLINE_CHARGES = auto()
    HEADLINE_SPEAKS = auto()


class _Measure(Enum):
    """What it has more or less of."""

    #: How far the best stands above the middle one, and how many look much like an answer.
    STANDS_OUT = auto()
    MANY = auto()
    #: How much longer than others the report is, and how long its sentences are.
    EXCESS = auto()
    WORDS = auto()
    QUOTATIONS = auto()
    PEOPLE = auto()


_HINTS: Mapping[Hint, float] = MappingProxyType(
    {
        Hint.TOLD: 1.1,
        Hint.BEFELL: -0.9,
        Hint.SPEAKS_SOON: 1.0,
        Hint.AHEAD: 0.6,
        Hint.PROMISES: 1.2,
        Hint.PRAISES: 0.7,
        Hint.ACCUSES: 0.7,
        Hint.HEADLINE_CHARGES: 0.8,
        Hint.HEADLINE_SPEAKS: 0.8,
    }
)
#: What the sentence that looks most like an answer has, besides that it stands out.
_LOOKS: Mapping[Sign, float] = MappingProxyType(
    {Sign.REPRESENTS: 0.3, Sign.LIKE_CLAIM: -0.9, Sign.LENGTH: 0.2}
)
_MEASURES: Mapping[_Measure, float] = MappingProxyType(
    {
        _Measure.STANDS_OUT: 0.7,
        _Measure.MANY: 0.55,
        _Measure.EXCESS: -2.1,
        _Measure.WORDS: -2.1,
        _Measure.QUOTATIONS: -1.1,
        _Measure.PEOPLE: -2.7,
    }
)
_REST = -2.0


class _Trace(Enum):
    """What says it in any language, by the lists that every language has."""

    HEADLINE_CHARGES = auto()
    CHARGES_SOON = auto()
    #: Who denies, or will not speak, behind the first sentence.
    DENIES = auto()
    SPEAKS_SOON = auto()
    VOICES = auto()
    QUOTES_SOON = auto()
    TOLD = auto()
    LENGTH = auto()


_TRACES: Mapping[_Trace, float] = MappingProxyType(
    {
        _Trace.HEADLINE_CHARGES: 0.4,
        _Trace.CHARGES_SOON: 0.4,
        _Trace.DENIES: 0.8,
        _Trace.SPEAKS_SOON: 1.6,
        _Trace.VOICES: 1.4,
        _Trace.QUOTES_SOON: 0.7,
        _Trace.TOLD: 0.4,
        _Trace.LENGTH: 0.3,
    }
)
_REST_OF_TRACES = -1.4
_GRAVE, _DENIES = Sense.ACCUSE | Sense.WRONGDOING, Sense.DENY | Sense.NO_COMMENT
#: Whoever accuses or denies speaks; more sentences of that weigh no more.
_TALK, _VOICES = Sense.ATTRIBUTION | Sense.ACCUSE | _DENIES, 3
_QUOTES = frozenset('"“”„«»「」『』')


def chance(
    story: Story,
    stakes: Stakes,
    claim: int,
    found: Sequence[Sequence[float]],
    weights: Sequence[float],
) -> float:
    """How likely it is that a later sentence answers one of the first, as the logarithm of the odds.

    Args:
        story: the sentences.
        stakes: what that puts at stake.
        claim: the sentence that it would come back on.
        found: the signs of each later sentence that a digest could print.
        weights: what each sign is worth.
    """
    weighed = [float(sum(map(mul, signs, weights))) for signs in found]
    best = max(range(len(found)), key=weighed.__getitem__)
    looks = sum(weight * found[best][sign] for sign, weight in _LOOKS.items())
    hints = sum(map(_HINTS.__getitem__, _hints(story, stakes, claim)))
    measures = _measures(story, found, weighed)
    measured = sum(weight * measures[one] for one, weight in _MEASURES.items())
    return hints + looks + measured + _REST


def rough_chance(story: Story, stakes: Stakes) -> float:
    """The same where a language's tables tell no more than who speaks, accuses, denies or will not speak.

    Args:
        story: the sentences.
        stakes: what the headline says, and where a source is named last.
    """
    every = [story[at] for at in range(len(story))]
    soon = every[:_SOON]
    there = {
        _Trace.HEADLINE_CHARGES: stakes.headline.senses & _GRAVE,
        _Trace.CHARGES_SOON: _having(_GRAVE, soon),
        _Trace.DENIES: _having(_DENIES, every[1:]),
        _Trace.SPEAKS_SOON: _having(_TALK, soon),
        _Trace.QUOTES_SOON: any(not _QUOTES.isdisjoint(one.text) for one in soon),
        _Trace.TOLD: any(map(stakes.is_told, soon)),
    }
    shares = {
        _Trace.VOICES: _having(_TALK, every) / _VOICES,
        _Trace.LENGTH: sum(len(one.tokens) for one in every[:1]) / _LONG,
    }
    known = sum(_TRACES[one] for one, is_there in there.items() if is_there)
    return (
        known
        + sum(_TRACES[one] * min(1.0, share) for one, share in shares.items())
        + _REST_OF_TRACES
    )


def _having(senses: int, sentences: Sequence[Wording]) -> int:
    """How many sentences hold one of these senses."""
    return sum(1 for one in sentences if one.senses & senses)


def _measures(
    story: Story, found: Sequence[Sequence[float]], weighed: Sequence[float]
) -> Mapping[_Measure, float]:
    words = sum(len(story[at].tokens) for at in range(len(story)))
    return {
        _Measure.STANDS_OUT: max(weighed) - median(weighed),
        _Measure.MANY: min(_SOME, sum(weight > _MUCH_LIKE for weight in weighed)),
        _Measure.EXCESS: max(0, words - _MUCH) / _HUNDRED,
        _Measure.WORDS: words / len(story) / _TWENTY,
        _Measure.QUOTATIONS: fmean(signs[Sign.QUOTES] for signs in found),
        _Measure.PEOPLE: fmean(signs[Sign.PERSON] for signs in found),
    }


def _hints(story: Story, stakes: Stakes, claim: int) -> Iterator[Hint]:
    one = story[claim]
    is_told = stakes.is_told(one)
    speaks = (stakes.speaks(story[at]) for at in range(claim, min(claim + _SOON, len(story))))
    there = (
        (Hint.TOLD, is_told),
        (Hint.BEFELL, not one.senses & Sense.ACCUSE and stakes.befell(one)),
        (Hint.SPEAKS_SOON, is_told or any(speaks)),
        (Hint.AHEAD, stakes.is_ahead(one)),
        (Hint.PROMISES, one.senses & Sense.PROMISE),
        (Hint.PRAISES, one.unmarked & Sense.PRAISE),
        (Hint.ACCUSES, one.senses & Sense.ACCUSE),
        (Hint.HEADLINE_CHARGES, stakes.headline_charges),
        (Hint.HEADLINE_SPEAKS, stakes.headline.senses & Sense.ATTRIBUTION),
    )
    return (hint for hint, is_there in there if is_there)
