"""Exports of libraries of newspapers: fields below the title, and more of them below the text."""

import re
from collections.abc import Mapping, Sequence

from briefing.articles.lines.header_fields import field_of, filed
from briefing.articles.lines.line import HEADER_FIELD, Line, line_of
from briefing.articles.lines.line_kind import LineKind
from briefing.articles.vocabulary.library_marks import (
    FEWEST,
    FIELD,
    LENGTH,
    NUMBERED,
    TEXT_FIELD,
    is_mark,
    is_named,
)

#: "BYLINE: By Ann Lee", "LOAD-DATE: March 4, 2026".
_NAMED = re.compile(r"^[A-Z][A-Z-]{2,20}(?: [A-Z-]{2,20}){0,2}: \S")
#: So many words show that a line speaks of the text below it.
_SHARED = 2
#: "2 of 14 DOCUMENTS": where the next one begins.
_NUMBER = re.compile(r"^(?:[^\W\d_]+ )?\d+ (?:of|von|de|sur|di|van) \d+(?: [A-Z]+)?$")
_KNOWN = frozenset({"title", "writer", "section", "day", "address"})


def library_exports(page: Sequence[Line]) -> list[Line]:
    """Read the fields around each text as its head; what stands over its title is the library's.

    A page with blocks of fields is left: `header_fields` has read it.
    """
    if any(line.reason == HEADER_FIELD for line in page):
        return list(page)
    page = _numbered(page)
    starts = [at for at, line in enumerate(page) if _NUMBER.match(line.text)]
    ends = [*starts[1:], len(page)] if starts else [len(page)]
    lines = list(page[: starts[0]]) if starts else []
    for start, end in zip(starts or [0], ends, strict=True):
        lines += _document(page[start:end])
    return lines


def _numbered(page: Sequence[Line]) -> list[Line]:
    """A document that ends on its number: what stands from its length down to its text is the library's.

    Source: Factiva, display format "full article": headline, by-line, words, day, hour, paper, code, language.
    """
    lines = list(page)
    length = next((at for at, line in enumerate(page) if LENGTH.match(line.text)), None)
    numbers = [at for at, line in enumerate(page) if NUMBERED.match(line.text)]
    if length is None or not numbers or numbers[0] < length:
        return lines
    text = next((at for at in range(length, len(page)) if page[at].is_prose), length)
    for at in (*range(length, text), *numbers):
        if page[at].kind is LineKind.TEXT:
            lines[at] = filed(page[at].text)
    return lines


def _document(page: Sequence[Line]) -> list[Line]:
    marked = any(is_mark(line.text) for line in page)
    named = [
        at
        for at, line in enumerate(page)
        if _NAMED.match(line.text) or (marked and is_named(line.text))
    ]
    fields = {at: field_of(page[at]) for at in named} if len(named) >= FEWEST else {}
    if not any(name in _KNOWN for name, _ in fields.values()) or page[named[0]].is_prose:
        return list(page)
    titled = next(
        (at for at in named if fields[at][0] == "title" and not _is_topic(page[at])), None
    )
    fields |= {at: ("other", [filed(page[at].text)]) for at in named if _is_topic(page[at])}
    title = _title(page, named[0]) if titled is None else titled
    if title is None:
        return list(page)
    above = [_above(line) for at, line in enumerate(page[: named[0]]) if at != title]
    head = fields[title][1] if title in fields else [page[title]]
    head += [line for at, (_, lines) in fields.items() if at != title for line in lines]
    return [*above, *head, *_text(page, named[0], fields)]


def _is_topic(line: Line) -> bool:
    """Tell "Subject: Schools; Population", of what a text is, from the title of a mail."""
    return line.text.casefold().startswith("subject:")


def _text(page: Sequence[Line], first: int, fields: Mapping[int, object]) -> list[Line]:
    """The text between the fields; from the first field under it on, all is the library's."""
    found: list[Line] = []
    told = False
    for at in range(first, len(page)):
        match = FIELD.match(page[at].text) if at in fields else None
        if match and match["value"] and TEXT_FIELD.find(match["name"]):
            found.append(line_of(match["value"], match["value"], glued=False))
        elif at in fields or is_mark(page[at].text):
            if told:
                return [*found, *(filed(line.text) for line in page[at:])]
        else:
            found.append(page[at])
        told = told or bool(found and found[-1].is_prose)
    return found


def _title(page: Sequence[Line], first: int) -> int | None:
    """The last headline over the fields; where none behind the day speaks of the text, the first of all."""
    heads = [at for at in range(first) if page[at].is_headline]
    days = [at for at in range(first) if page[at].facts.day]
    text = frozenset[str]().union(*(line.facts.words for line in page[first:] if line.is_prose))
    behind = [at for at in heads if not days or at > days[0]]
    named = [at for at in behind if len(page[at].facts.words & text) >= _SHARED]
    return named[-1] if named else next(iter(heads), None)


def _above(line: Line) -> Line:
    day = line.facts.day
    if day:
        return line.taken_for(LineKind.DATE, evidence=(day, None))
    if _NUMBER.match(line.text):
        return filed(line.text, "separator")
    return filed(line.text) if line.kind is LineKind.TEXT else line
