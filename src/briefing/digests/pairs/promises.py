"""Promises and what became of them."""

from collections.abc import Iterator
from itertools import pairwise

from briefing.digests.pairs.pair import PairAt
from briefing.digests.pairs.story import Story
from briefing.digests.senses import Sense
from briefing.model.digest import PairKind

#: A promise and its result share so many stems, and this share of the shorter one's.
_ALIKE, _SHARE = 2, 0.3


def promises(story: Story, claim: int) -> Iterator[PairAt]:
    """The later sentence that says most of what became of a promise."""
    if not story[claim].senses & Sense.PROMISE or story[claim].senses & Sense.OUTCOME:
        return
    stems = story.stems
    later = [
        (len(stems[claim] & stems[at]), -at) for at in story.having(Sense.OUTCOME) if at > claim
    ]
    most, at = max(later, default=(0, 0))
    if most >= _ALIKE and most >= _SHARE * min(len(stems[claim]), len(stems[-at])):
        yield PairAt(kind=PairKind.RESULT, claim=claim, answers=(-at,))
        return
    counted = next((at for at in range(claim + 1, len(story)) if _counts(story, at)), None)
    if counted is not None and _has_number(story, claim):
        yield PairAt(kind=PairKind.RESULT, claim=claim, answers=(counted,))


def _has_number(story: Story, at: int) -> bool:
    numbers = story.words.lists[Sense.QUANTITY]
    return any(map(str.isdigit, story.texts[at])) or not numbers.isdisjoint(story[at].tokens)


def _counts(story: Story, at: int) -> bool:
    """True for “Eleven had roofs”, “On Monday three ran”: how many of what was named before, and no noun.

    The report itself has counted; what somebody says of two others is their say.
    """
    lists = story.words.lists
    return not story[at].senses & Sense.ATTRIBUTION and any(
        one in lists[Sense.QUANTITY] and (verb in lists[Sense.PAST] or verb in lists[Sense.PASSIVE])
        for one, verb in pairwise(story[at].tokens)
    )
