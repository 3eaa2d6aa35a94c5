"""What a reader of pages found on one: its pieces, and what else the page said."""

from collections.abc import Iterator
from typing import NamedTuple

from briefing.articles.pieces.piece import Piece
from briefing.model.article import Removed
from briefing.model.page import Declared


class FoundPieces(NamedTuple):
    """What a reader of pages gives, whether the page was text or HTML."""

    #: In their order; one without a text is not an article.
    pieces: list[Piece]
    #: What the page holds when none of them is an article, as its refusal says.
    held: str
    #: What the page itself declares of its first piece.
    said: Declared = Declared()
    #: Where each declared value stood, by field.
    origins: tuple[tuple[str, str], ...] = ()

    @property
    def articles(self) -> list[Piece]:
        """Those with a text."""
        return [piece for piece in self.pieces if piece.is_article]

    @property
    def leftovers(self) -> tuple[Removed, ...]:
        """What stood in the others."""
        others = (piece for piece in self.pieces if not piece.is_article)
        return tuple(line for piece in others for line in _all_of(piece))


def _all_of(piece: Piece) -> Iterator[Removed]:
    texts = (
        *piece.labels,
        piece.headline,
        piece.standfirst or "",
        *piece.captions,
        *(paragraph.text for paragraph in piece.paragraphs),
    )
    yield from (Removed(text=text, reason="no article around it") for text in texts if text)
    yield from piece.removed
