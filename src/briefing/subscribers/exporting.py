"""Subscribers → CSV that no spreadsheet mistakes for formulas."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime

from briefing.model.subscriber import EVERY_DAY, EVERYTHING, Subscriber, day_names

#: Columns of what a reader chose.
CHOICES = ("topics", "days", "weekly", "paused_until")
HEADER = ("email", "name", "tags", "standing", "list", *CHOICES)
#: A cell that begins with one of these is run as a formula by some spreadsheet.
_FORMULA = ("=", "+", "-", "@", "|", "%", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def csv_rows(readers: Iterable[Subscriber], *, raw: bool = False) -> Iterator[str]:
    """The lines of a CSV file, the header first.

    Args:
        readers: whom to write down.
        raw: leave cells that look like formulas as they are; for programs, not for spreadsheets.
    """
    yield csv_line(HEADER)
    for reader in readers:
        said = (reader.email, reader.name, ";".join(reader.tags), reader.standing, reader.list)
        cells = (*said, *choice_cells(reader))
        yield csv_line(cells if raw else [guarded(cell) for cell in cells])


def choice_cells(reader: Subscriber) -> tuple[str, str, str, str]:
    """What a reader chose, a cell for each of `CHOICES`; empty where they chose nothing."""
    choice, until = reader.choice, reader.resumes
    paused = "" if until is None else datetime.fromtimestamp(until, UTC).isoformat()
    if choice == EVERYTHING:
        return "", "", "", paused
    days = () if choice.days == EVERY_DAY else day_names(choice.days)
    return ";".join(choice.topics), ";".join(days), "yes" * choice.weekly, paused


def guarded(cell: str) -> str:
    """The cell, with an apostrophe before it where a spreadsheet would run it."""
    return f"'{cell}" if _is_formula(cell) else cell


def unguarded(cell: str) -> str:
    """The cell as it was before `guarded`, whatever it was."""
    return cell[1:] if cell[:1] == "'" and _is_formula(cell[1:]) else cell


def _is_formula(cell: str) -> bool:
    if cell[:1].isalnum():
        return False
    # Apostrophes are looked through, so that one that was there before comes back as it was.
    return cell.lstrip(" '").startswith(_FORMULA)


class _Echo:
    """What a writer of CSV writes to; the writer returns what this returns."""

    @staticmethod
    def write(line: str) -> str:
        return line


_WRITER = csv.writer(_Echo)


def csv_line(cells: Sequence[object]) -> str:
    """A line of CSV, ended."""
    line: str = _WRITER.writerow(cells)
    return line
