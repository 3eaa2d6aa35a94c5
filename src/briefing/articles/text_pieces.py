"""A page of text → its pieces: its lines are classified once, settled among each other, cut and parsed."""

from collections.abc import Callable

from briefing.articles.lines.line import Line, lines_of
from briefing.articles.lines.listing_pages import refuse_listing
from briefing.articles.lines.reclassify import settle
from briefing.articles.pieces.found import FoundPieces, with_text
from briefing.articles.pieces.parse import parse
from briefing.articles.pieces.piece import Piece
from briefing.articles.pieces.segment import pieces, shared_payers
from briefing.articles.text.hard_breaks import unbroken
from briefing.articles.text.markdown import plain
from briefing.articles.text.text_browsers import without_references
from briefing.errors import PageRefused
from briefing.model.page import Page

#: What programs made of a text is taken off again, in the order in which the last of them came first.
WRITTEN: tuple[Callable[[str], str], ...] = (
    without_references,  # a browser's numbers of links; their list is cut at the width too
    unbroken,  # breaks at a width
    plain,  # marks for its look: a paragraph has to be whole for those that close
)


def text_pieces(page: Page, text: str) -> FoundPieces:
    """The pieces of a page of text, in their order.

    Raises:
        PageRefused: when there is too much, a listing, or no article.
    """
    for each in WRITTEN:
        text = each(text)
    lines = lines_of(text, page.name)
    refuse_listing(page.name, lines)
    found, leftovers = with_text(_read(pieces(settle(lines))))
    if not found:
        many = f"{len(lines)} lines" if len(lines) != 1 else "one line"
        raise PageRefused(
            f"{page.name}: no article was found on this page; it holds {many} of "
            "headings, captions or links. Save the page of one article.",
            page=page.name,
        )
    return FoundPieces(found, leftovers)


def _read(cut: list[list[Line]]) -> list[Piece]:
    """Each piece parsed; a payer named between two of them is held against both, and proves neither."""
    read = [parse(lines) for lines in cut]
    for lines, piece, below in zip(cut, read, read[1:], strict=False):
        shared = shared_payers(lines)
        doubtful = [payer for payer in piece.payers if payer.text in shared]
        piece.payers = [payer for payer in piece.payers if payer.text not in shared]
        piece.doubtful += doubtful
        below.doubtful += doubtful
    return read
