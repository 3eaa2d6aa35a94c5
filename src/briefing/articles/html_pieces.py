"""An HTML page → its pieces, with what the document declares of the first."""

from collections.abc import Sequence
from datetime import datetime
from urllib.parse import urljoin

from briefing.articles.html.blocks import Block
from briefing.articles.html.cards import listed
from briefing.articles.html.guess import guessed_day
from briefing.articles.html.page import HtmlPage
from briefing.articles.html.reader import read_page
from briefing.articles.html.stand_ins import stands_in
from briefing.articles.html_piece import piece_of
from briefing.articles.pieces.found import FoundPieces, with_text
from briefing.articles.pieces.piece import Piece
from briefing.articles.text.fingerprint import folded
from briefing.errors import PageRefused
from briefing.fetching.canonical_url import canonical
from briefing.model.article import Removed
from briefing.model.page import Page

#: A block with a larger share of links is one.
_LINKED = 0.9
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
    if read is None:
        raise _without_article(page.name, [])
    body = [block for piece in read.pieces for block in piece.body]
    if not read.metadata.is_article and (what := listed(body)):
        raise PageRefused(
            f"{page.name}: this is a listing of {what}, not an article; save the pages it leads to.",
            page=page.name,
        )
    if stands_in_for := stands_in(read):
        raise PageRefused(
            f"{page.name}: no article was found on this page; {stands_in_for}. Save the page of one article.",
            page=page.name,
        )
    found, leftovers = with_text(_pieces(read))
    if not found:
        raise _without_article(page.name, read.rest)
    carried = page.declared.published if page.declared else None
    if not (found[0].published or read.metadata.published or carried):
        texts = [block.element for block in body if block.is_prose]
        read.metadata.guess(guessed_day(read.tree, texts, page.url or "", now))
    if page.url:
        _drop_link_to_itself(found[0], body, page.url)
    if not read.metadata.is_shown:
        found[0].flags.append(
            "the page shows no text without its scripts; read as its data declare it"
        )
    found[0].is_signed_unseen = bool(read.metadata.authors)
    found[0].elsewhere += leftovers
    return FoundPieces(
        found, said=read.metadata.declared(), origins=tuple(read.metadata.origins.items())
    )


def _drop_link_to_itself(piece: Piece, body: Sequence[Block], url: str) -> None:
    """The last line of many feeds' entries: where the piece is from, with its headline as the link."""
    last = next((block for block in body if block.text == piece.paragraphs[-1].text), None)
    links = last.element.iter("a") if last is not None and len(piece.paragraphs) > 1 else ()
    if any(
        folded(link.text_content()) == folded(piece.headline)
        and canonical(urljoin(url, link.get("href") or "")) == canonical(url)
        for link in links
    ):
        piece.drop(piece.paragraphs.pop().text, "link to the page itself")


def _without_article(name: str, rest: Sequence[Block]) -> PageRefused:
    links = sum(block.linked > _LINKED for block in rest)
    what = f"{links} links and no paragraph" if links else "no paragraph"
    return PageRefused(
        f"{name}: no article was found on this page; it holds {what}. Save the page of one article.",
        page=name,
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
