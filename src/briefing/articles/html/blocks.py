"""Blocks: the runs of text of a page between two block elements, each with its place."""

import re
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

from lxml import etree, html

from briefing.articles.html.labels.label_lines import LABEL_WORDS, is_label, label_and_name
from briefing.articles.html.markup.regions import FIGURE, region_of
from briefing.articles.html.markup.runs import BREAK, Run, is_sentence
from briefing.articles.lines.line_kind import Classified, LineKind, classify
from briefing.articles.text.dates import date_line
from briefing.articles.text.decoding import check_lines, without_invisible
from briefing.articles.text.word_count import count_words
from briefing.articles.vocabulary.bylines import byline
from briefing.articles.vocabulary.labels import disclosure, is_open, is_slot
from briefing.articles.vocabulary.payer_lines import in_line
from briefing.model.article import Author

BLOCKS = frozenset(
    "address article aside blockquote body button caption center dd details dialog div dl dt fieldset "
    "figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr html legend li main nav ol option p pre "
    "section summary table tbody td tfoot th thead tr ul".split()
)
HEADINGS = frozenset("h1 h2 h3 h4 h5 h6".split())
_PROSE_WORDS, _HALF_LINK = 8, 0.5
#: A block of more words is a paragraph, whatever sign closes it.
LONG = 22


@dataclass(kw_only=True, eq=False)
class Block:
    """One run of text; what several readers of a page ask of it is read when the first asks, and kept."""

    text: str
    #: The innermost block element around it.
    element: html.HtmlElement
    #: The elements around it that open a region, the outermost first, and what they say they are.
    regions: tuple[tuple[html.HtmlElement, str], ...] = ()
    #: Why it is not part of an article, once it is known which of them hold the article itself.
    region: str = ""
    #: The share of its characters that are links.
    linked: float = 0.0
    words: int = 0
    #: Links that the page itself marks as paid: `rel=sponsored`.
    paid_link: bool = False
    #: A picture stands in it, such as the logo of a payer.
    pictured: bool = False

    @property
    def tag(self) -> str:
        """Of its element."""
        return str(self.element.tag)

    @cached_property
    def is_sentence(self) -> bool:
        """A full stop of any script closes it."""
        return is_sentence(self.text)

    @cached_property
    def is_prose(self) -> bool:
        """Long enough for a paragraph, or a sentence of some words, and no link to elsewhere."""
        if self.linked >= _HALF_LINK or self.tag in HEADINGS:
            return False
        return self.words > LONG or (self.words >= _PROSE_WORDS and self.is_sentence)

    @cached_property
    def is_label(self) -> bool:
        """It is a label of paid copy, or names a payer, and says nothing else."""
        return is_label(self.text)

    @cached_property
    def is_slot(self) -> bool:
        """It says "Advertisement" and nothing else."""
        return is_slot(self.text)

    @cached_property
    def says_paid(self) -> bool:
        """It is a label of paid copy; one that breaks off needs the payer's picture next to it."""
        return self.is_label or (self.pictured and is_open(self.text))

    @cached_property
    def kind(self) -> Classified:
        """Which kind of line it is: by its words, as a label in parts, or by the figure that it stands in."""
        known = classify(self.text)
        if (
            known.kind is LineKind.TEXT
            and self.words <= LABEL_WORDS
            and label_and_name(self.element)
        ):
            return Classified(kind=LineKind.DISCLOSURE, evidence=self.text)
        if known.kind is LineKind.TEXT and any(region == FIGURE for _, region in self.regions):
            return Classified(kind=LineKind.CAPTION)
        return known

    @cached_property
    def authors(self) -> tuple[Author, ...]:
        """Who signs, where it is a by-line."""
        return byline(self.text)

    @cached_property
    def days(self) -> tuple[date | None, date | None] | None:
        """When the piece was published and updated, where it is a line of dates."""
        return date_line(self.text)


@dataclass(slots=True)
class Blocks:
    """The blocks of a page in their order, and which of them each element holds."""

    all: list[Block] = field(default_factory=list)
    #: From the first up to, without it, the last.
    spans: dict[html.HtmlElement, tuple[int, int]] = field(default_factory=dict)
    #: The page shows no text; the one that it declares is among them.
    is_declared: bool = False

    def texts(self) -> list[str]:
        """What each of them says."""
        return [block.text for block in self.all]

    def as_text(self) -> str:
        """All that they say, with empty lines around paragraphs, as in plain text."""
        return "".join(f"\n{one.text}\n" if one.is_prose else f"{one.text}\n" for one in self.all)

    def under(self, root: html.HtmlElement) -> "Blocks":
        """The blocks inside an element as a page of their own."""
        first, last = self.spans.get(root, (0, len(self.all)))
        spans = {
            element: (start - first, end - first)
            for element, (start, end) in self.spans.items()
            if first <= start and end <= last
        }
        return Blocks(self.all[first:last], spans)

    def of(self, element: html.HtmlElement) -> list[Block]:
        """The blocks inside an element."""
        first, last = self.spans.get(element, (0, 0))
        return self.all[first:last]


def read_blocks(root: html.HtmlElement, headline: str = "", text: str = "") -> Blocks:
    """All blocks inside an element; where none is prose, with a declared text that is written into it.

    Raises:
        PageRefused: when there are more than anybody writes.
    """
    walk = _Walk()
    for event, element in etree.iterwalk(root, events=("start", "end")):
        (walk.start if event == "start" else walk.end)(element)
    check_lines(len(walk.found.all))
    if not text or any(block.is_prose for block in walk.found.all):
        return walk.found
    article = etree.SubElement(root, "article")
    etree.SubElement(article, "h1").text = headline
    for line in filter(str.strip, text.split("\n")):
        etree.SubElement(article, "p").text = line.strip()
    return replace(read_blocks(root), is_declared=True)


#: In characters; what is longer describes a picture.
_LOGO = 120
_LOGO_END = re.compile(r"\s*\blogo\b\W*$", re.IGNORECASE)
#: The region of what is taken out with its label, whatever holds it.
PAID = "paid for"


def _is_container(element: html.HtmlElement) -> bool:
    """An element of the page's own making, or an insertion, that holds blocks and so is one."""
    tag = element.tag
    return (tag == "ins" or "-" in tag) and any(child.tag in BLOCKS for child in element)


class _Walk:
    """The state of one walk through a tree."""

    def __init__(self) -> None:
        self.found = Blocks()
        self._run = Run()
        self._aside: list[tuple[html.HtmlElement, Run]] = []
        self._links = 0
        self._regions: list[tuple[tuple[html.HtmlElement, str], ...]] = [()]
        self._boxes: list[html.HtmlElement] = []
        self._touches = False

    def start(self, element: html.HtmlElement) -> None:
        tag = element.tag
        above = self._regions[-1]
        region = region_of(element)
        if tag in BLOCKS or _is_container(element):
            self.flush()
            self.found.spans[element] = (len(self.found.all), 0)
            self._boxes.append(element)
        elif region:
            # A button or a hidden word inside a line is not part of its text.
            self._aside.append((element, self._run))
            self._run = Run()
        if tag == "a":
            self._links += 1
            self._run.paid = self._run.paid or "sponsored" in (element.get("rel") or "")
        self._regions.append((*above, (element, region)) if region else above)
        before = element.getprevious()
        self._touches = self._touches or (before is not None and not before.tail)
        if tag == "br":
            self._run.text.append(BREAK)
        elif tag == "img":
            self._picture((element.get("alt") or "").strip())
        elif element.text:
            self._add(element.text)
        if told := element.get("aria-label"):
            self._read_aloud(element, told.strip())

    def end(self, element: html.HtmlElement) -> None:
        tag = element.tag
        if self._boxes and self._boxes[-1] is element:
            self.flush()
            first, _ = self.found.spans[element]
            self.found.spans[element] = (first, len(self.found.all))
            self._boxes.pop()
        elif tag == "a":
            self._links -= 1
        if self._aside and self._aside[-1][0] is element:
            self.flush()
            _, self._run = self._aside.pop()
        self._regions.pop()
        if element.tail and self._boxes:
            self._add(element.tail)

    def _picture(self, described: str) -> None:
        """A logo's description ends a label ("Sponsored by"), or is one itself."""
        said = self._run.said
        self._run.pictured = bool(said)
        if not described or len(described) > _LOGO or len(said) > _LOGO:
            return
        last = self.found.all[-1] if self.found.all and not said else None
        if said and is_open(said):
            self._run.text.append(f" {_LOGO_END.sub('', described)}{BREAK}{BREAK}")
        elif last and is_open(last.text) and last.element.getparent() in self._boxes[-2:]:
            last.text, last.pictured = f"{last.text} {_LOGO_END.sub('', described)}", True
        elif is_slot(described) or disclosure(described) or in_line(described):
            self.flush()
            self._run.text.append(described)
            self.flush()

    def _read_aloud(self, element: html.HtmlElement, told: str) -> None:
        """A label that only the name of an empty element holds, for those who listen to the page.

        One word names a place that is filled later.
        """
        if (
            len(told) > _LOGO
            or " " not in told
            or len(element)
            or (element.text or "").strip()
            or not self._boxes
        ):
            return
        if (disclosure(told) and not is_open(told)) or in_line(told):
            self.flush()
            self._run.text.append(told)
            self.flush()

    def _add(self, text: str) -> None:
        self._run.add(text, is_link=bool(self._links), touches=self._touches)
        self._touches = False

    def flush(self) -> None:
        """End a run of text; two line breaks end one too."""
        run, self._run = self._run, Run()
        if not self._boxes or not any(map(str.strip, run.text)):
            return
        element = self._boxes[-1]
        for part, linked in run.parts(element.tag):
            text = " ".join(without_invisible(part).split())
            if text:
                self.found.all.append(
                    Block(
                        text=text,
                        element=element,
                        regions=self._regions[-1],
                        linked=min(1.0, linked / len(text)),
                        words=count_words(text),
                        paid_link=run.paid,
                        pictured=run.pictured,
                    )
                )
