"""CSV → entries for a list, one row at a time, however large or broken the file is."""

import codecs
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from briefing.errors import SubscriberError
from briefing.model.subscriber import Standing
from briefing.subscribers.addresses import checked_address, plain_address
from briefing.subscribers.exporting import unguarded
from briefing.subscribers.records import Broken, Lines, cells

FIELDS = ("email", "name", "tags")
#: Headers that other programs write, for each of our fields.
_ALSO = {
    "email": ("e-mail", "email address", "e-mail address", "mail", "address"),
    "name": ("full name", "display name", "first name"),
    "tags": ("tag", "labels", "groups"),
}
#: A quoted field may run over this many lines; more is a quotation mark that was never closed.
_MOST_LINES = 20
_LONGEST_NAME = 200
#: Cells of tags up to this length are remembered, because a list has few, again and again.
_SHORT = 100
_SAVE = "Save the list as CSV in UTF-8."
_SKIPPED = ". The row was skipped."


#: A row with an address on it: line, address, the spelling by which addresses are compared, name and
#: tags. A bare tuple of bare values, because Python's collector of garbage lets go of those at once;
#: with objects of a class it took a third of an import's time.
GoodRow = tuple[int, str, str, str, tuple[str, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class BadRow:
    """A row that is no subscriber, and why, as a sentence with file and line."""

    line: int
    reason: str


class _Columns(NamedTuple):
    """Which column holds what; -1 for none."""

    width: int
    email: int
    name: int
    tags: int
    #: As our own export writes it.
    standing: int


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
            lines = Lines(file=file, encoding=encoding)
            if file.read(3) != codecs.BOM_UTF8:
                file.seek(0)
            places = _places(path, _header(path, lines), columns or {})
            yield from _rows(path, lines, places)
    except (OSError, LookupError) as error:
        raise SubscriberError(f"{path} cannot be read: {error}. Is the name right?") from error


def _rows(path: Path, lines: Lines, places: _Columns) -> Iterator[GoodRow | BadRow]:
    while True:
        first = lines.number + 1
        if run := lines.plain():
            yield from _plain_rows(path, first, run, places)
            continue
        row = _record(path, lines, places)
        if row is None:
            return
        if isinstance(row, BadRow):
            yield row
        elif not _is_blank(row):
            yield _checked(path, lines.number, row, places)


def _plain_rows(path: Path, first: int, run: list[str], places: _Columns) -> list[GoodRow | BadRow]:
    """What `_checked` says of each row, most of them at a third of its price."""
    rows: list[GoodRow | BadRow] = []
    width, at, name, tags, standing = places
    for line, text in enumerate(run, first):
        row = text.split(",")
        if len(row) == width and (standing < 0 or row[standing] == Standing.ACTIVE):
            plain = plain_address(row[at].strip())
            if plain is not None:
                named = _name(row[name]) if name >= 0 else ""
                tagged = _tags(row[tags]) if tags >= 0 else ()
                rows.append((line, *plain, named, tagged))
                continue
        if not _is_blank(row):
            rows.append(_checked(path, line, row, places))
    return rows


def count_lines(path: Path) -> int:
    """About how many rows a file has, for a progress bar; 0 where it cannot be read."""
    try:
        with path.open("rb") as file:
            return sum(block.count(b"\n") for block in iter(lambda: file.read(1 << 20), b""))
    except OSError:
        return 0


def _header(path: Path, lines: Lines) -> list[str]:
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


def _record(path: Path, lines: Lines, places: _Columns | None) -> list[str] | BadRow | None:
    """The cells of the next row; a quoted cell may run over several lines."""
    line = lines.next()
    if line is None:
        return None
    first, taken = lines.number, [line]
    try:
        while (row := cells(taken, lines.encoding)) is None:
            more = lines.next() if len(taken) < _MOST_LINES else None
            if more is None:
                raise Broken("a quotation mark is opened and never closed")  # noqa: TRY301
            taken.append(more)
        if places is not None and any(_is_row(line, lines.encoding, places) for line in taken[1:]):
            raise Broken("a quotation mark is opened and closed only in a later row")  # noqa: TRY301
    except Broken as error:
        # Only the row in which it broke is lost.
        lines.put_back(taken[1:])
        return BadRow(line=first, reason=f"{path}:{first}: {error}{_SKIPPED}")
    return row


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
    except Broken as error:
        return BadRow(line=line, reason=f"{path}:{line}: {error}{_SKIPPED}")
    name = _name(row[places.name]) if places.name >= 0 else ""
    tags = _tags(row[places.tags]) if places.tags >= 0 else ()
    return line, email, key, name, tags


def _is_blank(row: list[str]) -> bool:
    return not any(row) or "".join(row).isspace()


def _fit(row: list[str], width: int) -> None:
    """Fill up a short row; refuse one that has more to say than the header has names for."""
    if any(cell.strip() for cell in row[width:]):
        raise Broken(
            f"it has {len(row)} cells and the header {width}; a cell with a comma in it must stand "
            "between quotation marks"
        )
    row += [""] * (width - len(row))


def _gets_letters(standing: str) -> None:
    """Refuse a reader who gets no letters where the file comes from, or the import would."""
    if standing and standing != Standing.ACTIVE:
        raise Broken(f"the file itself says that this reader is {standing[:80]!r}")


def _name(cell: str) -> str:
    name = " ".join(cell.split())
    if name.startswith("'"):
        name = " ".join(unguarded(cell.strip()).split())
    return name[:_LONGEST_NAME]


def _tags(cell: str) -> tuple[str, ...]:
    return _known_tags(cell) if len(cell) <= _SHORT else _split_tags(cell)


def _split_tags(cell: str) -> tuple[str, ...]:
    written = unguarded(cell.strip())
    if ";" not in written:
        return (written,) if written else ()
    tags = (tag.strip() for tag in written.split(";"))
    return tuple(dict.fromkeys(tag for tag in tags if tag))


_known_tags = lru_cache(maxsize=1_000)(_split_tags)
