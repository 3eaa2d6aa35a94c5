"""Exports of libraries of newspapers: fields in capitals below the title, and more of them below the text."""

import re
from collections.abc import Sequence

from briefing.articles.lines.header_fields import field_of, filed
from briefing.articles.lines.line import HEADER_FIELD, Line
from briefing.articles.lines.line_kind import LineKind

#: "BYLINE: By Ann Lee", "LOAD-DATE: March 4, 2026".
_NAMED = re.compile(r"^[A-Z][A-Z-]{2,20}(?: [A-Z-]{2,20}){0,2}: \S")
#: "2 of 14 DOCUMENTS": where the next one begins.
_NUMBER = re.compile(r"^(?:[^\W\d_]+ )?\d+ (?:of|von|de|sur|di|van) \d+(?: [A-Z]+)?$")
#: So many fields show that a page comes from such a library, of which one says what kind of thing it is.
_FEWEST = 3
_KNOWN = frozenset({"title", "writer", "section", "day", "address"})


def library_exports(page: Sequence[Line]) -> list[Line]:
    """Read the fields around each text as its head; what stands over its title is the library's.

    A page with blocks of fields is left: `header_fields` has read it.
    """
    if any(line.reason == HEADER_FIELD for line in page):
        return list(page)
    starts = [at for at, line in enumerate(page) if _NUMBER.match(line.text)]
    ends = [*starts[1:], len(page)] if starts else [len(page)]
    lines = list(page[: starts[0]]) if starts else []
    for start, end in zip(starts or [0], ends, strict=True):
        lines += _document(page[start:end])
    return lines


def _document(page: Sequence[Line]) -> list[Line]:
    named = [at for at, line in enumerate(page) if _NAMED.match(line.text)]
    fields = {at: field_of(page[at]) for at in named} if len(named) >= _FEWEST else {}
    if not any(name in _KNOWN for name, _ in fields.values()) or page[named[0]].is_prose:
        return list(page)
    titled = next((at for at in named if fields[at][0] == "title"), None)
    title = _title(page[: named[0]]) if titled is None else titled
    if title is None:
        return list(page)
    above = [_above(line) for at, line in enumerate(page[: named[0]]) if at != title]
    head = fields[title][1] if title in fields else [page[title]]
    head += [line for at, (_, lines) in fields.items() if at != title for line in lines]
    return [
        *above,
        *head,
        *(line for at, line in enumerate(page) if at > named[0] and at not in fields),
    ]


def _title(above: Sequence[Line]) -> int | None:
    """The last headline over the fields."""
    return next((at for at in range(len(above) - 1, -1, -1) if above[at].is_headline), None)


def _above(line: Line) -> Line:
    day = line.facts.day
    if day:
        return line.taken_for(LineKind.DATE, evidence=(day, None))
    if _NUMBER.match(line.text):
        return filed(line.text, "separator")
    return filed(line.text) if line.kind is LineKind.TEXT else line
