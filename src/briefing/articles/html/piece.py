"""One part of an HTML page → its piece: headline, body, and all that stands next to them."""

from briefing.articles.html.body import body_of
from briefing.articles.html.declared.metadata import Metadata
from briefing.articles.html.frame import framed
from briefing.articles.html.live import DECLARED, updates_of
from briefing.articles.html.page import HtmlPiece
from briefing.articles.html.paid_boxes import PaidBox
from briefing.articles.html.parts import PagePart
from briefing.articles.html.pictures import pictures_of, story_of
from briefing.articles.html.tree import OUT
from briefing.articles.html.zones import zones_of

#: The words of a text without a heading that stand in for one.
_TITLE_WORDS = 12


def piece_of_part(
    part: PagePart, metadata: Metadata, parts: list[PagePart], boxes: list[PaidBox]
) -> HtmlPiece | None:
    """One piece, read from its element alone: what stands in parts inside of it is left out.

    Args:
        part: whose piece it is.
        metadata: of the page, which speak of its first part.
        parts: all of the page.
        boxes: all paid ones of the page.
    """
    is_first, own = part is parts[0], part.blocks
    headline, heading, origin = part.headline
    if part.box:
        part.root.attrib.pop(OUT, None)
        for block in own.all:
            block.region = ""
    others = [other.root for other in parts if _holds(part, other)]
    frame = framed(part.root, own, others)
    body = body_of(part.root, own, heading, frame)
    updates = updates_of(part.root, own) if is_first and DECLARED in metadata.types else []
    body = [block for update in updates for block in update.blocks] or body
    if not body:
        return None
    if not headline and sum(block.words for block in body) >= _TITLE_WORDS:
        words = body[0].text.split()
        cut = "…" if len(words) > _TITLE_WORDS else ""
        headline, origin = " ".join(words[:_TITLE_WORDS]) + cut, "its first words"
    picture = metadata.picture if is_first else ("", "")
    return HtmlPiece(
        root=part.root,
        headline=headline,
        heading=heading,
        origin=origin,
        body=body,
        zones=zones_of(part, body, boxes),
        updates=updates,
        pictures=pictures_of(story_of(heading, body), picture, metadata.canonical_url),
        metadata=metadata if is_first else None,
    )


def _holds(part: PagePart, other: PagePart) -> bool:
    """Another piece of the page stands inside of it; its paid boxes are taken out already."""
    return not other.box and any(above is part.root for above in other.root.iterancestors())
