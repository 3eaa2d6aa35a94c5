"""Where in a design's files each piece of rendered markup was written."""

import re
from bisect import bisect_right
from itertools import accumulate
from pathlib import Path

from briefing.errors import TemplateError

#: Private-use characters around `name:line`; cleaning takes them out of all content.
MARK_OPEN, MARK_CLOSE = "\ue000", "\ue001"
MARK = re.compile(f"{MARK_OPEN}([^{MARK_CLOSE}]*):([0-9]+){MARK_CLOSE}")


def mark(name: str, line: int) -> str:
    """The mark to put before text that stands at that line of that template."""
    return f"{MARK_OPEN}{name}:{line}{MARK_CLOSE}"


class Places:
    """Rendered markup without its marks, and the way back from an offset to file and line."""

    def __init__(self, marked: str, folder: Path, first: str) -> None:
        self.folder = folder
        self._offsets = [0]
        self._places: list[tuple[str, int]] = [(first, 1)]
        # Text, name and line in turns.
        pieces = MARK.split(marked)
        parts = pieces[::3]
        self._offsets += accumulate(map(len, parts[:-1]))
        self._places += zip(pieces[1::3], map(int, pieces[2::3]), strict=True)
        self.text = "".join(parts)

    def error(self, offset: int, sentence: str) -> TemplateError:
        """The error for a place in `text`."""
        name, line = self._places[bisect_right(self._offsets, offset) - 1]
        return TemplateError(sentence, path=self.folder / name, line=line)

    def byte_error(self, offset: int, sentence: str) -> TemplateError:
        """The error for a place in `text` counted in UTF-8 bytes, as mrml counts."""
        return self.error(len(self.text.encode()[:offset].decode(errors="ignore")), sentence)
