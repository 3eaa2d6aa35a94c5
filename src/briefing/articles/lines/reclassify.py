"""What a line is, once its neighbours are looked at: the second reading, still of the whole page."""

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
from briefing.articles.lines.line import Line
from briefing.articles.lines.links import other_pages
from briefing.articles.lines.mastheads import mastheads
from briefing.articles.lines.menus import menus
from briefing.articles.lines.page_numbers import page_numbers
from briefing.articles.lines.picture_lines import captions
from briefing.articles.lines.release_notes import release_notes
from briefing.articles.lines.signatures import signatures
from briefing.articles.lines.tails import tails

#: Every pass over the lines of a page, in the order they run. Each takes the lines and gives new ones.
PASSES: tuple[Callable[[Sequence[Line]], list[Line]], ...] = (
    header_fields,  # first: what a field says is a line like any other to all below
    library_exports,  # fields in capitals, where no block of fields was found: all read their values as lines
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
    tails,  # last: what no other pass told apart
)


def settle(lines: Sequence[Line]) -> list[Line]:
    """The same lines with every kind corrected by what stands around it, a pass at a time."""
    page = list(lines)
    for each in PASSES:
        page = each(page)
    return page
