"""A mail that was forwarded: the note over its header is the forwarder's, and no part of the text."""

from collections.abc import Sequence

from briefing.articles.lines.header_fields import ANNOUNCED, is_field
from briefing.articles.lines.line import HEADER_FIELD, RECEIVER, Line
from briefing.articles.lines.line_kind import LineKind

#: In words: what stands over a forwarded mail and has more is a text of its own.
_A_TEXT = 60
#: Lines under a mail's header within which its text is signed.
_HEAD = 4
_TAKEN = frozenset({LineKind.TEXT, LineKind.BYLINE, LineKind.DATE})


def forwarded_notes(page: Sequence[Line]) -> list[Line]:
    """Put on record what stands over the header of a forwarded mail: an own header, a subject, a few words.

    Of a mail whose text is signed, the sender is not the author.
    """
    lines = list(page)
    for marker in [at for at, line in enumerate(page) if _is_header_of_mail(line)]:
        start = _start(lines, marker)
        told = [line for line in lines[:start] if line.kind is LineKind.TEXT]
        is_note = sum(line.words for line in told) < _A_TEXT
        if start and is_note and any(line.is_prose for line in lines[marker:]):
            lines[:start] = [_noted(line) for line in lines[:start]]
        below = [line for line in lines[marker:] if line.reason not in (HEADER_FIELD, RECEIVER)]
        if any(line.kind is LineKind.BYLINE for line in below[:_HEAD]):
            lines[start:marker] = [_unsigned(line) for line in lines[start:marker]]
    return lines


def _is_header_of_mail(line: Line) -> bool:
    if line.reason != HEADER_FIELD or is_field(line.text):
        return line.reason == RECEIVER
    return ANNOUNCED.match(line.text) is not None


def _start(lines: Sequence[Line], marker: int) -> int:
    """Where the header begins of which one field is at `marker`: with the name of its title."""
    for at in range(marker - 1, -1, -1):
        if lines[at].reason == HEADER_FIELD and lines[at].text.endswith(":"):
            return at
    return 0


def _noted(line: Line) -> Line:
    if line.kind not in _TAKEN:
        return line
    return line.taken_for(LineKind.FURNITURE, "note over a forwarded mail")


def _unsigned(line: Line) -> Line:
    is_sender = line.kind is LineKind.BYLINE
    return line.taken_for(LineKind.FURNITURE, HEADER_FIELD) if is_sender else line
