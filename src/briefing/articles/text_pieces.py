"""A page of text → its pieces: its lines are classified once, settled among each other, cut and parsed."""

from collections.abc import Callable, Sequence

from briefing.articles.lines.announced_adverts import announced_adverts
from briefing.articles.lines.biographies import biographies
from briefing.articles.lines.courtesies import courtesies
from briefing.articles.lines.edges import edges
from briefing.articles.lines.forms import cookie_notices, sign_up_forms
from briefing.articles.lines.forwarded import forwarded_notes
from briefing.articles.lines.header_fields import header_fields
from briefing.articles.lines.join_split_labels import rejoined
from briefing.articles.lines.library_exports import library_exports
from briefing.articles.lines.line import Line, lines_of
from briefing.articles.lines.line_shape import over_text
from briefing.articles.lines.links import other_pages
from briefing.articles.lines.listing_pages import refuse_listing
from briefing.articles.lines.mastheads import mastheads
from briefing.articles.lines.menus import menus
from briefing.articles.lines.page_numbers import page_numbers
from briefing.articles.lines.picture_lines import captions
from briefing.articles.lines.press_exports import press_exports
from briefing.articles.lines.release_notes import release_notes
from briefing.articles.lines.ruled_off import ruled_off
from briefing.articles.lines.signatures import signatures
from briefing.articles.lines.tails import tails
from briefing.articles.pieces.found import FoundPieces
from briefing.articles.pieces.read_pieces import read_pieces
from briefing.articles.text.coded_fields import with_codes_beside
from briefing.articles.text.comments import without_comments
from briefing.articles.text.hard_breaks import unbroken
from briefing.articles.text.markdown import plain
from briefing.articles.text.paper_pages import without_paper_heads
from briefing.articles.text.plain_markup import from_asciidoc, from_org, unquoted_mail
from briefing.articles.text.printed_pages import without_running_heads
from briefing.articles.text.text_browsers import without_references
from briefing.counted import counted

#: What programs made of a text is taken off again, in the order in which the last of them came first.
WRITTEN: tuple[Callable[[str], str], ...] = (
    without_running_heads,  # what a browser printed around each page
    without_paper_heads,  # what a paper printed there; a form feed parts its pages
    without_comments,  # they stand below all else
    with_codes_beside,  # tables of fields that came out as lines
    unquoted_mail,  # a mail below a note is read as mail
    from_asciidoc,
    from_org,
    without_references,  # a browser's numbers of links; their list is cut at the width too
    unbroken,  # breaks at a width
    plain,  # marks for its look: a paragraph has to be whole for those that close
)

#: Every pass over the lines of a page, in the order they run: each takes the lines and gives new ones, or refuses
#: the page.
PASSES: tuple[Callable[[Sequence[Line]], list[Line]], ...] = (
    header_fields,  # first: what a field says is a line like any other to all below
    press_exports,  # their numbers show them, and no field of theirs is a line by itself
    library_exports,  # fields in capitals, where no block of fields was found: all read their values as lines
    refuse_listing,  # fields stand over no teaser; all other lines are as they were first read
    forwarded_notes,  # the header of the mail below it is known now
    courtesies,  # they stand between a mail's header, which is known now, and its text
    rejoined,  # a label in parts is one line before anything asks what stands below it
    mastheads,  # the paper's name and issue, over the menus
    menus,  # before headlines are looked for: the name of a section has the shape of one
    page_numbers,  # out of the way of paragraphs that go on behind them
    announced_adverts,  # they share no word with the text, whose furniture is out by now
    captions,  # before links: a caption under a button has the shape of a link
    cookie_notices,
    sign_up_forms,
    signatures,  # a name with a day is a by-line, and no link
    other_pages,  # before edges: a link is not the foot of a piece
    edges,  # before notes to editors, which hold edges
    release_notes,
    biographies,  # under all of them; only now is it known where text stands
    tails,  # the last that gives a line its kind: what no other pass told apart
    over_text,  # which headlines have a text, now that every line has its kind
    ruled_off,  # last: it asks for such a headline below a rule
)


def text_pieces(text: str) -> FoundPieces:
    """The pieces of a page of text, in their order.

    Raises:
        PageRefused: when there is too much, a listing, or no article.
    """
    for read in WRITTEN:
        text = read(text)
    lines = lines_of(text)
    many = counted(len(lines), "line")
    for settle in PASSES:
        lines = settle(lines)
    return FoundPieces(read_pieces(lines), f"{many} of headings, captions or links")
