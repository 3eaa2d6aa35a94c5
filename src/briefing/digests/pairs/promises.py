"""Promises and what became of them."""

import re
from collections.abc import Iterator
from itertools import pairwise

from briefing.digests.pairs.pair import PairAt
from briefing.digests.pairs.representatives import Representatives
from briefing.digests.pairs.story import Story
from briefing.digests.senses import Sense
from briefing.model.digest import PairKind

#: A promise and its result share so many stems, and this share of the shorter one's.
_ALIKE, _SHARE = 2, 0.3
#: “By this April 612 stood”: the count is the subject of a verb; no year.
_COUNTED = re.compile(r"(?<![£$€\d,.])(?!(?:1[5-9]|20)\d\d\b)\b\d{1,3}(?:,?\d{3})* ([a-z]+)")
#: “Volunteers counted 57.”: how many of what was named before; no year, no clock time and no sum of money.
_BARE_COUNT = re.compile(r"(?<=[a-z] )\d{1,3}(?:,\d{3})*[.;]$")
#: “9,200 of 9,500 schools have one”: how many of all.
_OF_ALL = re.compile(r"\b\d[\d,]* (?:out )?of (?:the |its |their |all )*\d")
#: Who promises in a speech says right then what became of it.
_RIGHT_THEN = 2

_DIGIT = re.compile(r"\d")


def promises(story: Story, representatives: Representatives, claim: int) -> Iterator[PairAt]:
    """The later sentence that says most of what became of a promise.

    Args:
        story: the article.
        representatives: who finds what in it.
        claim: the sentence.
    """
    one = story[claim]
    if one.senses & Sense.OUTCOME and not _is_ahead(story, claim):
        return
    at = _kept(story, claim) if one.senses & Sense.PROMISE else None
    if at is None and (one.senses & Sense.PROMISE or (not claim and _foretells(story))):
        at = _found(story, representatives, claim)
    if at is not None:
        yield PairAt(kind=PairKind.RESULT, claim=claim, answers=(at,))


def _foretells(story: Story) -> bool:
    """True when the news gives in somebody's words, and by number, what will be."""
    return bool(
        _is_ahead(story, 0) and story[0].senses & Sense.ATTRIBUTION and _has_number(story, 0)
    )


def _is_ahead(story: Story, at: int) -> bool:
    return not story.words.lists[Sense.MODAL].isdisjoint(story[at].tokens)


def _kept(story: Story, claim: int) -> int | None:
    """Where the article says whether, else by how much, it was kept."""
    at = _outcome(story, claim)
    if at is None and _has_number(story, claim):
        at = next((at for at in range(claim + 1, len(story)) if _counts(story, at)), None)
    if at is None:
        next_ones = range(claim + 1, min(claim + 1 + _RIGHT_THEN, len(story)))
        at = next((at for at in next_ones if _OF_ALL.search(story.texts[at])), None)
    return at


def _outcome(story: Story, claim: int) -> int | None:
    stems = story.stems
    later = [
        (len(stems[claim] & stems[at]), -at) for at in story.having(Sense.OUTCOME) if at > claim
    ]
    most, at = max(later, default=(0, 0))
    is_alike = most >= _ALIKE and most >= _SHARE * min(len(stems[claim]), len(stems[-at]))
    return -at if is_alike else None


def _found(story: Story, representatives: Representatives, claim: int) -> int | None:
    """Where an auditor has counted the same thing since."""
    own = story.stems[claim]
    for at in range(story.paragraph_end(claim), len(story)):
        if own.isdisjoint(story.stems[at]) or not _DIGIT.search(story.texts[at]):
            continue
        if representatives.is_finding(story.words.tokens(story.texts[at])):
            return at
    return None


def _has_number(story: Story, at: int) -> bool:
    numbers = story.words.lists[Sense.QUANTITY]
    return bool(_DIGIT.search(story.texts[at])) or not numbers.isdisjoint(story[at].tokens)


def _counts(story: Story, at: int) -> bool:
    """True for “Eleven had roofs”, “On Monday three ran”: how many of what was named before, and no noun.

    The report itself has counted; what somebody says of two others is their say.
    """
    lists = story.words.lists
    if _BARE_COUNT.search(story.texts[at]):
        return True
    if story[at].senses & Sense.ATTRIBUTION:
        return False
    verbs = lists[Sense.PAST] | lists[Sense.PASSIVE]
    if not verbs.isdisjoint(_COUNTED.findall(story.texts[at])):
        return True
    return any(
        one in lists[Sense.QUANTITY] and verb in verbs for one, verb in pairwise(story[at].tokens)
    )
