"""An HTML page → its pieces: its metadata are read, it is cut into parts, and each part is made a piece."""

from collections.abc import Callable
from datetime import datetime

from lxml import html

from briefing.articles.html.blocks import read_blocks
from briefing.articles.html.declared.metadata import Metadata
from briefing.articles.html.declared.read_metadata import read_metadata
from briefing.articles.html.headline import CARRIER
from briefing.articles.html.page import HtmlPage
from briefing.articles.html.parts import parts_of
from briefing.articles.html.piece import piece_of_part
from briefing.articles.html.tree import parse, without_code
from briefing.articles.html.wording import write_out
from briefing.articles.text.limits import check_lines

#: What is done to a tree before its text is read: scripts are gone once what they declare is known.
_READABLE: tuple[Callable[[html.HtmlElement], None], ...] = (without_code, write_out)


def read_page(text: str, name: str, url: str, now: datetime, told: str = "") -> HtmlPage | None:
    """Read a document; None when it has no element.

    Args:
        text: the document.
        name: of the page.
        url: where it was found; empty when nobody knows.
        now: aware; a date ahead of it does not count.
        told: the headline that a feed or a letter names.

    Raises:
        PageRefused: when there are more tags or paragraphs than anybody writes.
    """
    tree = parse(text, name)
    if tree is None:
        return None
    # Elements are made again for every walk unless somebody holds them.
    held = list(tree.iter())
    metadata = read_metadata(tree, url, now)
    if told:
        metadata.titles.insert(0, (told, CARRIER))
    for each in _READABLE:
        each(tree)
    body = tree.find("body")
    root = tree if body is None else body
    blocks = read_blocks(root)
    if metadata.body and not any(block.is_prose for block in blocks.all):
        _show(root, metadata)
        blocks = read_blocks(root)
    check_lines(len(blocks.all), name)
    parts = parts_of(root, blocks, metadata.titles, metadata.site)
    boxes = [part.box for part in parts if part.box and part.box.is_sure and not part.box.is_piece]
    whole = [part for part in parts if not part.box or part.box.is_piece]
    pieces = [piece for part in whole if (piece := piece_of_part(part, blocks, metadata, parts))]
    del held
    used = {id(block) for piece in pieces for block in piece.blocks}
    return HtmlPage(
        pieces=pieces,
        boxes=boxes,
        rest=[block for block in blocks.all if id(block) not in used],
        metadata=metadata,
        tree=tree,
        language=(tree.get("lang") or "")[:20],
    )


def _show(root: html.HtmlElement, metadata: Metadata) -> None:
    """Write the declared text into a page that only its scripts would have filled."""
    article = html.Element("article")
    heading = html.Element("h1")
    heading.text = metadata.headline
    article.append(heading)
    for line in metadata.body.split("\n"):
        if line.strip():
            paragraph = html.Element("p")
            paragraph.text = line.strip()
            article.append(paragraph)
    root.append(article)
    metadata.is_shown = False
