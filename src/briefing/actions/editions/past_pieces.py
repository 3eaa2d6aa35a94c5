"""Past pieces: what earlier editions did, found again by words, address or fingerprint without looking at each."""

from collections.abc import Iterable

from briefing.articles.text.fingerprint import SURE, first_marks, marks_of
from briefing.model.article import Article
from briefing.model.edition import Treated
from briefing.store import words_of


class PastPieces:
    """The pieces of earlier editions; of several that agree, the newest counts."""

    def __init__(self, pieces: Iterable[Treated]) -> None:
        """Index them.

        Args:
            pieces: oldest first.
        """
        self._words: dict[str, Treated] = {}
        self._addresses: dict[str, Treated] = {}
        self._marks: dict[str, list[int]] = {}
        self._pieces = tuple(pieces)
        for place, piece in enumerate(self._pieces):
            self._words[piece.words] = piece
            if piece.url:
                self._addresses[piece.url] = piece
            # Who shares nine of twelve marks shares one of any four: the others need no index.
            for mark in first_marks(piece.fingerprint):
                self._marks.setdefault(mark, []).append(place)

    def before(self, article: Article) -> Treated | None:
        """The article as it came last: the same words, else its address, else nearly the same words.

        Half of the words may be a house's frame around other news, so three marks in four have to agree.
        """
        address = article.canonical_url or article.url or ""
        return (
            self._words.get(words_of(article))
            or self._addresses.get(address)
            or self._alike(article.fingerprint)
        )

    def _alike(self, fingerprint: str) -> Treated | None:
        marks = marks_of(fingerprint)
        proposed = {place for mark in marks for place in self._marks.get(mark, ())}
        for place in sorted(proposed, reverse=True):
            if len(marks & marks_of(self._pieces[place].fingerprint)) >= min(SURE, len(marks)):
                return self._pieces[place]
        return None
