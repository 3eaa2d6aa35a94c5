"""Captions: lines that describe a picture, by where they stand and by the credit behind them."""

from collections.abc import Sequence

from briefing.articles.lines.line import Line
from briefing.articles.lines.line_kind import LineKind
from briefing.articles.text.markdown import PICTURE
from briefing.articles.vocabulary.captions import is_credited, split_credit

_CAPTION_WORDS = 45


def captions(page: Sequence[Line]) -> list[Line]:
    """Text glued above a button, or above an agency's credit, describes the picture."""
    lines = list(page)
    for place, line in enumerate(lines):
        if line.kind is LineKind.BUTTON:
            _caption_above(lines, place)
        elif line.reason == PICTURE and _stands_below(lines, place + 1):
            lines[place + 1] = lines[place + 1].taken_for(LineKind.CAPTION)
        elif line.kind is LineKind.AGENCY and line.glued and _alone(lines, place - 1):
            lines[place - 1] = lines[place - 1].taken_for(LineKind.CAPTION)
        elif line.kind is LineKind.TEXT and line.words <= _CAPTION_WORDS and is_credited(line.text):
            lines[place] = lines[place].taken_for(LineKind.CAPTION)
    return lines


def _stands_below(lines: Sequence[Line], place: int) -> bool:
    """The only line glued under a picture in Markdown."""
    if place >= len(lines) or lines[place].kind is not LineKind.TEXT or not lines[place].glued:
        return False
    ends = place + 1 == len(lines) or not lines[place + 1].glued
    return ends and lines[place].words <= _CAPTION_WORDS


def _caption_above(lines: list[Line], button: int) -> None:
    above = button - 1
    while above >= 0 and lines[above + 1].glued and lines[above].kind in _IN_CAPTION_BLOCK:
        above -= 1
    if above < 0 or lines[above].kind is not LineKind.TEXT:
        return
    if not lines[above + 1].glued:
        if above == 0 and above + 1 == button and _opens_page(lines, button):
            lines[above] = lines[above].taken_for(LineKind.CAPTION)
        return
    if _alone(lines, above) or split_credit(lines[above].text)[1]:
        lines[above] = lines[above].taken_for(LineKind.CAPTION)


_IN_CAPTION_BLOCK = frozenset(
    {
        LineKind.AGENCY,
        LineKind.LABEL,
        LineKind.DISCLOSURE,
        LineKind.SLOT,
        LineKind.PAYER,
        LineKind.BUTTON,
    }
)


def _alone(lines: Sequence[Line], place: int) -> bool:
    """No other text is glued above it, so no paragraph's last line is mistaken for a caption."""
    line = lines[place]
    if line.kind is not LineKind.TEXT or line.words > _CAPTION_WORDS:
        return False
    return not line.glued or place == 0 or lines[place - 1].kind is not LineKind.TEXT


def _opens_page(lines: Sequence[Line], button: int) -> bool:
    """The first line and a button, a headline below: a caption that lost its place by a blank line."""
    first = lines[0]
    if first.is_headline and first.words <= 14 and not split_credit(first.text)[1]:  # noqa: PLR2004
        return False
    below = next((line for line in lines[button + 1 :] if line.kind is LineKind.TEXT), None)
    return below is not None and first.words <= _CAPTION_WORDS and below.is_headline
