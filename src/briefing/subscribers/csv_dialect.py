"""How a CSV file is written: its encoding and what stands between two cells."""

import codecs
import re
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Protocol

from briefing.errors import SubscriberError

#: What spreadsheets put between cells; Excel takes the semicolon where the comma is a decimal sign.
DELIMITERS = (",", ";", "\t", "|")
_BLOCK = 1 << 17
#: How much of a header is looked at.
_HEADER = 20_000
#: Bytes at a file's end that are looked at for a row that was cut off, and lines that must stand there.
_TAIL, _TWO = 20_000, 2
_QUOTED = re.compile(r'"[^"]*"')
#: Excel's own line before the header.
_NAMED = re.compile(r'"?sep=([,;\t|])"?[\r\n]', re.IGNORECASE)
_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
#: How files of contacts begin: vCard (RFC 6350) and LDIF (RFC 2849).
_ADDRESS_BOOKS = {
    "begin:vcard": "a vCard file",
    "version: 1": "an LDIF file",
    "dn:": "an LDIF file",
}


class Source(Protocol):
    """What rows are read from: a file, or one that is turned into UTF-8 on the way."""

    def read(self, size: int, /) -> bytes:
        """The next bytes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialect:
    """How a file is written.

    Attributes:
        encoding: of the file's bytes.
        delimiter: one character.
        guessed: the encoding is not UTF-8 and nobody named it.
        names_delimiter: the first line says nothing but what stands between cells: `sep=;`, for Excel.
        old_mac: lines end in a carriage return alone.
    """

    encoding: str = "utf-8"
    delimiter: str = ","
    guessed: bool = False
    names_delimiter: bool = False
    old_mac: bool = False


@dataclass(slots=True)
class _LineFeeds:
    """A source in which each carriage return is read as a line feed."""

    source: Source

    def read(self, size: int, /) -> bytes:
        return self.source.read(size).replace(b"\r", b"\n")


def dialect_of(path: Path, encoding: str | None = None) -> Dialect:
    """Look at a file and say how it is written.

    UTF-16 is known by its byte order mark. A file with bytes beyond ASCII of which none is UTF-8 is
    Windows-1252, which is what Excel in Western Europe and America saves; a file with some UTF-8
    in it is UTF-8 with broken rows.

    Args:
        path: the file.
        encoding: as the user names it; None looks for it.

    Raises:
        SubscriberError: when the encoding is not known, or not one that can be read line by line.
        OSError: when the file cannot be read.
    """
    with path.open("rb") as file:
        found = encoding or _encoding(file)
        file.seek(0)
        try:
            begin = _decoded(file, found).read(_HEADER).decode(inner_encoding(found), "replace")
        except UnicodeDecodeError as error:
            raise SubscriberError(f"{path} is not {found} ({error.reason}).") from error
    begin = begin.removeprefix("\ufeff")
    named = _NAMED.match(begin)
    return Dialect(
        encoding=found,
        delimiter=named[1] if named else _delimiter(begin),
        guessed=encoding is None and found == "cp1252",
        names_delimiter=named is not None,
        old_mac="\r" in begin and "\n" not in begin,
    )


def opened(file: BinaryIO, dialect: Dialect) -> Source:
    """The file from its start, in an encoding whose line ends are those of ASCII; no mark at its start.

    Raises:
        LookupError: when nobody knows the encoding.
    """
    source = _decoded(file, dialect.encoding)
    return _LineFeeds(source) if dialect.old_mac else source


def _decoded(file: BinaryIO, encoding: str) -> Source:
    if "\n".encode(encoding) != b"\n":
        return codecs.EncodedFile(file, "utf-8", encoding)
    if file.read(len(codecs.BOM_UTF8)) != codecs.BOM_UTF8:
        file.seek(0)
    return file


def inner_encoding(encoding: str) -> str:
    """The encoding of what `opened` reads."""
    return encoding if "\n".encode(encoding) == b"\n" else "utf-8"


def refuse_cut_off(path: Path, dialect: Dialect, width: int) -> None:
    """Refuse a file that ends inside a row although the row before is whole: those who left may be missing.

    Raises:
        SubscriberError: when it does.
        OSError: when the file cannot be read.
    """
    with path.open("rb") as file:
        file.seek(max(0, file.seek(0, 2) - _TAIL))
        tail = file.read()
    if dialect.encoding == "utf-16" or tail.endswith((b"\n", b"\r")) or tail.count(b"\n") < _TWO:
        return
    *_, before, last = tail.split(b"\n")
    mark = dialect.delimiter.encode()
    if before.count(mark) >= width - 1 > last.count(mark):
        raise SubscriberError(
            f"{path} ends in the middle of its last row ({last[:40].decode(errors='replace')!r}), as a download "
            "does that was cut off: others may be missing. Export it again, or complete that row. "
            "Nothing was changed."
        )


def refuse_address_book(path: Path, begins: str) -> None:
    """Refuse a file of contacts: who is known to somebody has not asked for letters.

    Raises:
        SubscriberError: when the file is one.
    """
    for start, kind in _ADDRESS_BOOKS.items():
        if begins.casefold().startswith(start):
            raise SubscriberError(
                f"{path} is {kind}, an address book, and says of nobody that they want letters. Save those who "
                "asked for them as CSV whose first row names the columns, one of them 'email'."
            )


def _encoding(file: BinaryIO) -> str:
    start = file.read(2)
    if start in _UTF_16:
        return "utf-16"
    file.seek(0)
    return "utf-8" if _some_utf_8(file) else "cp1252"


def _some_utf_8(file: BinaryIO) -> bool:
    """Whether the bytes beyond ASCII, if there are any, are UTF-8 somewhere."""
    odd = False
    while block := file.read(_BLOCK):
        if block.isascii():
            continue
        odd = True
        text = block.decode("utf-8", "ignore")
        if not text.isascii():
            return True
    return not odd


def _delimiter(begin: str) -> str:
    """What parts the header: the one that stands in it most often outside quotation marks.

    Above the header may stand a title, which has none.
    """
    first = [_QUOTED.sub("", line) for line in re.split(r"[\r\n]+", begin.lstrip())[:2]]
    header = next((line for line in first if any(mark in line for mark in DELIMITERS)), "")
    return max(DELIMITERS, key=header.count)
