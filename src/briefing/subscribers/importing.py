"""CSV → entries for a list, one row at a time, however large or broken the file is."""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from briefing.errors import SubscriberError
from briefing.subscribers.addresses import checked_address

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
            while line and not line.endswith(b"\n") and len(line) > _LONGEST_ROW:
                rest = self.file.readline(_LONGEST_ROW)
                if not rest or rest.endswith(b"\n"):
                    break
        self.number += bool(line)
        return line or None

    def put_back(self, lines: list[bytes]) -> None:
        self._waiting += reversed(lines)
        self.number -= len(lines)


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
        with path.open("rb") as file:
            lines = _Lines(file=file, encoding=encoding)
            header = _header(path, lines)
            places = _places(path, header, columns or {})
            while (row := _record(path, lines)) is not None:
                if isinstance(row, BadRow):
                    yield row
                elif any(cell.strip() for cell in row):
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
    row = _record(path, lines)
    if row is None:
        raise SubscriberError(f"{path} is empty. The first row must name the columns.")
    if isinstance(row, BadRow):
        raise SubscriberError(f"{row.reason} Save the list as CSV in UTF-8.")
    return [cell.strip().strip("\ufeff").lower() for cell in row]


def _places(path: Path, header: list[str], columns: Mapping[str, str]) -> dict[str, int]:
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
        if found:
            places[name] = found[0]
    if "email" not in places:
        raise SubscriberError(
            f"{path}:1: there is no column 'email'; found: {', '.join(header) or 'nothing'}. "
            "The first row must name the columns; --column email=HEADER names another."
        )
    return places


def _record(path: Path, lines: _Lines) -> list[str] | BadRow | None:
    """The cells of the next row; a quoted cell may run over several lines."""
    taken: list[bytes] = []
    first = lines.number + 1
    while (line := lines.next()) is not None:
        taken.append(line)
        if len(line) > _LONGEST_ROW:
            return _bad(path, first, f"the row is longer than {_LONGEST_ROW:,} characters")
        try:
            text = b"".join(taken).decode(lines.encoding)
        except UnicodeDecodeError as error:
            return _bad(path, first, f"this is not {lines.encoding} ({error.reason})")
        try:
            rows = list(csv.reader(text.splitlines(keepends=True), strict=True))
            return rows[0] if rows else []
        except csv.Error as error:
            if "unexpected end" not in str(error):
                return _bad(path, first, f"this is no row of CSV ({error})")
        if len(taken) == _MOST_LINES:
            break
    if not taken:
        return None
    # The mark was never closed: only the row it stands in is lost.
    lines.put_back(taken[1:])
    return _bad(path, first, "a quotation mark is opened and never closed")


def _bad(path: Path, line: int, reason: str) -> BadRow:
    return BadRow(line=line, reason=f"{path}:{line}: {reason}. The row was skipped.")


def _checked(path: Path, line: int, row: list[str], places: Mapping[str, int]) -> GoodRow | BadRow:
    cells = {
        name: _unguarded(row[place].strip()) if place < len(row) else ""
        for name, place in places.items()
    }
    try:
        email, key = checked_address(cells["email"])
    except SubscriberError as error:
        return BadRow(line=line, reason=f"{path}:{line}: {error} The row was skipped.")
    tags = (tag.strip() for tag in cells.get("tags", "").split(";"))
    return GoodRow(
        line=line,
        email=email,
        key=key,
        name=" ".join(cells.get("name", "").split())[:200],
        tags=tuple(dict.fromkeys(tag for tag in tags if tag)),
    )


def _unguarded(cell: str) -> str:
    """Without the apostrophe that `exporting.guarded` puts before what looks like a formula."""
    return cell[1:] if cell[:1] == "'" and cell[1:2] in tuple("=+-@|%＝＋－＠") else cell
