"""What a sentence puts at stake when it is printed alone: a name, a promise, a plan, praise, half a headline."""

import re
from collections.abc import Iterator
from enum import Enum, auto
from functools import cached_property

from briefing.digests.pairs.headlines import halves_of, second_half
from briefing.digests.pairs.representatives import Representatives
from briefing.digests.pairs.story import Story
from briefing.digests.pairs.wording import Wording
from briefing.digests.senses import Sense

_GRAVE = Sense.ACCUSE | Sense.WRONGDOING
#: News is told in so many first sentences.
_NEWS = 2
#: “..., a former clerk says”: the source stands behind the last comma, in so many last characters.
_TAIL = 95
#: A headline that quotes somebody in one or two marks: it does not make what it says its own.
_QUOTED = re.compile(r"(?:^|[\s:])['‘’\"“„«「]\w")
_QUOTES = frozenset('"“”')
#: What a report announces, and not what somebody would do.
_WILL = "will"
#: “It was often said in the cafés that”: what stands so many words before the verb, and behind it.
_IT, _THAT, _BEFORE, _BEHIND = "it", "that", 3, 6
#: The agent of a passive.
_BY = "by"
#: A source that the reader does not know is somebody with a charge more often than one they know.
_ANYBODY = 1.6
_INDEFINITE = frozenset({"a", "an", "some", "several", "former"})
_ACCORDING = ("according", "to")
#: No more of the sentences of a column tell what somebody said.
_REPORTS = 0.2
#: So much must speak for a charge.
_LEAST = 3.0


class Stake(Enum):
    """What may be told falsely by leaving out what comes later."""

    NAME = auto()
    PROMISE = auto()
    PLAN = auto()
    PRAISE = auto()
    HEADLINE = auto()


class Stakes:
    """What the first sentences of a report put at stake."""

    def __init__(self, story: Story, title: str, representatives: Representatives) -> None:
        """Take an article.

        Args:
            story: its sentences.
            title: its headline; may be empty.
            representatives: who finds what in it.
        """
        self._story, self._title, self._representatives = story, title, representatives
        self._past = story.words.lists[Sense.PAST]

    @property
    def has_tables(self) -> bool:
        """True where the language's tables tell what is done and harmed; without, there is nothing to weigh."""
        return bool(self._past)

    def of(self, claim: int) -> Iterator[Stake]:
        """What one sentence puts at stake; behind the news nothing but what nobody answers for."""
        if claim >= _NEWS:
            if self._is_hearsay(self._story[claim]):
                yield Stake.NAME
            return
        one = self._story[claim]
        if not claim:
            yield from self._of_news(one)
        if one.unmarked & Sense.PRAISE and self._is_column:
            yield Stake.PRAISE

    def _is_hearsay(self, one: Wording) -> bool:
        """True for “it was said in the cafés that”: nobody is named who says it."""
        if not one.senses & (Sense.ATTRIBUTION | Sense.ACCUSE) or _IT not in one.tokens:
            return False
        passive = self._story.words.lists[Sense.PASSIVE]
        return any(
            _IT in one.tokens[max(0, mark.first - _BEFORE) : mark.first]
            and not passive.isdisjoint(one.tokens[max(0, mark.first - _BEFORE) : mark.first])
            and _THAT in one.tokens[mark.last : mark.last + _BEHIND]
            for mark in one.marked(Sense.ATTRIBUTION | Sense.ACCUSE)
        )

    def _of_news(self, one: Wording) -> Iterator[Stake]:
        if one.senses & Sense.PROMISE and self.is_past(one):
            yield Stake.PROMISE
        if self._is_charge(one):
            yield Stake.NAME
        if self._plans(one):
            yield Stake.PLAN
        if self.is_halved:
            yield Stake.HEADLINE

    def _is_charge(self, one: Wording) -> bool:
        if self._past:
            return self._charges(one) >= _LEAST
        # Without tables of what is done and harmed: whatever a source or a headline in quotation marks says.
        return bool(one.senses & Sense.ACCUSE or self.headline_quotes or self.is_told(one))

    def _charges(self, one: Wording) -> float:
        """How much speaks for it that a sentence, under its headline, lays something to somebody's charge."""
        senses = one.unmarked
        is_told = self.is_told(one)
        is_harm = bool(senses & Sense.HARM or one.senses & _GRAVE)
        found = self._representatives.is_finding(one.tokens)
        signs = (
            (0.6, one.senses & _GRAVE),
            (0.3, one.senses & Sense.CHARGE),
            (0.75, senses & Sense.DEED),
            (1.8, self.moves(one)),
            (0.85, senses & Sense.HARM),
            (1.2, found),
            (0.95, is_told),
            (_ANYBODY, is_told and self.is_anybody(one)),
            (0.8, is_harm and (is_told or found) and self.is_past(one)),
            (0.5, self.is_past(one)),
            (-0.5, self.is_ahead(one)),
            (-3.0, not one.senses & Sense.ACCUSE and self.befell(one)),
            (-1.5, senses & Sense.ADMITS),
        )
        return self._title_charges + sum(weight for weight, is_there in signs if is_there)

    @cached_property
    def _title_charges(self) -> float:
        """How much speaks for it in the headline alone."""
        signs = (
            (1.1, self.headline_charges),
            (1.35, self.headline.unmarked & Sense.HARM),
            (1.8, self.headline_quotes),
            (0.35, self._title.endswith("?")),
        )
        return sum(weight for weight, is_there in signs if is_there)

    @cached_property
    def headline(self) -> Wording:
        """What the words of the headline mean."""
        return Wording(self._title, self._story.words)

    @cached_property
    def headline_charges(self) -> bool:
        """True when the headline alone lays something to somebody's charge."""
        return bool(
            self.headline.senses & (_GRAVE | Sense.CHARGE) or self.headline.unmarked & Sense.DEED
        )

    @cached_property
    def headline_quotes(self) -> bool:
        """True when the headline gives the words of somebody, and does not make them its own."""
        return bool(_QUOTED.search(self._title))

    def moves(self, one: Wording) -> bool:
        """True when money or goods go from one to another."""
        if not one.unmarked & Sense.TRANSFER:
            return False
        return bool(one.unmarked & Sense.GOODS) or any(sign in one.text for sign in "£$€")

    def accuses(self, one: Wording) -> bool:
        """True when a sentence charges somebody by its words, or tells an act that one answers for."""
        return bool(one.senses & _GRAVE or one.unmarked & Sense.DEED) or self.moves(one)

    def is_told(self, one: Wording) -> bool:
        """True for “..., a former clerk says”: a source is named last, and so is another than who acted."""
        comma = one.text.rfind(",")
        if comma < len(one.text) / 3 or len(one.text) - comma > _TAIL:
            return False
        # How many words stand behind the comma is known sooner than where every word begins.
        first = len(one.tokens) - len(self._story.words.tokens(one.text[comma:]))
        if any(mark.first >= first for mark in one.marked(Sense.ATTRIBUTION | Sense.ACCUSE)):
            return True
        return not self._story.words.lists[Sense.FINDS].isdisjoint(one.tokens[first:])

    def is_anybody(self, one: Wording) -> bool:
        """True for “..., a former clerk says”, “..., two nurses say”: nobody knows the source by name."""
        told = self._story.words.tokens(one.text[one.text.rfind(",") :])
        quantities = self._story.words.lists[Sense.QUANTITY]
        return told[0] in _INDEFINITE or told[0] in quantities or told[:2] == _ACCORDING

    def is_past(self, one: Wording) -> bool:
        """True when a verb in the past is in it."""
        return any(token.endswith("ed") for token in one.tokens) or not self._past.isdisjoint(
            one.tokens
        )

    def befell(self, one: Wording) -> bool:
        """True for “has been hurt”: it befell whoever is named, and nobody is said to have done it."""
        passive = self._story.words.lists[Sense.PASSIVE]
        return _BY not in one.tokens and any(
            token in passive and any(near.endswith("ed") for near in one.tokens[at + 1 : at + 3])
            for at, token in enumerate(one.tokens)
        )

    def speaks(self, one: Wording) -> bool:
        """True when somebody speaks in it; “is called” and “was told” are of whoever does not."""
        passive = self._story.words.lists[Sense.PASSIVE]
        return any(
            not mark.first or one.tokens[mark.first - 1] not in passive
            for mark in one.marked(Sense.ATTRIBUTION)
        )

    def is_ahead(self, one: Wording) -> bool:
        """True when it tells what will or would be."""
        return not self._story.words.lists[Sense.MODAL].isdisjoint(one.tokens)

    def _plans(self, one: Wording) -> bool:
        """True when the report itself, or a source named last, tells what will be."""
        if _WILL not in one.tokens or not _QUOTES.isdisjoint(one.text):
            return False
        return not one.senses & Sense.ATTRIBUTION or self.is_told(one)

    @cached_property
    def _is_column(self) -> bool:
        """True when hardly any sentence tells what somebody said."""
        told = (
            one.senses & Sense.ATTRIBUTION or not _QUOTES.isdisjoint(one.text)
            for one in map(self._story.__getitem__, range(len(self._story)))
        )
        return sum(map(bool, told)) <= _REPORTS * len(self._story)

    @cached_property
    def is_halved(self) -> bool:
        """True when the headline says one thing and limits it with another."""
        if not self._title:
            return False
        return bool(second_half(self._title) or halves_of(self._title, self._story))
