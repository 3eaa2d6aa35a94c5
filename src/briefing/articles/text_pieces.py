"""A page of text → its pieces: its lines are classified once, settled among each other, cut and parsed."""

from collections.abc import Callable

from briefing.articles.lines.line import HEADER_FIELD, lines_of
from briefing.articles.lines.line_shape import over_text
from briefing.articles.lines.listing_pages import refuse_listing
from briefing.articles.lines.reclassify import settle
from briefing.articles.lines.ruled_off import ruled_off
from briefing.articles.pieces.found import FoundPieces, with_text
from briefing.articles.pieces.parse import parsed
from briefing.articles.pieces.segment import pieces
from briefing.articles.text.coded_fields import with_codes_beside
from briefing.articles.text.hard_breaks import unbroken
from briefing.articles.text.markdown import plain
from briefing.articles.text.plain_markup import from_asciidoc, from_org, unquoted_mail
from briefing.articles.text.printed_pages import without_running_heads
from briefing.articles.text.text_browsers import without_references

#: What programs made of a text is taken off again, in the order in which the last of them came first.
WRITTEN: tuple[Callable[[str], str], ...] = (
    without_running_heads,  # what a browser printed around each page
    with_codes_beside,  # tables of fields that came out as lines
    unquoted_mail,  # a mail below a note is read as mail
    from_asciidoc,
    from_org,
    without_references,  # a browser's numbers of links; their list is cut at the width too
    unbroken,  # breaks at a width
    plain,  # marks for its look: a paragraph has to be whole for those that close
)


def text_pieces(text: str) -> FoundPieces:
    """The pieces of a page of text, in their order.

    Raises:
        PageRefused: when there is too much, a listing, or no article.
    """
    for each in WRITTEN:
        text = each(text)
    lines = lines_of(text)
    settled = settle(lines)
    refuse_listing(lines, has_heads=any(line.reason == HEADER_FIELD for line in settled))
    texts = over_text(settled)
    read = parsed(pieces(settled, texts, ruled_off(settled, texts)))
    many = f"{len(lines)} lines" if len(lines) != 1 else "one line"
    return FoundPieces(*with_text(read, f"{many} of headings, captions or links"))
