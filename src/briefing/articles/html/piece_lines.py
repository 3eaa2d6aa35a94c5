"""The lines of an HTML piece: what stands next to its body and in it, each with the kind it has in its place."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import takewhile

from briefing.articles.html.blocks import HEADINGS, LONG, Block
from briefing.articles.html.kickers import names_section
from briefing.articles.html.labels.box_names import box_label
from briefing.articles.html.markup.regions import SIGN_UP
from briefing.articles.html.page import HtmlPiece
from briefing.articles.html.signed_lines import head_of, signed
from briefing.articles.html.standfirsts import is_standfirst
from briefing.articles.lines.edges import edges
from briefing.articles.lines.join_split_labels import rejoined
from briefing.articles.lines.line import Line, line_of
from briefing.articles.lines.line_kind import Classified, LineKind
from briefing.articles.lines.release_notes import release_notes
from briefing.articles.lines.tails import names_platform
from briefing.articles.vocabulary.boilerplate import LEGAL, WHY_IT_CAME, opens_tail
from briefing.articles.vocabulary.captions import is_credited
from briefing.articles.vocabulary.labels import is_open, is_slot_over
from briefing.articles.vocabulary.payer_names import is_organised
from briefing.articles.vocabulary.signings import names_alone, signed_with_job, uncased_byline
from briefing.model.article import Author

#: Blocks at the edges of a body whose kind is looked at; a label is looked for in every short one.
_HEAD, _FOOT, _SHORT = 3, 4, 14
#: Elements of a box that holds one label in parts, and no text.
_BOX = 4
_AT_HEAD = frozenset(
    {
        LineKind.BYLINE,
        LineKind.DATE,
        LineKind.DISCLOSURE,
        LineKind.PAYER,
        LineKind.RELEASE,
        LineKind.SLOT,
        LineKind.LABEL,
        LineKind.AGENCY,
        LineKind.BUTTON,
        LineKind.MAKER,
        LineKind.FURNITURE,
        LineKind.ADDRESS,
        LineKind.CAPTION,
    }
)
_AT_FOOT = _AT_HEAD | {
    LineKind.BIOGRAPHY,
    LineKind.CREDIT,
    LineKind.PHONE,
    LineKind.CORRECTION,
    LineKind.GUEST,
}
#: What may stand between a label and the headline, and speak of the label.
_NOTES = frozenset({LineKind.TEXT, LineKind.PAYER, LineKind.DISCLOSURE})
_LABELS = frozenset({LineKind.DISCLOSURE, LineKind.PAYER, LineKind.SLOT})
_OUTSIDE = "outside the article's body"
#: A subhead or an item of a list that speaks of advertising is text.
_NO_LABELS = HEADINGS | {"li", "dt", "dd", "td", "th"}
_LINKED, _MOSTLY_LINKED, _SET_OFF = 0.9, 0.6, frozenset({"i", "em", "b", "strong"})
_POWERED = re.compile(r"\W*powered\b", re.IGNORECASE)
#: Reasons why even a whole sentence is furniture.
_NEVER_TEXT = frozenset({SIGN_UP, LEGAL, WHY_IT_CAME})
#: "Created by Regan" is a signature; a house has a longer name.
_MAKER_WORDS = 4


def lines_of_piece(read: HtmlPiece) -> tuple[list[Line], dict[int, Block]]:
    """The lines of a piece in their order, each with its kind, and the block of each."""
    zones = read.zones
    above, between, below = (
        [line for box in _boxes(part) for line in rejoined(box)]
        for part in (zones.above, zones.between, zones.below)
    )
    start = len(above) + len(between)
    lines = release_notes(edges([*above, *between, *_body_lines(read.body), *below]))
    over = {block.text for block in _over_text(read)}
    lines = [
        _placed(_closed(line, read), place < start or line.text in over, read)
        for place, line in enumerate(lines)
    ]
    if not (read.metadata and read.metadata.authors):
        lines = signed(lines, read, head_of(lines, read, len(above), start))
    beside = {block.text: block for block in (*zones.below, *zones.between, *zones.above)}
    blocks = {id(line): block for line, block in zip(lines[start:], read.body, strict=False)}
    for line in (*lines[:start], *lines[start + len(read.body) :]):
        if line.text in beside:
            blocks[id(line)] = beside[line.text]
    return lines, blocks


def _boxes(zone: Sequence[Block]) -> list[list[Line]]:
    """The lines of a zone, those of one small box together: a label is broken over no more than that."""
    boxes: list[list[Line]] = []
    before: Block | None = None
    for block in zone:
        line = _line(block, block.kind)
        if before is not None and _in_one_box(before, block):
            boxes[-1].append(line)
        else:
            boxes.append([line])
        before = block
    return boxes


def _in_one_box(one: Block, other: Block) -> bool:
    if names_section(other):
        return False
    ours, theirs = one.element, other.element
    around = ours.getparent()
    if ours is theirs or ours in theirs.iterancestors():
        return True
    return around is theirs.getparent() and around is not None and len(around) <= _BOX


def _line(block: Block, known: Classified) -> Line:
    return replace(line_of(block.text, block.text, False, known), words=block.words)  # noqa: FBT003


def _closed(line: Line, read: HtmlPiece) -> Line:
    """A label that breaks off with no payer and no picture behind it is an empty slot."""
    if line.kind is LineKind.DISCLOSURE and is_open(line.text):
        zones = read.zones
        shown = [block for block in (*zones.above, *zones.between, *zones.below) if block.pictured]
        if not any(block.text == line.text for block in shown):
            return line.taken_for(LineKind.FURNITURE, "advertisement slot")
    return line


def _placed(line: Line, is_over: bool, read: HtmlPiece) -> Line:  # noqa: FBT001 - a place
    """A line whose words say more or less in its place: a slot away from the headline, a credit of software."""
    if line.kind is LineKind.TEXT and is_slot_over(line.text, read.headline):
        line = line.taken_for(LineKind.SLOT)
    if line.kind is LineKind.SLOT and not (is_over and _beside_heading(line, read)):
        return line.taken_for(LineKind.FURNITURE, "advertisement slot")
    if line.kind is LineKind.PAYER and not is_over and _POWERED.match(line.text):
        return line.taken_for(LineKind.FURNITURE, _OUTSIDE)
    if line.kind is LineKind.MAKER and not is_organised(line.text) and line.words < _MAKER_WORDS:
        return line.taken_for(LineKind.FURNITURE, _OUTSIDE)
    return line


def _beside_heading(line: Line, read: HtmlPiece) -> bool:
    """It stands in the element of the headline; elsewhere a frame opens that is filled later."""
    around = read.heading.element.getparent() if read.heading else None
    zones = read.zones
    return any(
        block.element.getparent() is around
        for block in (*_over_heading(zones.above), *(zones.between[:1] or _over_text(read)))
        if block.text == line.text
    )


def _over_heading(above: Sequence[Block]) -> Sequence[Block]:
    """The line over the headline, and the label over that where the line says more of it: who pays, or why."""
    if len(above) < 2 or not above[-2].is_slot:  # noqa: PLR2004 - the label and its note
        return above[-1:]
    label, note = above[-2:]
    is_note = note.kind.kind in _NOTES and not (note.linked or note.days or names_section(note))
    is_near = note.element.getparent() is label.element.getparent() and not len(label.element)
    return above[-2:] if is_note and is_near and _names_somebody(note) else above[-1:]


def _names_somebody(note: Block) -> bool:
    """It has a name behind its first word or a colon, or is a sentence: none of these heads a part of a page."""
    behind = note.text.split()[1:]
    return (
        note.is_sentence or ":" in note.text or "：" in note.text or any(map(str.istitle, behind))
    )


def _over_text(read: HtmlPiece) -> list[Block]:
    """The lines of the body over its text, where no line stands between headline and body.

    An element around the line, or a name of what is filled later, makes it the frame of an empty slot.
    """
    if read.zones.between or read.heading is None:
        return []
    over = takewhile(lambda block: not block.is_prose, read.body)
    return [block for block in over if not len(block.element) and not box_label(block.element)]


def _body_lines(body: Sequence[Block]) -> list[Line]:
    text = Classified()
    kinds = [text] * len(body)
    for place, block in enumerate(body):
        is_alone = block.tag not in _NO_LABELS or (block.is_slot and _is_of_text(block, body))
        if block.words <= _SHORT and is_alone and block.linked < _LINKED:
            known = block.kind
            kinds[place] = known if known.kind in _LABELS else text
        is_apart = block.linked >= _LINKED or (_is_set_off(block) and not block.is_prose)
        is_way = is_apart and block.kind.kind is LineKind.FURNITURE
        if is_way or (block.linked and _is_related(block)):
            kinds[place] = Classified(LineKind.FURNITURE, "link to other pages")
    opens = 1 if body and is_standfirst(body[0]) else 0
    head = range(min(opens, len(body)), min(opens + _HEAD, len(body)))
    foot = range(len(body) - 1, max(-1, len(body) - 1 - _FOOT), -1)
    away = list(takewhile(lambda place: _leads_away(body[place], body), foot))
    for place in away:
        kinds[place] = Classified(LineKind.FURNITURE, "link to other pages")
    if authors := _over_day(body, opens):
        kinds[opens] = Classified(LineKind.BYLINE, evidence=authors)
        head = range(opens + 1, opens + 1 + _HEAD)
    for place in (*_edge(body, head, _AT_HEAD), *_edge(body, foot[len(away) :], _AT_FOOT)):
        kinds[place] = _edge_kind(body[place])
    if all(known.kind is not LineKind.TEXT for known in kinds):
        kinds = [text] * len(body)
    return [_line(block, known) for block, known in zip(body, kinds, strict=True)]


def _over_day(body: Sequence[Block], at: int) -> tuple[Author, ...]:
    """Who signs in a line of names alone, with a day in the line below."""
    if at + 2 >= len(body) or body[at].words > _SHORT or not body[at + 1].days:
        return ()
    text = body[at].text
    return uncased_byline(text) or names_alone(text) or signed_with_job(text)


def _is_related(block: Block) -> bool:
    """A heading over other pages and the link to one of them, in one line: "More on this: The old slip"."""
    links = [" ".join(link.text_content().split()) for link in block.element.iter("a")]
    over = block.text.removesuffix(links[0]).strip() if len(links) == 1 else ""
    return block.text != over != "" and opens_tail(over)


def _is_of_text(block: Block, body: Sequence[Block]) -> bool:
    """A line in a cell of a page laid out in tables: its text stands in a cell too, and in paragraphs."""
    told = [one.element for one in body if one.is_prose]
    laid_out = any(next(one.iterancestors("td"), None) is not None for one in told)
    return block.tag == "td" and (laid_out or block.element in told)


def _leads_away(block: Block, body: Sequence[Block]) -> bool:
    """Most of a line that is not a sentence is a link: it leads to another page, or to what is sold."""
    is_apart = block.tag in _NO_LABELS and not _is_of_text(block, body)
    if is_apart or block.kind.kind is not LineKind.TEXT:
        return False
    if _is_set_off(block) or not block.is_sentence:
        return block.linked >= _MOSTLY_LINKED or _invites(block)
    return False


def _invites(block: Block) -> bool:
    """A short line, or one set off as a whole, that names where else the house is found."""
    most = LONG if _is_set_off(block) else _SHORT
    return block.words <= most and names_platform(block.text)


def _is_set_off(block: Block) -> bool:
    """All of its words stand in other letters than the text."""
    inside = list(block.element)
    is_one = len(inside) == 1 and inside[0].tag in _SET_OFF
    return is_one and " ".join(inside[0].text_content().split()) == block.text


def _edge(body: Sequence[Block], places: range, wanted: frozenset[LineKind]) -> list[int]:
    """From an edge inwards, the lines that speak of the piece and are not part of its text."""
    found = []
    for place in places:
        known = _edge_kind(body[place])
        is_text = known.kind is LineKind.FURNITURE and known.reason not in _NEVER_TEXT
        if known.kind not in wanted or (is_text and body[place].is_prose):
            break
        found.append(place)
    return found


def _edge_kind(block: Block) -> Classified:
    """Its kind; at an edge a line that ends on a credit is a caption."""
    known = block.kind
    is_short = known.kind is LineKind.TEXT and block.words <= 2 * LONG
    return Classified(LineKind.CAPTION) if is_short and is_credited(block.text) else known
