"""An HTML page while it is read: its parts, then its pieces as blocks of it, and what is in none of them."""

from dataclasses import dataclass

from lxml import html

from briefing.articles.html.blocks import Block, Blocks
from briefing.articles.html.declared.metadata import Metadata
from briefing.articles.html.headline import Headline
from briefing.articles.html.live import HtmlUpdate
from briefing.articles.html.paid_boxes import PaidBox
from briefing.model.article import Picture


@dataclass(slots=True, kw_only=True, eq=False)
class PagePart:
    """One piece of a page: an element, and what stands in it."""

    root: html.HtmlElement
    #: Those inside of it.
    blocks: Blocks
    headline: Headline
    #: The paid box that it is.
    box: PaidBox | None = None


@dataclass(slots=True, kw_only=True)
class Zones:
    """The lines next to a piece, and what boxes and markup around it say."""

    #: Over the headline.
    above: list[Block]
    #: Between headline and body.
    between: list[Block]
    below: list[Block]
    #: What the markup or the box it stands in says of who paid.
    labels: list[str]
    #: Labels next to paragraphs of the body that may be adverts, or to notes on what the piece is.
    doubts: list[str]


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
