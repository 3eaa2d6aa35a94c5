"""What a line is, once its neighbours are looked at: the second reading, still of the whole page."""

from collections.abc import Sequence

from briefing.articles.lines.announced_adverts import announced_adverts
from briefing.articles.lines.biographies import biographies
from briefing.articles.lines.courtesies import courtesies
from briefing.articles.lines.forms import cookie_notices, sign_up_forms
from briefing.articles.lines.header_fields import header_fields
from briefing.articles.lines.join_split_labels import rejoined
from briefing.articles.lines.library_exports import library_exports
from briefing.articles.lines.line import Line
from briefing.articles.lines.links import other_pages
from briefing.articles.lines.mastheads import mastheads
from briefing.articles.lines.menus import menus
from briefing.articles.lines.page_numbers import page_numbers
from briefing.articles.lines.picture_lines import captions
from briefing.articles.lines.reclassify_edges import edges
from briefing.articles.lines.release_notes import release_notes
from briefing.articles.lines.signatures import signatures
from briefing.articles.lines.tails import tails


def settle(lines: Sequence[Line]) -> list[Line]:
    """The same lines with every kind corrected by what stands around it, a pass at a time.

    In this order: fields over a text are its head, a menu is not a headline, a caption is not a link, a link is
    not an edge, notes to editors hold edges, and a biography stands under all of them.
    """
    page = menus(mastheads(rejoined(courtesies(library_exports(header_fields(lines))))))
    page = announced_adverts(page_numbers(page))
    page = captions(page)
    page = cookie_notices(page)
    page = sign_up_forms(page)
    page = other_pages(signatures(page))
    page = release_notes(edges(page))
    return tails(biographies(page))
