"""A file → readers of a list: who gets letters, who does not, and what became of each row."""

import logging
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import nullcontext
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import islice
from pathlib import Path

from briefing.actions.context import Desk
from briefing.actions.progress import Progress, Quiet
from briefing.actions.resolve_name import the_list
from briefing.errors import BriefingError, SubscriberError
from briefing.model.subscriber import Standing
from briefing.store import (
    Added,
    Carried,
    EntryColumns,
    ListRow,
    Store,
    Told,
    add_columns,
    carry_over,
)
from briefing.subscribers.column_plan import FIELDS
from briefing.subscribers.exporting import guarded
from briefing.subscribers.import_process import read_beside
from briefing.subscribers.importing import count_lines, program_name
from briefing.subscribers.list_rows import CarriedRow, GoodRows, ReadOptions, RowBatch

_LOG = logging.getLogger("briefing.desk")

__all__ = ["Imported", "ReadOptions", "import_list", "reading_of", "sync_list", "sync_lists"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What became of a file."""

    added: int = 0
    updated: int = 0
    there: int = 0
    opted_out: int = 0
    #: Gone, paused or not confirmed where the file comes from, and put down here as such.
    gone: int = 0
    waiting: int = 0
    bad: int = 0
    #: Why readers get no letters, in the words of the file: reason, how many, the first address.
    reasons: tuple[tuple[str, int, str], ...] = ()
    #: The program whose export the file is; empty when that is not known.
    program: str = ""
    #: The first sentences about rows that were skipped; all of them are in the report.
    sentences: tuple[str, ...] = ()


_MOST_SENTENCES = 20
_WAITING = (Standing.PENDING, Standing.PAUSED)
#: Rows, and what became of those with an address, in the order of their runs.
_Done = tuple[RowBatch, list[Added]]


def import_list(  # noqa: PLR0913 - the options of the command
    desk: Desk,
    list_name: str,
    path: Path,
    *,
    actor: str,
    keeps: bool = True,
    reading: ReadOptions | None = None,
    progress: Progress | None = None,
    report: Path | None = None,
    allowed: Callable[[], None] = lambda: None,
) -> Imported:
    """Put a file's addresses on a list; nobody who has left, here or elsewhere, gets letters by it.

    Args:
        desk: the desk.
        list_name: the list's key in config.toml.
        path: the CSV file.
        actor: who does it, for the readers' record.
        keeps: False only checks the file.
        reading: what is said of the file, see `read_parts`.
        progress: shown while the file is read.
        report: where a CSV with the outcome of every row goes.
        allowed: called before rows are kept; none are where it raises something.

    Raises:
        SubscriberError: when the file cannot be read as a list at all, or the report not written.
        ConfigError: when there is no such list.
    """
    the_list(desk, list_name)
    known = tuple(desk.config.lists[list_name].topics)
    batches = read_beside(path, replace(reading or ReadOptions(), topics=known))
    shown = (progress or Quiet()).track(batches, f"Reading {path.name}", count_lines(path), len)
    counts: Counter[Added] = Counter()
    read = 0
    sentences: list[str] = []
    reasons: dict[str, tuple[int, str]] = {}
    told = Told(f"import of {path.name}", actor, desk.clock().timestamp())
    done = _kept(desk.store if keeps else None, list_name, shown, told, allowed)
    for batch, answers in _reported(done, report):
        counts.update(answers)
        read += len(batch)
        _count_reasons(batch, reasons)
        sentences += islice(_told(path, batch, answers), _MOST_SENTENCES - len(sentences))
    return Imported(
        added=counts[Added.NEW],
        updated=counts[Added.UPDATED],
        there=counts[Added.THERE] + counts[Added.CAME_BACK],
        opted_out=counts[Added.OPTED_OUT],
        gone=counts[Added.GONE],
        waiting=counts[Added.WAITING],
        bad=read - counts.total(),
        reasons=tuple((why, *found) for why, found in reasons.items()),
        program=program_name(path),
        sentences=tuple(sentences),
    )


def reading_of(
    columns: list[str],
    ignore: list[str],
    statuses: list[str],
    standing: Standing | None,
    encoding: str | None,
) -> ReadOptions:
    """What a user says of a file, as the options of the commands say it.

    Args:
        columns: `FIELD=HEADER` each.
        ignore: headers.
        statuses: `WORD=STANDING` each.
        standing: how everybody on the file stands; None where its columns say it.
        encoding: how the file is written; None looks for it.

    Raises:
        SubscriberError: when one of them is not understood.
    """
    return ReadOptions(
        columns=dict(_column(one) for one in columns),
        encoding=encoding,
        ignore=tuple(ignore),
        words=dict(_status(one) for one in statuses),
        standing=standing,
    )


def _column(written: str) -> tuple[str, str]:
    field, _, header = written.partition("=")
    if field not in FIELDS or not header:
        raise SubscriberError(
            f"--column {written!r} is not understood; write for instance email=Mailadresse. "
            f"Fields are {', '.join(FIELDS)}."
        )
    return field, header


def _status(written: str) -> tuple[str, Standing]:
    word, _, standing = written.rpartition("=")
    if standing not in tuple(Standing):
        raise SubscriberError(
            f"--status {written!r} is not understood; write for instance Baja=unsubscribed. "
            f"Standings are {', '.join(Standing)}."
        )
    return word, Standing(standing)


def sync_list(desk: Desk, list_name: str, allowed: Callable[[], None] = lambda: None) -> Imported:
    """Take over new addresses from the file that config.toml names for a list, if it names one.

    Args:
        desk: the desk.
        list_name: the list's key in config.toml.
        allowed: as of `import_list`.
    """
    path = desk.config.lists[list_name].path
    if path is None:
        return Imported()
    whole = desk.config.path(path)
    return import_list(desk, list_name, whole, actor="config.toml", allowed=allowed)


def sync_lists(desk: Desk) -> None:
    """Take over new addresses from every file of config.toml; what cannot be read is told on the log."""
    for name in desk.config.lists:
        try:
            sync_list(desk, name)
        except BriefingError as error:
            _LOG.warning("The list %s: %s", name, error)


def _count_reasons(batch: RowBatch, reasons: dict[str, tuple[int, str]]) -> None:
    for row in batch.carried():
        if row.standing is not Standing.ACTIVE:
            title, _, said = row.why.partition(": ")
            # A day differs from row to row and says no more than the column does.
            shown = title if row.left_at is not None else f"{title} {said}".strip()
            why = f"{row.standing} ({shown})"
            count, example = reasons.get(why, (0, row.email))
            reasons[why] = (count + 1, example)


def _kept(
    store: Store | None,
    list_name: str,
    batches: Iterable[RowBatch],
    told: Told,
    allowed: Callable[[], None],
) -> Iterator[_Done]:
    with nullcontext() if store is None else store.database.in_bulk():
        for batch in batches:
            allowed()
            answers: list[Added] = []
            for run in batch.runs:
                if store is None:
                    answers += _foreseen(run)
                else:
                    answers += _put_down(store, list_name, run, told)
            yield batch, answers


def _put_down(
    store: Store, list_name: str, run: GoodRows | list[CarriedRow], told: Told
) -> list[Added]:
    database, readers = store.database, store.subscribers
    if isinstance(run, GoodRows):
        columns = EntryColumns(run.emails, run.keys, run.names, run.tags)
        return add_columns(database, readers, list_name, columns, told)
    return carry_over(database, readers, list_name, [_carried(row) for row in run], told)


def _carried(row: CarriedRow) -> Carried:
    return Carried(
        entry=ListRow(email=row.email, key=row.key, name=row.name, tags=row.tags),
        standing=row.standing,
        why=row.why,
        asked=row.asked,
        asked_at=row.asked_at,
        left_at=row.left_at,
        choice=row.choice,
        resumes=row.resumes,
    )


def _foreseen(run: GoodRows | list[CarriedRow]) -> list[Added]:
    """What becomes of rows on a list that is empty so far."""
    if isinstance(run, GoodRows):
        return [Added.NEW] * len(run)
    of_standing = {Standing.ACTIVE: Added.NEW} | dict.fromkeys(_WAITING, Added.WAITING)
    return [of_standing.get(row.standing, Added.GONE) for row in run]


def _told(path: Path, batch: RowBatch, answers: list[Added]) -> Iterator[str]:
    """The sentences about rows whose reader gets no letters, in the order of the file."""
    said = {row.line: row.reason for row in batch.bad}
    if Added.OPTED_OUT in answers:
        said |= {
            line: f"{path}:{line}: {email!r} {answer}; only they can come back."
            for (line, email, _), answer in zip(batch.named(), answers, strict=True)
            if answer is Added.OPTED_OUT
        }
    return (said[line] for line in sorted(said))


def _report_lines(batch: RowBatch, answers: list[Added]) -> Iterator[str]:
    """What became of each row, in the order of the file."""
    lines = {
        line: f"{line},{guarded(email)},{_outcome(answer, why)}\r\n"
        for (line, email, why), answer in zip(batch.named(), answers, strict=True)
    }
    lines |= {row.line: f"{row.line},,{_quoted(row.reason)}\r\n" for row in batch.bad}
    return (lines[line] for line in sorted(lines))


def _reported(done: Iterator[_Done], report: Path | None) -> Iterator[_Done]:
    """Pass the batches on, writing what became of each row into the report."""
    if report is None:
        yield from done
        return
    try:
        with report.open("w", encoding="utf-8", newline="") as file:
            file.write("row,email,outcome\r\n")
            for batch, answers in done:
                file.writelines(_report_lines(batch, answers))
                yield batch, answers
    except OSError as error:
        raise SubscriberError(f"{report} cannot be written: {error.strerror}.") from error


@lru_cache(maxsize=1_000)
def _outcome(answer: Added, why: str) -> str:
    return _quoted(f"{answer} ({why})" if why else str(answer))


def _quoted(text: str) -> str:
    escaped = text.replace('"', '""')
    return f'"{escaped}"'
