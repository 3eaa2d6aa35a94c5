"""One part of an HTML page → its piece: headline, body, and all that stands next to them."""

from itertools import accumulate

from briefing.articles.html.blocks import Block, Blocks
from briefing.articles.html.body import body_of
from briefing.articles.html.box_names import label_in_markup
from briefing.articles.html.declared.metadata import Metadata
from briefing.articles.html.frame import OUT
from briefing.articles.html.headline import choose
from briefing.articles.html.live import DECLARED, updates_of
from briefing.articles.html.page import HtmlPiece
from briefing.articles.html.parts import PagePart
from briefing.articles.html.pictures import pictures_of, story_of
from briefing.articles.html.zones import zones_of

#: An element around a piece speaks of it when it holds this share of its body.
_MOST_OF_IT = 0.6
#: The words of a text without a heading that stand in for one.
_TITLE_WORDS = 12


def piece_of_part(
    part: PagePart, blocks: Blocks, metadata: Metadata, parts: list[PagePart]
) -> HtmlPiece | None:
    """One piece, read from its element alone: what stands in parts inside of it is left out."""
    is_first = part is parts[0]
    inside = [
        other for other in parts if other is not part and not other.box and _holds(part, other)
    ]
    own = blocks.under(part.root)
    if part.box:
        part.root.attrib.pop(OUT)
        for block in own.all:
            block.region = ""
    for other in inside:
        other.root.set(OUT, "1")
    titles = metadata.titles if is_first else []
    headline, heading, origin = choose(own.all, titles, metadata.site if is_first else "")
    body = body_of(part.root, own, heading)
    updates = updates_of(part.root, own) if is_first and DECLARED in metadata.types else []
    body = [block for update in updates for block in update.blocks] or body
    for other in inside:
        other.root.attrib.pop(OUT)
    if not body:
        return None
    zones = zones_of(part.root, own, heading, body)
    pictures = pictures_of(
        story_of(heading, body),
        metadata.picture if is_first else ("", ""),
        metadata.canonical_url,
    )
    if not headline and sum(block.words for block in body) >= _TITLE_WORDS:
        headline, origin = _first_words(body[0].text), "its first words"
    return HtmlPiece(
        root=part.root,
        headline=headline,
        heading=heading,
        origin=origin,
        body=body,
        zones=zones,
        updates=updates,
        pictures=pictures,
        labels=[part.box.label] if part.box else _labels(part, own, body),
        doubts=[*_doubts(parts, body), *_notes(parts, own, heading, body)],
        metadata=metadata if is_first else None,
    )


def _doubts(parts: list[PagePart], body: list[Block]) -> list[str]:
    boxes = [part.box for part in parts if part.box and not part.box.is_sure]
    return [box.label for box in boxes if any(block in body for block in box.blocks)]


def _notes(
    parts: list[PagePart], own: Blocks, heading: Block | None, body: list[Block]
) -> list[str]:
    """Labels of boxes between headline and text that lead nowhere: they say what the piece is, or advertise.

    "Paid content" with a sentence on what that means has the shape of an advert; an editor tells them apart.
    """
    if heading not in own.all:
        return []
    head = own.all[own.all.index(heading) : own.all.index(body[0])]
    boxes = [part.box for part in parts if part.box and part.box.is_sure and not part.box.is_piece]
    return [
        box.label
        for box in boxes
        if box.is_note and all(block in head and not block.linked for block in box.blocks)
    ]


def _first_words(text: str) -> str:
    """What names a text without any heading."""
    words = text.split()
    return " ".join(words[:_TITLE_WORDS]) + ("…" if len(words) > _TITLE_WORDS else "")


def _holds(part: PagePart, other: PagePart) -> bool:
    return any(above is part.root for above in other.root.iterancestors())


def _labels(part: PagePart, blocks: Blocks, body: list[Block]) -> list[str]:
    """What the elements that hold the piece say in their markup."""
    ours = {id(block) for block in body}
    sums = [0, *accumulate(block.words if id(block) in ours else 0 for block in blocks.all)]
    around = [*part.root.iterancestors(), part.root]
    around += [
        element
        for element, (first, last) in blocks.spans.items()
        if element.attrib
        and element is not part.root
        and sums[last] - sums[first] >= _MOST_OF_IT * sums[-1]
    ]
    return [label for element in around if (label := label_in_markup(element))]
