"""Things that a sentence further down points at, and that no reader of the digest has met: “the letter”."""

from itertools import pairwise

from briefing.digests.pairs.story import Story
from briefing.digests.senses import Sense

#: “A letter”, “two services”: what makes a thing known for the first time, besides numbers.
_INDEFINITE = frozenset({"a", "an", "another", "several"})
#: “The hour they came”, “the price of milk”: what stands behind tells which.
_TELLS_WHICH = frozenset({"of", "that", "which", "who", "whose", "in", "for"})
_POINTING = frozenset({"the", "both", "that", "those", "these"})


def points_at_what_is_left_out(story: Story, lead: int, at: int) -> bool:
    """True where a sentence speaks of a thing as known that a sentence between the news and it makes known.

    Args:
        story: the sentences; only where its language's tables have numbers is anything known.
        lead: the first sentence of the news.
        at: the sentence.
    """
    first, last = story.news_end(lead), at
    lists, tokens = story.words.lists, story[at].tokens
    told = _TELLS_WHICH | lists[Sense.PERSONS] | lists[Sense.BODIES]
    behind = (*tokens[2:], "")
    named = {
        noun
        for (before, noun), after in zip(pairwise(tokens), behind, strict=True)
        if before in _POINTING and after not in told
    }
    if not named or first >= last:
        return False
    for place in range(lead, first):
        named.difference_update(story[place].tokens)
    makes_known = _INDEFINITE | lists[Sense.QUANTITY]
    return any(
        noun in named and before in makes_known
        for place in range(first, last)
        for before, noun in pairwise(story[place].tokens)
    )
