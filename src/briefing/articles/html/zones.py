"""Zones: which lines of a page stand next to a piece, so that what they say is said of it.

A line over the headline, between headline and text, or directly under the text speaks of the piece.
A menu, a rail, the foot of the site and the teaser of another piece do not, whatever they say. So do the names
of the elements that hold the piece, and labels of boxes that stand in its head or may be part of its text.
"""

from collections import Counter
from collections.abc import Sequence
from itertools import accumulate

from lxml import html

from briefing.articles.html.blocks import HEADINGS, Block, Blocks
from briefing.articles.html.labels.box_names import declared_in_markup, label_in_markup
from briefing.articles.html.markup.regions import CONTROL, FIGURE, FOOT, HEADER, HIDDEN
from briefing.articles.html.page import PagePart, Zones
from briefing.articles.html.paid_boxes import PaidBox

_SPEAKING = frozenset({"", HIDDEN, HEADER, FIGURE})
#: Lines that still stand next to a piece: inside the element that holds it, and outside of it.
_INSIDE, _OUTSIDE, _UNDER = 12, 5, 8
#: So many lines over the headline a box may stand that says who paid.
_NOTE_OVER = 3
_LINKED = 0.9
#: So many headings of one rank between headline and text are a list.
_CARDS = 3
#: An element around a piece speaks of it when it holds this share of its body.
_MOST_OF_IT = 0.6


def zones_of(part: PagePart, body: list[Block], boxes: Sequence[PaidBox]) -> Zones:
    """The lines next to a piece, in the order of the page.

    Args:
        part: of which the piece was read.
        body: of the piece.
        boxes: paid ones, of the whole page.
    """
    blocks, headline = part.blocks, part.headline.block
    places = {id(block): place for place, block in enumerate(blocks.all)}
    first, last = places[id(body[0])], places[id(body[-1])]
    # A headline under its text is somebody else's.
    top = min(places.get(id(headline), first), first)
    start, end = _story(part.root, blocks, [top, first, last])
    notes = _notes(boxes, blocks, headline, body, start)
    named = [box.label for box in notes if _names_payer_alone(box)]
    declared, called = ([], []) if part.box else _labels(part.root, blocks, body)
    return Zones(
        above=_over(blocks.all, top, start),
        between=[block for block in _without_cards(blocks.all[top + 1 : first]) if _speaks(block)],
        below=_under(blocks.all, last, end),
        labels=[part.box.label] if part.box else [*declared, *named],
        doubts=[
            *called,
            *_doubts(boxes, body),
            *(box.label for box in notes if box.label not in named),
        ],
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


def _without_cards(between: list[Block]) -> list[Block]:
    """The lines up to the first of several headings of one rank: those are of other pages.

    The first heading of all may be the standfirst.
    """
    headings = [at for at, block in enumerate(between) if block.tag in HEADINGS]
    ranks = Counter(between[at].tag for at in headings)
    cards = (at for at in headings[1:] if ranks[between[at].tag] >= _CARDS)
    return between[: next(cards, len(between))]


def _over(blocks: list[Block], top: int, start: int) -> list[Block]:
    found: list[Block] = []
    for place in range(top - 1, -1, -1):
        block = blocks[place]
        outside = place < start
        if len(found) >= (_OUTSIDE if outside else _INSIDE):
            break
        if block.is_prose and (outside or not _explains(blocks, place)):
            break
        if outside and (block.linked >= _LINKED or block.tag in HEADINGS):
            break
        if block.region in _SPEAKING or (not outside and _speaks(block)):
            found.insert(0, block)
    return found


def _explains(blocks: list[Block], place: int) -> bool:
    """A sentence that is a label, or stands right under one and says what that means."""
    return blocks[place].is_label or (place > 0 and blocks[place - 1].says_paid)


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


def _labels(
    root: html.HtmlElement, blocks: Blocks, body: list[Block]
) -> tuple[list[str], list[str]]:
    """What the elements that hold the piece declare in their markup, and what only their names say."""
    ours = {id(block) for block in body}
    sums = [0, *accumulate(block.words if id(block) in ours else 0 for block in blocks.all)]
    around = [*root.iterancestors(), root]
    around += [
        element
        for element, (first, last) in blocks.spans.items()
        if element.attrib
        and element is not root
        and sums[last] - sums[first] >= _MOST_OF_IT * sums[-1]
    ]
    said = [(declared_in_markup(element), label_in_markup(element)) for element in around]
    declared = [label for label, _ in said if label]
    return declared, [] if declared else [label for _, label in said if label]


def _doubts(boxes: Sequence[PaidBox], body: list[Block]) -> list[str]:
    """Labels of boxes whose paragraphs may be the article's own."""
    unsure = [box for box in boxes if not box.is_sure]
    return [box.label for box in unsure if any(block in body for block in box.blocks)]


def _names_payer_alone(box: PaidBox) -> bool:
    """It says who paid, and nothing else; a logo in it leads to whoever did."""
    return not box.words and box.names_payer


def _notes(
    boxes: Sequence[PaidBox],
    blocks: Blocks,
    headline: Block | None,
    body: list[Block],
    start: int,
) -> list[PaidBox]:
    """Boxes between headline and text that lead nowhere: they say what the piece is, or advertise.

    "Paid content" with a sentence on what that means has the shape of an advert; an editor tells them apart.
    One that says who paid, and nothing else, is not an advert.
    """
    if headline not in blocks.all:
        return []
    top = blocks.all.index(headline)
    head = blocks.all[top : blocks.all.index(body[0])]
    over = blocks.all[max(start, top - _NOTE_OVER) : top]
    return [
        box
        for box in boxes
        if box.is_sure
        and not box.is_piece
        and box.is_note
        and (
            all(block in head and not block.linked for block in box.blocks)
            or (_names_payer_alone(box) and all(block in (*over, *head) for block in box.blocks))
        )
    ]
