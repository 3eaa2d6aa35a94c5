"""The reader of HTML: a stream of tags becomes blocks of text, and labels at their places."""

from collections import Counter
from dataclasses import dataclass
from html.parser import HTMLParser

from briefing.articles.html.hidden_disclosures import (
    Attributes,
    in_attributes,
    in_meta,
    in_structured_data,
    in_title,
)
from briefing.articles.text.decoding import without_invisible
from briefing.articles.text.limits import check_tags
from briefing.articles.vocabulary.labels import disclosure, is_open
from briefing.articles.vocabulary.payer_lines import in_line

_BLOCKS = frozenset(
    "address article aside blockquote body button caption center dd details dialog div dl dt fieldset "
    "figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr html legend li main nav ol option p pre "
    "section summary table tbody td tfoot th thead tr ul".split()
)
_SKIPPED = frozenset(
    "style noscript template svg math iframe object select textarea audio video".split()
)
_KEPT_APART = frozenset({"script", "title"})
_VOID = frozenset("area base br col embed hr img input link meta source track wbr param".split())
#: These close themselves where another of their kind opens.
_SELF_CLOSING = frozenset("p li dt dd td th tr option".split())
FOOT, SITE_HEADING, HIDDEN = "foot of the page", "site heading", "hidden on the page"
_BESIDE = {
    "nav": "navigation",
    "aside": "box beside the text",
    "form": "form",
    "button": "button",
    "dialog": "box over the page",
    "footer": FOOT,
}
_HEADINGS = frozenset({"h1", "h2"})
_BADGES = frozenset("span strong b em small mark label i".split())
#: With fewer words a labelled box holds a link or a teaser, not a piece.
_PIECE_WORDS = 30
#: In characters; what is longer is no badge.
_BADGE = 200


@dataclass(slots=True, kw_only=True)
class Block:
    """A run of text between two block elements, or a label found in the markup."""

    text: str
    #: The innermost block element around it.
    tag: str = ""
    #: Why it is no part of an article, when its element says so.
    beside: str = ""
    #: All of it is a link.
    linked: bool = False
    #: It is a label that a reader of the page never saw.
    is_label: bool = False


@dataclass(slots=True, kw_only=True)
class _Element:
    tag: str
    label: str | None
    beside: str
    #: What had been read when it opened: blocks, words, headings.
    blocks: int
    words: int
    headings: int


class MarkupReader(HTMLParser):
    """Collects the blocks of a page and, for every element, whether its markup discloses a payer.

    Reading a page of too many tags raises PageRefused.
    """

    def __init__(self, page: str = "") -> None:
        super().__init__(convert_charrefs=True)
        self._page = page
        self._tags = self._written = 0
        self._blocks: list[Block] = []
        self._labels: list[tuple[int, str]] = []
        self._stack: list[_Element] = []
        self._open: Counter[str] = Counter()
        self._text: list[str] = []
        self._linked = self._words = self._headings = 0
        self._badge = ""
        self._apart: tuple[str, bool] | None = None
        self._depth = 0
        self._data: list[str] = []

    def blocks(self) -> list[Block]:
        """All blocks in the order of the page, once everything was fed."""
        self._flush()
        while self._stack:
            self._pop()
        found = list(self._blocks)
        for place, label in sorted(self._labels, reverse=True):
            found.insert(place, Block(text=label, is_label=True))
        return found

    def handle_starttag(self, tag: str, attrs: Attributes) -> None:
        self._count()
        if self._apart:
            self._depth += tag == self._apart[0]
        elif tag in _SKIPPED or tag in _KEPT_APART:
            self._apart = (tag, ("type", "application/ld+json") in attrs or tag == "title")
            self._depth, self._data = 1, []
        elif tag in _VOID:
            self._void(tag, attrs)
        else:
            if tag in _BLOCKS:
                self._flush()
            if tag in _SELF_CLOSING and self._stack and self._stack[-1].tag == tag:
                self._pop()
            self._push(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        self._count()
        if self._apart:
            self._depth -= tag == self._apart[0]
            if self._depth == 0:
                self._end_apart()
            return
        if tag in _BADGES and not self._badge and (said := self._said()):
            self._badge = said if disclosure(said) else ""
        if tag in _BLOCKS:
            self._flush()
        if self._open[tag]:
            while self._pop() != tag:
                pass

    def handle_data(self, data: str) -> None:
        if self._apart:
            if self._apart[1]:
                self._data.append(data)
            return
        self._write(data)
        if self._open["a"]:
            self._linked += len(data.strip())

    def _count(self) -> None:
        self._tags += 1
        check_tags(self._tags, self._page)

    def _write(self, text: str) -> None:
        self._text.append(text)
        self._written += len(text)

    def _said(self) -> str:
        """The block so far, while it is short enough for a badge; joining long ones is quadratic."""
        return "".join(self._text).strip() if self._written <= _BADGE else ""

    def _void(self, tag: str, attrs: Attributes) -> None:
        if tag == "meta" and (label := in_meta(attrs)):
            self._labels.append((0, label))
        elif tag in ("br", "hr"):
            self._write("\n\n" if tag == "hr" else "\n")
        elif tag == "img":
            self._picture((dict(attrs).get("alt") or "").strip())

    def _picture(self, described: str) -> None:
        """A logo's description ends a label ("Sponsored by"), or is one itself."""
        said = self._said()
        if described and said and is_open(said):
            self._write(f" {described}")
        elif described and (disclosure(described) or in_line(described)):
            self._flush()
            self._write(described)
            self._flush()

    def _push(self, tag: str, attrs: Attributes) -> None:
        known = dict(attrs)
        style = (known.get("style") or "").replace(" ", "")
        hidden = "hidden" in known or "display:none" in style
        inside_article = self._open["article"] or self._open["main"]
        beside = HIDDEN if hidden else _BESIDE.get(tag, "")
        if tag == "footer" and inside_article:
            beside = ""
        above = self._stack[-1].beside if self._stack else ""
        self._stack.append(
            _Element(
                tag=tag,
                label=in_attributes(attrs),
                beside=above or beside,
                blocks=len(self._blocks),
                words=self._words,
                headings=self._headings,
            )
        )
        self._open[tag] += 1

    def _pop(self) -> str:
        element = self._stack.pop()
        self._open[element.tag] -= 1
        has_heading = self._headings > element.headings or element.tag in ("html", "body")
        has_piece = has_heading and self._words - element.words >= _PIECE_WORDS
        if element.label and has_piece:
            self._labels.append((element.blocks, element.label))
        outside = not (self._open["article"] or self._open["main"])
        if element.tag == "header" and outside and self._headings == element.headings:
            for block in self._blocks[element.blocks :]:
                block.beside = block.beside or SITE_HEADING
        return element.tag

    def _end_apart(self) -> None:
        tag = self._apart[0] if self._apart else ""
        data = "".join(self._data)
        label = in_title(data) if tag == "title" else in_structured_data(data) if data else None
        if label:
            self._labels.append((0, label))
        self._apart = None

    def _flush(self) -> None:
        """End a block; a badge at its start ("Sponsored") is a block of its own."""
        written = without_invisible("".join(self._text))
        linked, badge = self._linked, self._badge
        self._text, self._written, self._linked, self._badge = [], 0, 0, ""
        element = self._stack[-1] if self._stack else None
        rest = written.strip().removeprefix(badge).lstrip(" :|–—·•-\n")
        if badge and rest[:1].isupper():
            parts = [badge, rest]
        else:
            parts = written.split("\n\n") if element and element.tag != "pre" else [written]
        for part in parts:
            text = " ".join(part.split())
            if not text:
                continue
            tag = element.tag if element else ""
            self._words += len(text.split())
            self._headings += bool(_HEADINGS & {tag, *self._headed()})
            self._blocks.append(
                Block(
                    text=text,
                    tag=tag,
                    beside=element.beside if element else "",
                    linked=linked >= 0.9 * len(text),
                )
            )

    def _headed(self) -> list[str]:
        return [tag for tag in _HEADINGS if self._open[tag]]
