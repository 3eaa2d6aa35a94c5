"""An HTML page while it is read: a document, its parts, then its pieces as blocks, and what is in none of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from lxml import html

from briefing.articles.html.authors import marked_authors
from briefing.articles.html.blocks import Block, Blocks
from briefing.articles.html.cards import cards_in
from briefing.articles.html.declared.metadata import Metadata
from briefing.articles.html.headline import Headline, choose
from briefing.articles.html.live import DECLARED, HtmlUpdate, updates_of
from briefing.articles.html.paid_boxes import PaidBox
from briefing.articles.vocabulary.library_marks import is_export
from briefing.model.article import Author

#: The words of a text without a heading that stand in for one.
_TITLE_WORDS = 12


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class HtmlDocument:
    """A page of HTML as all look at it who read its pieces."""

    #: Where it was found; empty when nobody knows.
    url: str
    tree: html.HtmlElement
    #: The body, or all of a document that has none.
    root: html.HtmlElement
    blocks: Blocks
    #: What it declares of the piece that it is about.
    metadata: Metadata
    #: Its elements: they are made again for every walk unless somebody holds them.
    held: Sequence[html.HtmlElement]

    @property
    def is_export(self) -> bool:
        """It holds the fields of a library of newspapers, and is read as text."""
        return is_export(self.blocks.texts())

    @property
    def updates(self) -> list[HtmlUpdate]:
        """Of a live blog."""
        is_live = DECLARED in self.metadata.types
        return updates_of(self.root, self.blocks) if is_live else []


@dataclass(frozen=True, kw_only=True, eq=False)
class PagePart:
    """An element of a page that holds a piece; what stands in it is read when it is first asked, and kept."""

    document: HtmlDocument
    root: html.HtmlElement
    #: Of the page; only the part that the page is about has them.
    metadata: Metadata | None = None
    #: The paid box that it is.
    box: PaidBox | None = None

    @cached_property
    def blocks(self) -> Blocks:
        """Those inside of it, as a page of their own."""
        return self.document.blocks.under(self.root)

    @cached_property
    def headline(self) -> Headline:
        """The heading that heads its piece, or what is declared for it."""
        told = self.metadata
        return choose(self.blocks.all, told.titles, told.site) if told else choose(self.blocks.all)

    @cached_property
    def updates(self) -> list[HtmlUpdate]:
        """Of a live blog."""
        is_live = self.metadata is not None and DECLARED in self.metadata.types
        return updates_of(self.root, self.blocks) if is_live else []


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
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


@dataclass(frozen=True, kw_only=True, eq=False)
class HtmlPiece:
    """One piece of a page, still as blocks of it."""

    document: HtmlDocument
    root: html.HtmlElement
    #: What heads it, when anything does.
    head: Headline
    body: list[Block]
    zones: Zones
    #: Of a live blog.
    updates: list[HtmlUpdate]
    #: Of the page; only the piece that the page is about has them.
    metadata: Metadata | None

    @property
    def heading(self) -> Block | None:
        """The block that shows the headline; None when it is only declared."""
        return self.head.block

    @property
    def headline(self) -> str:
        """The words that head it; a long text without any is headed by its first ones."""
        if not self._begins_without:
            return self.head.text
        words = self.body[0].text.split()
        return " ".join(words[:_TITLE_WORDS]) + ("…" if len(words) > _TITLE_WORDS else "")

    @property
    def origin(self) -> str:
        """Where a headline is from that no block shows."""
        return "its first words" if self._begins_without else self.head.origin

    @property
    def _begins_without(self) -> bool:
        return not self.head.text and sum(block.words for block in self.body) >= _TITLE_WORDS

    @cached_property
    def marked_authors(self) -> list[Author]:
        """Whom elements of it are marked to name."""
        heading = self.heading.element if self.heading else None
        found = marked_authors(self.root, heading, [block.element for block in self.body])
        return [author for author in found if author.name]

    @property
    def blocks(self) -> list[Block]:
        """All that is its own, its headline first."""
        heading = [self.heading] if self.heading else []
        zones = self.zones
        return [*heading, *zones.above, *zones.between, *self.body, *zones.below]


@dataclass(frozen=True, kw_only=True, eq=False)
class HtmlPage:
    """The pieces of a page, and the blocks that are in none of them."""

    document: HtmlDocument
    pieces: list[HtmlPiece]
    #: Paid boxes too small for a piece, which are in none.
    boxes: list[PaidBox]
    rest: list[Block]

    @property
    def body(self) -> list[Block]:
        """The bodies of all pieces."""
        return [block for piece in self.pieces for block in piece.body]

    @cached_property
    def cards(self) -> dict[html.HtmlElement, html.HtmlElement]:
        """The card around each of its blocks, headings and times that stands in one."""
        heads = self.document.tree.iter("time", "h2", "h3", "h4")
        return cards_in([*(block.element for block in self.body), *heads])
