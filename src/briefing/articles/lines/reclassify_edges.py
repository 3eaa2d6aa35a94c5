"""The edges of pieces: lines at a head or foot that speak of the piece and are none of its text."""

from collections.abc import Sequence
from dataclasses import replace

from briefing.articles.lines.line import Line
from briefing.articles.lines.line_kind import LineKind
from briefing.articles.lines.line_shape import (
    BELOW_A_PIECE,
    LOOK_BELOW,
    STARTS_OR_ENDS,
    has_text_below,
    is_prose,
    looks_like_headline,
)
from briefing.articles.vocabulary.editors_notes import disclosure_note, guest_note, production_note

_NOTE_WORDS = 60
_ENDINGS = frozenset({LineKind.BIOGRAPHY, LineKind.CREDIT, LineKind.PHONE, LineKind.BUTTON})


def settle_edges(lines: list[Line]) -> None:
    """Give disclosures, production notes and thanks for a trip their kinds where they stand at an edge."""
    foot = True
    for place in range(len(lines) - 1, -1, -1):
        line = lines[place]
        if line.kind is LineKind.TEXT:
            kind = _note(lines, place, foot=foot) if line.words <= _NOTE_WORDS else None
            if kind:
                lines[place] = replace(line, kind=kind, reason=_REASONS.get(kind, ""))
            else:
                foot = looks_like_headline(line) and has_text_below(lines, place)
        elif line.kind not in BELOW_A_PIECE:
            foot = line.kind in STARTS_OR_ENDS


_REASONS = {LineKind.FURNITURE: "note on the article"}


def _note(lines: Sequence[Line], place: int, *, foot: bool) -> LineKind | None:
    text = lines[place].text
    at_foot = foot and any(map(is_prose, lines[max(0, place - LOOK_BELOW) : place]))
    if at_foot and production_note(text) and not disclosure_note(text):
        return LineKind.FURNITURE
    if (at_foot or _over_text(lines, place)) and disclosure_note(text):
        return LineKind.PAYER
    return LineKind.GUEST if at_foot and guest_note(text) else None


def _over_text(lines: Sequence[Line], place: int) -> bool:
    """No text stands above it in its piece: it leads the piece in."""
    for above in range(place - 1, max(-1, place - LOOK_BELOW), -1):
        if lines[above].kind in _ENDINGS:
            break
        if is_prose(lines[above]):
            return False
    return has_text_below(lines, place)
