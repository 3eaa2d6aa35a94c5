"""An HTML page → its pieces, with what the document declares of the first."""

from collections.abc import Sequence
from datetime import date, datetime

from briefing.articles.html.blocks import Block
from briefing.articles.html.cards import count_cards
from briefing.articles.html.guess import guessed_day
from briefing.articles.html.reader import HtmlPage, read_page
from briefing.articles.html_piece import piece_of
from briefing.articles.lines.listing_pages import links_alone
from briefing.articles.pieces.found import FoundPieces, with_text
from briefing.articles.pieces.piece import Piece
from briefing.errors import PageRefused
from briefing.model.article import Removed
from briefing.model.page import Page

_LINKED, _HALF = 0.9, 0.5
#: A paragraph of so many words stands on no listing: a notice among a site's menus, an introduction to a list.
_TOLD = 50
_OUTSIDE = "outside the article's body"


def html_pieces(page: Page, text: str, now: datetime) -> FoundPieces:
    """The pieces of a document, the one that it is about first.

    Args:
        page: its name, its address and what its carrier declares.
        text: the document.
        now: aware; a date ahead of it does not count.

    Raises:
        PageRefused: when there is too much, a listing, or no article.
    """
    told = (page.declared.headline if page.declared else None) or ""
    read = read_page(text, page.name, page.url or "", now, told)
    if read and (listed := _listed(read)):
        raise PageRefused(
            f"{page.name}: this is a listing of {listed}, not an article; save the pages it leads to.",
            page=page.name,
        )
    found, leftovers = with_text(_pieces(read)) if read else ([], ())
    if read is None or not found:
        raise _without_article(page, read)
    first = found[0]
    if not (first.published or read.metadata.published or _declared_day(page)):
        _guess_day(read, page.url or "", now)
    first.is_signed_unseen = bool(read.metadata.authors)
    first.elsewhere += leftovers
    return FoundPieces(
        found, said=read.metadata.declared(), origins=tuple(read.metadata.origins.items())
    )


def _declared_day(page: Page) -> date | None:
    return page.declared.published if page.declared else None


def _guess_day(read: HtmlPage, url: str, now: datetime) -> None:
    texts = [block.element for piece in read.pieces for block in piece.body if block.is_prose]
    if day := guessed_day(read.tree, texts, url, now):
        read.metadata.take("published", day, "a guess from the page")
        read.metadata.date_basis = "guessed"


def _listed(read: HtmlPage) -> str:
    """Of what a page consists that does not say it is an article, and only leads to others; or nothing."""
    if read.metadata.is_article:
        return ""
    body = [block for piece in read.pieces for block in piece.body]
    if cards := count_cards(body):
        return f"{cards} articles"
    links = sum(block.linked > _LINKED for block in body)
    told = [block.words for block in body if block.is_prose and block.linked < _HALF]
    if any(words >= _TOLD for words in told):
        return ""
    words = sum(told)
    return f"{links} links" if links_alone(links, words) else ""


def _without_article(page: Page, read: HtmlPage | None) -> PageRefused:
    links = sum(block.linked > _LINKED for block in read.rest) if read else 0
    what = f"{links} links and no paragraph" if links else "no paragraph"
    return PageRefused(
        f"{page.name}: no article was found on this page; it holds {what}. Save the page of one "
        "article.",
        page=page.name,
    )


def _pieces(page: HtmlPage) -> list[Piece]:
    """The pieces of a page in their order; what is in none of them stays on record with the first."""
    found = [piece_of(piece) for piece in page.pieces]
    if found:
        boxed = {id(block) for box in page.boxes for block in box.blocks}
        found[0].elsewhere += [
            Removed(
                text=f"{box.label}: {_text(box.blocks, box.label)}",
                reason="paid for, as its box says",
            )
            for box in page.boxes
        ]
        found[0].elsewhere += [
            Removed(text=block.text, reason=block.region or _OUTSIDE)
            for block in page.rest
            if id(block) not in boxed
        ]
    return found


def _text(blocks: Sequence[Block], label: str) -> str:
    return " ".join(block.text for block in blocks if block.text != label)
