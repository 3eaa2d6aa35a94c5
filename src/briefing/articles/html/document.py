"""A document of HTML → its blocks: it is parsed once, and what it declares is read before its scripts go."""

from collections.abc import Callable
from datetime import datetime

from lxml import html

from briefing.articles.html.blocks import read_blocks
from briefing.articles.html.declared.read_metadata import read_metadata
from briefing.articles.html.declared.titles import CARRIER
from briefing.articles.html.markup.margin_notes import set_notes_apart
from briefing.articles.html.markup.shown_titles import mark_title
from briefing.articles.html.markup.tree import parse, without_code
from briefing.articles.html.markup.wording import write_out
from briefing.articles.html.page import HtmlDocument
from briefing.model.page import Declared, Page

#: What is done to a tree before its text is read: scripts are gone once what they declare is known, and
#: style sheets once they have shown what is a title.
_READABLE: tuple[Callable[[html.HtmlElement], None], ...] = (
    mark_title,
    set_notes_apart,
    without_code,
    write_out,
)


def read_document(page: Page, markup: str, now: datetime) -> HtmlDocument:
    """Read a document; one without an element has no block.

    Args:
        page: its address, and what its carrier declares.
        markup: the document.
        now: aware; a date ahead of it does not count.

    Raises:
        PageRefused: when there is more than anybody writes.
    """
    tree = parse(markup)
    held = list(tree.iter())
    metadata = read_metadata(tree, page.url or "", now)
    metadata.carried = page.declared or Declared()
    if metadata.carried.headline:
        metadata.titles.insert(0, (metadata.carried.headline, CARRIER))
    for each in _READABLE:
        each(tree)
    body = tree.find("body")
    root = tree if body is None else body
    blocks = read_blocks(root, metadata.headline, metadata.body)
    metadata.is_shown = not blocks.is_declared
    return HtmlDocument(
        url=page.url or "",
        tree=tree,
        root=root,
        blocks=blocks,
        metadata=metadata,
        held=held,
    )
