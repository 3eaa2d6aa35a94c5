"""Exports: what a library of newspapers wrote of its texts in HTML."""

from briefing.articles.html.blocks import Blocks
from briefing.articles.vocabulary.library_marks import is_export


def exported(blocks: Blocks) -> str:
    """What an export says, with empty lines around paragraphs, as in plain text; empty of any other page."""
    if not is_export([block.text for block in blocks.all]):
        return ""
    written = (f"\n{block.text}\n" if block.is_prose else f"{block.text}\n" for block in blocks.all)
    return "".join(written)
