"""One piece: its lines told apart into headline, standfirst, by-line, body and what is dropped."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from briefing.articles.boundaries import ends_piece
from briefing.articles.bylines import biography, byline
from briefing.articles.captions import is_agency, is_button, is_end_caption, split_credit
from briefing.articles.credits import Credit, credit, is_phone
from briefing.articles.dates import date_line, first_date
from briefing.articles.furniture import furniture, opens_tail
from briefing.articles.labels import disclosure, lift_label, lone_label
from briefing.articles.lines import Line
from briefing.model.article import Author, Paragraph, ParagraphKind, Removed

#: The site's field for a standfirst holds exactly this many characters, tags counted.
CUT_AT = 100
_STANDFIRST_WORDS = 32
_ITEM = re.compile(r"^(?:[•·▪*–-]\s+|\d{1,2}[.)]\s+)")
_POST = re.compile(r"^(?:—|–|-|pic\.twitter|https?://t\.co)|\(@\w{1,30}\)")
_CLOSED = re.compile(r"[.!?…:;]['\"”’)\]]*$")
_SUBHEAD_WORDS = 10


@dataclass(slots=True, kw_only=True)
class Piece:
    """A piece while it is being read; `articles.split_page` makes the frozen Article of it."""

    headline: str = ""
    standfirst: str | None = None
    standfirst_truncated: bool = False
    authors: list[Author] = field(default_factory=list)
    paragraphs: list[Paragraph] = field(default_factory=list)
    captions: list[str] = field(default_factory=list)
    labels: list[str] = field(default_factory=list)
    removed: list[Removed] = field(default_factory=list)
    flags: list[str] = field(default_factory=list)
    credit: Credit | None = None
    has_phone: bool = False
    payer: str | None = None
    disclosure: str | None = None
    published: date | None = None
    updated: date | None = None

    def drop(self, text: str, reason: str) -> None:
        """Keep a line on record that is no part of the article."""
        self.removed.append(Removed(text=text, reason=reason))


def parse(lines: Sequence[Line]) -> Piece:
    """Read the lines of one piece; every line ends in exactly one field or in `removed`."""
    piece = Piece()
    rest = _without_endings(piece, lines)
    rest = _without_pictures(piece, rest)
    rest = _without_furniture(piece, rest)
    body = _head(piece, rest)
    body = _without_end_caption(piece, body)
    for place, line in enumerate(body):
        below = body[place + 1] if place + 1 < len(body) else None
        piece.paragraphs.append(Paragraph(text=line.text, kind=_kind(line, below)))
    return piece


def _without_endings(piece: Piece, lines: Sequence[Line]) -> list[Line]:
    """Take off biographies, credits and left-over phone numbers."""
    rest = []
    for place, line in enumerate(lines):
        found = credit(line.text)
        if found:
            piece.credit = piece.credit or found
            piece.drop(line.text, "credit")
        elif is_phone(line.text):
            piece.has_phone = True
            piece.drop(line.text, "phone number")
        elif _is_biography(lines, place):
            piece.authors += biography(line.text)
            piece.drop(line.text, "biography")
        else:
            rest.append(line)
    return rest


def _is_biography(lines: Sequence[Line], place: int) -> bool:
    """A person the piece itself speaks of is its subject, not its author."""
    found = biography(lines[place].text)
    if place == 0 or not found or not ends_piece(lines, place):
        return False
    above = " ".join(line.text for line in lines[:place] if not byline(line.text))
    return not all(author.name in above for author in found)


def _without_pictures(piece: Piece, lines: list[Line]) -> list[Line]:
    """Take off picture buttons with the caption, label or credit glued above each."""
    rest: list[Line] = []
    for place, line in enumerate(lines):
        if is_button(line.text):
            piece.drop(line.text, "picture button")
            while rest and place and lines[place].glued and _above_button(lines, place, rest):
                _take_caption(piece, rest.pop())
                place -= 1  # noqa: PLW2901 - walking up the block over the button
        elif is_agency(line.text):
            piece.drop(line.text, "picture credit")
        else:
            rest.append(line)
    return rest


def _above_button(lines: list[Line], place: int, rest: list[Line]) -> bool:
    return lines[place - 1] is rest[-1] and not is_button(lines[place - 1].text)


def _take_caption(piece: Piece, line: Line) -> None:
    if disclosure(line.text):
        _take_disclosure(piece, line.text)
    elif lone_label(line.text):
        piece.labels.append(line.text.rstrip(":"))
    else:
        caption, agency = split_credit(line.text)
        if agency:
            piece.drop(agency, "picture credit")
        if caption:
            piece.captions.append(caption)


def _take_disclosure(piece: Piece, text: str) -> None:
    found = disclosure(text)
    piece.labels.append(text)
    piece.disclosure = piece.disclosure or text
    if found and found[1]:
        piece.payer = piece.payer or found[1].strip()


def _without_furniture(piece: Piece, lines: list[Line]) -> list[Line]:
    rest: list[Line] = []
    tail = False
    for place, line in enumerate(lines):
        reason = furniture(line.text)
        if disclosure(line.text) and line.text.casefold() != "advertisement":
            _take_disclosure(piece, line.text)
        elif reason or tail:
            piece.drop(line.text, reason or "link to other pages")
            tail = tail or (bool(rest) and opens_tail(line.text))
        elif _cookie_block(lines, place):
            piece.drop(line.text, "cookie notice")
        else:
            rest.append(line)
    return rest


def _cookie_block(lines: list[Line], place: int) -> bool:
    """Lines glued to a cookie notice belong to it."""
    first = last = place
    while first > 0 and lines[first].glued:
        first -= 1
    while last + 1 < len(lines) and lines[last + 1].glued:
        last += 1
    return any(furniture(line.text) == "cookie notice" for line in lines[first : last + 1])


def _head(piece: Piece, lines: list[Line]) -> list[Line]:
    """Read label, headline, standfirst, by-line and date; return the body."""
    rest = list(lines)
    while len(rest) > 1 and _take_meta(piece, rest[0]):
        rest.pop(0)
    if rest:
        _take_headline(piece, rest.pop(0))
    while rest and _take_meta(piece, rest[0]):
        rest.pop(0)
    if _is_standfirst(rest):
        _take_standfirst(piece, rest.pop(0))
        while rest and rest[0].text == piece.standfirst:
            piece.drop(rest.pop(0).text, "standfirst printed twice")
    while rest and _take_meta(piece, rest[0]):
        rest.pop(0)
    return [line for place, line in enumerate(rest) if not _is_closing_meta(piece, rest, place)]


def _take_headline(piece: Piece, line: Line) -> None:
    label, piece.headline = lift_label(line.text)
    if label:
        piece.labels.append(label)


def _take_meta(piece: Piece, line: Line) -> bool:
    """Take a by-line, a date or a lone label; False when the line is none of them."""
    authors, dates, label = byline(line.text), date_line(line.text), lone_label(line.text)
    if authors:
        piece.authors += [author for author in authors if author.name not in _names(piece)]
        piece.published = piece.published or first_date(line.text)
        piece.drop(line.text, "by-line")
    elif dates:
        piece.published, piece.updated = piece.published or dates[0], piece.updated or dates[1]
        piece.drop(line.text, "date")
    elif label:
        piece.labels.append(label)
    return bool(authors or dates or label)


def _names(piece: Piece) -> set[str]:
    return {author.name for author in piece.authors}


def _is_closing_meta(piece: Piece, lines: list[Line], place: int) -> bool:
    """A by-line or date as the last line, or a date between paragraphs, is no paragraph."""
    is_last = place >= len(lines) - 1 and place > 0
    return (is_last or bool(date_line(lines[place].text))) and _take_meta(piece, lines[place])


def _is_standfirst(lines: list[Line]) -> bool:
    """Short and shorter than the paragraph below; in doubt it stays in the body."""
    if len(lines) < 2 or lines[0].words > _STANDFIRST_WORDS:  # noqa: PLR2004 - it and one below
        return False
    below = next((line for line in lines[1:] if line.text != lines[0].text), None)
    return (
        below is not None
        and len(lines[0].text) < len(below.text)
        and not _ITEM.match(lines[0].text)
    )


def _take_standfirst(piece: Piece, line: Line) -> None:
    piece.standfirst = line.text
    at_limit = CUT_AT in (len(line.raw), len(line.raw.strip()), len(line.text))
    if (at_limit and not _CLOSED.search(line.text)) or line.text.endswith(("...", "…")):
        piece.standfirst_truncated = True
        piece.flags.append("standfirst cut short on the page")


def _without_end_caption(piece: Piece, body: list[Line]) -> list[Line]:
    """A closing block that reads like a caption is one, when the piece has no other."""
    if len(body) < 2 or piece.captions or not is_end_caption(body[-1].text):  # noqa: PLR2004
        return body
    caption, agency = split_credit(body[-1].text)
    if agency:
        piece.drop(agency, "picture credit")
    piece.captions.append(caption)
    piece.flags.append("last block taken as a caption")
    return body[:-1]


def _kind(line: Line, below: Line | None) -> ParagraphKind:
    text = line.text
    if _ITEM.match(text):
        return ParagraphKind.ITEM
    if _POST.search(text) and line.words < _STANDFIRST_WORDS:
        return ParagraphKind.POST
    if text[0] in "\"“‘'" and text[-1] in "\"”’'":
        return ParagraphKind.QUOTE
    short = line.words <= _SUBHEAD_WORDS and not _CLOSED.search(text)
    if short and below is not None and below.words > line.words:
        return ParagraphKind.SUBHEAD
    return ParagraphKind.PROSE
