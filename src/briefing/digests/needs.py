"""What a sentence needs next to it, all the way: the one "he" points at, and what that one needs."""

from collections.abc import Mapping, Sequence, Set

from briefing.digests.anaphora import (
    CLOSE,
    OPEN,
    closes_single,
    is_bare_quotation,
    leaves_single_open,
    level_of,
    pointing,
)

#: A single quotation that runs on for longer has lost its closing mark.
_LONGEST_SPEECH = 6


class Needs:
    """For each sentence the others it cannot stand without; looked for when it is considered.

    A sentence that points back needs the one before it. A quotation that runs over several
    sentences is needed whole. The first sentence has nothing before it and needs nobody.
    """

    def __init__(
        self,
        sentences: Sequence[str],
        paragraph_of: Sequence[int],
        language: str = "en",
        *,
        inserted: Set[int] = frozenset(),
        companions: Mapping[int, Set[int]] | None = None,
        alone: Set[int] = frozenset(),
    ) -> None:
        """Take an article.

        Args:
            sentences: their wording.
            paragraph_of: the paragraph of each.
            language: an ISO 639 code.
            inserted: those that stand outside the running text, as captions do; one points past them.
            companions: what stands next to some because of the form: who speaks, a signature.
            alone: lines and others that point at nobody in the text: they need their companions only.
        """
        level = level_of("\n".join(sentences))
        self._sentences = [one.translate(level) for one in sentences] if level else sentences
        self._points = pointing(language)
        self._inserted, self._alone = inserted, alone
        self._companions = companions or {}
        self._direct: dict[int, frozenset[int]] = {}
        self._known: dict[int, frozenset[int]] = {}
        self._quoted: dict[int, set[int]] = {}
        quotations = _quotations(self._sentences, paragraph_of)
        for group in quotations + _single_quotations(self._sentences, paragraph_of):
            for place in group:
                self._quoted.setdefault(place, set()).update(group - {place})

    def __getitem__(self, place: int) -> frozenset[int]:
        known = self._known.get(place)
        if known is None:
            known = self._known[place] = self._needed(place)
        return known

    def _needed(self, place: int) -> frozenset[int]:
        companions = self._companions.get(place, frozenset())
        if place in self._alone:
            return frozenset(companions)
        return self._all_the_way(place) | companions if companions else self._all_the_way(place)

    def _next(self, place: int) -> frozenset[int]:
        if place not in self._direct:
            found = self._quoted.get(place, frozenset[int]())
            sentence = self._sentences[place]
            if (
                place
                and place not in self._alone
                and (self._points(sentence) or is_bare_quotation(sentence))
            ):
                found = found | {self._before(place)}
            self._direct[place] = frozenset(found)
        return self._direct[place]

    def _before(self, place: int) -> int:
        """The sentence of the running text before one; the one right before where there is none."""
        earlier = range(place - 1, -1, -1)
        return next((at for at in earlier if at not in self._inserted), place - 1)

    def _all_the_way(self, start: int) -> frozenset[int]:
        if not self._next(start):
            return frozenset()
        found: set[int] = set()
        waiting = [start]
        while waiting:
            for needed in self._next(waiting.pop()) - found - {start}:
                found.add(needed)
                waiting.append(needed)
        return frozenset(found)


def _quotations(sentences: Sequence[str], paragraph_of: Sequence[int]) -> list[set[int]]:
    """Runs of sentences inside one paragraph that share an open quotation."""
    groups: list[set[int]] = []
    first = straight = curly = 0
    for place, sentence in enumerate(sentences):
        if place and paragraph_of[place] != paragraph_of[place - 1]:
            first, straight, curly = place, 0, 0
        straight += sentence.count('"')
        curly += sentence.count(OPEN) - sentence.count(CLOSE)
        if straight % 2 == 0 and curly == 0:
            if place > first:
                groups.append(set(range(first, place + 1)))
            first, straight = place + 1, 0
    return groups


def _single_quotations(sentences: Sequence[str], paragraph_of: Sequence[int]) -> list[set[int]]:
    """The same for quotations in single marks, which apostrophes make uncertain."""
    groups = []
    for place, sentence in enumerate(sentences):
        if not leaves_single_open(sentence):
            continue
        end = place + 1
        while end < min(len(sentences), place + _LONGEST_SPEECH):
            if paragraph_of[end] != paragraph_of[place] or leaves_single_open(sentences[end]):
                break
            if closes_single(sentences[end]):
                groups.append(set(range(place, end + 1)))
                break
            end += 1
    return groups
