"""An HTML page → its pieces: its metadata are read, it is cut into parts, and each part is made a piece."""

from collections.abc import Callable
from datetime import datetime

from lxml import html

from briefing.articles.html.blocks import read_blocks
from briefing.articles.html.declared.read_metadata import read_metadata
from briefing.articles.html.guess import guessed_day
from briefing.articles.html.headline import CARRIER
from briefing.articles.html.other_pages import not_an_article
from briefing.articles.html.page import HtmlPage
from briefing.articles.html.parts import read_parts
from briefing.articles.html.tree import parse, without_code
from briefing.articles.html.wording import write_out
from briefing.articles.html_piece import pieces_of
from briefing.articles.pieces.authors import take_own_names
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
    if refused := not_an_article(read):
        raise PageRefused(refused)
    links = sum(block.linked > _LINKED for block in read.rest)
    held = f"{links} links and no paragraph" if links else "no paragraph"
    found, leftovers = with_text(pieces_of(read), held)
    found[0].elsewhere += leftovers
    carried = page.declared or Declared()
    take_own_names(found[0], read.metadata.authors or carried.authors)
    if not (found[0].published or read.metadata.published or carried.published):
        texts = [block.element for block in read.body if block.is_prose]
        read.metadata.guess(guessed_day(read.tree, texts, page.url or "", now))
    return FoundPieces(
        found, said=read.metadata.declared(), origins=tuple(read.metadata.origins.items())
    )


def _read(page: Page, text: str, now: datetime) -> HtmlPage:
    """The document as blocks; one without an element has no piece."""
    tree = parse(text)
    # Elements are made again for every walk unless somebody holds them.
    held = list(tree.iter())
    metadata = read_metadata(tree, page.url or "", now)
    if page.declared and page.declared.headline:
        metadata.titles.insert(0, (page.declared.headline, CARRIER))
    for each in _READABLE:
        each(tree)
    body = tree.find("body")
    root = tree if body is None else body
    blocks = read_blocks(root, metadata.headline, metadata.body)
    metadata.is_shown = not blocks.is_declared
    check_lines(len(blocks.all))
    pieces, boxes = read_parts(root, blocks, metadata)
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
