"""Subscribers → CSV that no spreadsheet mistakes for formulas."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from io import StringIO

from briefing.model.subscriber import EVERY_DAY, EVERYTHING, Choice, Exported, day_names

#: Columns of what a reader chose.
CHOICES = ("topics", "days", "weekly", "paused_until")
_NOTHING = ("", "", "", "")
HEADER = ("email", "name", "tags", "standing", "list", *CHOICES)
#: A cell that begins with one of these is run as a formula by some spreadsheet.
_FORMULA = ("=", "+", "-", "@", "|", "%", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def csv_pages(pages: Iterable[Sequence[Exported]], *, raw: bool = False) -> Iterator[str]:
    """A CSV file in pieces: its header, then the lines of each page together.

    Args:
        pages: whom to write down.
        raw: leave cells that look like formulas as they are; for programs, not for spreadsheets.
    """
    yield csv_lines([HEADER])
    for page in pages:
        *said, chosen, resumes = zip(*page, strict=True)
        columns = (*said, *zip(*map(choice_cells, chosen, resumes), strict=True))
        yield csv_lines(zip(*(columns if raw else map(guarded_all, columns)), strict=True))


def choice_cells(choice: Choice, until: float | None) -> tuple[str, str, str, str]:
    """What a reader chose, and the end of a pause: a cell for each of `CHOICES`, empty where there is nothing."""
    if choice is EVERYTHING and until is None:
        return _NOTHING
    paused = "" if until is None else datetime.fromtimestamp(until, UTC).isoformat()
    if choice == EVERYTHING:
        return "", "", "", paused
    days = () if choice.days == EVERY_DAY else day_names(choice.days)
    return ";".join(choice.topics), ";".join(days), "yes" * choice.weekly, paused


def guarded_all(cells: Iterable[str]) -> list[str]:
    """Each cell as `guarded` has it."""
    return [cell if not cell or cell[0].isalnum() else guarded(cell) for cell in cells]


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


def csv_lines(rows: Iterable[Sequence[object]]) -> str:
    """Lines of CSV, each ended."""
    written = StringIO(newline="")
    csv.writer(written).writerows(rows)
    return written.getvalue()
