"""CSV → entries for a list, one row at a time, however large or broken the file is."""

import codecs
import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from briefing.errors import SubscriberError
from briefing.model.subscriber import Standing
from briefing.subscribers.addresses import checked_address
from briefing.subscribers.exporting import unguarded

FIELDS = ("email", "name", "tags")
#: Headers that other programs write, for each of our fields.
_ALSO = {
    "email": ("e-mail", "email address", "e-mail address", "mail", "address"),
    "name": ("full name", "display name", "first name"),
    "tags": ("tag", "labels", "groups"),
}
#: Longer rows are a file that is no list; they are passed over without being held in memory.
_LONGEST_ROW = 100_000
#: A quoted field may run over this many lines; more is a quotation mark that was never closed.
_MOST_LINES = 20
_LONGEST_NAME = 200
_SAVE = "Save the list as CSV in UTF-8."
_SKIPPED = ". The row was skipped."


@dataclass(frozen=True, slots=True, kw_only=True)
class GoodRow:
    """A row with an address on it."""

    line: int
    email: str
    #: The spelling by which addresses are compared.
    key: str
    name: str = ""
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class BadRow:
    """A row that is no subscriber, and why, as a sentence with file and line."""

    line: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Columns:
    """Which column holds what; -1 for none."""

    width: int
    email: int
    name: int
    tags: int
    #: As our own export writes it.
    standing: int


@dataclass(slots=True)
class _Lines:
    """The lines of a file by number, with the possibility to put some back."""

    file: BinaryIO
    encoding: str
    number: int = 0
    _waiting: list[bytes] = field(default_factory=list)

    def next(self) -> bytes | None:
        """The next line; one that is too long is cut, its rest passed over."""
        if self._waiting:
            line = self._waiting.pop()
        else:
            line = self.file.readline(_LONGEST_ROW + 1)
            if len(line) > _LONGEST_ROW and not line.endswith(b"\n"):
                self._pass_over()
        if not line:
            return None
        self.number += 1
        return line

    def put_back(self, lines: list[bytes]) -> None:
        self._waiting += reversed(lines)
        self.number -= len(lines)

    def _pass_over(self) -> None:
        while (rest := self.file.readline(_LONGEST_ROW)) and not rest.endswith(b"\n"):
            pass


class _Broken(Exception):
    """Lines that are no row, and why."""


def read_rows(
    path: Path, *, columns: Mapping[str, str] | None = None, encoding: str = "utf-8"
) -> Iterator[GoodRow | BadRow]:
    """Read a list row by row; a bad row is reported in its place and the rest goes on.

    Args:
        path: CSV whose first row names the columns; one of them holds addresses.
        columns: the file's header for `email`, `name` or `tags`, where it is not one of the usual.
        encoding: how the file is written.

    Raises:
        SubscriberError: when the file cannot be read as such a list at all.
    """
    try:
        if "\n".encode(encoding) != b"\n":
            raise SubscriberError(f"{path}: lists in {encoding} are not read. {_SAVE}")
        with path.open("rb") as file:
            lines = _Lines(file=file, encoding=encoding)
            if file.read(3) != codecs.BOM_UTF8:
                file.seek(0)
            places = _places(path, _header(path, lines), columns or {})
            while (row := _record(path, lines, places)) is not None:
                if isinstance(row, BadRow):
                    yield row
                elif not "".join(row).isspace() and any(row):
                    yield _checked(path, lines.number, row, places)
    except (OSError, LookupError) as error:
        raise SubscriberError(f"{path} cannot be read: {error}. Is the name right?") from error


def count_lines(path: Path) -> int:
    """About how many rows a file has, for a progress bar; 0 where it cannot be read."""
    try:
        with path.open("rb") as file:
            return sum(block.count(b"\n") for block in iter(lambda: file.read(1 << 20), b""))
    except OSError:
        return 0


def _header(path: Path, lines: _Lines) -> list[str]:
    row = _record(path, lines, None)
    if row is None:
        raise SubscriberError(f"{path} is empty. The first row must name the columns.")
    if isinstance(row, BadRow):
        said = row.reason.removesuffix(_SKIPPED)
        raise SubscriberError(f"{said}. The first row must name the columns. {_SAVE}")
    return [cell.strip().lower() for cell in row]


def _places(path: Path, header: list[str], columns: Mapping[str, str]) -> _Columns:
    """Which column holds which of our fields."""
    places: dict[str, int] = {}
    for name in FIELDS:
        asked = columns.get(name, "").strip().lower()
        if asked and asked not in header:
            raise SubscriberError(
                f"{path}:1: there is no column {columns[name]!r} for {name}; found: "
                f"{', '.join(header)}."
            )
        wanted = (asked,) if asked else (name, *_ALSO[name])
        found = [header.index(title) for title in wanted if title in header]
        places[name] = found[0] if found else -1
    if places["email"] < 0:
        raise SubscriberError(
            f"{path}:1: there is no column 'email'; found: {', '.join(header) or 'nothing'}. "
            "The first row must name the columns; --column email=HEADER names another."
        )
    standing = header.index("standing") if "standing" in header else -1
    return _Columns(width=len(header), standing=standing, **places)


def _record(path: Path, lines: _Lines, places: _Columns | None) -> list[str] | BadRow | None:
    """The cells of the next row; a quoted cell may run over several lines."""
    line = lines.next()
    if line is None:
        return None
    first, taken = lines.number, [line]
    try:
        while (row := _cells(taken, lines.encoding)) is None:
            more = lines.next() if len(taken) < _MOST_LINES else None
            if more is None:
                raise _Broken("a quotation mark is opened and never closed")  # noqa: TRY301
            taken.append(more)
        if places is not None and any(_is_row(line, lines.encoding, places) for line in taken[1:]):
            raise _Broken("a quotation mark is opened and closed only in a later row")  # noqa: TRY301
    except _Broken as error:
        # Only the row in which it broke is lost.
        lines.put_back(taken[1:])
        return BadRow(line=first, reason=f"{path}:{first}: {error}{_SKIPPED}")
    return row


def _cells(taken: list[bytes], encoding: str) -> list[str] | None:
    """The cells of these lines as one row; None while a quotation mark is open.

    Raises:
        _Broken: when they are no row.
    """
    if len(taken[-1]) > _LONGEST_ROW:
        raise _Broken(f"the row is longer than {_LONGEST_ROW:,} characters")
    raw = taken[0] if len(taken) == 1 else b"".join(taken)
    if b"\0" in raw:
        raise _Broken("it holds NUL bytes, which no text does (UTF-16 does)")
    try:
        text = raw.decode(encoding)
    except UnicodeDecodeError as error:
        raise _Broken(f"this is not {encoding} ({error.reason})") from error
    if '"' not in text and "\r" not in text[:-2]:
        return text.rstrip("\r\n").split(",")
    try:
        return next(csv.reader((text,), strict=True), [])
    except csv.Error as error:
        if "unexpected end" in str(error):
            return None
        raise _Broken(f"this is no row of CSV ({error})") from error


def _is_row(line: bytes, encoding: str, places: _Columns) -> bool:
    """Whether a line that was taken for the inside of a quotation is a reader's row itself."""
    try:
        row = line.decode(encoding).split(",")
        return len(row) == places.width and bool(checked_address(row[places.email].strip(' "\r\n')))
    except (UnicodeDecodeError, SubscriberError):
        return False


def _checked(path: Path, line: int, row: list[str], places: _Columns) -> GoodRow | BadRow:
    try:
        if len(row) != places.width:
            _fit(row, places.width)
        if places.standing >= 0:
            _gets_letters(row[places.standing].strip())
        email, key = checked_address(unguarded(row[places.email].strip()))
    except SubscriberError as error:
        return BadRow(line=line, reason=f"{path}:{line}: {error} The row was skipped.")
    except _Broken as error:
        return BadRow(line=line, reason=f"{path}:{line}: {error}{_SKIPPED}")
    return GoodRow(
        line=line,
        email=email,
        key=key,
        name=_name(row[places.name]) if places.name >= 0 else "",
        tags=_tags(row[places.tags]) if places.tags >= 0 else (),
    )


def _fit(row: list[str], width: int) -> None:
    """Fill up a short row; refuse one that has more to say than the header has names for."""
    if any(cell.strip() for cell in row[width:]):
        raise _Broken(
            f"it has {len(row)} cells and the header {width}; a cell with a comma in it must stand "
            "between quotation marks"
        )
    row += [""] * (width - len(row))


def _gets_letters(standing: str) -> None:
    """Refuse a reader who gets no letters where the file comes from, or the import would."""
    if standing and standing != Standing.ACTIVE:
        raise _Broken(f"the file itself says that this reader is {standing[:80]!r}")


def _name(cell: str) -> str:
    return " ".join(unguarded(cell.strip()).split())[:_LONGEST_NAME]


def _tags(cell: str) -> tuple[str, ...]:
    written = unguarded(cell.strip())
    if ";" not in written:
        return (written,) if written else ()
    tags = (tag.strip() for tag in written.split(";"))
    return tuple(dict.fromkeys(tag for tag in tags if tag))
