"""Courtesies of a mail that was pasted: the greeting over its text, the farewell and the signature below."""

from collections.abc import Sequence

from briefing.articles.lines.line import HEADER_FIELD, RECEIVER, Line
from briefing.articles.lines.line_kind import LineKind

#: "Dear all," and "Kind regards," have so many words.
_WORDS = 5
#: What parts a mail from its signature; RFC 3676, 4.3.
_DASHES = "--"


def courtesies(page: Sequence[Line]) -> list[Line]:
    """Take off, in each text with a mail's header, a greeting and all from the farewell on.

    Both are a few words that end on a comma and have a line of their own. A page without such a header is left.
    """
    lines = list(page)
    for at, line in enumerate(page):
        if line.reason == RECEIVER:
            _mail(lines, at + 1)
    return lines


def _mail(lines: list[Line], start: int) -> None:
    first = next((at for at in range(start, len(lines)) if not _in_header(lines[at])), len(lines))
    end = next(
        (at for at in range(first, len(lines)) if lines[at].reason == HEADER_FIELD), len(lines)
    )
    if first < end and _is_courtesy(lines[first], ",:!"):
        lines[first] = lines[first].taken_for(LineKind.FURNITURE, "greeting")
        first += 1
    prose = [at for at in range(first, end) if lines[at].is_prose]
    if not prose:
        return
    signed = [
        at
        for at in range(prose[0] + 1, end)
        if lines[at].text == _DASHES or _is_courtesy(lines[at], ",")
    ]
    for at in range(signed[0], end) if signed and signed[0] > prose[-1] else ():
        if lines[at].kind in (LineKind.TEXT, LineKind.PHONE, LineKind.ADDRESS):
            lines[at] = lines[at].taken_for(LineKind.FURNITURE, "signature")


def _in_header(line: Line) -> bool:
    return line.reason in (HEADER_FIELD, RECEIVER, "separator") or line.kind in (
        LineKind.BYLINE,
        LineKind.DATE,
    )


def _is_courtesy(line: Line, ends: str) -> bool:
    if line.kind is not LineKind.TEXT or line.words > _WORDS:
        return False
    return line.text[-1] in ends and not line.glued
