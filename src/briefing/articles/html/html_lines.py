"""HTML → lines: the blocks of a page as a reader sees them, and the labels that only markup holds.

An HTML page goes through the same splitter as a text page. Nothing is extracted by score: what an
element says about its text (navigation, heading, caption) only helps to tell the lines apart.
"""

import re

from briefing.articles.html.block_parser import FOOT, HIDDEN, SITE_HEADING, Block, MarkupReader
from briefing.articles.lines.line import Line, line_of
from briefing.articles.lines.line_kind import Classified, LineKind, classify
from briefing.articles.text.limits import check_lines

_START = re.compile(
    r"\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--[^>]{0,2000}-->\s*){0,5}"
    r"<(?:!doctype\s+html|html|head|body|article|main|header|div|section)\b",
    re.IGNORECASE,
)
_DECLARING = frozenset({LineKind.DISCLOSURE, LineKind.PAYER})
#: Boxes whose label speaks of the page's piece; that of a navigation or of a side box does not.
_OF_THE_PIECE = frozenset({FOOT, SITE_HEADING, HIDDEN})
_PROSE_WORDS = 22
#: In characters. A million attributes of one tag would need a gigabyte.
_TAG_LENGTH = 20_000
_LONG_TAG = re.compile(rf"<[^<>]{{{_TAG_LENGTH},}}>")
_LONG_VALUE = re.compile(r"""([\"'])[^\"'<>]{2000,}\1""")


def is_markup(text: str, media_type: str) -> bool:
    """True for a page that is HTML, whatever its name says; a tag inside a text makes it none."""
    return bool(_START.match(text)) or ("html" in media_type and "</" in text)


def lines_of_markup(text: str, page: str = "") -> list[Line]:
    """The lines of an HTML page, in the order of the page, each block apart from the next.

    Raises:
        PageRefused: when there are more lines or tags than anybody writes.
    """
    reader = MarkupReader(page)
    reader.feed(_closed(text))
    reader.close()
    blocks = reader.blocks()
    check_lines(len(blocks), page)
    return [_line(block) for block in _without_site_heading(blocks)]


def _closed(text: str) -> str:
    """Without comments and with every stray "<" escaped: the parser is quadratic over those."""
    kept, place = [], 0
    while (start := text.find("<!--", place)) >= 0:
        end = text.find("-->", start + 4)
        if end < 0:
            break
        kept.append(text[place:start])
        place = end + 3
    kept.append(text[place:])
    escaped = re.sub(r"<(?=[^<>]*(?:<|\Z))", "&lt;", "".join(kept))
    return _LONG_TAG.sub(_shortened, escaped)


def _shortened(tag: re.Match[str]) -> str:
    """Without pictures written into the tag, and without the attributes that nobody writes."""
    return _LONG_VALUE.sub(r"\1\1", tag[0])[:_TAG_LENGTH].removesuffix(">") + ">"


def _without_site_heading(blocks: list[Block]) -> list[Block]:
    """What stands above the only h1 and is no label is the site's."""
    headlines = [place for place, block in enumerate(blocks) if block.tag == "h1"]
    if len(headlines) == 1 and not any(block.tag == "h2" for block in blocks[: headlines[0]]):
        for block in blocks[: headlines[0]]:
            if (
                classify(block.text).kind is LineKind.TEXT
                and len(block.text.split()) <= _PROSE_WORDS
            ):
                block.beside = block.beside or SITE_HEADING
    return blocks


def _line(block: Block) -> Line:
    known = Classified(kind=LineKind.DISCLOSURE) if block.is_label else classify(block.text)
    if block.beside and not (block.beside in _OF_THE_PIECE and known.kind in _DECLARING):
        known = Classified(kind=LineKind.FURNITURE, reason=block.beside)
    elif block.tag == "figcaption" and known.kind is LineKind.TEXT:
        known = Classified(kind=LineKind.CAPTION)
    elif block.linked and block.tag == "li" and known.kind is LineKind.TEXT:
        known = Classified(kind=LineKind.FURNITURE, reason="link to other pages")
    return line_of(block.text, block.text, False, known)  # noqa: FBT003
