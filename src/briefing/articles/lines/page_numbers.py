"""What a printed document has between its pages: numbers and running heads."""

import re
from collections import Counter
from collections.abc import Sequence

from briefing.articles.lines.line import Line
from briefing.articles.lines.line_kind import LineKind

_REASON = "between two pages"
_NUMBER = re.compile(r"^\W*(?P<number>\d{1,4})\W*$")
_FIGURES = re.compile(r"\d+")
_WORDS = 8
#: Chapters are counted from the first; whoever copies a page seldom begins with the first.
_FIRST = 2


def page_numbers(page: Sequence[Line]) -> list[Line]:
    """Take off numbers that stand alone between paragraphs and do not begin with 1, and running heads with them.

    A running head stands several times, with another number each time.
    """
    lines = list(page)
    alone = [at for at in _inside(lines) if _NUMBER.match(lines[at].text)]
    first = _NUMBER.match(lines[alone[0]].text) if alone else None
    if first and int(first["number"]) > _FIRST:
        for at in alone:
            lines[at] = lines[at].taken_for(LineKind.FURNITURE, _REASON)
    heads = [
        at for at in _inside(lines) if lines[at].words <= _WORDS and _FIGURES.search(lines[at].text)
    ]
    shapes = Counter(_FIGURES.sub("#", lines[at].text) for at in heads)
    texts = Counter(lines[at].text for at in heads)
    for at in heads:
        if shapes[_FIGURES.sub("#", lines[at].text)] > 1 == texts[lines[at].text] and _is_named(
            lines[at]
        ):
            lines[at] = lines[at].taken_for(LineKind.FURNITURE, _REASON)
    return lines


def _inside(lines: Sequence[Line]) -> list[int]:
    """Lines of text with a paragraph somewhere above and below, and blank lines around."""
    prose = [at for at, line in enumerate(lines) if line.is_prose]
    if len(prose) < 2:  # noqa: PLR2004 - between two paragraphs
        return []
    return [
        at
        for at in range(prose[0] + 1, prose[-1])
        if lines[at].kind is LineKind.TEXT
        and not lines[at].is_prose
        and not lines[at].glued
        and not lines[at + 1].glued
    ]


def _is_named(line: Line) -> bool:
    """A name with the number before or behind it, as on a page: an item of an agenda has more to say."""
    words = _FIGURES.sub("", line.text).strip(" |–—·-.")
    return bool(words) and all(
        word[:1].isupper() or word in ("of", "the", "and", "|") for word in words.split()
    )
