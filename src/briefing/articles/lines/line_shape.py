"""Shapes of lines: what a line may be by its length and its end, whatever it says."""

from collections.abc import Sequence
from dataclasses import replace

from briefing.articles.lines.line import Line
from briefing.articles.lines.line_kind import LineKind

#: How far below a headline its text may begin, in lines.
LOOK_BELOW = 8
#: A line of these kinds may stand under the last line of a piece.
BELOW_A_PIECE = frozenset(
    {
        LineKind.FURNITURE,
        LineKind.AGENCY,
        LineKind.BIOGRAPHY,
        LineKind.PHONE,
        LineKind.CREDIT,
        LineKind.CORRECTION,
        LineKind.GUEST,
        LineKind.MAKER,
        LineKind.DATE,
        LineKind.ADDRESS,
        LineKind.PAYER,
        LineKind.BYLINE,
        LineKind.SLOT,
    }
)
#: Kinds that only ever stand above a headline or under a piece.
STARTS_OR_ENDS = frozenset({LineKind.BUTTON, LineKind.CAPTION, LineKind.DISCLOSURE, LineKind.LABEL})


def over_text(page: Sequence[Line]) -> list[Line]:
    """Mark the headlines and by-lines that have a text below; see `has_text_below`."""
    return [
        replace(line, heads_text=True)
        if (line.is_headline or line.kind is LineKind.BYLINE) and has_text_below(page, place)
        else line
        for place, line in enumerate(page)
    ]


def has_text_below(lines: Sequence[Line], place: int) -> bool:
    """True when a paragraph follows before the page goes on to something else."""
    for below in range(place + 1, min(place + 1 + LOOK_BELOW, len(lines))):
        if lines[below].is_prose:
            return True
        if lines[below].kind in (LineKind.CREDIT, LineKind.PHONE, LineKind.BIOGRAPHY):
            return False
    return False
