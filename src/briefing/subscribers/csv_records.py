"""Bytes → the cells of rows, however long a line and however broken a quotation is."""

import codecs
import csv
from dataclasses import dataclass, field

from briefing.subscribers.csv_dialect import Source

#: Longer rows are a file that is not a list; they are passed over without being held in memory.
_LONGEST_ROW = 100_000
#: Bytes read at a time.
_BLOCK = 64_000


class Broken(Exception):
    """Lines that are not rows, and why."""


@dataclass(slots=True)
class Lines:
    """The lines of a file by number, with the possibility to put some back."""

    file: Source
    encoding: str
    delimiter: str = ","
    number: int = 0
    _waiting: list[bytes] = field(default_factory=list)
    _block: bytes = b""
    _at: int = 0
    #: Up to here, no line of the block is plain.
    _odd: int = 0
    #: Up to here, quotation marks of the block may be open at the end of a line.
    _torn: int = 0

    def next(self) -> bytes | None:
        """The next line; one that is too long is cut, its rest passed over."""
        line = self._waiting.pop() if self._waiting else self._read()
        if not line:
            return None
        self.number += 1
        return line

    def put_back(self, lines: list[bytes]) -> None:
        """Have these lines, just taken, come once more."""
        self._waiting += reversed(lines)
        self.number -= len(lines)

    def plain(self) -> list[list[str]]:
        """The cells of the next lines, as many as are known to be a row each; often none.

        Such a run is known as a whole, at a fraction of what it costs to look at each line.
        """
        if self._at == len(self._block):
            self._fill()
        if self._waiting or self._at < self._odd or len(self._block) - self._at > _LONGEST_ROW:
            return []
        quoted = self._block.find(b'"', self._at)
        end = self._block.rfind(b"\n", self._at) + 1
        rows = None
        if quoted < 0 or self._at >= self._torn:
            rows = _plain_rows(self._block[self._at : end], self.encoding, self.delimiter)
        if rows is None and quoted >= 0:
            # One row is on several lines, perhaps: up to the first quotation mark, none is.
            self._torn = end
            end = self._block.rfind(b"\n", self._at, quoted) + 1
            rows = _plain_rows(self._block[self._at : end], self.encoding, self.delimiter)
        if not rows:
            self._odd = end
            return []
        self._at = end
        self.number += len(rows)
        return rows

    def _read(self) -> bytes:
        while (end := self._block.find(b"\n", self._at)) < 0:
            if len(self._block) - self._at > _LONGEST_ROW:
                line = self._block[self._at : self._at + _LONGEST_ROW + 1]
                self._pass_over()
                return line
            if not self._fill():
                end = len(self._block) - 1
                break
        line = self._block[self._at : end + 1]
        self._at = end + 1
        return line

    def _fill(self) -> bool:
        more = self.file.read(_BLOCK)
        self._block = self._block[self._at :] + more
        self._odd -= self._at
        self._torn -= self._at
        self._at = 0
        return bool(more)

    def _pass_over(self) -> None:
        """Go on after the end of this line, however far off it is."""
        while (end := self._block.find(b"\n", self._at)) < 0:
            self._block, self._at = self.file.read(_BLOCK), 0
            self._odd = self._torn = 0
            if not self._block:
                return
        self._at = end + 1


def _plain_rows(lines: bytes, encoding: str, delimiter: str) -> list[list[str]] | None:
    """The cells of lines that each end in a line feed; None when one of them may be odd."""
    # In other encodings, a line by itself may say something else than within its block.
    if codecs.lookup(encoding).name != "utf-8" or b"\0" in lines:
        return None
    if b"\r" in lines:
        whole = lines.replace(b"\r\n", b"\n")
        if b"\r" in whole:
            return None
        lines = whole
    try:
        texts = lines.decode().split("\n")
    except UnicodeDecodeError:
        return None
    texts.pop()  # what follows the last line's end
    rows = [text.split(delimiter) for text in texts]
    return _with_quoted(rows, texts, delimiter) if b'"' in lines else rows


def _with_quoted(rows: list[list[str]], texts: list[str], delimiter: str) -> list[list[str]] | None:
    """Rows that were taken apart at each delimiter, those with quotation marks read again."""
    quoted = [at for at, text in enumerate(texts) if '"' in text]
    try:
        read = [*csv.reader([texts[at] for at in quoted], strict=True, delimiter=delimiter)]
    except csv.Error:
        return None
    if len(read) != len(quoted):
        return None  # a quotation runs on in the next of them
    for at, row in zip(quoted, read, strict=True):
        rows[at] = row
    return rows


def cells(taken: list[bytes], encoding: str, delimiter: str = ",") -> list[str] | None:
    """The cells of these lines as one row; None while a quotation mark is open.

    Raises:
        Broken: when they are not rows.
    """
    if len(taken[-1]) > _LONGEST_ROW:
        raise Broken(f"the row is longer than {_LONGEST_ROW:,} characters")
    raw = taken[0] if len(taken) == 1 else b"".join(taken)
    if b"\0" in raw:
        raise Broken("it holds NUL bytes, which no text does")
    try:
        text = raw.decode(encoding)
    except UnicodeDecodeError as error:
        raise Broken(f"this is not {encoding} ({error.reason})") from error
    if '"' not in text and "\r" not in text[:-2]:
        return text.rstrip("\r\n").split(delimiter)
    try:
        return next(csv.reader((text,), strict=True, delimiter=delimiter), [])
    except csv.Error as error:
        if "unexpected end" in str(error):
            return None
        raise Broken(f"this is not a row of CSV ({error})") from error
