"""Several stories in one text, each in a paragraph: a story comes back on its first sentence in there."""

import re
from collections.abc import Iterator, Sequence
from operator import mul

from briefing.digests.pairs.pair import PairAt
from briefing.digests.pairs.stakes import Stakes
from briefing.digests.pairs.story import Story
from briefing.model.digest import PairKind

#: “HARROW GREEN: Parents say”: with its label a paragraph is a story, and not a part of one as in a diary.
_LABEL = re.compile(r"[^.!?。]{1,30}?(?::|：| [–—-]) ?")


def in_its_paragraph(
    story: Story,
    stakes: Stakes,
    claim: int,
    readable: Sequence[tuple[int, Sequence[float]]],
    weights: Sequence[float],
) -> Iterator[PairAt]:
    """What looks most like an answer to the first sentence of a story with a label, where somebody tells that.

    Args:
        story: the sentences.
        stakes: what they put at stake.
        claim: the sentence.
        readable: the later sentences that can be printed next to it, with their signs.
        weights: what each sign is worth.
    """
    is_first = not claim or story.paragraph_end(claim - 1) == claim
    is_labelled = bool(_LABEL.match(story.texts[claim]))
    if not (is_first and is_labelled and stakes.speaks(story[claim])):
        return
    end = story.paragraph_end(claim)
    weighed = [(float(sum(map(mul, found, weights))), at) for at, found in readable if at < end]
    if weighed:
        yield PairAt(kind=PairKind.COMEBACK, claim=claim, answers=(max(weighed)[1],))
