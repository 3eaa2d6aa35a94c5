"""A site's menus at the head of a page: the way to the page, and short lines between two of the site's own."""

import re
from collections.abc import Sequence

from briefing.articles.lines.line import WAY, Line
from briefing.articles.lines.line_kind import LineKind

_REASON = "site heading"
_ITEM_WORDS = 6
_ROW_ITEMS, _ROW_WORDS = 3, 3
_FIGURE = re.compile(r"\d(?:[.,]\d+)*\s?[%°]?[CF]?\s*$")
#: A name, its address and the headline.
_HOUSE = 3
_BULLET = re.compile(r"^[*•·▪●◦–-] [^\W\d_][^.!?:;,]*$")
_BAR = re.compile(r"\s+[|•·]\s+")
_GAP = re.compile(r"[ \u00a0]{2,}|\t+")
#: "Start > Politics > At home": from two to seven names with signs between them.
_TRAIL = re.compile(
    r"^[^.!?«>»›→]{2,30}(?:\s*[>»›→]\s*[^.!?«>»›→]{2,40}){1,6}$|^[^.!?/\d]{2,20}(?: / [^.!?/\d]{2,20}){2,6}$"
)
#: "Home / Food": two names are a trail where the first one is known.
_TWO = re.compile(r"^[^.!?/\d]{2,20} / [^.!?/\d]{2,40}$")
_SIGNS = re.compile(r"\s*[>»›→]\s*| / ")


def menus(page: Sequence[Line]) -> list[Line]:
    """Take trails of names for the site's, and so each line of a menu that the words do not tell."""
    lines = [_trail(line) for line in page]
    first = next((at for at, line in enumerate(lines) if line.is_prose), len(lines))
    for place in range(first):
        if lines[place].kind is LineKind.TEXT and (
            _is_ticker(lines[place].text)
            or _is_bar(lines[place].text)
            or _is_listed(lines, place)
            or _is_counter(lines, place)
        ):
            lines[place] = lines[place].taken_for(LineKind.FURNITURE, _REASON)
    for place in range(min(_HOUSE, first)):
        if _names_house(lines[place : place + 3]):
            lines[place] = lines[place].taken_for(LineKind.FURNITURE, _REASON)
    for place in range(1, len(lines) - 1):
        above, line, below = lines[place - 1 : place + 2]
        if line.glued and below.glued and _is_site(above) and _is_site(below) and _is_item(line):
            lines[place] = line.taken_for(LineKind.FURNITURE, _REASON)
    return lines


def _trail(line: Line) -> Line:
    told = line.kind is LineKind.FURNITURE and line.reason == _REASON
    if ((line.kind is LineKind.TEXT or told) and _TRAIL.match(line.text)) or (
        told and _TWO.match(line.text)
    ):
        return line.taken_for(LineKind.FURNITURE, WAY, _SIGNS.split(line.text)[-1].strip())
    if line.kind is LineKind.TEXT and _is_row(line.raw):
        return line.taken_for(LineKind.FURNITURE, _REASON)
    return line


def _is_row(raw: str) -> bool:
    """Names with wide gaps between them, as a row of links is saved; with figures it is a table."""
    items = _GAP.split(raw.strip())
    return (
        len(items) >= _ROW_ITEMS
        and not any(sign.isdigit() for sign in raw)
        and all(item.count(" ") < _ROW_WORDS and not item.endswith(".") for item in items)
    )


def _is_listed(lines: Sequence[Line], place: int) -> bool:
    """An item of a list of names, above the headline: the sections of a site."""
    around = [at for at in (place - 1, place + 1) if 0 <= at < len(lines)]
    return _is_bullet(lines[place].text) and any(_is_bullet(lines[at].text) for at in around)


def _is_bullet(text: str) -> bool:
    found = _BULLET.match(text)
    return found is not None and text.count(" ") <= _ROW_WORDS


def _is_counter(lines: Sequence[Line], place: int) -> bool:
    """A figure alone above a button, or above another such figure."""
    end = place
    while end < len(lines) and lines[end].text.isdigit():
        end += 1
    return place < end < len(lines) and lines[end].reason == "sharing button"


def _names_house(lines: Sequence[Line]) -> bool:
    """A name with an address glued below, and then a longer headline: it is the site's."""
    if len(lines) < _HOUSE or lines[1].kind is not LineKind.ADDRESS or not lines[1].glued:
        return False
    name, headline = lines[0], lines[2]
    is_name = name.kind is LineKind.TEXT and all(word[:1].isupper() for word in name.text.split())
    return is_name and headline.is_headline and not headline.glued and headline.words > name.words


def _is_bar(text: str) -> bool:
    """Names with signs between them, of which two or more have one word: people have two."""
    items = _BAR.split(text)
    return (
        len(items) >= _ROW_ITEMS
        and sum(item.isalpha() for item in items) > 1
        and all(item.count(" ") < _ROW_WORDS and item[:1].isupper() for item in items)
        and not any(sign.isdigit() for sign in text)
    )


def _is_ticker(text: str) -> bool:
    """Figures of markets or weather with signs between them: each part ends on one."""
    parts = text.split("|")
    return len(parts) > 1 and all(_FIGURE.search(part) for part in parts)


def _is_site(line: Line) -> bool:
    return line.kind is LineKind.FURNITURE and line.reason in (_REASON, WAY, "sign-up form")


def _is_item(line: Line) -> bool:
    return line.kind is LineKind.TEXT and line.words <= _ITEM_WORDS and not line.is_prose
