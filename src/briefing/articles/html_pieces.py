"""A document of HTML → its pieces: it is cut into parts, each part is read, and each is made a piece."""

from datetime import datetime

from briefing.articles.html.guess import guessed_day
from briefing.articles.html.make_piece import pieces_of
from briefing.articles.html.other_pages import not_an_article
from briefing.articles.html.page import HtmlDocument
from briefing.articles.html.parts import read_parts
from briefing.articles.pieces.found import FoundPieces, with_text
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
    found, leftovers = with_text(pieces_of(page), held)
    found[0].elsewhere += leftovers
    metadata = document.metadata
    if not (found[0].published or metadata.is_dated):
        metadata.guess(guessed_day(page, now))
    return FoundPieces(found, said=metadata.declared(), origins=tuple(metadata.origins.items()))
