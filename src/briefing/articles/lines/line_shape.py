"""Shapes of lines: what a line may be by its length and its end, whatever it says."""

from collections.abc import Sequence

from briefing.articles.lines.line import Line
from briefing.articles.lines.line_kind import LineKind

HEADLINE_WORDS = 22
STANDFIRST_WORDS = 32
_STOPS = (".", ";", ",", ".”", '."', ".’")
_PROSE_WORDS = 8
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


def looks_like_headline(line: Line) -> bool:
    """Short, and without the full stop that closes a sentence."""
    if line.kind is not LineKind.TEXT or not 1 < line.words <= HEADLINE_WORDS:
        return False
    return not line.text.endswith(_STOPS) or line.text.endswith(("...", "U.S.", "U.K."))


def is_prose(line: Line) -> bool:
    """Long enough to be a paragraph, or a sentence with its full stop."""
    if line.kind is not LineKind.TEXT:
        return False
    ends = line.text.endswith((".", "?", "!", ".”", '."', ".’", "?”", "!”", '?"', '!"', "…", ":"))
    return line.words > HEADLINE_WORDS or (ends and line.words >= _PROSE_WORDS)


def has_text_below(lines: Sequence[Line], place: int) -> bool:
    """True when a paragraph follows before the page goes on to something else."""
    for below in range(place + 1, min(place + 1 + LOOK_BELOW, len(lines))):
        if is_prose(lines[below]):
            return True
        if lines[below].kind in (LineKind.CREDIT, LineKind.PHONE, LineKind.BIOGRAPHY):
            return False
    return False
