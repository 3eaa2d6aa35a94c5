"""Decisions: which of the pieces at hand editors joined into one story, and which they told apart."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from briefing.articles.text.fingerprint import SURE, marks_of
from briefing.model.article import Article
from briefing.model.ruling import EventRuling, KnownPiece
from briefing.store import words_of


def known_piece(article: Article) -> KnownPiece:
    """What an article is known again by."""
    return KnownPiece(
        headline=article.headline,
        words=words_of(article),
        url=article.canonical_url or article.url or "",
        fingerprint=article.fingerprint,
    )


@dataclass
class Decisions:
    """What editors said of the articles at hand, by their places; of two pieces the newest word counts."""

    #: The first was taken away from the second.
    apart: set[tuple[int, int]] = field(default_factory=set)
    #: The first is told by the second; with the decision, in the order they were made.
    joined: dict[tuple[int, int], EventRuling] = field(default_factory=dict)

    @classmethod
    def of(cls, articles: Sequence[Article], rulings: Sequence[EventRuling]) -> "Decisions":
        """Find the pieces of decisions among articles.

        Args:
            articles: in page order.
            rulings: oldest first.
        """
        found = cls()
        index = _Index(articles) if rulings else None
        for ruling in rulings:
            assert index is not None
            for piece in index.places(ruling.piece):
                for other in index.places(ruling.other):
                    if piece != other:
                        found._say(piece, other, ruling)
        return found

    def _say(self, piece: int, other: int, ruling: EventRuling) -> None:
        self.joined.pop((piece, other), None)
        self.joined.pop((other, piece), None)
        if ruling.joined:
            # Whatever it was taken away from before, this is where it belongs.
            self.apart = {pair for pair in self.apart if piece not in pair}
            self.joined[piece, other] = ruling
        else:
            self.apart.discard((other, piece))
            self.apart.add((piece, other))


class _Index:
    """Finds articles by words, address and fingerprint."""

    def __init__(self, articles: Sequence[Article]) -> None:
        self._names: dict[str, set[int]] = {}
        self._marks: dict[str, set[int]] = {}
        self._articles = articles
        for place, article in enumerate(articles):
            for name in {words_of(article), article.canonical_url or article.url or ""} - {""}:
                self._names.setdefault(name, set()).add(place)
            for mark in marks_of(article.fingerprint):
                self._marks.setdefault(mark, set()).add(place)

    def places(self, piece: KnownPiece) -> list[int]:
        """Where a piece stands: its words, else its address, else nearly its words."""
        named = self._names.get(piece.words) or self._names.get(piece.url)
        if named:
            return sorted(named)
        marks = marks_of(piece.fingerprint)
        near = {place for mark in marks for place in self._marks.get(mark, ())}
        return sorted(
            place
            for place in near
            if len(marks & marks_of(self._articles[place].fingerprint)) >= min(SURE, len(marks))
        )
