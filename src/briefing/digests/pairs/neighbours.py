"""Answers that stand next to what they answer: contrast, turn, condition, margin of error."""

import re
from collections.abc import Iterator

from briefing.digests.pairs.pair import PairAt
from briefing.digests.pairs.story import Story
from briefing.digests.pairs.wording import Wording
from briefing.digests.senses import Sense
from briefing.model.digest import PairKind

#: A contrast between commas stands among so many first characters.
_EARLY = 45
#: A turn takes back so many sentences of its paragraph.
_REACH = 8
#: A margin of error is that of figures in so many sentences before.
_SAME_POLL = 6
_DIGIT = re.compile(r"\d")


def neighbours(story: Story, claim: int, *, turns_reach_back: bool) -> Iterator[PairAt]:
    """Every such answer to one sentence.

    Args:
        story: the article.
        claim: the sentence.
        turns_reach_back: in opinion and reviews a contrast answers all that its paragraph has said.
    """
    if claim + 1 < len(story):
        kind = _answers(story, claim)
        if kind is not None:
            yield PairAt(kind=kind, claim=claim, answers=(claim + 1,))
    # A turn that opens a paragraph takes back the one before it.
    end = min(story.paragraph_end(claim) + 1, claim + _REACH, len(story))
    for place in range(claim + 2, end):
        one = story[place]
        if one.opens(Sense.TURN) or (turns_reach_back and _contrasts(one)):
            yield PairAt(kind=PairKind.TURN, claim=claim, answers=(place,))
            break
    if claim < story.paragraph_end(0):
        yield from _afar(story, claim, end)
    if _is_figure(story[claim]):
        yield from _margins(story, claim)


def _afar(story: Story, claim: int, start: int) -> Iterator[PairAt]:
    """What opens a later paragraph and speaks of the whole news: what it is worth, or on what it hangs."""
    turn = next((place for place in story.summing if place >= start), None)
    if turn is not None:
        yield PairAt(kind=PairKind.TURN, claim=claim, answers=(turn,))
    limit = next((place for place in story.limiting if place >= start), None)
    if limit is not None and not claim:
        yield PairAt(kind=PairKind.CONDITION, claim=claim, answers=(limit,))


def _answers(story: Story, claim: int) -> PairKind | None:
    """How the next sentence answers one."""
    one = story[claim + 1]
    amends = story.words.begins(Sense.AMENDS, story[claim].tokens)
    if one.opens(Sense.TURN) or (amends and claim + 1 < story.paragraph_end(claim)):
        return PairKind.TURN
    if _contrasts(one):
        return PairKind.CONTRAST
    hangs = one.senses & Sense.CONDITIONAL and story.stems[claim] & story.stems[claim + 1]
    return PairKind.CONDITION if one.opens(Sense.CONDITION) or hangs else None


def _contrasts(one: Wording) -> bool:
    if one.opens(Sense.CONTRAST):
        return True
    return any(
        one.start(mark) <= _EARLY
        and one.text[: one.start(mark)].rstrip().endswith(",")
        and one.text[one.end(mark) :].startswith(",")
        for mark in one.marked(Sense.CONTRAST_WITHIN)
    )


def _is_figure(one: Wording) -> bool:
    is_measured = one.senses & Sense.MEASURED or "%" in one.text
    return bool(is_measured and _DIGIT.search(one.text))


def _margins(story: Story, claim: int) -> Iterator[PairAt]:
    for place in range(claim + 1, min(claim + 1 + _SAME_POLL, len(story))):
        if story[place].senses & Sense.MARGIN:
            yield PairAt(kind=PairKind.MARGIN, claim=claim, answers=(place,))
            return
