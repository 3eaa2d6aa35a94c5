"""A document of HTML → its pieces: it is cut into parts, each part is read, and each is made a piece."""

from datetime import datetime

from briefing.articles.html.guess import guessed_day
from briefing.articles.html.make_piece import pieces_of
from briefing.articles.html.other_pages import not_an_article
from briefing.articles.html.page import HtmlDocument
from briefing.articles.html.parts import read_parts
from briefing.articles.pieces.found import FoundPieces
from briefing.errors import PageRefused

#: A block with a larger share of links is one.
_LINKED = 0.9


def html_pieces(document: HtmlDocument, now: datetime) -> FoundPieces:
    """The pieces of a document, the one that it is about first.

    Args:
        document: as it was read.
        now: aware; a date ahead of it does not count.

    Raises:
        PageRefused: when it is a listing, or holds no article.
    """
    page = read_parts(document)
    if refused := not_an_article(page):
        raise PageRefused(refused)
    links = sum(block.linked > _LINKED for block in page.rest)
    held = f"{links} links and no paragraph" if links else "no paragraph"
    pieces, metadata = pieces_of(page), document.metadata
    first = next((piece for piece in pieces if piece.is_article), None)
    if first and not (first.published or metadata.is_dated):
        metadata.guess(guessed_day(page, now))
    return FoundPieces(pieces, held, metadata.declared(), tuple(metadata.origins.items()))
