"""Biographies: whether a line about a person closes the piece or belongs to its text."""

import re
from collections.abc import Sequence

from briefing.articles.lines.line import HEADLINE_WORDS, Line
from briefing.articles.lines.line_kind import LineKind
from briefing.articles.lines.line_shape import (
    BELOW_A_PIECE,
    LOOK_BELOW,
    STARTS_OR_ENDS,
    has_text_below,
)
from briefing.articles.vocabulary.bylines import is_press


def biographies(page: Sequence[Line]) -> list[Line]:
    """A biography closes a piece; a person the text itself speaks of is its subject."""
    lines = list(page)
    for place in range(len(lines) - 1, -1, -1):
        line = lines[place]
        if line.kind is LineKind.BIOGRAPHY and not (
            _in_place(lines, place) and _writes(lines, place)
        ):
            lines[place] = lines[place].taken_for(LineKind.TEXT)
    return lines


def _in_place(lines: Sequence[Line], place: int) -> bool:
    if place == 0:
        return False
    if not any(line.is_prose for line in lines[max(0, place - LOOK_BELOW) : place]):
        authors = lines[place].authors
        return all(author.publication for author in authors) and has_text_below(lines, place)
    if not any(line.is_prose for line in lines[place + 1 :]):
        return True
    for below in range(place + 1, len(lines)):
        line = lines[below]
        if line.kind in STARTS_OR_ENDS:
            return True
        if line.kind not in BELOW_A_PIECE:
            if line.glued and line.words <= HEADLINE_WORDS and below == place + 1:
                continue
            return line.is_headline and has_text_below(lines, below)
    return True


def _writes(lines: Sequence[Line], place: int) -> bool:
    authors = lines[place].authors
    if all(is_press(author.role) or not author.name for author in authors):
        return True
    for above in range(place - 1, -1, -1):
        line = lines[above]
        if line.kind in (LineKind.BIOGRAPHY, LineKind.BUTTON, LineKind.CREDIT):
            break
        if line.is_prose and any(
            re.search(rf"\b{re.escape(author.name)}\b", line.text) for author in authors
        ):
            return any(lines[at].kind is LineKind.BYLINE for at in range(above))
    return True
