"""Exports of press databases that print paper, then section, day and length, then headline, writer and text.

Source: Europresse, documents saved as HTML or PDF: the paper, "Région, mardi 24 novembre 2026 412 mots, p. 8", the
headline, the writer, the text, and below it the note on rights and the number "news·20261124·CT·0815".
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from briefing.articles.lines.header_fields import filed
from briefing.articles.lines.line import SECTION, Line, line_of
from briefing.articles.lines.line_kind import Classified, LineKind
from briefing.articles.text.dates import first_date
from briefing.articles.vocabulary.library_marks import LENGTH_WORDS, is_rights, is_the_number

_HEAD = re.compile(
    rf"^(?:(?P<section>[^\d,]{{2,60}}), )?(?P<day>[^\d,]{{0,16}},? ?[^,]{{6,32}}?) \d{{1,6}} {LENGTH_WORDS}"
    r"(?:, p\. ?\S.{0,20})?$",
    re.IGNORECASE,
)
#: Lines between headline and text: a second headline and who signs.
_BETWEEN = 3


def press_exports(page: Sequence[Line]) -> list[Line]:
    """Read each document of such an export: its head as section, day, headline and by-line."""
    if not any(is_the_number(line.text) for line in page):
        return list(page)
    heads = [at for at, line in enumerate(page) if at and _is_head(line)]
    if not heads:
        return list(page)
    bounds = [*(at - 1 for at in heads), len(page)]
    lines = [filed(line.text) for line in page[: bounds[0]]]
    for begin, end in pairwise(bounds):
        lines += _document(page[begin:end])
    return lines


def _is_head(line: Line) -> bool:
    head = _HEAD.match(line.text)
    return head is not None and first_date(head["day"]) is not None


def _document(page: Sequence[Line]) -> list[Line]:
    """One document, whose first line is the paper and whose second the head."""
    paper, head, *rest = page
    foot = next((at for at, line in enumerate(rest) if _is_foot(line)), len(rest))
    title, text = rest[:1], rest[1:foot]
    first = next((at for at, line in enumerate(text[:_BETWEEN]) if line.is_prose), 0)
    return [
        filed(paper.text, "separator"),
        *_head(head),
        *(replace(line, begins_story=True) for line in title),
        *map(_signed, text[:first]),
        *text[first:],
        *(filed(line.text) for line in rest[foot:]),
    ]


def _is_foot(line: Line) -> bool:
    return is_rights(line.text) or is_the_number(line.text)


def _head(line: Line) -> list[Line]:
    found = _HEAD.match(line.text)
    assert found is not None
    section = found["section"]
    dated = line.taken_for(LineKind.DATE, evidence=(first_date(found["day"]), None))
    named = Classified(LineKind.FURNITURE, SECTION)
    return [dated, *([line_of(section, section, glued=True, known=named)] if section else [])]


def _signed(line: Line) -> Line:
    """A name alone between headline and text signs it."""
    authors = line.facts.authors_alone
    return line.taken_for(LineKind.BYLINE, evidence=authors) if authors else line
