"""A page's text → lines, cleaned one by one so that nothing leaks from one into the next."""

import html
import re
from dataclasses import dataclass

_TAG = re.compile(r"<(?:/?[A-Za-z][^<>]{0,300}|!--[^<>]{0,300}--)>")
#: A tag that the page's own 100-character limit cut in half.
_HALF_TAG = re.compile(r"</?[A-Za-z][\w\s=\"'-]{0,40}$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One non-blank line of a page."""

    #: Trimmed, tags and entities resolved, runs of spaces folded.
    text: str
    #: As on the page, so that a cut at a fixed length can be seen.
    raw: str
    #: True when no blank line stands between this line and the one before.
    glued: bool

    @property
    def words(self) -> int:
        """Length in words."""
        return len(self.text.split())


def lines_of(text: str) -> list[Line]:
    """The non-blank lines of a page, in order."""
    lines: list[Line] = []
    blank = True
    for raw in text.split("\n"):
        cleaned = clean(raw)
        if cleaned:
            lines.append(Line(text=cleaned, raw=raw, glued=not blank))
        blank = not cleaned
    return lines


def clean(raw: str) -> str:
    """One line without tags, entities and doubled spaces; quotes and dashes stay as they are."""
    text = raw
    if "<" in text:
        text = _HALF_TAG.sub("", _TAG.sub("", text))
    if "&" in text:
        text = html.unescape(text).replace("\u00a0", " ")
    return " ".join(text.split())
