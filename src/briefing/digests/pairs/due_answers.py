"""What may answer the news and waits until there is room for it."""

from collections.abc import Iterator, Sequence, Set

from briefing.digests.forms import Layout
from briefing.digests.forms.live_blog import LIVE_BLOG
from briefing.digests.pairs import Pairs

#: Of a digest's least length so much is the lead's own, where an answer is doubtful.
_LEAD = 0.5
#: An obituary begins with a death, which nobody answers: the life goes on before what may.
_LIFE, _OPINION, _NEWS = "obituary", "opinion", "news"


class DueAnswers:
    """The sentences that may answer the claim at issue and are not sure enough for a pair, the best first."""

    def __init__(self, pairs: Pairs, layout: Layout, least: int) -> None:
        """Take what an article comes back with.

        Args:
            pairs: the article's.
            layout: what its form makes of it.
            least: the least words of its digest.
        """
        self._pairs, self._least, self._is_life = pairs, least, layout.form == _LIFE
        self._is_news = layout.form == _NEWS
        self._is_live = layout.form == LIVE_BLOG
        self._theses = layout.bonus.keys() if layout.form == _OPINION else frozenset[int]()
        #: None while nobody has asked.
        self._places: list[int] | None = None
        #: True once one of them was taken.
        self._has_answered = False

    @property
    def claim(self) -> int:
        """What they may answer."""
        return self._pairs.claim

    def are_wanted(self, chosen: Set[int]) -> bool:
        """True where the claim, or of a live blog any post, is taken and may be answered."""
        if not self._pairs.may_be_answered:
            return False
        return self._pairs.claim in chosen or (self._is_live and bool(chosen))

    def claim_behind_lead(self, places: Sequence[int], chosen: Set[int]) -> tuple[int, ...]:
        """The claim, where it may be answered and the lead alone is taken: a scene would leave no room for both.

        Args:
            places: the sentences that may be taken.
            chosen: those that are taken.
        """
        if not (self._is_news and chosen and self._pairs.may_be_answered):
            return ()
        return (self._pairs.claim,) if self._pairs.claim in places else ()

    def are_due(self, chosen: Set[int], words: int) -> bool:
        """True when it is their turn: behind a thesis or a life, where they are doubtful behind half a lead.

        Args:
            chosen: the sentences that are taken.
            words: how many those have.
        """
        is_short = words < self._least
        if is_short and (self._is_life or not self._theses <= chosen):
            return False
        return not self._pairs.are_doubtful or words >= _LEAD * self._least

    def in_turn(self) -> Iterator[int]:
        """Each of them, which then waits no longer."""
        places = self._listed()
        while places:
            yield places.pop(0)

    def have_answered(self) -> None:
        """Note that one was taken."""
        self._has_answered = True

    def first(self, chosen: Set[int]) -> tuple[int, ...]:
        """All that wait while none of them is taken: room is kept for the best that fits.

        Args:
            chosen: the sentences that are taken.
        """
        is_last = self._is_life or self._theses
        if is_last or self._has_answered or not self.are_wanted(chosen):
            return ()
        return tuple(self._listed())

    def _listed(self) -> list[int]:
        if self._places is None:
            self._places = list(self._pairs.perhaps)
        return self._places
