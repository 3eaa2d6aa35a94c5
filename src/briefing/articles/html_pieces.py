"""An HTML page → its pieces: its metadata are read, it is cut into parts, and each part is made a piece."""

from collections.abc import Callable
from datetime import datetime

from lxml import html

from briefing.articles.html.blocks import read_blocks
from briefing.articles.html.cards import listed
from briefing.articles.html.declared.read_metadata import read_metadata
from briefing.articles.html.guess import guessed_day
from briefing.articles.html.headline import CARRIER
from briefing.articles.html.page import HtmlPage
from briefing.articles.html.parts import parts_of
from briefing.articles.html.piece import piece_of_part
from briefing.articles.html.stand_ins import stands_in
from briefing.articles.html.tree import parse, show, without_code
from briefing.articles.html.wording import write_out
from briefing.articles.html_piece import pieces_of
from briefing.articles.pieces.found import FoundPieces, with_text
from briefing.articles.text.decoding import check_lines
from briefing.errors import PageRefused
from briefing.model.page import Declared, Page

#: What is done to a tree before its text is read: scripts are gone once what they declare is known.
_READABLE: tuple[Callable[[html.HtmlElement], None], ...] = (without_code, write_out)
#: A block with a larger share of links is one.
_LINKED = 0.9


def html_pieces(page: Page, text: str, now: datetime) -> FoundPieces:
    """The pieces of a document, the one that it is about first.

    Args:
        page: its name, its address and what its carrier declares.
        text: the document.
        now: aware; a date ahead of it does not count.

    Raises:
        PageRefused: when there is too much, a listing, or no article.
    """
    read = _read(page, text, now)
    if not read.metadata.is_article and (what := listed(read.body)):
        raise PageRefused(
            f"{page.name}: this is a listing of {what}, not an article; save the pages it leads to.",
            page=page.name,
        )
    if stands_in_for := stands_in(read):
        raise PageRefused(
            f"{page.name}: no article was found on this page; {stands_in_for}. Save the page of one article.",
            page=page.name,
        )
    links = sum(block.linked > _LINKED for block in read.rest)
    held = f"{links} links and no paragraph" if links else "no paragraph"
    found, leftovers = with_text(pieces_of(read), page.name, held)
    found[0].elsewhere += leftovers
    carried = page.declared or Declared()
    if not (found[0].published or read.metadata.published or carried.published):
        texts = [block.element for block in read.body if block.is_prose]
        read.metadata.guess(guessed_day(read.tree, texts, page.url or "", now))
    return FoundPieces(
        found, said=read.metadata.declared(), origins=tuple(read.metadata.origins.items())
    )


def _read(page: Page, text: str, now: datetime) -> HtmlPage:
    """The document as blocks; one without an element has no piece."""
    tree = parse(text, page.name)
    # Elements are made again for every walk unless somebody holds them.
    held = list(tree.iter())
    metadata = read_metadata(tree, page.url or "", now)
    if page.declared and page.declared.headline:
        metadata.titles.insert(0, (page.declared.headline, CARRIER))
    for each in _READABLE:
        each(tree)
    body = tree.find("body")
    root = tree if body is None else body
    blocks = read_blocks(root)
    if metadata.body and not any(block.is_prose for block in blocks.all):
        show(root, metadata.headline, metadata.body)
        metadata.is_shown = False
        blocks = read_blocks(root)
    check_lines(len(blocks.all), page.name)
    parts, boxes = parts_of(root, blocks, metadata.titles, metadata.site)
    pieces = [piece for part in parts if (piece := piece_of_part(part, metadata, parts, boxes))]
    del held
    used = {id(block) for piece in pieces for block in piece.blocks}
    return HtmlPage(
        url=page.url or "",
        pieces=pieces,
        boxes=[box for box in boxes if box.is_sure and not box.is_piece],
        rest=[block for block in blocks.all if id(block) not in used],
        metadata=metadata,
        tree=tree,
    )
