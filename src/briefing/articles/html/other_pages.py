"""Pages without an article: listings of cards or links, and what a site shows in its place.

Such a page is not found, asks to log in or for consent, or asks whether a robot reads it.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from statistics import median

from lxml import html

from briefing.articles.html.blocks import HEADINGS, Block
from briefing.articles.html.markup.regions import (
    DIALOG,
    FOOT,
    HEADER,
    NAVIGATION,
    RAIL,
    SIGN_UP,
    region_of,
)
from briefing.articles.html.page import HtmlPage, HtmlPiece
from briefing.articles.lines.listing_pages import links_alone
from briefing.articles.vocabulary.lookup import Finder

#: So many alike make a list of cards.
_FEWEST = 3
#: In words: what a card tells at most.
_TOLD = 25
#: So many, each with its day, make a listing whatever they tell: an item of a round-up has none.
_DATED = 4
_LINKED, _HALF = 0.9, 0.5
#: A paragraph of so many words stands on no listing: a notice among a site's menus, an introduction to a list.
_PARAGRAPH = 50
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


def not_an_article(page: HtmlPage) -> str:
    """What a page is, and what to save in place of it, as its refusal says; empty where it may hold an article."""
    if not page.document.metadata.is_article and (what := _listed(page)):
        return f"this is a listing of {what}, not an article; save the pages it leads to."
    if shown := _stands_in(page):
        return f"no article was found on this page; {shown}. Save the page of one article."
    return ""


def _listed(page: HtmlPage) -> str:
    """Of what a text consists that only leads to other pages: "5 articles", "8 links"; or nothing."""
    body = page.body
    if cards := _count_cards(body, page.cards):
        return f"{cards} articles"
    links = sum(block.linked > _LINKED for block in body)
    told = [block.words for block in body if block.is_prose and block.linked < _HALF]
    if any(words >= _PARAGRAPH for words in told):
        return ""
    return f"{links} links" if links_alone(links, sum(told)) else ""


def _count_cards(body: Sequence[Block], cards: Mapping[html.HtmlElement, html.HtmlElement]) -> int:
    """How many cards a text consists of; 0 where a third of its words stand elsewhere.

    Cards of a listing tell a sentence; an item of a round-up tells its story.
    """
    told = [block for block in body if block.tag not in HEADINGS]
    words: dict[html.HtmlElement, int] = defaultdict(int)
    for block in told:
        if block.element in cards:
            words[cards[block.element]] += block.words
    others = sum(block.words for block in told if block.element not in cards)
    number = len({cards[block.element] for block in body if block.element in cards})
    if number < _FEWEST or 2 * others > sum(words.values()):
        return 0
    return number if median(words.values() or [0]) <= _TOLD or _are_dated(told, cards) else 0


def _are_dated(told: Sequence[Block], cards: Mapping[html.HtmlElement, html.HtmlElement]) -> bool:
    """Many cards of one paragraph each, and each with its day."""
    paragraphs = Counter(
        cards[block.element] for block in told if block.element in cards and block.is_prose
    )
    return (
        len(paragraphs) >= _DATED
        and set(paragraphs.values()) == {1}
        and all(next(card.iter("time"), None) is not None for card in paragraphs)
    )


def _stands_in(page: HtmlPage) -> str | None:
    """What a page says in place of an article; None for a page that may hold one.

    Its heading is all that such a page is called, it has few words, and neither writer nor day.
    """
    told = page.document.metadata
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
