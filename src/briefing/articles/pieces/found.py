"""What a page holds: its pieces with a text, and what else the page said."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from briefing.articles.pieces.piece import Piece
from briefing.articles.text.word_count import count_words
from briefing.errors import PageRefused
from briefing.model.article import Removed
from briefing.model.page import Declared

#: A piece with fewer words of text is a stray heading.
_SHORTEST = 3


class FoundPieces(NamedTuple):
    """What a reader of pages gives, whether the page was text or HTML."""

    #: Each with a headline and a text; never empty.
    pieces: list[Piece]
    #: On record with the first, before what was taken out of it.
    leftovers: tuple[Removed, ...] = ()
    #: What the page itself declares of its first piece.
    said: Declared = Declared()
    #: Where each declared value stood, by field.
    origins: tuple[tuple[str, str], ...] = ()


def with_text(read: Sequence[Piece], held: str) -> tuple[list[Piece], tuple[Removed, ...]]:
    """The pieces that have a body, and what stood in the others.

    Args:
        read: from a page.
        held: what it holds when none of them has a body, as its refusal says.

    Raises:
        PageRefused: when none has a body.
    """
    found = [piece for piece in read if _is_article(piece)]
    if not found:
        raise PageRefused(
            f"no article was found on this page; it holds {held}. Save the page of one article."
        )
    others = [piece for piece in read if not _is_article(piece)]
    return found, tuple(line for piece in others for line in _all_of(piece))


def _is_article(piece: Piece) -> bool:
    words = sum(count_words(paragraph.text) for paragraph in piece.paragraphs)
    return bool(piece.headline) and words >= _SHORTEST


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
