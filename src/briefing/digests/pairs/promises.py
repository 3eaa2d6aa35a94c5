"""Promises and what became of them."""

from collections.abc import Iterator

from briefing.digests.pairs.pair import PairAt
from briefing.digests.pairs.story import Story
from briefing.digests.vocabulary import Sense
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
