"""Which of its first sentences a report comes back on: the first, or what a scene at its beginning leads up to."""

from collections.abc import Set
from itertools import islice

from briefing.digests.pairs.stakes import Stakes
from briefing.digests.pairs.story import Story
from briefing.digests.tokenizer import stems_of

#: It stands among so many first sentences, and is not taken up by the next one but by later ones.
_SOON, _LATER = 6, 2
#: Lengths are weighed in so many words, up to so many; what is taken up again in so many stems.
_TWENTY, _LONG, _FOUR = 20, 30, 4
#: The weights of a logistic choice among the first sentences (`docs/measured.md`).
_FIRST, _SECOND, _TITLE, _TOLD, _LENGTH, _AGAIN = 1.3, 0.8, 1.9, 1.8, 1.0, 1.8


def at_issue(story: Story, title: str, stakes: Stakes, barred: Set[int]) -> int:
    """The sentence that says what the headline says, names its source last, and is taken up again further down.

    Args:
        story: the sentences.
        title: the headline; may be empty.
        stakes: what they put at stake.
        barred: sentences that no digest prints.
    """
    able = list(islice((at for at in range(len(story)) if at not in barred), _SOON))
    last = {stem: at for at, stems in enumerate(story.stems) for stem in stems}
    headline = frozenset(stems_of(title, story.language)) if title else frozenset[str]()

    def weight(at: int) -> float:
        own, one = story.stems[at], story[at]
        again = sum(last[stem] >= at + _LATER for stem in own)
        return (
            _FIRST * (at == able[0])
            + _SECOND * (at == able[0] + 1)
            + _TITLE * len(headline & own) / max(1, len(headline))
            + _TOLD * stakes.is_told(one)
            + _LENGTH * min(_LONG, story.length(at)) / _TWENTY
            + _AGAIN * min(1.0, again / _FOUR)
        )

    return max(able, key=weight, default=0)
