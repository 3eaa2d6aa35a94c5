"""Standfirsts: which lines the markup calls one, and how long one is."""

import re

from briefing.articles.html.blocks import Block

_STANDFIRST = re.compile(
    r"stand-?first|sub-?(?:title|head|headline|heading)|strapline|"
    r"article-?summary|entry-?summary|teaser-?text|"
    r"(?<![a-z])(?:dek|deck|lead|lede|chapo|vorspann|intro|excerpt)(?![a-z])",
    re.IGNORECASE,
)
_STANDFIRST_WORDS, _FEWEST = 60, 4


def is_standfirst(block: Block) -> bool:
    """The markup calls the line, or the box that it fills, a standfirst, and it has the length of one."""
    around = block.element.getparent()
    boxed = (around.get("class") or "") if around is not None and len(around) == 1 else ""
    named = f"{block.element.get('class') or ''} {block.element.get('itemprop') or ''} {boxed}"
    return has_length_of_standfirst(block) and bool(_STANDFIRST.search(named))


def has_length_of_standfirst(block: Block) -> bool:
    """More words than a label has, and fewer than a text."""
    return _FEWEST <= block.words <= _STANDFIRST_WORDS
