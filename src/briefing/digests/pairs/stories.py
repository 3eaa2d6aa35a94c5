"""Several stories in one text, each in a paragraph: a story comes back on its first sentence in there.

A diary is told by days. What stands under another label behind them, as “Late changes”, is of the days above.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from operator import mul

from briefing.digests.pairs.pair import PairAt
from briefing.digests.pairs.signs import likeness
from briefing.digests.pairs.stakes import Stakes
from briefing.digests.pairs.story import Story
from briefing.digests.tokenizer import stems_of
from briefing.digests.vocabulary import words_of
from briefing.languages.plain_words import calendar
from briefing.model.digest import PairKind

#: “HARROW GREEN: Parents say”: with its label a paragraph is a story, and not a part of one as in a diary.
_LABEL = re.compile(r"[^.!?。]{1,30}?(?::|：| [–—-]) ?")
#: A diary has more labels than these.
_DAYS = 3


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


def changes_behind_days(story: Story, claim: int) -> Iterator[PairAt]:
    """What a paragraph that no day opens, behind those of a diary, says of one of their sentences.

    Args:
        story: the sentences.
        claim: the sentence.
    """
    end = _days_end(story)
    if claim >= end:
        return
    days = " ".join(calendar(story.language))
    own = _bare(story.stems[claim]) - _bare(stems_of(days, story.language))
    shared = {at: len(own & _bare(story.stems[at])) for at in range(end, len(story))}
    best = max(shared, key=shared.__getitem__, default=claim)
    if shared.get(best):
        yield PairAt(kind=PairKind.COMEBACK, claim=claim, answers=(best,))


def _bare(stems: Iterable[str]) -> frozenset[str]:
    """Stems without a last “e”: those of “bus” and “buses” are “bus” and “buse”."""
    return frozenset(stem.removesuffix("e") for stem in stems)


def _days_end(story: Story) -> int:
    """Where the last label begins, if it names a day nowhere and all others do; 0 where it is otherwise."""
    firsts = [0, *story.firsts]
    labels = [_LABEL.match(story.texts[at]) for at in firsts]
    days = calendar(story.language)
    are_days = [bool(one and not days.isdisjoint(words_of(one[0]))) for one in labels]
    if len(firsts) <= _DAYS or not all(are_days[:-1]) or are_days[-1] or not labels[-1]:
        return 0
    return firsts[-1]


def answer_of_another(story: Story, claim: int, places: Sequence[int]) -> Iterator[PairAt]:
    """What another text says of one that it answers: what looks most like an answer, else the rest of it.

    Args:
        story: the sentences.
        claim: a sentence of the first text.
        places: those of the other; none where no other answers it.
    """
    best = sorted(places, key=lambda at: -likeness(story, claim, at))
    if best:
        yield PairAt(kind=PairKind.REPLY, claim=claim, answers=tuple(best))
