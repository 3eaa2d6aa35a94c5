"""Pages that carry what they should be read as: each line marked with what it is.

A file holds many pages. `#### name` opens a page, `== verdict` a piece of it; `@ Name = role`,
`d date`, `$ sponsor`, `% section`, `^ address` and a mark with a blank behind it (`h headline`) say what
no single line of the page says. Every other line is a line of the page behind its mark:

    h| headline    s| standfirst    c| caption    l| label    p| u| q| body    -| none of these    +| goes on

Verdicts: `editorial`; `paid` for sponsored or unsure, which both hold a piece; `any`; and
`refused` for a page without an article. A second word names the encoding.
"""

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from briefing.articles.split_page import split_page
from briefing.errors import PageRefused
from briefing.model.article import Article, Verdict
from briefing.model.page import Page

FOLDER = Path(__file__).parent / "pages"
#: Files of plain text as newsrooms and other programs save it, in the order in which they were written.
NEWSROOM_FILES = (
    "newsroom_looked_at.txt",
    "newsroom_kept_apart.txt",
    "newsroom_second_kept_apart.txt",
    "newsroom_third_kept_apart.txt",
    "newsroom_fourth_kept_apart.txt",
    "newsroom_fifth_kept_apart.txt",
    "newsroom_sixth_kept_apart.txt",
    "styles_first_kept_apart.txt",
    "styles_second_kept_apart.txt",
    "styles_third_kept_apart.txt",
    "styles_fourth_kept_apart.txt",
    "styles_fifth_kept_apart.txt",
    "styles_sixth_kept_apart.txt",
    "styles_seventh_kept_apart.txt",
    "styles_eighth_kept_apart.txt",
    "styles_ninth_kept_apart.txt",
    "styles_tenth_kept_apart.txt",
    "styles_eleventh_kept_apart.txt",
    "styles_twelfth_kept_apart.txt",
    "styles_thirteenth_kept_apart.txt",
    "styles_fourteenth_kept_apart.txt",
    "styles_fifteenth_kept_apart.txt",
    "styles_sixteenth_kept_apart.txt",
    "styles_seventeenth_kept_apart.txt",
    "styles_eighteenth_kept_apart.txt",
    "styles_nineteenth_kept_apart.txt",
    "styles_twentieth_kept_apart.txt",
    "styles_twenty_first_kept_apart.txt",
    "styles_twenty_second_kept_apart.txt",
    "styles_twenty_third_kept_apart.txt",
    "styles_twenty_fourth_kept_apart.txt",
)
_TAGS = re.compile(r"</?\w+[^<>]*>")


@dataclass(slots=True)
class Expected:
    """One piece as a person reads it."""

    verdict: str
    authors: dict[str, str | None] = field(default_factory=dict)
    published: str | None = None
    sponsor: str | None = None
    section: str | None = None
    address: str | None = None
    #: Texts by their mark.
    lines: dict[str, list[str]] = field(default_factory=dict)

    def texts(self, marks: str) -> list[str]:
        """The texts with any of these marks, in the order of the page."""
        return [text for mark, texts in self.lines.items() for text in texts if mark in marks]


@dataclass(slots=True)
class Marked:
    """One page and its pieces."""

    name: str
    lines: list[str] = field(default_factory=list)
    pieces: list[Expected] = field(default_factory=list)
    encoding: str = "utf-8"

    @property
    def text(self) -> str:
        """The page as it was saved."""
        return "\n".join(self.lines).strip("\n") + "\n"

    @property
    def page(self) -> Page:
        """The page's bytes, in the encoding that is asked for."""
        if self.encoding == "mojibake":
            body = "".join(map(_misread, self.text.encode())).encode()
        else:
            body = self.text.encode(self.encoding)
        return Page(name=self.name, body=body)

    @property
    def refused(self) -> bool:
        """True when no article stands on the page."""
        return self.pieces[0].verdict == "refused"


def marked_pages(name: str) -> list[Marked]:
    """The pages of one file."""
    pages: list[Marked] = []
    body: list[str] = []
    for line in (FOLDER / name).read_text(encoding="utf-8").splitlines():
        if line.startswith("#### "):
            pages.append(Marked(name=line[5:]))
        elif line.startswith("== "):
            verdict, _, encoding = line[3:].partition(" ")
            pages[-1].encoding = encoding or pages[-1].encoding
            pages[-1].pieces.append(Expected(verdict=verdict))
            body = pages[-1].pieces[-1].lines.setdefault("p", [])
        elif line[1:2] == " " and line[0] in "@d$%^hscpuq":
            _take_said(pages[-1].pieces[-1], line)
        elif line.startswith("+|"):
            _go_on(pages[-1], line[2:])
        else:
            _take_line(pages[-1], line, body)
    return pages


def _take_said(piece: Expected, line: str) -> None:
    if line[0] == "@":
        name, _, role = line[2:].partition(" = ")
        piece.authors[name] = role or None
    elif line[0] == "d":
        piece.published = line[2:]
    elif line[0] == "$":
        piece.sponsor = line[2:]
    elif line[0] == "%":
        piece.section = line[2:]
    elif line[0] == "^":
        piece.address = line[2:]
    else:
        mark = "p" if line[0] in "uq" else line[0]
        piece.lines.setdefault(mark, []).append(line[2:])


def _go_on(marked: Marked, written: str) -> None:
    """A line that a saving program broke off: it belongs to the text of the line above it."""
    above = " ".join(marked.lines[-1].split())
    marked.lines.append(written)
    for texts in marked.pieces[-1].lines.values():
        if texts and texts[-1].endswith(above):
            parted = above.endswith("-")
            texts[-1] = f"{texts[-1][:-1] if parted else f'{texts[-1]} '}{written.strip()}"


def _take_line(marked: Marked, line: str, body: list[str]) -> None:
    mark, written = (line[0], line[2:]) if line[1:2] == "|" else ("", line)
    marked.lines.append(written)
    text = " ".join(html.unescape(_TAGS.sub("", written)).split())
    if mark in ("p", "u", "q") and mark:
        body.append(text)
    elif mark and mark != "-":
        marked.pieces[-1].lines.setdefault(mark, []).append(text)


@dataclass(slots=True)
class Judged:
    """How well one page was read."""

    #: What each field was worth, from 0 to 1.
    fields: dict[str, float] = field(default_factory=dict)
    #: Adverts that would have gone out as reporting, and reports held as adverts.
    unlabelled: list[str] = field(default_factory=list)
    accused: list[str] = field(default_factory=list)

    @property
    def mean(self) -> float:
        """The mean of the fields."""
        return sum(self.fields.values()) / len(self.fields)


def judge_page(marked: Marked, found: Sequence[Article] | None = None) -> Judged:
    """Read a page, and compare every field of every piece with what its marks say."""
    judged = Judged()
    if found is None:
        found = _split(marked.page)
    if marked.refused:
        judged.fields["refused"] = float(not found)
        return judged
    judged.fields["pieces"] = float(len(found) == len(marked.pieces))
    for at, piece in enumerate(marked.pieces):
        article = _of(piece, found)
        for name, worth in _fields(piece, article):
            judged.fields[f"{at} {name}"] = worth
        _verdict(piece, article, judged)
    return judged


@cache
def _split(page: Page) -> tuple[Article, ...]:
    """The pieces of a page, of which one test asks each field and another one their mean."""
    try:
        return split_page(page)
    except PageRefused:
        return ()


def _of(piece: Expected, found: Sequence[Article]) -> Article | None:
    """The piece that was found under this headline, or that shares a paragraph with it."""
    (headline,) = piece.lines["h"]
    wanted = set(piece.texts("p"))
    by_headline = [article for article in found if article.headline == headline]
    by_body = [a for a in found if wanted & {part.text for part in a.paragraphs}]
    return next(iter([*by_headline, *by_body]), None)


def _fields(piece: Expected, article: Article | None) -> Iterator[tuple[str, float]]:
    names = ("headline", "standfirst", "captions", "authors", "roles", "published", "labels")
    if article is None:
        yield from ((name, 0.0) for name in (*names, "body", "sponsor"))
        return
    roles = {author.name: author.role for author in article.byline}
    yield "headline", float([article.headline] == piece.texts("h"))
    yield (
        "standfirst",
        float(([article.standfirst] if article.standfirst else []) == piece.texts("s")),
    )
    yield "captions", float(sorted(article.captions) == sorted(piece.texts("c")))
    yield "authors", float(set(roles) == set(piece.authors))
    known = {name: role for name, role in piece.authors.items() if role}
    yield "roles", float({name: roles.get(name) for name in known} == known)
    published = article.published.isoformat() if article.published else None
    yield "published", float(published == piece.published)
    if piece.texts("l"):
        yield "labels", float(list(article.labels) == piece.texts("l"))
    yield "body", _alike([part.text for part in article.paragraphs], piece.texts("p"))
    if piece.sponsor:
        yield "sponsor", float(article.sponsorship.sponsor == piece.sponsor)
    if piece.section:
        yield "section", float(article.section == piece.section)
    if piece.address:
        yield "address", float(article.canonical_url == piece.address)


def _alike(found: list[str], wanted: list[str]) -> float:
    """Twice what both hold over what each holds (F1), paragraph by paragraph."""
    both = sum(text in wanted for text in found)
    return 2 * both / (len(found) + len(wanted))


def _verdict(piece: Expected, article: Article | None, judged: Judged) -> None:
    (headline,) = piece.lines["h"]
    if piece.verdict == "paid" and (article is None or article.verdict is Verdict.EDITORIAL):
        judged.unlabelled.append(headline)
    if piece.verdict == "editorial" and article and article.verdict is not Verdict.EDITORIAL:
        judged.accused.append(headline)


def _misread(byte: int) -> str:
    """A byte as a browser reads Windows-1252, which knows no character for five of them."""
    character = bytes([byte]).decode("cp1252", errors="replace")
    return chr(byte) if character == "\ufffd" else character
