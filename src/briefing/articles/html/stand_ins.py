"""Stand-ins: pages that a site shows where its article would be: not found, log in, consent, "are you a robot"."""

from briefing.articles.html.page import HtmlPage, HtmlPiece
from briefing.articles.html.regions import (
    DIALOG,
    FOOT,
    HEADER,
    NAVIGATION,
    RAIL,
    SIGN_UP,
    region_of,
)
from briefing.articles.vocabulary.lookup import Finder

_HEADINGS = Finder(
    "stand_ins",
    "page that is not there",
    "page to log in",
    "page that asks for consent",
    "page that tells people from programs",
)
#: A text with more words is one, whatever its headline says.
_MOST_WORDS = 120
#: Where a site offers to log in on every page.
_OF_THE_SITE = frozenset({HEADER, NAVIGATION, FOOT, RAIL, DIALOG, SIGN_UP})
_SIGNS = " .!:|–—-()"


def stands_in(page: HtmlPage) -> str | None:
    """What a page says in place of an article; None for a page that may hold one.

    Its heading is all that such a page is called, it has few words, and neither writer nor day.
    """
    told = page.metadata
    if told.is_article or told.authors or told.published or len(page.pieces) != 1:
        return None
    piece = page.pieces[0]
    if sum(block.words for block in piece.body) > _MOST_WORDS or _is_dated(piece):
        return None
    row = _HEADINGS.find(piece.headline.strip(_SIGNS))
    if row:
        return f"it is the {row.name} (“{piece.headline}”)"
    return "it is the page to log in" if _asks_for_password(piece) else None


def _is_dated(piece: HtmlPiece) -> bool:
    lines = (*piece.zones.above, *piece.zones.between, *piece.body[:2])
    return any(block.authors or block.days for block in lines)


def _asks_for_password(piece: HtmlPiece) -> bool:
    """A field for it stands in the piece, and not where a site has one on every page."""
    fields = [one for one in piece.root.iter("input") if one.get("type") == "password"]
    return any(
        not any(region_of(above) in _OF_THE_SITE for above in one.iterancestors()) for one in fields
    )
