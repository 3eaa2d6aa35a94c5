"""Rules between stories: lines of signs that part the pieces of one file."""

import re
from collections.abc import Sequence
from dataclasses import replace

from briefing.articles.lines.line import HEADER_FIELD, Line
from briefing.articles.lines.line_kind import LineKind

#: Three asterisks stand between the parts of one text; a rule across the page seldom does.
_ACROSS = re.compile(r"^(?:([=#*_~+–—-])\1{4,}|(?:([=#*_~+–—-]) ){4,}\2)$")
#: What the fields over a headline become.
_FIELDS = frozenset({LineKind.BYLINE, LineKind.DATE, LineKind.ADDRESS})
#: A headline has more words than a subhead.
_SUBHEAD_WORDS = 3
#: How far below a rule its headline may stand, and below that its by-line.
_LOOK_BELOW, _HEAD = 6, 4


def ruled_off(page: Sequence[Line]) -> list[Line]:
    """Mark the lines that begin another story, because a rule or a header stands above them.

    Below a rule a story has a headline, its text and a by-line or day of its own. Where no story of the page is
    signed, a rule across the page and a headline do: what is like the first story is another.
    """
    rules = [at for at, line in enumerate(page) if line.reason == "separator"]
    first = _signed(page, _first_headline(page))
    begun = {at + 1 for at in rules if _begins(page, at, first_is_signed=first)} | _headers(page)
    return [
        replace(line, begins_story=True) if at in begun else line for at, line in enumerate(page)
    ]


def _first_headline(lines: Sequence[Line]) -> int:
    """Below the days at the head of the page, which are those of the whole."""
    days = [at for at, line in enumerate(lines[:_HEAD]) if line.kind is LineKind.DATE]
    below = lines[days[-1] + 1 : days[-1] + 3] if days else ()
    return days[-1] + 1 if any(line.is_headline for line in below) else 0


def _headers(lines: Sequence[Line]) -> set[int]:
    """A block of fields opens a story wherever it stands."""
    filed = [line.reason == HEADER_FIELD for line in lines]
    return {
        at for at in range(1, len(lines)) if filed[at] and not filed[at - 1] and _titled(lines, at)
    }


def _titled(lines: Sequence[Line], at: int) -> bool:
    """The first line below the fields stands for itself, or below two fields that are known."""
    end = next((end for end in range(at + 1, len(lines)) if not _is_field(lines[end])), len(lines))
    if end == len(lines) or lines[end].kind is not LineKind.TEXT:
        return False
    known = sum(line.kind in _FIELDS for line in lines[at:end])
    return not lines[end].glued or known > 1


def _is_field(line: Line) -> bool:
    return line.reason == HEADER_FIELD or line.kind in _FIELDS


def _begins(lines: Sequence[Line], rule: int, *, first_is_signed: bool) -> bool:
    headline = _headline(lines, rule + 1)
    if headline is None:
        return False
    if _signed(lines, rule + 1):
        return True
    is_across = _ACROSS.match(lines[rule].text) is not None and not lines[rule].glued
    return is_across and not first_is_signed and lines[headline].words > _SUBHEAD_WORDS


def _headline(lines: Sequence[Line], start: int) -> int | None:
    """The first text below, when it is a headline with a text of its own."""
    for at in range(start, min(start + _LOOK_BELOW, len(lines))):
        if lines[at].reason == "separator":
            return None
        if lines[at].kind is LineKind.TEXT:
            return at if lines[at].is_headline and lines[at].heads_text else None
    return None


def _signed(lines: Sequence[Line], start: int) -> bool:
    """A by-line, a day or a name stands over the text."""
    for line in lines[start : start + _LOOK_BELOW + _HEAD]:
        if line.is_prose:
            return False
        if line.kind in (LineKind.BYLINE, LineKind.DATE):
            return True
        if line.kind is LineKind.TEXT and line.words > 1 and line.facts.authors_alone:
            return True
    return False
