"""Weak signs of an answer: none is proof, and all of them are weighed together.

The other rules know an answer by one sure sign. Here each sentence is weighed by what its words do, by how it is
built and by where it stands; the heaviest one is what the report comes back with. The weights are those of a
logistic choice (McFadden 1974) of the answer among all sentences behind the claim, rounded: where a name is at
stake, of 301 claims, our own and 121 by others; elsewhere of 116 of our own. Signs that are too seldom there to be
weighed so are drawn towards the weight of what they mean, and the next sentence towards none: in news it mostly
goes on with the claim, whatever it shares with it. `docs/measured.md` says how it was done.
"""

import re
from collections.abc import Mapping
from enum import IntEnum
from types import MappingProxyType

from briefing.digests.pairs.story import Story
from briefing.digests.senses import Sense

_QUOTES = frozenset('"“”„«»「」『』')
_DIGIT = re.compile(r"\d")
#: No longer than these a sentence seldom, or not often, says how a thing was.
_SHORT, _BRIEF = 9, 14
#: So many words are a long sentence; so many of the senses of an answer are many.
_LONG, _MANY = 30, 4
#: What an answer may do, each by words of its own.
_ANSWERING = tuple(
    sense.value
    for sense in (
        Sense.DENY, Sense.CONTENDS, Sense.CORRECTS, Sense.DEFENCE, Sense.NEGATES, Sense.RECORDS,
        Sense.EXCUSES, Sense.HANGS, Sense.LOSS, Sense.AGAINST, Sense.CONTRAST_WITHIN, Sense.CONTRAST,
    )
)  # fmt: skip
#: Where reports seldom answer, and where they often do, as shares of the text; so far from it that counts nothing.
_HALF, _LATE, _FAR = 1 / 2, 5 / 6, 1 / 6
#: “Forty of the hundred”, “one in six”.
_COUNTED = re.compile(r"\b\w+ (?:out )?(?:of|in) (?:the |its |their |all |every )*\w+")


class Sign(IntEnum):
    """What may speak for a sentence as an answer, or against it."""

    DENIES = 0
    SILENT = 1
    CONTENDS = 2
    CORRECTS = 3
    DEFENDS = 4
    NEGATES = 5
    SPEAKS = 6
    QUOTES = 7
    RECORDS = 8
    EXCUSES = 9
    REPRESENTS = 10
    CHARGES = 11
    CONTRASTS = 12
    HARM = 13
    LOSS = 14
    HANGS = 15
    OUTCOME = 16
    AGAINST = 17
    FORETELLS = 18
    PRONOUN = 19
    PERSON = 20
    NUMBER = 21
    COUNTED = 22
    SHORT = 23
    SAME_PARAGRAPH = 24
    NEXT = 25
    OPENS = 26
    LAST = 27
    LATE = 28
    LIKE_CLAIM = 29
    LIKE_NEWS = 30
    MANY = 31
    TELLS = 32
    NEW_VOICE = 33
    LENGTH = 34
    BRIEF = 35
    ALONE = 36
    MIDDLE = 37
    TOWARDS_END = 38


def signs(story: Story, claim: int, at: int) -> list[float]:
    """How much of each sign a later sentence has, from 0 to 1, in the order of `Sign`."""
    return [*_words(story, at), *_place(story, claim, at), *_bearing(story, at)]


def _words(story: Story, at: int) -> list[float]:
    one, length = story[at], story.length(at)
    senses, lists = one.unmarked | one.senses, story.words.lists
    tokens, text = frozenset(one.tokens), one.text
    speaks = bool(senses & Sense.ATTRIBUTION)
    quotes = not _QUOTES.isdisjoint(text)
    number = bool(_DIGIT.search(text)) or not tokens.isdisjoint(lists[Sense.QUANTITY])
    denies = bool(senses & (Sense.DENY | Sense.CLEAR))
    return [
        denies,
        bool(senses & Sense.NO_COMMENT),
        bool(senses & (Sense.CONTENDS | Sense.VERSION)),
        bool(senses & Sense.CORRECTS),
        bool(senses & Sense.DEFENCE),
        bool(senses & Sense.NEGATES),
        speaks,
        quotes,
        bool(senses & Sense.RECORDS),
        bool(senses & Sense.EXCUSES),
        not tokens.isdisjoint(lists[Sense.SPOKESPERSON] | lists[Sense.STANDS_FOR]),
        bool(senses & (Sense.ACCUSE | Sense.WRONGDOING | Sense.CHARGE)) and not denies,
        bool(senses & (Sense.CONTRAST | Sense.CONTRAST_WITHIN | Sense.TURN)),
        bool(senses & Sense.HARM),
        bool(senses & Sense.LOSS),
        bool(senses & (Sense.HANGS | Sense.CONDITION | Sense.CONDITIONAL)),
        bool(senses & Sense.OUTCOME),
        bool(senses & Sense.AGAINST),
        not (speaks or quotes or tokens.isdisjoint(lists[Sense.MODAL])),
        not tokens.isdisjoint(lists[Sense.PERSONS] | lists[Sense.BODIES] | lists[Sense.SELVES]),
        any(text[a - 2 : a] not in (". ", "") and text[a].isupper() for a, _ in one.spans[1:]),
        number,
        number and bool(_COUNTED.search(text)),
        length <= _SHORT,
    ]


def _place(story: Story, claim: int, at: int) -> list[float]:
    stems = story.stems
    last = len(story) - 1
    own = stems[at] or frozenset({""})
    end = story.news_end(claim)
    return [
        at < end,
        at == claim + 1,
        at == story.paragraph_end(at - 1),
        at == last,
        at / max(1, last),
        at > claim + 1 and min(1.0, len(own & stems[claim]) / 2),
        at > claim + 1 and min(1.0, len(own & story.news_stems(claim)) / 4),
    ]


def _bearing(story: Story, at: int) -> list[float]:
    """What it does by many words together, whether somebody new speaks, how long it is and how late it stands."""
    one, length = story[at], story.length(at)
    senses = one.unmarked | one.senses
    share = at / max(1, len(story) - 1)
    opens_and_ends = at == story.paragraph_end(at - 1) and at + 1 == story.paragraph_end(at)
    return [
        sum(1 for sense in _ANSWERING if senses & sense) / _MANY,
        not story.words.finding.isdisjoint(one.tokens),
        at in story.new_voices,
        length / _LONG,
        length <= _BRIEF,
        opens_and_ends,
        max(0.0, 1 - abs(share - _HALF) / _FAR),
        max(0.0, 1 - abs(share - _LATE) / _FAR),
    ]


#: The weight of each sign where a name, a promise, a plan, praise or the half of a headline is at stake.
WEIGHTS: Mapping[Sign, tuple[float, float, float, float, float]] = MappingProxyType(
    {
        Sign.DENIES: (1.8, 0.5, 0.3, 0.5, 0.5),
        Sign.SILENT: (1.3, 0.3, 0.3, 0.3, 0.3),
        Sign.CONTENDS: (0.2, 0.5, 0.5, 0.5, 0.5),
        Sign.CORRECTS: (0.7, 0.3, 0.3, 0.5, 0.3),
        Sign.DEFENDS: (1.4, 0.2, 0.0, 0.2, 0.4),
        Sign.NEGATES: (-0.5, 0.4, 0.0, 0.6, 0.2),
        Sign.SPEAKS: (0.4, 0.0, 0.2, 0.0, 0.3),
        Sign.QUOTES: (0.3, 0.0, 0.2, 0.0, 0.2),
        Sign.RECORDS: (0.9, 0.2, 0.8, 0.5, 0.8),
        Sign.EXCUSES: (0.4, 0.0, 0.7, 0.4, 0.7),
        Sign.REPRESENTS: (0.2, 0.3, 0.3, 0.3, 0.3),
        Sign.CHARGES: (-0.1, 0.0, 0.0, 0.3, 0.0),
        Sign.CONTRASTS: (0.6, 0.5, 0.5, 0.5, 0.5),
        Sign.HARM: (-0.5, 0.1, 0.2, 0.7, 0.3),
        Sign.LOSS: (0.1, 0.9, 0.6, 1.2, 1.4),
        Sign.HANGS: (0.1, 0.3, 1.8, 0.5, 0.5),
        Sign.OUTCOME: (-0.1, 0.7, 0.0, 0.2, 0.2),
        Sign.AGAINST: (0.2, 0.4, 0.4, 0.8, 0.7),
        Sign.FORETELLS: (-0.2, -0.7, -0.5, -0.7, -0.6),
        Sign.PRONOUN: (0.8, 1.4, 1.4, 1.2, 1.2),
        Sign.PERSON: (0.4, 0.0, 0.2, 0.1, 0.5),
        Sign.NUMBER: (1.1, 1.0, 0.5, 0.6, 0.6),
        Sign.COUNTED: (0.0, 0.3, 0.0, 0.2, 0.0),
        Sign.SHORT: (-0.9, -0.4, -0.9, -0.4, -1.1),
        Sign.SAME_PARAGRAPH: (-0.1, -0.5, -0.5, -0.3, -0.5),
        Sign.NEXT: (0.0, -0.2, 0.0, -0.3, -0.2),
        Sign.OPENS: (0.5, 1.8, 2.0, 1.8, 1.8),
        Sign.LAST: (-0.8, -0.5, -0.3, -0.2, -0.3),
        Sign.LATE: (1.9, 3.0, 2.5, 3.0, 2.8),
        Sign.LIKE_CLAIM: (1.8, 0.5, 0.5, 0.4, 0.3),
        Sign.LIKE_NEWS: (0.2, 0.3, 0.2, 0.5, 0.1),
        Sign.MANY: (0.6, 0.0, 0.0, 0.0, 0.0),
        Sign.TELLS: (1.5, 0.0, 0.0, 0.0, 0.0),
        Sign.NEW_VOICE: (-0.5, 0.0, 0.0, 0.0, 0.0),
        Sign.LENGTH: (2.4, 0.0, 0.0, 0.0, 0.0),
        Sign.BRIEF: (-1.8, 0.0, 0.0, 0.0, 0.0),
        Sign.ALONE: (1.0, 0.0, 0.0, 0.0, 0.0),
        Sign.MIDDLE: (-0.9, 0.0, 0.0, 0.0, 0.0),
        Sign.TOWARDS_END: (1.5, 0.0, 0.0, 0.0, 0.0),
    }
)
#: Where a sentence stands and how long it is makes it no answer; something it says must.
OF_PLACE = (
    Sign.SHORT, Sign.SAME_PARAGRAPH, Sign.NEXT, Sign.OPENS, Sign.LAST, Sign.LATE, Sign.LENGTH, Sign.BRIEF,
    Sign.ALONE, Sign.MIDDLE, Sign.TOWARDS_END,
)  # fmt: skip


def likeness(story: Story, claim: int, at: int) -> float:
    """How much a later sentence looks like an answer where a name is at stake."""
    found = zip(Sign, signs(story, claim, at), strict=True)
    return sum(float(value) * WEIGHTS[sign][0] for sign, value in found)
