"""A page of HTML that is nothing but the export of a library of newspapers: its lines, to be read as text."""

import re

from briefing.articles.html.blocks import read_blocks
from briefing.articles.html.tree import parse, without_code
from briefing.articles.lines.library_exports import is_export

#: One of these stands in every such page, and in few others.
_HINTS = ("load-date", "proquest document id", "end of document")
#: It begins with plain letters, which are looked for at once; a word's edge before them is asked of every sign.
_NUMBER = re.compile(r"Document [A-Z]{4,12}0\d{8,}")


def export_text(markup: str) -> str | None:
    """The lines of such a page, short ones next to each other as in plain text; None for any other page.

    Raises:
        PageRefused: when there are more tags than anybody writes.
    """
    small = markup.lower()
    if not any(hint in small for hint in _HINTS) and not _NUMBER.search(markup):
        return None
    tree = parse(markup)
    without_code(tree)
    blocks = read_blocks(tree if tree.find("body") is None else tree.find("body")).all
    if not is_export([block.text for block in blocks]):
        return None
    return "".join(f"\n{block.text}\n" if block.is_prose else f"{block.text}\n" for block in blocks)
