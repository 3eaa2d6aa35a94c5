"""The net under the sure rules: what a report comes back with, by many weak signs together.

A sentence that lays something to somebody's charge, promises, announces or praises, or tells the first half of a
headline, and that no sure rule has found an answer to, is held against all sentences behind it. The one that looks
most like an answer goes with it, if what it says looks like one at all. An answer too many costs a sentence, one
too few is a libel. Where nothing is at stake by those signs, all signs together may still make it likely that the
report comes back on its first sentence (`chances`).
"""

from collections.abc import Iterator, Mapping, Sequence, Set
from functools import cached_property
from operator import mul
from types import MappingProxyType

from briefing.digests.anaphora import leaves_open
from briefing.digests.needs import Needs
from briefing.digests.pairs.at_issue import at_issue
from briefing.digests.pairs.chances import chance, rough_chance
from briefing.digests.pairs.headlines import second_half
from briefing.digests.pairs.left_out import points_at_what_is_left_out
from briefing.digests.pairs.pair import PairAt
from briefing.digests.pairs.representatives import Representatives
from briefing.digests.pairs.signs import OF_PLACE, WEIGHTS, Sign, signs
from briefing.digests.pairs.stakes import Stake, Stakes
from briefing.digests.pairs.stories import in_its_paragraph
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
_LEAST = dict(zip(Stake, (0.5, 0.6, 2.2, 0.8, 0.3), strict=True))
#: Whoever speaks may say what answers these; with more of its stems in the claim a sentence says it again.
_BY_ANYBODY, _SAME_FACT = (Stake.NAME, Stake.HEADLINE), 0.5
#: What a rule has found is held for the answer unless another sentence weighs so much more.
_BETTER: Mapping[Stake, float] = MappingProxyType({Stake.NAME: 0.3, Stake.PROMISE: 0.8})
#: So many words of an answer, with what it needs, leave room for the claim; so many are tried for that.
_LONGEST, _TRIED = 62, 6
#: Where the best answers, so may so many in all, each if it has no more words together with the best than these.
_CHOICES, _TOGETHER = 3, 60
#: From so much on an answer is looked for, whatever is at stake; below the other what charges nobody has no reply.
_LIKELY, _UNLIKELY = 1.1, -1.5
#: From so much on room is left for what may answer, and so many may; below a report is plain.
_CONCEIVABLE, _MAY = 0.0, 3
#: Among fewer that can answer none stands out; no report that was learned from has more in all.
_FEW, _MOST = 5, 40
_TALK, _ALL_TALK = Sense.ATTRIBUTION | Sense.DENY | Sense.ACCUSE, 0.6
#: The weight of all that a headline's second half says.
_TELLS_HALF = 2.0


class SafetyNet:
    """What a report comes back with, where no sure rule has found it."""

    def __init__(  # noqa: PLR0913 - see `Pairs`
        self,
        story: Story,
        title: str,
        representatives: Representatives,
        needs: Needs | None,
        barred: Set[int],
        asides: Set[int],
        *,
        is_news: bool,
        may_come_back: bool,
        is_round_up: bool,
    ) -> None:
        """Take an article.

        Args:
            story: its sentences.
            title: its headline; may be empty.
            representatives: who finds what in it.
            needs: what each does not stand without; see `Needs`.
            barred: sentences that no digest prints.
            asides: those that are printed next to another only.
            is_news: whether what stands first is the news; elsewhere only what is at stake is answered.
            may_come_back: whether its form lets a text come back on what stands first.
            is_round_up: whether each paragraph is a story, which comes back in itself.
        """
        self._is_news, self._may_come_back = is_news, may_come_back
        self._is_round_up = is_round_up
        self._story, self._title = story, title
        self._needs, self._barred, self._asides = needs, barred, asides
        self._representatives = representatives
        self._stakes = Stakes(story, title, representatives)
        self._read: dict[int, list[tuple[int, list[float]]]] = {}

    @cached_property
    def claim(self) -> int:
        """The sentence that the report comes back on, if it does."""
        return at_issue(self._story, self._title, self._stakes, self._barred | self._asides)

    def to(self, claim: int, pairs: Sequence[PairAt]) -> Iterator[PairAt]:
        """What answers one sentence that has no answer, or one that hardly looks like it.

        Args:
            claim: the sentence.
            pairs: what the rules have found.
        """
        if self._story[claim].senses & (Sense.DENY | Sense.CLEAR):
            return
        if self._is_round_up:
            weights, readable = _WEIGHTS[Stake.NAME], self._readable(claim)
            yield from in_its_paragraph(self._story, self._stakes, claim, readable, weights)
            return
        for stake in self._stakes.of(claim):
            if self._is_plain and stake is not Stake.HEADLINE:
                continue
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
                    further=self._further([at for _, at in weighed]),
                )
                return
        if self._comes_back(pairs) and claim == self.claim:
            best = self._most_like_an_answer
            yield PairAt(
                kind=PairKind.COMEBACK, claim=claim, answers=best[:1], further=self._further(best)
            )

    def perhaps(self, pairs: Sequence[PairAt]) -> tuple[int, ...]:
        """What may answer the claim besides its pairs, the best first; it is printed where there is room.

        None of it is sure enough to be called an answer; where nothing can be weighed it is looked for in every
        report that is not too long. `pairs` are those of that sentence.
        """
        if not self.may_be_answered:
            return ()
        answers = {at for one in pairs if one.kind in _KINDS[Stake.NAME] for at in one.answers}
        best = [at for at in self._most_like_an_answer if at not in answers]
        found: dict[int, None] = {}
        for at in best[:_MAY]:
            if self.is_doubtful and points_at_what_is_left_out(self._story, self.claim, at):
                continue
            goes_on = at + 1 < self._story.paragraph_end(at) and at + 1 in self._able
            found |= dict.fromkeys((at, at + 1) if goes_on else (at,))
        return tuple(found)

    @property
    def is_doubtful(self) -> bool:
        """True where the signs can be weighed and are not those of a report that comes back on its news."""
        return self._stakes.has_tables and self._is_under(_LIKELY)

    @cached_property
    def _is_plain(self) -> bool:
        """True for news that does not look as if it came back, under a headline that makes it its own."""
        return self._is_news and not self._stakes.headline_quotes and self._is_under(_CONCEIVABLE)

    def _is_under(self, least: float) -> bool:
        return self._chance is not None and self._chance < least

    @property
    def may_be_answered(self) -> bool:
        """True when the report is not too unlikely to come back on its news."""
        is_conceivable = self._chance is not None and self._chance >= _CONCEIVABLE
        return self._may_come_back and is_conceivable

    def is_unlikely(self, pair: PairAt) -> bool:
        """True for a reply to what charges nobody, in a report that does not look as if it came back on its news.

        A rule that ties a statement to whoever speaks later is right where there is something to answer.
        """
        if pair.kind is not PairKind.REPLY or self._stakes.accuses(self._story[pair.claim]):
            return False
        if self._is_all_talk:
            return True
        return self._is_under(_UNLIKELY)

    def _comes_back(self, pairs: Sequence[PairAt]) -> bool:
        """True when the report is likely to come back on its first sentence, and no pair says with what."""
        if not self._is_news or any(pair.kind in _KINDS[Stake.NAME] for pair in pairs):
            return False
        return self._chance is not None and self._chance >= _LIKELY

    @cached_property
    def _chance(self) -> float | None:
        """How likely it comes back on its first sentence; None where that cannot be weighed."""
        if len(self._story) > _MOST:
            return None
        if not self._stakes.has_tables:
            return rough_chance(self._story, self._stakes)
        if self._is_all_talk or len(self._able) < _FEW:
            return None
        signs_of = list(self._able.values())
        return chance(self._story, self._stakes, self.claim, signs_of, _WEIGHTS[Stake.NAME])

    @cached_property
    def _is_all_talk(self) -> bool:
        """True when most sentences tell what somebody said: then one more voice answers nothing."""
        if not self._stakes.has_tables or len(self._story) > _MOST:
            return False
        talking = sum(bool(self._story[at].senses & _TALK) for at in range(len(self._story)))
        return talking > _ALL_TALK * len(self._story)

    @cached_property
    def _able(self) -> dict[int, list[float]]:
        """The signs of each sentence that can stand as an answer to the first."""
        return {at: found for at, found in self._readable(self.claim) if self._is_short(at)}

    @cached_property
    def _most_like_an_answer(self) -> tuple[int, ...]:
        """Those that can answer the first sentence, the best first."""
        weights, able = _WEIGHTS[Stake.NAME], self._able
        return tuple(sorted(able, key=lambda at: -sum(map(mul, able[at], weights))))

    def _is_sure(self, claim: int, stake: Stake, pairs: Sequence[PairAt], best: float) -> bool:
        """True when a rule has found an answer; one that denies nothing only when no other looks more like it."""
        if stake not in _BETTER or any(pair.kind is PairKind.DENIAL for pair in pairs):
            return bool(pairs)
        weights, least = _WEIGHTS[stake], best - _BETTER[stake]
        return any(
            sum(map(mul, signs(self._story, claim, at), weights)) >= least
            for pair in pairs
            for at in pair.answers
        )

    def _further(self, best_first: Sequence[int]) -> tuple[int, ...]:
        """The next best, what the paragraph of the best goes on with, and the one that looks third best."""
        best, *others = best_first[:_CHOICES]
        goes_on = best + 1 < self._story.paragraph_end(best)
        found = dict.fromkeys([*others[:1], *([best + 1] if goes_on else []), *others[1:]])
        room = _TOGETHER - self._story.length(best)
        return tuple(at for at in found if self._story.length(at) <= room)

    def _weighed(self, claim: int, stake: Stake) -> Iterator[tuple[float, int]]:
        """The sentences behind a claim that look like an answer, with their weight."""
        weights = _WEIGHTS[stake]
        for at, found in self._readable(claim):
            is_others = found[Sign.REPRESENTS] and self._is_for_another(claim, at)
            if is_others or not self._is_able(stake, found):
                continue
            weight = sum(map(mul, found, weights))
            if stake is Stake.HEADLINE:
                weight += _TELLS_HALF * self._tells_half(at)
            said = weight - sum(found[sign] * weights[sign] for sign in OF_PLACE)
            if said >= _LEAST[stake]:
                yield weight, at

    def _readable(self, claim: int) -> list[tuple[int, list[float]]]:
        """The sentences behind a claim that can stand next to it and do not say it again, with their signs."""
        if claim not in self._read:
            self._read[claim] = list(self._reading(claim))
        return self._read[claim]

    def _reading(self, claim: int) -> Iterator[tuple[int, list[float]]]:
        for at in range(claim + 1, len(self._story)):
            is_barred = at in self._barred or leaves_open(self._story.texts[at])
            if not is_barred and not self._says_again(claim, at):
                yield at, signs(self._story, claim, at)

    def _is_short(self, at: int) -> bool:
        """True when a sentence leaves room for the claim, with all that it does not stand without."""
        needed = {at, *(self._needs[at] if self._needs else ())}
        return sum(map(self._story.length, needed)) <= _LONGEST

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
        """True for the lawyers of somebody whom the claim does not mention, though it mentions others."""
        named, meant = self._representatives.stands_for(at), self._story.people.among(claim)
        return bool(named and meant) and named.isdisjoint(meant)

    def _tells_half(self, at: int) -> float:
        """Which share of a headline's second half a sentence says."""
        return len(self._second_half & self._story.stems[at]) / max(1, len(self._second_half))

    @cached_property
    def _second_half(self) -> frozenset[str]:
        return frozenset(stems_of(second_half(self._title), self._story.language))
