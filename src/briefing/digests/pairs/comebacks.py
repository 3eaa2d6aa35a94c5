"""Where a report comes back to its news: the sentence that answers it, by whoever and in whatever words.

A report tells its news first, goes on to other things, and comes back. What it comes back with answers the news
when it is tied to it (it names whoever acted, something of theirs, or the very thing) and when it looks like an
answer (it says that something is not so, was a mistake, or lay otherwise). The graver the news, the less it must
look like one.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum
from functools import cached_property
from itertools import chain

from briefing.digests.pairs.pair import PairAt
from briefing.digests.pairs.people import Mention
from briefing.digests.pairs.representatives import Representatives
from briefing.digests.pairs.story import Story
from briefing.digests.pairs.wording import Wording
from briefing.digests.senses import Sense
from briefing.model.digest import PairKind

#: “Brackley council”, which is “the council” afterwards.
_KIND = re.compile(r"\b[A-Z][\w’'-]+ ([a-z]{3,})\b")
#: “Was said by the council”.
_AGENT = re.compile(r"\bby (?:the |its |his |her |their )?$")
#: “On Smith Square”.
_PLACED = re.compile(r"\b(?:on|in|at|near|from|to) $", re.IGNORECASE)
#: “The council” as a subject or an agent.
_ACTS = re.compile(r"(?:^The|^What the|\b[Bb]y the|, the) ([a-z]{3,})\b")
#: A report says what it is about in its first sentences.
_NEWS = 2
_DENIES = Sense.DENY | Sense.CLEAR
_GRAVE = Sense.WRONGDOING | Sense.ACCUSE
_QUOTES = frozenset('"“”')
#: A thing that so few sentences name is the one that the news was about; more of them tie no closer than two.
_SELDOM, _ENOUGH = 3, 2
#: How close a name ties.
_BY_NAME = 3
#: “His department”: what belongs to somebody.
_OWNERS = frozenset("his her its their".split())
_OWNED_BY = ("’s", "'s")
#: “What the ministry did not count”: the verb that negates stands among so many first words.
_CLEFT = 6


class _Gravity(IntEnum):
    """How much the news says against somebody."""

    #: An act, or what somebody says.
    PLAIN = 1
    #: An act that one answers for, what an inquiry found, or money that moved.
    DEED = 2
    #: Wrong by its own words or by the headline's.
    GRAVE = 3


class _Likeness(IntEnum):
    """How much a sentence looks like an answer."""

    NONE = 0
    #: Somebody speaks, or something is not so.
    SLIGHT = 1
    #: Somebody says that something is not so.
    FAIR = 2
    #: Somebody says a thing against what was said, or was asked.
    STRONG = 3
    #: It denies, clears or corrects.
    SURE = 4


#: How much like an answer a sentence must be, and how much must tie it to the news.
_LEAST = {
    _Gravity.PLAIN: _Likeness.STRONG,
    _Gravity.DEED: _Likeness.FAIR,
    _Gravity.GRAVE: _Likeness.FAIR,
}
_TIES = {_Gravity.PLAIN: 3, _Gravity.DEED: 1, _Gravity.GRAVE: 1}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Told:
    """What the news tells, and of whom."""

    claim: int
    who: frozenset[int]
    #: The stems of things that hardly any other sentence names.
    rare: frozenset[str]
    #: The same of all its paragraph: a correction may speak of where or to whom it was told.
    things: frozenset[str]
    #: What its bodies are: “council” where it says “Brackley council”.
    kinds: frozenset[str]

    def is_kind(self, text: str) -> bool:
        """True where the body of the news acts, called by its kind."""
        return bool(self.kinds) and not self.kinds.isdisjoint(_ACTS.findall(text))


class Comebacks:
    """The sentences in which an article comes back to its news."""

    def __init__(self, story: Story, title: str, representatives: Representatives) -> None:
        """Take an article.

        Args:
            story: its sentences.
            title: its headline; may be empty.
            representatives: who speaks for others in it.
        """
        self._story, self._title = story, title
        self._representatives = representatives
        #: Whether the language's tables tell titles from names; without, nobody is followed through them.
        self._follows_people = bool(story.words.lists[Sense.TITLES])
        self._alike: dict[int, _Likeness] = {}
        self._heard: dict[int, frozenset[int]] = {}
        self._owned: dict[int, frozenset[str]] = {}

    def to(self, claim: int) -> Iterator[PairAt]:
        """What the report comes back with, of one sentence of its news."""
        if claim >= _NEWS or self._story[claim].senses & _DENIES or not self._follows_people:
            return
        gravity = self._gravity(claim)
        alike_enough = list(self._alike_enough(claim, gravity))
        if alike_enough:
            told = self._told(claim, gravity)
            found = [one for one in alike_enough if self._answers(told, gravity, one)]
            if found:
                at, _ = max(found, key=lambda one: (one[1], self._tie(told, one[0]), -one[0]))
                yield PairAt(kind=PairKind.REPLY, claim=claim, answers=(at,))

    def _answers(self, told: _Told, gravity: _Gravity, one: tuple[int, _Likeness]) -> bool:
        at, alike = one
        if self._tie(told, at) < _TIES[gravity]:
            return False
        # A denial of what one answers for counts, whoever denies it; of another thing if it says that again by
        # two words and names nobody else.
        is_any_denial = alike is _Likeness.SURE and (
            gravity > _Gravity.PLAIN or (self._says_again(told, at) and not self._voices(at))
        )
        return is_any_denial or self._tells_first(told, at, gravity)

    def _alike_enough(self, claim: int, gravity: _Gravity) -> Iterator[tuple[int, _Likeness]]:
        """The later paragraphs' sentences that look like an answer to something so grave."""
        for at in range(self._story.paragraph_end(claim), len(self._story)):
            alike = self._likeness(at)
            if alike >= _LEAST[gravity]:
                yield at, alike

    def _gravity(self, claim: int) -> _Gravity:
        one = self._story[claim]
        if one.senses & _GRAVE:
            return _Gravity.GRAVE
        senses = one.unmarked
        has_goods = senses & Sense.GOODS or any(sign in one.text for sign in "£$€")
        moves = senses & Sense.TRANSFER and has_goods
        is_deed = senses & Sense.DEED or moves or self._representatives.is_finding(one.tokens)
        return _Gravity.DEED if is_deed or self._is_charging_title else _Gravity.PLAIN

    @cached_property
    def _is_charging_title(self) -> bool:
        title = Wording(self._title, self._story.words)
        return bool(title.senses & _GRAVE or title.unmarked & Sense.DEED)

    def _likeness(self, at: int) -> _Likeness:
        if at not in self._alike:
            self._alike[at] = self._read_likeness(self._story[at])
        return self._alike[at]

    def _read_likeness(self, one: Wording) -> _Likeness:
        if one.senses & _DENIES:
            return _Likeness.SURE
        senses = one.unmarked
        if senses & Sense.CORRECTS:
            return _Likeness.SURE
        is_theirs = self._representatives.is_agent(one) or self._representatives.speaks_for(one)
        if senses & Sense.CONTENDS or self._is_cleft(one) or is_theirs:
            return _Likeness.STRONG
        speaks = one.senses & Sense.ATTRIBUTION or senses & Sense.VERSION
        speaks = speaks or not _QUOTES.isdisjoint(one.text)
        return _Likeness(bool(speaks) + bool(senses & Sense.DEFENCE))

    def _is_cleft(self, one: Wording) -> bool:
        """True for “What the ministry did not count is what died”."""
        return one.text.startswith("What ") and "not" in one.tokens[:_CLEFT]

    def _told(self, claim: int, gravity: _Gravity) -> _Told:
        """Whom and what the news is about."""
        story, text = self._story, self._story.texts[claim]
        # Of a charge only its own words: other sentences next to it may be corrected too.
        end = max(claim + 1, story.paragraph_end(0)) if gravity is _Gravity.PLAIN else 0
        told = story.stems[claim].union(*story.stems[:end])
        return _Told(
            claim=claim,
            who=story.people.among(claim),
            rare=self._seldom(story.stems[claim]),
            things=self._seldom(told),
            kinds=frozenset(_KIND.findall(text)),
        )

    def _seldom(self, stems: frozenset[str]) -> frozenset[str]:
        return frozenset(stem for stem in stems if self._spread[stem] <= _SELDOM)

    @cached_property
    def _spread(self) -> Counter[str]:
        return Counter(chain.from_iterable(self._story.stems))

    def _tie(self, told: _Told, at: int) -> int:
        """How much ties a sentence to the news: a name most, then the thing, then a pronoun."""
        mentions = self._story.people.mentions(at)
        is_sure = self._likeness(at) is _Likeness.SURE
        rare = self._shared(told.things if is_sure else told.rare, at)
        if told.is_kind(self._story.texts[at]) or self._speaks_for_them(told, at):
            return _BY_NAME + 2 * rare
        meant = [mention for mention in mentions if mention.who & told.who]
        is_named = any(not mention.is_pronoun for mention in meant)
        is_named |= bool(meant) and self._representatives.is_agent(self._story[at])
        return (_BY_NAME if is_named else bool(meant)) + 2 * rare + self._is_theirs(told, at)

    def _shared(self, stems: frozenset[str], at: int) -> int:
        return min(_ENOUGH, len(stems & self._story.stems[at]))

    def _says_again(self, told: _Told, at: int) -> bool:
        return self._shared(told.things, at) == _ENOUGH

    def _speaks_for_them(self, told: _Told, at: int) -> bool:
        """True for “a spokesman for the company”: for whom the news is about, when it names nobody else."""
        named = self._representatives.stands_for(at)
        if named:
            return bool(named & told.who) and self._representatives.speaks_for(self._story[at])
        return bool(told.who) and self._representatives.is_for_unnamed(self._story[at])

    def _is_theirs(self, told: _Told, at: int) -> bool:
        """True where something stands that the article calls theirs: “his department”, then “the department”."""
        if told.claim not in self._owned:
            self._owned[told.claim] = frozenset(self._possessions(told))
        return not self._owned[told.claim].isdisjoint(self._story[at].tokens)

    def _possessions(self, told: _Told) -> Iterator[str]:
        """What belongs to those whom the news names."""
        people = self._story.people
        for place in range(len(self._story)):
            one = self._story[place]
            for at, token in enumerate(one.tokens[:-1]):
                if token not in _OWNERS and not token.endswith(_OWNED_BY):
                    continue
                start, end = one.spans[at]
                is_next = one.text[end] == " " and one.spans[at + 1][0] == end + 1
                mentions = people.mentions(place) if is_next else ()
                if any(m.start <= start < m.end and m.who & told.who for m in mentions):
                    yield one.tokens[at + 1]

    def _tells_first(self, told: _Told, at: int, gravity: _Gravity) -> bool:
        """True when those whom the news tells of are the voice of a sentence, and speak for the first time."""
        is_agent = self._representatives.is_agent(self._story[at])
        if is_agent or told.is_kind(self._story.texts[at]) or self._speaks_for_them(told, at):
            return True
        voices = self._voices(at)
        if not voices:
            return gravity > _Gravity.PLAIN
        who = frozenset(chain.from_iterable(one.who for one in voices)) & told.who
        return bool(who) and not any(
            who & self._speakers(place) for place in range(told.claim + 1, at)
        )

    def _voices(self, at: int) -> list[Mention]:
        """Whom a sentence names as its agent, else first of all; not what stands behind a preposition."""
        one, people = self._story[at], self._story.people
        named = [m for m in people.mentions(at) if not m.is_pronoun and people.are_persons(m.who)]
        agents = [m for m in named if _AGENT.search(one.text, 0, m.start)]
        return agents or [m for m in named if not _PLACED.search(one.text, 0, m.start)][:1]

    def _speakers(self, place: int) -> frozenset[int]:
        """Who speaks in a sentence, by name."""
        if place not in self._heard:
            people = self._story.people
            marks = self._story[place].marked(Sense.ATTRIBUTION)
            tellers = [people.teller(place, mark) for mark in marks]
            named = [one.who for one in tellers if one and not one.is_pronoun]
            self._heard[place] = frozenset(chain.from_iterable(named))
        return self._heard[place]
