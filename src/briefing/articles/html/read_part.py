"""A part of a page → its piece, still as blocks: its body is found, then what stands next to it.

A piece is read from its element alone: what stands in parts inside of it is left out.
"""

from collections.abc import Sequence

from briefing.articles.html.body import body_of
from briefing.articles.html.frame import framed
from briefing.articles.html.markup.tree import OUT
from briefing.articles.html.page import HtmlPiece, PagePart
from briefing.articles.html.paid_boxes import PaidBox
from briefing.articles.html.zones import zones_of


def read_part(
    part: PagePart, parts: Sequence[PagePart], boxes: Sequence[PaidBox]
) -> HtmlPiece | None:
    """The piece of a part; None without a text.

    Args:
        part: the one to read.
        parts: all of the page.
        boxes: paid ones, of the whole page.
    """
    if part.box:
        _put_back(part)
    inside = [other.root for other in parts if _holds(part, other)]
    own = part.blocks
    frame = framed(part.root, own, inside)
    body = body_of(part.root, own, part.headline.block, frame)
    body = [block for update in part.updates for block in update.blocks] or body
    if not body:
        return None
    return HtmlPiece(
        document=part.document,
        root=part.root,
        head=part.headline,
        body=body,
        zones=zones_of(part, body, boxes),
        updates=part.updates,
        metadata=part.metadata,
    )


def _put_back(part: PagePart) -> None:
    """A box that is a piece is read like any other part of the page that it was taken out of."""
    part.root.attrib.pop(OUT, None)
    for block in part.blocks.all:
        block.region = ""


def _holds(part: PagePart, other: PagePart) -> bool:
    """Another piece of the page stands inside of it; its paid boxes are taken out already."""
    return not other.box and any(above is part.root for above in other.root.iterancestors())
