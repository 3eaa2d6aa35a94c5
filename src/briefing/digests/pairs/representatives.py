"""Who speaks for somebody else: lawyers, families, unions, told by what ties them to whom they stand for."""

from collections.abc import Sequence

from briefing.digests.pairs.story import Story
from briefing.digests.pairs.wording import Wording
from briefing.digests.senses import Sense

_SAYS = Sense.ATTRIBUTION | Sense.DENY | Sense.NO_COMMENT
#: “Lawyers for the former chairman”, “the union that represents the officers”.
_FOR = frozenset("for of representing represents represent to".split())
_OWNERS = frozenset("its his her their".split())
#: So many words stand between “the peer’s” and “lawyers”, and between “union” and “represents”.
_BETWEEN = 2
#: “Papers seen by the Courier show”: the verb is among so many words behind the noun.
_VERB = 5
#: “Lawyers for the former chief executive said”, “said a lawyer for”: from noun to verb, and from verb to noun.
_SAID, _TELLS = 12, 4


class Representatives:
    """The sentences of an article in which somebody speaks for another, looked for once."""

    def __init__(self, story: Story) -> None:
        """Take an article."""
        self._story = story
        lists = story.words.lists
        self._nouns = lists[Sense.SPOKESPERSON] | lists[Sense.STANDS_FOR]
        self._inquiry, self._finds = lists[Sense.INQUIRY], lists[Sense.FINDS]
        self._places: list[int] | None = None

    def behind(self, claim: int) -> list[int]:
        """The sentences behind a claim in which somebody speaks for another."""
        if self._places is None:
            every = range(len(self._story))
            self._places = [at for at in every if self.speaks_for(self._story[at])]
        return [at for at in self._places if at > claim]

    def is_finding(self, tokens: Sequence[str]) -> bool:
        """True for what an inquiry, a watchdog or a paper says of somebody: it is the subject of the verb."""
        return not self._inquiry.isdisjoint(tokens) and self._finding(tokens) is not None

    def finder(self, one: Wording) -> tuple[int, int]:
        """From where to where whoever finds is named: “Leigh's study”, “a study by Leigh university has found”."""
        at = self._finding(one.tokens) or 0
        verb = next(
            (to for to in range(at + 1, at + 1 + _VERB) if one.tokens[to] in self._finds), at
        )
        return one.spans[at][0], one.spans[verb][1]

    def _finding(self, tokens: Sequence[str]) -> int | None:
        """Which word stands for the inquiry that finds something; None when none does."""
        places = [at for at, token in enumerate(tokens) if token in self._inquiry]
        verbs = ((at, tokens[at + 1 : at + 1 + _VERB]) for at in places)
        return next((at for at, near in verbs if not self._finds.isdisjoint(near)), None)

    def is_agent(self, one: Wording) -> bool:
        """True for “was ruled out by his solicitors”: somebody's own people do what the sentence tells."""
        at = self._noun(one)
        return at is not None and "by" in one.tokens[max(0, at - _BETWEEN) : at]

    def is_for_unnamed(self, one: Wording) -> bool:
        """True for “a spokesman for the company”, “her solicitors”: whom they stand for is told by no name."""
        at = self._noun(one)
        if at is None or not self.speaks_for(one):
            return False
        definite = self._story.words.lists[Sense.DEFINITE]
        behind, before = one.tokens[at + 1 : at + 3], one.tokens[max(0, at - _BETWEEN) : at]
        is_the = len(behind) > 1 and behind[0] in _FOR and behind[1] in definite
        return is_the or not _OWNERS.isdisjoint(before)

    def stands_for(self, place: int) -> frozenset[int]:
        """Whom the sentence names in capitals next to the noun; empty where it says it in other words."""
        one = self._story[place]
        at = self._noun(one)
        if at is None:
            return frozenset()
        start, end = one.spans[max(0, at - _BETWEEN - 1)][0], one.spans[at][1]
        named = [
            mention.who
            for mention in self._story.people.mentions(place)
            if start <= mention.start <= end + _NEAR and one.text[mention.start].isupper()
        ]
        return frozenset().union(*named[:1])

    def speaks_for(self, one: Wording) -> bool:
        """True where somebody who stands for others speaks: “a spokesman for the company said”."""
        if not one.senses & _SAYS:
            return False
        at = self._noun(one)
        return at is not None and any(
            0 < mark.first - at <= _SAID or 0 < at - mark.last <= _TELLS
            for mark in one.marked(_SAYS)
        )

    def _noun(self, one: Wording) -> int | None:
        """The place of the noun that stands for somebody; None without one that is tied."""
        if self._nouns.isdisjoint(one.tokens):
            return None
        tokens = one.tokens
        for at, token in enumerate(tokens):
            if token not in self._nouns:
                continue
            before, after = tokens[max(0, at - _BETWEEN) : at], tokens[at + 1 : at + 1 + _BETWEEN]
            owned = any(
                word in _OWNERS or word.endswith(("'s", "’s", "s'", "s’")) for word in before
            )
            if owned or not _FOR.isdisjoint(after):
                return at
        return None


#: Whom somebody stands for is named within so many characters.
_NEAR = 40
