"""CSV → entries for a list, in little memory, however large or broken the file is."""

from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from briefing.counted import counted
from briefing.errors import SubscriberError, why
from briefing.model.subscriber import EVERYTHING, Standing
from briefing.subscribers.addresses import checked_address, is_mailbox, mailbox_in
from briefing.subscribers.cells import name_in, tags_in
from briefing.subscribers.choice_columns import checked_choices, choice_in
from briefing.subscribers.column_plan import ColumnPlan, plan_columns
from briefing.subscribers.csv_dialect import (
    Dialect,
    dialect_of,
    inner_encoding,
    opened,
    refuse_address_book,
    refuse_cut_off,
)
from briefing.subscribers.csv_records import Broken, Lines, cells
from briefing.subscribers.export_words import kinds_of, program_of
from briefing.subscribers.exporting import unguarded
from briefing.subscribers.foreign_standing import standing_of, time_of
from briefing.subscribers.list_rows import BadRow, CarriedRow, GoodRow, Part, ReadOptions, Row
from briefing.subscribers.plain_rows import is_simple, parts_of
from briefing.subscribers.survey import refuse_silent_name, surveyed

#: A quoted field may run over this many lines; more is a quotation mark that was never closed.
_MOST_LINES = 20
_LONGEST_TAG = 80
_SAVE = "Save the list as CSV in UTF-8."
_SKIPPED = ". The row was skipped."


def read_parts(path: Path, reading: ReadOptions | None = None) -> Iterator[Part]:
    """Read a list from its first row to its last; a bad row is reported in its place and the rest goes on.

    A file that says more than address, name and tags is gone through once before the first row is
    given, so that a word that nobody knows stops it before anything is written.

    Args:
        path: CSV whose first row names the columns; one of them holds addresses.
        reading: what the user says of it.

    Raises:
        SubscriberError: when the file cannot be read as such a list at all, or a column or word in it
            might say who has left and is not known.
    """
    asked = reading or ReadOptions()
    try:
        dialect = dialect_of(path, asked.encoding)
        plan = _planned(path, dialect, asked)
        with _lines(path, dialect) as lines:
            _header(path, lines)
            yield from _parts(path, lines, plan, asked.standing)
    except LookupError as error:
        raise SubscriberError(
            f"{path} cannot be read: {error}. Write utf-8, utf-16, cp1252 or iso-8859-2, for instance."
        ) from error
    except (OSError, UnicodeError) as error:
        raise SubscriberError(f"{path} cannot be read: {why(error)}. Is the name right?") from error


def program_name(path: Path) -> str:
    """The program whose export a file is, by its header; empty when that is not known."""
    with _lines(path, dialect_of(path)) as lines:
        return program_of(_header(path, lines))


def _planned(path: Path, dialect: Dialect, reading: ReadOptions) -> ColumnPlan:
    """Which column of a file holds what, after a look at all rows where it matters.

    Raises:
        SubscriberError: see `read_parts`.
    """
    with _lines(path, dialect) as lines:
        titles = _header(path, lines)
        plan = plan_columns(
            path, titles, columns=reading.columns, ignore=reading.ignore, words=reading.words
        )
        refuse_cut_off(path, dialect, plan.width)
        rows = _whole_rows(path, lines, plan)
        if plan.has_choices:
            rows = checked_choices(path, plan, rows, reading.topics)
        if reading.standing is None:
            refuse_silent_name(path, plan)
        if reading.standing is None and not plan.is_plain:
            return surveyed(path, plan, rows)
        if plan.has_choices:
            deque(rows, 0)
    return plan


@contextmanager
def _lines(path: Path, dialect: Dialect) -> Iterator[Lines]:
    with path.open("rb") as file:
        lines = Lines(
            file=opened(file, dialect),
            encoding=inner_encoding(dialect.encoding),
            delimiter=dialect.delimiter,
        )
        if dialect.names_delimiter:
            lines.next()
        yield lines


def _parts(path: Path, lines: Lines, plan: ColumnPlan, standing: Standing | None) -> Iterator[Part]:
    def careful(line: int, row: list[str]) -> Row | None:
        return None if _is_blank(row) else _checked(path, line, row, plan, standing)

    simple = standing in (None, Standing.ACTIVE) and is_simple(plan)
    while True:
        first = lines.number + 1
        if simple and (rows := lines.plain()):
            yield from parts_of(first, rows, plan, careful)
            continue
        row = _record(path, lines, plan)
        if row is None:
            return
        found = row if isinstance(row, BadRow) else careful(lines.number, row)
        if found is not None:
            yield found


def _whole_rows(path: Path, lines: Lines, plan: ColumnPlan) -> Iterator[list[str]]:
    """The rows that are as wide as the header; `_checked` speaks of the others."""
    while (row := _record(path, lines, plan)) is not None:
        if isinstance(row, list) and not _is_blank(row) and not any(row[plan.width :]):
            yield row + [""] * (plan.width - len(row))


def count_lines(path: Path) -> int:
    """About how many rows a file has, for a progress bar; 0 where it cannot be read."""
    try:
        with path.open("rb") as file:
            return sum(block.count(b"\n") for block in iter(lambda: file.read(1 << 20), b""))
    except OSError:
        return 0


def _header(path: Path, lines: Lines) -> list[str]:
    first = lines.next()
    if first is not None:
        lines.put_back([first])
    row = _record(path, lines, None)
    if row is None or first is None:
        raise SubscriberError(f"{path} is empty. The first row must name the columns.")
    if isinstance(row, BadRow):
        said = row.reason.removesuffix(_SKIPPED)
        raise SubscriberError(f"{said}. The first row must name the columns. {_SAVE}")
    if len(row) == 1 and is_mailbox(row[0]):
        # Nothing but addresses, as `list_members` of Mailman 2 prints them.
        lines.put_back([first])
        return ["email"]
    titles = [cell.strip() for cell in row]
    refuse_address_book(path, titles[0])
    return _below_title(lines, titles) or titles


def _below_title(lines: Lines, titles: list[str]) -> list[str]:
    """The row after a file's own title, such as `Members of readers`, where it is the header; else nothing."""
    line = lines.next() if sum(map(bool, titles)) == 1 and "email" not in kinds_of(titles) else None
    if line is None:
        return []
    try:
        row = [cell.strip() for cell in cells([line], lines.encoding, lines.delimiter) or ()]
    except Broken:
        row = []
    if sum(map(bool, row)) > 1 and "email" in kinds_of(row):
        return row
    lines.put_back([line])
    return []


def _record(path: Path, lines: Lines, plan: ColumnPlan | None) -> list[str] | BadRow | None:
    """The cells of the next row; a quoted cell may run over several lines."""
    line = lines.next()
    if line is None:
        return None
    first, taken = lines.number, [line]
    try:
        while (row := cells(taken, lines.encoding, lines.delimiter)) is None:
            more = lines.next() if len(taken) < _MOST_LINES else None
            if more is None:
                raise Broken("a quotation mark is opened and never closed")  # noqa: TRY301
            taken.append(more)
        if plan is not None and any(_is_row(line, lines, plan) for line in taken[1:]):
            raise Broken("a quotation mark is opened and closed only in a later row")  # noqa: TRY301
    except Broken as error:
        # Only the row in which it broke is lost.
        lines.put_back(taken[1:])
        whole = line.decode(lines.encoding, "replace").strip()
        if plan is not None and plan.width == 1 and is_mailbox(whole):
            return [whole]
        return BadRow(line=first, reason=f"{path}:{first}: {error}{_SKIPPED}")
    return row


def _is_row(line: bytes, lines: Lines, plan: ColumnPlan) -> bool:
    """Whether a line that was taken for the inside of a quotation is a reader's row itself."""
    try:
        row = line.decode(lines.encoding).split(lines.delimiter)
        return len(row) == plan.width and bool(checked_address(row[plan.email].strip(' "\r\n')))
    except (UnicodeDecodeError, SubscriberError):
        return False


def _checked(
    path: Path, line: int, row: list[str], plan: ColumnPlan, standing: Standing | None
) -> Row:
    try:
        if len(row) != plan.width:
            _fit(row, plan.width)
        written, shown = mailbox_in(unguarded(row[plan.email].strip()))
        email, key = checked_address(written)
    except SubscriberError as error:
        return BadRow(line=line, reason=f"{path}:{line}: {error} The row was skipped.")
    except Broken as error:
        return BadRow(line=line, reason=f"{path}:{line}: {error}{_SKIPPED}")
    name = name_in(" ".join(row[at] for at in plan.names)) or name_in(shown)
    tags = tags_in(row[plan.tags], plan.own) if plan.tags >= 0 else ()
    if plan.is_plain and standing in (None, Standing.ACTIVE):
        return line, email, key, name, tags
    return _carried(path, row, plan, (line, email, key, name, tags), standing)


def _carried(
    path: Path, row: list[str], plan: ColumnPlan, plain: GoodRow, standing: Standing | None
) -> Row:
    line, email, key, name, tags = plain
    found, why = (standing, "--standing") if standing is not None else standing_of(row, plan)
    asked = next((at for at in plan.asked if row[at].strip()), -1)
    if plan.language >= 0 and row[plan.language].strip():
        tags = (*tags, f"language:{' '.join(row[plan.language].split())[:_LONGEST_TAG]}")
    choice, resumes = choice_in(row, plan)
    if found is Standing.ACTIVE and resumes is not None:
        said = f"{path}:{line}: it is active, and paused until a day; say which{_SKIPPED}"
        return BadRow(line=line, reason=said)
    if found is Standing.ACTIVE and asked < 0 and choice == EVERYTHING:
        return line, email, key, name, tags
    return CarriedRow(
        line=line,
        email=email,
        key=key,
        name=name,
        tags=tags,
        standing=found,
        why=why,
        asked=f"{plan.titles[asked]}: {row[asked].strip()[:_LONGEST_TAG]}" if asked >= 0 else "",
        asked_at=time_of(row[asked]) if asked >= 0 else None,
        left_at=time_of(why.partition(": ")[2]) if found is not Standing.ACTIVE else None,
        choice=choice,
        resumes=resumes,
    )


def _is_blank(row: list[str]) -> bool:
    return not any(row) or "".join(row).isspace()


def _fit(row: list[str], width: int) -> None:
    """Fill up a short row; refuse one that has more to say than the header has names for."""
    if any(cell.strip() for cell in row[width:]):
        raise Broken(
            f"it has {counted(len(row), 'cell')} and the header {width}; a cell with a comma in it must stand "
            "between quotation marks"
        )
    row += [""] * (width - len(row))
