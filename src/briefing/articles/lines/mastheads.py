"""The title of a paper over the text of its page: name, volume, number and price of the issue."""

import re
from collections.abc import Sequence

from briefing.articles.lines.line import Line
from briefing.articles.lines.line_kind import LineKind
from briefing.articles.vocabulary.lookup import Finder, Grammar

_REASON = "site heading"
_VOLUME = Grammar("boilerplate", r"^\W*{volume}\b[.:]?\s*(?:[IVXLCDM]+|\d[\d.,]*)\b", re.IGNORECASE)
_PRICE = Finder("boilerplate", "price of a paper")
_LINES, _WORDS = 8, 10
#: Above the volume stand the paper's name and what it says of itself.
_NAMES = 3


def mastheads(page: Sequence[Line]) -> list[Line]:
    """Take for the paper's own what stands at the head of a page down to its volume, number or price."""
    lines = list(page)
    told = [at for at, line in enumerate(lines[:_LINES]) if _tells_issue(line)]
    if not told or told[0] > _NAMES or any(line.is_prose for line in lines[: told[-1]]):
        return lines
    for at in range(told[-1] + 1):
        if lines[at].kind in (LineKind.TEXT, LineKind.BYLINE):
            lines[at] = lines[at].taken_for(LineKind.FURNITURE, _REASON)
    return lines


def _tells_issue(line: Line) -> bool:
    if line.words > _WORDS or line.kind not in (LineKind.TEXT, LineKind.BYLINE):
        return False
    return _VOLUME.match(line.text) is not None or _PRICE.find(line.text) is not None
