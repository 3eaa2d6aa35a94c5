"""The say of those whom a report is about: a charge needs no word of charging, so their voice goes with it.

“Mr Lunt took £60,000 from the fund” accuses nobody in so many words. What tells is structure: the news says
what somebody did, and further down they, or somebody for them, speak for the first time, and what they say looks
back or says that it was otherwise. Whoever speaks before is a source of the report, and whoever is only
pleased or sorry answers nothing.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from briefing.digests.entries import Mark
from briefing.digests.pairs.pair import PairAt
from briefing.digests.pairs.story import Story
from briefing.digests.pairs.wording import Wording
from briefing.digests.senses import Sense
from briefing.model.digest import PairKind

_SAYS = Sense.ATTRIBUTION | Sense.DENY | Sense.NO_COMMENT
_ANSWERED = Sense.DENY | Sense.CLEAR | Sense.NO_COMMENT
#: A report says what it is about in its first sentences.
_NEWS = 3
#: Where no table tells verbs, whoever speaks in more sentences is a source.
_SELDOM = 3
#: From a name to its verb, with what stands between commas.
_TO_VERB = 12
#: From “said” to the verb of what is said.
_SAID = 6
#: “Its chairwoman, Beth Lode, said”: from the owner to the verb.
_OWNED = 8
#: And the reply stands in the later part of a report.
_LATER = 0.4

#: A given name and the surname that people are called by afterwards.
_FULL_NAME = re.compile(r"(?<![.!?] )\b[^\W\d_a-zà-öø-ÿ][\w’'-]+ ([^\W\d_a-zà-öø-ÿ][\w’'-]{2,})")


@dataclass(slots=True)
class _Voices:
    """Who speaks where."""

    #: By name or office.
    surely: dict[int, list[int]] = field(default_factory=dict)
    #: By a pronoun that may mean them.
    perhaps: dict[int, list[int]] = field(default_factory=dict)
    #: Sentences of those who are called by no name: “the 78-year-old said”, “his wife said”.
    unnamed: list[int] = field(default_factory=list)
    #: Of these, the ones of somebody else whom the article nowhere gives in full: “said Ashe”.
    strangers: set[int] = field(default_factory=set)


class OwnSay:
    """The voices of an article's own people, looked for once."""

    def __init__(self, story: Story) -> None:
        """Take an article."""
        self._story = story
        lists = story.words.lists
        self._past, self._ties = lists[Sense.PAST], lists[Sense.TIES]
        self._selves = lists[Sense.SELVES]
        self._pronouns = lists[Sense.PERSONS] | lists[Sense.BODIES]
        self._voices: _Voices | None = None

    def to(self, claim: int) -> Iterator[PairAt]:
        """The say of those whom one sentence is about; only the news itself is looked at."""
        if not self._past:
            yield from self._by_surname(claim)
            return
        if claim >= _NEWS or not self._is_deed(self._story[claim]):
            return
        for who in self._actors(claim):
            answer = self._reply(claim, who)
            if answer is not None:
                yield PairAt(kind=PairKind.REPLY, claim=claim, answers=(answer,))

    def _by_surname(self, claim: int) -> Iterator[PairAt]:
        """Where no table tells titles and verbs: whoever the first sentence names in full speaks later."""
        story = self._story
        names = [] if claim or story[0].senses & Sense.DENY else _FULL_NAME.findall(story.texts[0])
        for name in names:
            if story[0].senses & _SAYS:
                answer = self._answer_to_told(name)
            else:
                spoke = [at for at in story.having(_SAYS) if name in story.texts[at]]
                is_late = 0 < len(spoke) <= _SELDOM and spoke[0] >= _LATER * len(story)
                answer = spoke[0] if is_late else None
            if answer is not None:
                yield PairAt(kind=PairKind.REPLY, claim=0, answers=(answer,))

    def _answer_to_told(self, name: str) -> int | None:
        """What answers news that somebody tells of a named person.

        The first denial by them or of a thing that the news names, be it the teller who takes it back; else a
        spokesman in the later part of the report.
        """
        story = self._story
        denying = [at for at in story.having(Sense.DENY) if at]
        for at in denying:
            if name in story.texts[at] or not story.stems[0].isdisjoint(story.stems[at]):
                return at
        spokesmen = story.words.lists[Sense.SPOKESPERSON]
        for at in story.having(Sense.ATTRIBUTION):
            if at >= _LATER * len(story) and not spokesmen.isdisjoint(story[at].tokens):
                return at
        return None

    def _is_deed(self, one: Wording) -> bool:
        """True when a sentence charges somebody, by its words or by an act that one answers for."""
        if one.senses & (_ANSWERED | Sense.ACCUSE):
            return False
        if one.senses & Sense.WRONGDOING:
            return True
        senses = one.unmarked
        if senses & Sense.DEED:
            return True
        moves_money = senses & Sense.GOODS or any(sign in one.text for sign in "£$€")
        return bool(senses & Sense.TRANSFER and moves_money)

    def _actors(self, claim: int) -> list[int]:
        """Whoever did something in a sentence: any in the first, and of them whoever goes on in the next ones."""
        one, people = self._story[claim], self._story.people
        first = {who for _, _, who in (*people.called(0), *people.speaking_nouns(0))}
        found = dict[int, None]()
        for start, end, who in (*people.called(claim), *people.speaking_nouns(claim)):
            before = sum(1 for begin, _ in one.spans if begin < start)
            last = sum(1 for _, stop in one.spans if stop <= end)
            is_owner = one.text[start:end].endswith(("'s", "’s"))
            if is_owner or who not in first or self._is_tied(one, before):
                continue
            if self._acts(one, last):
                found[who] = None
        return list(found)

    def _is_tied(self, one: Wording, first: int) -> bool:
        """True for “the mayor of Lunt”, “with the Lunts”: what is told is not told of them."""
        before = one.tokens[max(0, first - 2) : first]
        if not before:
            return False
        is_article = before[-1] in self._story.words.lists[Sense.DEFINITE]
        return before[0 if is_article else -1] in self._ties

    def _acts(self, one: Wording, last: int) -> bool:
        """True when a verb in the past stands behind a name, not in the passive and not of a pronoun."""
        others = self._story.words.lists[Sense.PASSIVE] | self._pronouns
        for at in range(last, min(last + _TO_VERB, len(one.tokens))):
            if self._is_past(one.tokens[at]):
                return one.tokens[at - 1] not in others
        return False

    def _reply(self, claim: int, who: int) -> int | None:
        """Where they speak first after what is laid to their charge, by whatever name."""
        voices = self._listen()
        surely = voices.surely.get(who, [])
        if surely and surely[0] <= claim:
            return None
        named = [*surely, *voices.perhaps.get(who, [])]
        first = min((at for at in named or voices.unnamed if at > claim), default=None)
        if first is None or (not named and first in voices.strangers):
            return None
        return first if self._is_defence(self._story[first]) else None

    def _is_defence(self, one: Wording) -> bool:
        """True when a sentence looks back, says that something is not so, or tells what they did."""
        if one.senses & _ANSWERED or one.unmarked & Sense.DEFENCE:
            return True
        return self._tells_of_selves(one) or self._says_what_was_done(one)

    def _tells_of_selves(self, one: Wording) -> bool:
        """True for “I borrowed it”, “we were there”."""
        was = self._story.words.lists[Sense.PASSIVE]
        return any(
            verb in was or self._is_past(verb)
            for who, verb in pairwise(one.tokens)
            if who in self._selves
        )

    def _says_what_was_done(self, one: Wording) -> bool:
        """True for “said hers went to the ward”: the verb of what is said is a past, and not in the passive."""
        was = self._story.words.lists[Sense.PASSIVE]
        said = one.marked(Sense.ATTRIBUTION)[0].last + 1
        for token in one.tokens[said : said + _SAID]:
            if token in was or self._is_past(token):
                return token not in was
        return False

    def _is_past(self, token: str) -> bool:
        return token.endswith("ed") or token in self._past

    def _listen(self) -> _Voices:
        if self._voices is None:
            self._voices = _Voices()
            for place in self._story.having(_SAYS):
                for mark in self._story[place].marked(_SAYS):
                    if not self._is_told(self._story[place], mark):
                        self._note(self._voices, place, mark)
        return self._voices

    def _is_told(self, one: Wording, mark: Mark) -> bool:
        """True for “he was told”: the subject hears it."""
        passive = self._story.words.lists[Sense.PASSIVE]
        return one.tokens[mark.first - 1] in passive if mark.first else False

    def _note(self, voices: _Voices, place: int, mark: Mark) -> None:
        people, one = self._story.people, self._story[place]
        teller = people.teller(place, mark)
        is_person = teller is not None and people.are_persons(teller.who)
        if teller and not is_person and one.start(mark) < teller.start:
            voices.strangers.add(place)
        if teller is None or not is_person or self._is_owned(one, mark):
            heard = [voices.unnamed]
        elif teller.is_pronoun:
            single = teller.who if len(teller.who) == 1 else ()
            heard = [voices.perhaps.setdefault(who, []) for who in single]
        else:
            is_noun = one.text[teller.start].islower() and people.are_nouns(teller.who)
            heard = [voices.surely.setdefault(who, []) for who in teller.who]
            heard += [voices.unnamed] if is_noun else []
        for places in heard:
            if place not in places[-1:]:
                places.append(place)

    def _is_owned(self, one: Wording, mark: Mark) -> bool:
        """True for “Its chairwoman, Beth Lode, said”: whoever speaks belongs to somebody named before."""
        return (
            one.tokens[0] in self._pronouns
            and 1 < mark.first <= _OWNED
            and one.text[one.spans[1][0]].islower()
        )
