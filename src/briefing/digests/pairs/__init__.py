"""Pairs: a claim and what answers it, found before any sentence is chosen."""

from collections.abc import Mapping, Sequence, Set
from itertools import chain
from types import MappingProxyType

from briefing.digests.needs import Needs
from briefing.digests.pairs.amendments import amendments
from briefing.digests.pairs.comebacks import Comebacks
from briefing.digests.pairs.headlines import headlines
from briefing.digests.pairs.neighbours import neighbours
from briefing.digests.pairs.own_say import OwnSay
from briefing.digests.pairs.pair import PairAt
from briefing.digests.pairs.promises import promises
from briefing.digests.pairs.replies import Replies
from briefing.digests.pairs.representatives import Representatives
from briefing.digests.pairs.safety_net import SafetyNet
from briefing.digests.pairs.stories import answer_of_another, changes_behind_days
from briefing.digests.pairs.story import Story
from briefing.digests.vocabulary import vocabulary
from briefing.model.digest import PairKind

__all__ = ["PairAt", "Pairs"]


class Pairs:
    """The pairs of an article, looked for when a sentence is considered."""

    def __init__(  # noqa: PLR0913 - what an article is to them
        self,
        texts: Sequence[str],
        stems: Sequence[frozenset[str]],
        paragraph_of: Sequence[int],
        title: str,
        language: str,
        *,
        turns_reach_back: bool = False,
        needs: Needs | None = None,
        barred: Set[int] = frozenset(),
        asides: Set[int] = frozenset(),
        is_news: bool = True,
        may_come_back: bool = True,
        is_round_up: bool = False,
        answered_in: Mapping[int, Sequence[int]] = MappingProxyType({}),
    ) -> None:
        """Take an article.

        Args:
            texts: its sentences.
            stems: the stems of each.
            paragraph_of: the paragraph of each.
            title: its headline; may be empty.
            language: an ISO 639 code; a language without a vocabulary has no pairs.
            turns_reach_back: see `neighbours`.
            needs: what each does not stand without; the safety net finds none that needs too much.
            barred: sentences that no digest prints; it finds none of these.
            asides: those that are printed next to another only; they claim nothing.
            is_news: whether what stands first is the news; see `SafetyNet`.
            may_come_back: whether its form lets a text come back on what stands first.
            is_round_up: whether each paragraph is a story of its own.
            answered_in: of several texts, those that another answers, with its places.
        """
        self._count = len(texts)
        #: The claims looked at so far that have further answers.
        self.unsure: set[int] = set()
        self._reach_back, self._is_round_up = turns_reach_back, is_round_up
        self._answered_in = answered_in
        self._found: dict[int, tuple[PairAt, ...]] = {}
        words = vocabulary(language)
        self._has_words = words is not None
        if words is None:
            self._found = dict.fromkeys(range(len(texts)), ())
            return
        self._story = Story(texts, stems, paragraph_of, language, words)
        self._representatives = Representatives(self._story)
        self._replies = Replies(self._story, self._representatives)
        self._own_say = OwnSay(self._story)
        self._comebacks = Comebacks(self._story, title, self._representatives)
        self._safety_net = SafetyNet(
            self._story,
            title,
            self._representatives,
            needs,
            barred,
            asides,
            is_news=is_news,
            may_come_back=may_come_back,
            is_round_up=is_round_up,
        )
        self._headline = tuple(headlines(title, self._story))

    def of(self, claim: int) -> tuple[PairAt, ...]:
        """What answers one sentence."""
        if claim not in self._found:
            found = tuple(
                chain(
                    neighbours(self._story, claim, turns_reach_back=self._reach_back),
                    self._replies.to(claim),
                    self._own_say.to(claim),
                    amendments(self._story, claim),
                    promises(self._story, self._representatives, claim),
                    (pair for pair in self._headline if pair.claim == claim),
                    changes_behind_days(self._story, claim) if self._is_round_up else (),
                    answer_of_another(self._story, claim, self._answered_in.get(claim, ())),
                )
            )
            kinds = {pair.kind for pair in found}
            if not kinds & {PairKind.DENIAL, PairKind.REPLY}:
                found += tuple(self._comebacks.to(claim))
            if found:
                found = tuple(pair for pair in found if not self._safety_net.is_unlikely(pair))
            found += tuple(self._safety_net.to(claim, found))
            self._found[claim] = found
            if any(pair.further for pair in found):
                self.unsure.add(claim)
        return self._found[claim]

    @property
    def claim(self) -> int:
        """The sentence that the article comes back on, if it does."""
        return self._safety_net.claim if self._has_words else 0

    @property
    def may_be_answered(self) -> bool:
        """True where it is worth while to look for what may answer that sentence."""
        return self._has_words and self._safety_net.may_be_answered

    @property
    def perhaps(self) -> tuple[int, ...]:
        """What may answer that sentence and is too unsure for a pair, the best first."""
        return self._safety_net.perhaps(self.of(self.claim)) if self._has_words else ()

    @property
    def are_doubtful(self) -> bool:
        """True where it can be weighed whether the report comes back on its news, and it is not likely to."""
        return self._has_words and self._safety_net.is_doubtful

    def every(self) -> tuple[PairAt, ...]:
        """All pairs of the article."""
        return tuple(chain.from_iterable(map(self.of, range(self._count))))
