"""The proof: one letter of an edition as a reader gets it, laid out for the rules to look at."""

import html as markup
import re
from collections.abc import Mapping
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from functools import cached_property, lru_cache
from typing import Any
from urllib.parse import urlsplit

from lxml import etree

from briefing.emails.checks import css
from briefing.emails.checks.cascade import Cascade, Looks, looks_of
from briefing.emails.checks.css import SheetRule
from briefing.emails.checks.elements import TextRun, texts_of
from briefing.emails.checks.network import LinkProbe
from briefing.emails.checks.rendered.drawn import DrawnPage
from briefing.emails.checks.rule import EMAIL, Place, quoted
from briefing.emails.click_links import counted_links
from briefing.emails.printable import plain
from briefing.languages.typography import letters_of
from briefing.model.article import Verdict
from briefing.model.edition import Edition, Item
from briefing.model.mail import Address, Email, Letter
from briefing.model.merge_field import MergeField, cut

#: The css-class by which a design marks what somebody paid for; MJML keeps no other mark.
SPONSORED = "sponsored"
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
#: Slots that are links, and pages that are there from its sending on.
_SLOTS = ("unsubscribe_url", "preferences_url", "view_url")
_PAGES = ("archive", "opinion", "subscribe")
#: Reads each text of a header once: as it comes, every question for the type of a part parses it again.
_POLICY = policy.default.clone(header_factory=lru_cache(128)(policy.default.header_factory))


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """What the rules must know of the house."""

    sender: Address
    reply_to: Address | None = None
    public_url: str
    postal_address: str
    #: So many paid pieces an edition may have.
    most_sponsored: int = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """A letter to look at, and its reader's own links by slot name."""

    letter: Letter
    links: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Link:
    """A link of the page; one that is counted on the way has the address it leads to."""

    element: Any
    href: str
    words: str
    #: Whether it stands in a block that somebody paid for.
    sponsored: bool


class Proof:
    """An email, its edition, and one letter of it; everything is read once, when it is asked for."""

    def __init__(
        self,
        email: Email,
        edition: Edition,
        house: House,
        sample: Sample | None = None,
        *,
        unwritten: str = "",
        fetcher: LinkProbe | None = None,
    ) -> None:
        """Lay an email out.

        Args:
            email: as rendered, with its slots open.
            edition: what it shows.
            house: who sends it.
            sample: a letter of it, best the longest; without one the slots get stand-ins.
            unwritten: why there is no sample, when none could be written.
            fetcher: asks the network; without one no rule does.
        """
        self.drawn: tuple[DrawnPage, ...] | None = None  #: As a browser painted it.
        self.email, self.edition, self.house = email, edition, house
        self.sample, self.unwritten, self.fetcher = sample, unwritten, fetcher
        site = house.public_url.rstrip("/")
        self.own_links = sample.links if sample else {name: f"{site}/{name}" for name in _SLOTS}
        self._pages = tuple(f"{site}/{name}/" for name in _PAGES)
        #: Where links of ours lead that are counted on the way.
        self.counted = counted_links(site, edition)

    @cached_property
    def message(self) -> EmailMessage | None:
        """The letter, read back as a mail program would; None without one."""
        wire = self.sample.letter.wire if self.sample else None
        return message_from_bytes(wire, policy=_POLICY) if wire is not None else None

    @cached_property
    def html(self) -> str:
        """The HTML part with the reader's values in it."""
        return self._part("html", self.email.html)

    @cached_property
    def text(self) -> str:
        """The plain-text part with the reader's values in it."""
        return self._part("plain", self.email.text)

    @cached_property
    def page(self) -> Any:
        """The HTML part as a tree."""
        root = etree.fromstring(self.html or "<html></html>", etree.HTMLParser())
        return root if root is not None else etree.fromstring("<html></html>", etree.HTMLParser())

    @cached_property
    def sheets(self) -> tuple[str, ...]:
        """The text of every <style>."""
        return tuple(style.text or "" for style in self.page.iter("style"))

    @cached_property
    def rules(self) -> tuple[SheetRule, ...]:
        """The rules of every <style>, in order."""
        return self._looks.rules

    @cached_property
    def said(self) -> frozenset[tuple[str, str]]:
        """Every property that any style sets, with each value that it gets, in lower case."""
        one_of_each = {shape: element for element, shape in self._shape_of.items()}
        styles = {element.get("style", "") for element in one_of_each.values()}
        return self._looks.said.union(*map(css.pairs, styles))

    @cached_property
    def light(self) -> Cascade:
        """The page as a reader with a light screen sees it."""
        return self._looks.cascade(self._shape_of, self.texts, dark=False)

    @cached_property
    def dark(self) -> Cascade:
        """The page as a reader with a dark screen sees it, where the client knows dark mode."""
        return self._looks.cascade(self._shape_of, self.texts, dark=True)

    @cached_property
    def has_dark_rules(self) -> bool:
        """Whether the design says how it looks in dark mode."""
        return any("dark" in found.media for found in self.rules)

    @cached_property
    def runs(self) -> tuple[TextRun, ...]:
        """Every piece of text that readers see."""
        return self.light.runs()

    @cached_property
    def words(self) -> str:
        """All that readers see of the HTML part, in one line."""
        return folded(" ".join(run.text for run in self.runs))

    @cached_property
    def blocks(self) -> tuple[Any, ...]:
        """The blocks that the design marks as paid for; a block in a block is not counted again."""
        marked = self.page.xpath(
            f"//*[contains(concat(' ', normalize-space(@class), ' '), ' {SPONSORED} ')]"
        )
        return tuple(one for one in marked if not any(up in marked for up in one.iterancestors()))

    @cached_property
    def links(self) -> tuple[Link, ...]:
        """Every link, in order."""
        leads, paid = self.counted, {a for block in self.blocks for a in block.iter("a")}
        return tuple(
            Link(found, leads.get(href, href), folded("".join(found.itertext())), found in paid)
            for found in self.page.iter("a")
            if (href := found.get("href")) is not None
        )

    @cached_property
    def pieces(self) -> tuple[Item, ...]:
        """Every piece that is printed, stories first."""
        return (*self.edition.items, *self.edition.sponsored)

    def is_own(self, link: Link) -> bool:
        """Whether a link leads to the house's own pages for readers."""
        return link.href in self.own_links.values() or link.href.startswith(self._pages)

    def heading(self, item: Item) -> Any | None:
        """The heading of a piece on the page; None where it has none."""
        return self._headings.get(item.id)

    @property
    def first_story(self) -> Any | None:
        """The heading of the first story on the page."""
        found = (self.heading(item) for item in self.edition.items)
        return next((heading for heading in found if heading is not None), None)

    def place(self, element: Any) -> Place:
        """The piece that an element belongs to, else the part of the design."""
        for around in (element, *element.iterancestors()):
            items = self._around.get(around, ())
            if len(items) == 1 and around.tag not in ("body", "html") and not around.get("role"):
                return self.place_of(items[0])
            if items:
                break
        for around in (element, *element.iterancestors()):
            names = [name for name in around.get("class", "").split() if not name.startswith("mj-")]
            if names:
                return Place(f"part “{names[0]}” of the design")
        return EMAIL

    def place_of(self, item: Item) -> Place:
        """Where a piece stands, in words."""
        kind = "paid piece" if item.article.verdict is Verdict.SPONSORED else "story"
        return Place(f"{kind} {quoted(item.headline)}", item.id)

    @cached_property
    def _looks(self) -> Looks:
        return looks_of(
            tuple((one.text or "", one.get("media", "")) for one in self.page.iter("style"))
        )

    @cached_property
    def _shape_of(self) -> Mapping[Any, int]:
        return self._looks.shapes_of(self.page)

    @cached_property
    def texts(self) -> tuple[TextRun, ...]:
        """Every piece of text that stands in the body, hidden or not."""
        return texts_of(self.page)

    @cached_property
    def _headings(self) -> dict[str, Any]:
        waiting: dict[str, list[str]] = {}
        for item in self.pieces:
            waiting.setdefault(worded(item.headline), []).append(item.id)
        found: dict[str, Any] = {}
        for heading in self.page.iter(*_HEADINGS):
            if left := waiting.get(worded("".join(heading.itertext()))):
                found[left.pop(0)] = heading
        return found

    @cached_property
    def _around(self) -> dict[Any, list[Item]]:
        around: dict[Any, list[Item]] = {}
        for item in self.pieces:
            heading = self.heading(item)
            if heading is not None:
                for one in (heading, *heading.iterancestors()):
                    around.setdefault(one, []).append(item)
        return around

    def _part(self, kind: str, rendered: str) -> str:
        if self.message is not None:
            part = self.message.get_body((kind,))
            return str(part.get_content()) if part is not None else ""
        values = {"email": "reader@example.com", **self.own_links}
        written = markup.escape if kind == "html" else str
        return "".join(
            written(values.get(piece.name, "")) if isinstance(piece, MergeField) else piece
            for piece in cut(rendered, self.email.nonce)
        )


def folded(text: str) -> str:
    """The text on one line."""
    return " ".join(text.split())


def worded(text: str) -> str:
    """What two texts share that differ in marks and spaces only: house typography changes those."""
    return letters_of(text) or folded(plain(text))


@lru_cache(maxsize=1024)
def host(address: str) -> str:
    """The host of an address in lower case; empty when there is none or it cannot be read."""
    try:
        return (urlsplit(address).hostname or "").rstrip(".")
    except ValueError:
        return ""


@lru_cache(maxsize=1024)
def canonical(address: str) -> str:
    """An address without what does not change where it leads: tracking, fragment, a last slash."""
    bare = re.sub(r"#.*$", "", address.strip())
    head, mark, query = bare.partition("?")
    kept = [pair for pair in query.split("&") if pair and not pair.lower().startswith("utm_")]
    head = re.sub(r"^https?://", "", head, flags=re.IGNORECASE).rstrip("/")
    where, slash, path = head.partition("/")
    return f"{where.lower()}{slash}{path}" + (mark + "&".join(sorted(kept)) if kept else "")
