"""Exports of libraries of newspapers: fields below the title, and more of them below the text."""

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

from briefing.articles.lines.header_fields import field_of, filed
from briefing.articles.lines.line import HEADER_FIELD, Line, line_of
from briefing.articles.lines.line_kind import LineKind
from briefing.articles.vocabulary.library_marks import (
    FEWEST,
    FIELD,
    LENGTH,
    NUMBERED,
    TEXT_FIELD,
    is_end,
    is_mark,
    is_named,
)

#: "BYLINE: By Ann Lee", "LOAD-DATE: March 4, 2026".
_NAMED = re.compile(r"^[A-Z][A-Z-]{2,20}(?: [A-Z-]{2,20}){0,2}: \S")
#: So many words show that a line speaks of the text below it.
_SHARED = 2
#: "2 of 14 DOCUMENTS": where the next one begins.
_NUMBER = re.compile(r"^(?:[^\W\d_]+ )?\d+ (?:of|von|de|sur|di|van) \d+(?: [A-Z]+)?$")
#: What a label says counts wherever it stands.
_TELLING = frozenset({LineKind.DISCLOSURE, LineKind.PAYER, LineKind.SLOT, LineKind.MAKER})
_KNOWN = frozenset({"title", "writer", "section", "day", "address"})


def library_exports(page: Sequence[Line]) -> list[Line]:
    """Read the fields around each text as its head; what stands over its title is the library's.

    A page with blocks of fields is left: `header_fields` has read it.
    """
    if any(line.reason == HEADER_FIELD for line in page):
        return list(page)
    lines: list[Line] = []
    for document in _documents(page):
        lines += _document(_numbered(document))
    return lines


def _documents(page: Sequence[Line]) -> list[Sequence[Line]]:
    """The documents of an export: each begins on its number among all, or ends on its own, or on a mark."""
    starts = [at for at, line in enumerate(page) if _NUMBER.match(line.text)]
    if not starts or any(is_end(line.text) for line in page):
        ends = [
            at + 1 for at, line in enumerate(page) if is_end(line.text) or NUMBERED.match(line.text)
        ]
        starts = [0, *ends]
    bounds = [*dict.fromkeys((0, *starts)), len(page)]
    cut = [page[start:end] for start, end in pairwise(bounds) if start < end]
    is_tail = len(cut) > 1 and not any(line.is_prose for line in cut[-1])
    return [*cut[:-1], [filed(line.text) for line in cut[-1]]] if is_tail else cut


def _numbered(page: Sequence[Line]) -> list[Line]:
    """A document that ends on its number: from its length to its text, and behind that, all is the library's.

    Source: Factiva, display format "full article": headline, by-line, words, day, paper, code, language.
    """
    lines = list(page)
    length = next((at for at, line in enumerate(page) if LENGTH.match(line.text)), None)
    number = next((at for at, line in enumerate(page) if NUMBERED.match(line.text)), 0)
    if length is None or number < length:
        return lines
    told = [at for at in range(length, number) if page[at].is_prose] or [length]
    for at in (*range(length, told[0]), *range(told[-1] + 1, number + 1)):
        if page[at].kind is not LineKind.DATE and page[at].kind not in _TELLING:
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
    text = _text(page, named[0], fields)
    told = " ".join(line.text for line in text if line.is_prose)
    for at, (name, lines) in fields.items():
        repeats = name == "summary" and lines[-1].text in told
        if at != title and not _is_text_field(page[at]):
            head += [filed(page[at].text)] if repeats else lines
    return [*above, *head, *text]


def _below(line: Line) -> Line:
    """A line under a text; behind its end the next document begins."""
    return filed(line.text, "separator") if is_end(line.text) else filed(line.text)


def _is_text_field(line: Line) -> bool:
    match = FIELD.match(line.text)
    return bool(match and match["value"] and TEXT_FIELD.find(match["name"]))


def _is_topic(line: Line) -> bool:
    """Tell "Subject: Schools; Population", of what a text is, from the title of a mail."""
    return line.text.casefold().startswith("subject:")


def _text(page: Sequence[Line], first: int, fields: Mapping[int, object]) -> list[Line]:
    """The text between the fields; from the first field under it on, all is the library's."""
    found: list[Line] = []
    told = False
    for at in range(first, len(page)):
        match = FIELD.match(page[at].text) if at in fields else None
        if match and _is_text_field(page[at]):
            found.append(line_of(match["value"], match["value"], glued=False))
        elif at in fields or is_mark(page[at].text):
            if told:
                return [*found, *map(_below, page[at:])]
        elif told or page[at].is_prose or page[at].kind is not LineKind.TEXT:
            found.append(page[at])
        else:
            found.append(filed(page[at].text) if _stands_by(page, at, fields) else page[at])
        told = told or bool(found and found[-1].is_prose)
    return found


def _stands_by(page: Sequence[Line], at: int, fields: Mapping[int, object]) -> bool:
    """A line between two fields, such as a button: the text stands below the last of them."""
    return (
        any(below in fields for below in range(at + 1, min(at + 3, len(page)))) and at - 1 in fields
    )


def _title(page: Sequence[Line], first: int) -> int | None:
    """The last headline over the fields; where none behind the day speaks of the text, the first of all."""
    heads = [at for at in range(first) if page[at].is_headline and not _NUMBER.match(page[at].text)]
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
