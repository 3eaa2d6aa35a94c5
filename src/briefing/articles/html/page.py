"""An HTML page that was read: its pieces as blocks of it, and what is in none of them."""

from dataclasses import dataclass

from lxml import html

from briefing.articles.html.blocks import Block
from briefing.articles.html.declared.metadata import Metadata
from briefing.articles.html.live import HtmlUpdate
from briefing.articles.html.paid_boxes import PaidBox
from briefing.articles.html.zones import Zones
from briefing.model.article import Picture


@dataclass(slots=True, kw_only=True, eq=False)
class HtmlPiece:
    """One piece of a page, still as blocks of it."""

    root: html.HtmlElement
    headline: str
    #: The block that shows the headline; None when it is only declared.
    heading: Block | None
    #: Where a headline was declared that no block shows.
    origin: str
    body: list[Block]
    zones: Zones
    #: Of a live blog.
    updates: list[HtmlUpdate]
    pictures: tuple[Picture, ...]
    #: Of the page; only the piece that the page is about has them.
    metadata: Metadata | None

    @property
    def blocks(self) -> list[Block]:
        """All that is its own, its headline first."""
        heading = [self.heading] if self.heading else []
        zones = self.zones
        return [*heading, *zones.above, *zones.between, *self.body, *zones.below]


@dataclass(slots=True, kw_only=True)
class HtmlPage:
    """The pieces of a page, and the blocks that are in none of them."""

    #: Where it was found; empty when nobody knows.
    url: str
    pieces: list[HtmlPiece]
    #: Paid boxes too small for a piece, which are in none.
    boxes: list[PaidBox]
    rest: list[Block]
    metadata: Metadata
    tree: html.HtmlElement

    @property
    def body(self) -> list[Block]:
        """The bodies of all pieces."""
        return [block for piece in self.pieces for block in piece.body]
