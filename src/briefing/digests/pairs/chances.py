"""How likely a report is to come back on its first sentence: all that speaks for it, in one sum.

What the first sentence and its headline put at stake, how much the later sentence that looks most like an answer
looks like one, and how far it stands out from the others: in a report in which everybody speaks, one more speaker
answers nothing. The weights are those of a logistic regression, rounded. It tells 295 reports of our own and of
others' writing that come back from 346 news articles and 22 plain reports that were not chosen for that (Hermann
and others 2015; Fabbri and others 2021; Narayan and others 2018; Greene and Cunningham 2006); both sides weigh the
same, so that 0 means that it is as likely as not. `docs/measured.md` says how it was fitted and what it is worth.
"""

from collections.abc import Iterator, Mapping, Sequence
from enum import Enum, auto
from operator import mul
from statistics import median
from types import MappingProxyType

from briefing.digests.pairs.signs import Sign
from briefing.digests.pairs.stakes import Stakes
from briefing.digests.pairs.story import Story
from briefing.digests.senses import Sense

#: A longer first sentence tells more than that something happened.
_LONG = 30


class Hint(Enum):
    """What a first sentence, or its headline, says for it or against it."""

    MOVES = auto()
    TOLD = auto()
    ANYBODY = auto()
    PAST = auto()
    BEFELL = auto()
    PROMISE = auto()
    PRAISE = auto()
    SPEAKS = auto()
    LONG = auto()
    HEADLINE_CHARGES = auto()
    HEADLINE_HARM = auto()
    HEADLINE_QUOTES = auto()
    HEADLINE_HALVED = auto()
    HEADLINE_SPEAKS = auto()


_HINTS: Mapping[Hint, float] = MappingProxyType(
    {
        Hint.MOVES: 1.2,
        Hint.TOLD: 1.1,
        Hint.ANYBODY: 0.9,
        Hint.PAST: 0.7,
        Hint.BEFELL: -1.4,
        Hint.PROMISE: 1.8,
        Hint.PRAISE: 1.9,
        Hint.SPEAKS: 0.6,
        Hint.LONG: 0.9,
        Hint.HEADLINE_CHARGES: 0.6,
        Hint.HEADLINE_HARM: 0.7,
        Hint.HEADLINE_QUOTES: 1.6,
        Hint.HEADLINE_HALVED: 1.9,
        Hint.HEADLINE_SPEAKS: 0.9,
    }
)
#: What every report has in some sentence counts less than its weight as a sign (`signs.WEIGHTS`) says.
_LOOKS: Mapping[Sign, float] = MappingProxyType(
    {
        Sign.DENIES: -0.9,
        Sign.CONTENDS: -0.8,
        Sign.EXCUSES: 0.8,
        Sign.PRONOUN: -0.4,
        Sign.PERSON: -0.5,
        Sign.QUOTES: -1.4,
        Sign.OUTCOME: 0.7,
        Sign.NUMBER: 0.5,
        Sign.SAME_PARAGRAPH: -1.5,
        Sign.LIKE_NEWS: -1.6,
        Sign.LENGTH: -0.8,
        Sign.TOWARDS_END: 0.9,
    }
)
#: For each point that the best stands above the middle one.
_STANDS_OUT = 0.39
_REST = -1.9


def chance(
    story: Story,
    stakes: Stakes,
    found: Sequence[Sequence[float]],
    weights: Sequence[float],
) -> float:
    """How likely it is that a later sentence answers the first, as the logarithm of the odds.

    Args:
        story: the sentences.
        stakes: what the first sentence puts at stake.
        found: the signs of each later sentence that a digest could print.
        weights: what each sign is worth.
    """
    weighed = [float(sum(map(mul, signs, weights))) for signs in found]
    best = max(range(len(found)), key=weighed.__getitem__)
    looks = sum(weight * found[best][sign] for sign, weight in _LOOKS.items())
    stands_out: float = weighed[best] - median(weighed)
    hints = sum(map(_HINTS.__getitem__, _hints(story, stakes)))
    return hints + looks + _STANDS_OUT * stands_out + _REST


def _hints(story: Story, stakes: Stakes) -> Iterator[Hint]:
    one, headline = story[0], stakes.headline
    senses = one.unmarked
    is_told = stakes.is_told(one)
    there = (
        (Hint.MOVES, stakes.moves(one)),
        (Hint.TOLD, is_told),
        (Hint.ANYBODY, is_told and stakes.is_anybody(one)),
        (Hint.PAST, stakes.is_past(one)),
        (Hint.BEFELL, not one.senses & Sense.ACCUSE and stakes.befell(one)),
        (Hint.PROMISE, one.senses & Sense.PROMISE),
        (Hint.PRAISE, senses & Sense.PRAISE),
        (Hint.SPEAKS, one.senses & Sense.ATTRIBUTION),
        (Hint.LONG, len(one.tokens) > _LONG),
        (Hint.HEADLINE_CHARGES, stakes.headline_charges),
        (Hint.HEADLINE_HARM, headline.unmarked & Sense.HARM),
        (Hint.HEADLINE_QUOTES, stakes.headline_quotes),
        (Hint.HEADLINE_HALVED, stakes.is_halved),
        (Hint.HEADLINE_SPEAKS, headline.senses & Sense.ATTRIBUTION),
    )
    return (hint for hint, is_there in there if is_there)
