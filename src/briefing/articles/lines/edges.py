"""The edges of pieces: lines at a head or foot that speak of the piece and are not part of its text."""

from collections.abc import Sequence

from briefing.articles.lines.line import Line
from briefing.articles.lines.line_kind import LineKind
from briefing.articles.lines.line_shape import (
    BELOW_A_PIECE,
    LOOK_BELOW,
    STARTS_OR_ENDS,
    has_text_below,
)
from briefing.articles.vocabulary.editors_notes import disclosure_note, guest_note, production_note

_NOTE_WORDS = 60
_ENDINGS = frozenset({LineKind.BIOGRAPHY, LineKind.CREDIT, LineKind.PHONE, LineKind.BUTTON})


def edges(page: Sequence[Line]) -> list[Line]:
    """Give disclosures, production notes and thanks for a trip their kinds where they stand at an edge."""
    lines, foot = list(page), True
    for place in range(len(lines) - 1, -1, -1):
        line = lines[place]
        if line.kind is LineKind.TEXT:
            note = _note(lines, place, foot=foot) if line.words <= _NOTE_WORDS else None
            if note:
                lines[place] = note
            else:
                foot = line.is_headline and has_text_below(lines, place)
        elif line.kind not in BELOW_A_PIECE:
            foot = line.kind in STARTS_OR_ENDS
    return lines


def _note(lines: Sequence[Line], place: int, *, foot: bool) -> Line | None:
    """The line as the note that it is where it stands; None for text."""
    line = lines[place]
    at_foot = foot and any(above.is_prose for above in lines[max(0, place - LOOK_BELOW) : place])
    payer = disclosure_note(line.text) if at_foot or _over_text(lines, place) else None
    if payer:
        return line.taken_for(LineKind.PAYER, evidence=payer)
    if at_foot and production_note(line.text):
        return line.taken_for(LineKind.FURNITURE, "note on the article")
    return line.taken_for(LineKind.GUEST) if at_foot and guest_note(line.text) else None


def _over_text(lines: Sequence[Line], place: int) -> bool:
    """No text stands above it in its piece: it leads the piece in."""
    for above in range(place - 1, max(-1, place - LOOK_BELOW), -1):
        if lines[above].kind in _ENDINGS:
            break
        if lines[above].is_prose:
            return False
    return has_text_below(lines, place)
