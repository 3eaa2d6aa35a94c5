"""The net under the sure rules: what a report comes back with, by many weak signs together.

A sentence that lays something to somebody's charge, promises, announces or praises, or tells the first half of a
headline, and that no sure rule has found an answer to, is held against all sentences behind it. The one that looks
most like an answer goes with it, if what it says looks like one at all. An answer too many costs a sentence, one
too few is a libel.
"""

from collections.abc import Iterator, Mapping, Sequence, Set
from functools import cached_property
from operator import mul
from types import MappingProxyType

from briefing.digests.anaphora import balanced, leaves_single_open
from briefing.digests.needs import Needs
from briefing.digests.pairs.headlines import second_half
from briefing.digests.pairs.pair import PairAt
from briefing.digests.pairs.representatives import Representatives
from briefing.digests.pairs.signs import OF_PLACE, WEIGHTS, Sign, signs
from briefing.digests.pairs.stakes import Stake, Stakes
from briefing.digests.pairs.story import Story
from briefing.digests.senses import Sense
from briefing.digests.tokenizer import stems_of
from briefing.model.digest import PairKind

#: The pairs that leave nothing at stake, the one first that the net finds.
_KINDS: Mapping[Stake, tuple[PairKind, ...]] = MappingProxyType(
    {
        Stake.NAME: (PairKind.COMEBACK, PairKind.DENIAL, PairKind.REPLY),
        Stake.PROMISE: (PairKind.RESULT,),
        Stake.PLAN: (PairKind.CONDITION,),
        Stake.PRAISE: (PairKind.TURN,),
        Stake.HEADLINE: (PairKind.HEADLINE,),
    }
)
_WEIGHTS = {stake: [WEIGHTS[sign][column] for sign in Sign] for column, stake in enumerate(Stake)}
#: What a sentence says must weigh so much.
_LEAST = {
    Stake.NAME: 0.8,
    Stake.PROMISE: 0.6,
    Stake.PLAN: 2.2,
    Stake.PRAISE: 0.8,
    Stake.HEADLINE: 0.3,
}
#: Whoever speaks may say what answers these.
_BY_ANYBODY = (Stake.NAME, Stake.HEADLINE)
#: With more of its stems in the claim a sentence says it again.
_SAME_FACT = 0.5
#: The result that a rule has found is held for it unless another sentence weighs so much more.
_FAR_BETTER = 0.8
#: So many words of an answer, with what it needs, leave room for the claim; so many are tried for that.
_LONGEST, _TRIED = 50, 6
#: Where the best answers, so may the next best.
_CHOICES = 2
#: The weight of all that a headline's second half says.
_TELLS_HALF = 2.0


class SafetyNet:
    """What a report comes back with, where no sure rule has found it."""

    def __init__(
        self,
        story: Story,
        title: str,
        representatives: Representatives,
        needs: Needs | None,
        barred: Set[int],
    ) -> None:
        """Take an article.

        Args:
            story: its sentences.
            title: its headline; may be empty.
            representatives: who finds what in it.
            needs: what each does not stand without.
            barred: sentences that no digest prints.
        """
        self._story, self._title = story, title
        self._needs, self._barred = needs, barred
        self._representatives = representatives
        self._stakes = Stakes(story, title, representatives)

    def to(self, claim: int, pairs: Sequence[PairAt]) -> Iterator[PairAt]:
        """What answers one sentence that has no answer, or one that hardly looks like it.

        Args:
            claim: the sentence.
            pairs: what the rules have found.
        """
        if self._story[claim].senses & (Sense.DENY | Sense.CLEAR):
            return
        for stake in self._stakes.of(claim):
            answered = [pair for pair in pairs if pair.kind in _KINDS[stake]]
            weighed = [
                one
                for one in sorted(self._weighed(claim, stake), reverse=True)[:_TRIED]
                if self._is_short(one[1])
            ]
            if weighed and not self._is_sure(claim, stake, answered, weighed[0][0]):
                yield PairAt(
                    kind=_KINDS[stake][0],
                    claim=claim,
                    answers=(weighed[0][1],),
                    further=self._further(weighed),
                )
                return

    def _is_sure(self, claim: int, stake: Stake, pairs: Sequence[PairAt], best: float) -> bool:
        """True when a rule has found an answer; of a promise when no other looks far more like one."""
        if stake is not Stake.PROMISE:
            return bool(pairs)
        weights = _WEIGHTS[stake]
        return any(
            sum(map(mul, signs(self._story, claim, at), weights)) >= best - _FAR_BETTER
            for pair in pairs
            for at in pair.answers
        )

    def _further(self, weighed: Sequence[tuple[float, int]]) -> tuple[int, ...]:
        """What the paragraph of the best goes on with, and the next best."""
        best, *others = [at for _, at in weighed[:_CHOICES]]
        goes_on = best + 1 < self._story.paragraph_end(best)
        return tuple(dict.fromkeys([*([best + 1] if goes_on else []), *others]))

    def _weighed(self, claim: int, stake: Stake) -> Iterator[tuple[float, int]]:
        """The sentences behind a claim that look like an answer, with their weight."""
        weights = _WEIGHTS[stake]
        for at in range(claim + 1, len(self._story)):
            if at in self._barred or self._is_open(self._story.texts[at]):
                continue
            found = signs(self._story, claim, at)
            if not self._is_able(stake, found) or self._says_again(claim, at):
                continue
            if found[Sign.REPRESENTS] and self._is_for_another(claim, at):
                continue
            weight = sum(map(mul, found, weights))
            if stake is Stake.HEADLINE:
                weight += _TELLS_HALF * self._tells_half(at)
            said = weight - sum(found[sign] * weights[sign] for sign in OF_PLACE)
            if said >= _LEAST[stake]:
                yield weight, at

    def _is_short(self, at: int) -> bool:
        """True when a sentence leaves room for the claim, with all that it does not stand without."""
        needed = {at, *(self._needs[at] if self._needs else ())}
        return sum(len(self._story[place].tokens) for place in needed) <= _LONGEST

    def _is_open(self, text: str) -> bool:
        """True for a sentence that cannot stand next to another, because a quotation goes on in it."""
        return not balanced(text) or leaves_single_open(text)

    def _is_able(self, stake: Stake, found: Sequence[float]) -> bool:
        """False for what cannot be an answer where no name is at stake: the report itself gives it, and first."""
        if stake in _BY_ANYBODY:
            return True
        if found[Sign.SPEAKS] or found[Sign.QUOTES] or not found[Sign.OPENS]:
            return False
        return stake is not Stake.PLAN or bool(found[Sign.HANGS])

    def _says_again(self, claim: int, at: int) -> bool:
        own = self._story.stems[at]
        return len(own & self._story.stems[claim]) > _SAME_FACT * len(own)

    def _is_for_another(self, claim: int, at: int) -> bool:
        """True for the lawyers of somebody whom the claim does not mention."""
        named = self._representatives.stands_for(at)
        return bool(named) and named.isdisjoint(self._story.people.among(claim))

    def _tells_half(self, at: int) -> float:
        """Which share of a headline's second half a sentence says."""
        half = self._second_half
        return len(half & self._story.stems[at]) / len(half) if half else 0.0

    @cached_property
    def _second_half(self) -> frozenset[str]:
        return frozenset(stems_of(second_half(self._title), self._story.language))
