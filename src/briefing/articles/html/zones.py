"""Zones: which lines of a page stand next to a piece, so that what they say is said of it.

A line over the headline, between headline and text, or directly under the text speaks of the piece.
A menu, a rail, the foot of the site and the teaser of another piece do not, whatever they say.
"""

from dataclasses import dataclass

from lxml import html

from briefing.articles.html.blocks import HEADINGS, Block, Blocks
from briefing.articles.html.regions import CONTROL, FIGURE, FOOT, HEADER, HIDDEN

_SPEAKING = frozenset({"", HIDDEN, HEADER, FIGURE})
#: Lines that still stand next to a piece: inside the element that holds it, and outside of it.
_INSIDE, _OUTSIDE, _UNDER = 12, 5, 8
_LINKED = 0.9


@dataclass(slots=True, kw_only=True)
class Zones:
    """The lines next to a piece."""

    #: Over the headline.
    above: list[Block]
    #: Between headline and body.
    between: list[Block]
    below: list[Block]


def zones_of(
    root: html.HtmlElement, blocks: Blocks, headline: Block | None, body: list[Block]
) -> Zones:
    """The lines next to a piece, in the order of the page."""
    places = {id(block): place for place, block in enumerate(blocks.all)}
    first, last = places[id(body[0])], places[id(body[-1])]
    # A headline under its text is somebody else's.
    top = min(places.get(id(headline), first), first)
    start, end = _story(root, blocks, [top, first, last])
    return Zones(
        above=_over(blocks.all, top, start),
        between=[block for block in blocks.all[top + 1 : first] if _speaks(block)],
        below=_under(blocks.all, last, end),
    )


def _story(root: html.HtmlElement, blocks: Blocks, places: list[int]) -> tuple[int, int]:
    """From where to where the smallest element reaches that holds headline and body."""
    low, high = min(places), max(places)
    element = blocks.all[low].element
    while element is not None and element is not root and element.tag != "body":
        start, end = blocks.spans.get(element, (0, 0))
        if start <= low and high < end:
            return start, end
        element = element.getparent()
    if root.tag != "body":
        return 0, len(blocks.all)
    return low, high + 1


def _over(blocks: list[Block], top: int, start: int) -> list[Block]:
    found: list[Block] = []
    for place in range(top - 1, -1, -1):
        block = blocks[place]
        outside = place < start
        if len(found) >= (_OUTSIDE if outside else _INSIDE) or block.is_prose:
            break
        if outside and (block.linked >= _LINKED or block.tag in HEADINGS):
            break
        if block.region in _SPEAKING or (not outside and _speaks(block)):
            found.insert(0, block)
    return found


def _speaks(block: Block) -> bool:
    """A label that opens a note on what it means is a button, and still a label."""
    if block.region == CONTROL:
        return block.is_label and not block.is_slot
    return block.region in _SPEAKING


def _under(blocks: list[Block], last: int, end: int) -> list[Block]:
    found: list[Block] = []
    for place in range(last + 1, len(blocks)):
        block = blocks[place]
        outside = place >= end
        if len(found) >= (_OUTSIDE if outside else _UNDER) or block.tag in HEADINGS:
            break
        if block.region == FOOT and _says_nothing_else(blocks, place):
            found.append(block)
        elif outside and block.linked >= _LINKED:
            break
        elif block.region in _SPEAKING:
            found.append(block)
    return found


def _says_nothing_else(blocks: list[Block], place: int) -> bool:
    """A foot that holds a label alone is the piece's; that of a site holds much else."""
    opener = next((element for element, region in blocks[place].regions if region == FOOT), None)
    inside = [block for block in blocks if any(element is opener for element, _ in block.regions)]
    return all(block.says_paid for block in inside)
