"""Readers: putting them on a list, finding them, letting them go."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from briefing.config import Config
from briefing.desk.pick import the_list
from briefing.desk.progress import Progress, Quiet
from briefing.errors import SubscriberError
from briefing.model.subscriber import Change, Standing, Subscriber
from briefing.store import Added, Entry, Store
from briefing.subscribers import (
    BadRow,
    GoodRow,
    checked_address,
    count_lines,
    csv_rows,
    guarded,
    read_rows,
)

#: Rows that are one transaction: enough to be fast, few enough that nobody else waits long.
_BATCH = 20_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """What became of one row of a file."""

    line: int
    email: str
    outcome: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What became of a file."""

    added: int = 0
    updated: int = 0
    there: int = 0
    opted_out: int = 0
    bad: int = 0
    #: The first sentences about rows that were skipped; all of them are in the report.
    sentences: tuple[str, ...] = ()


_MOST_SENTENCES = 20


def import_list(  # noqa: PLR0913 - the options of the command
    store: Store | None,
    config: Config,
    list_name: str,
    path: Path,
    *,
    now: float,
    actor: str,
    columns: Mapping[str, str] | None = None,
    encoding: str = "utf-8",
    progress: Progress | None = None,
    report: Path | None = None,
) -> Imported:
    """Put a file's addresses on a list; nobody who has left is brought back.

    Args:
        store: where they are kept; None only checks the file.
        config: the house.
        list_name: the list's key in config.toml.
        path: the CSV file.
        now: seconds since 1970.
        actor: who does it, for the readers' record.
        columns: see `read_rows`.
        encoding: see `read_rows`.
        progress: shown while the file is read.
        report: where a CSV with the outcome of every row goes.

    Raises:
        SubscriberError: when the file cannot be read as a list at all, or the report not written.
        ConfigError: when there is no such list.
    """
    the_list(config, list_name)
    rows = read_rows(path, columns=columns, encoding=encoding)
    shown = (progress or Quiet()).track(rows, f"Reading {path.name}", count_lines(path))
    tally = dict.fromkeys((*Added, "bad"), 0)
    sentences: list[str] = []
    lines = _outcomes(store, list_name, shown, f"import of {path.name}", actor, now)
    for line in _reported(lines, report):
        known = isinstance(line.outcome, Added)
        tally[line.outcome if known else "bad"] += 1
        told = not known or line.outcome == Added.OPTED_OUT
        if told and len(sentences) < _MOST_SENTENCES:
            said = f"{path}:{line.line}: {line.email!r} {line.outcome}; only they can come back."
            sentences.append(said if known else line.outcome)
    return Imported(
        added=tally[Added.NEW],
        updated=tally[Added.UPDATED],
        there=tally[Added.THERE],
        opted_out=tally[Added.OPTED_OUT],
        bad=tally["bad"],
        sentences=tuple(sentences),
    )


def sync_list(store: Store, config: Config, list_name: str, now: float) -> Imported:
    """Take over new addresses from the file that config.toml names for a list, if it names one."""
    path = config.lists[list_name].path
    if path is None:
        return Imported()
    return import_list(store, config, list_name, config.path(path), now=now, actor="config.toml")


def export_list(
    store: Store, config: Config, list_name: str, standing: Standing | None, *, raw: bool = False
) -> Iterator[str]:
    """The lines of a CSV file of a list."""
    the_list(config, list_name)
    return csv_rows(store.subscribers.each(list_name, standing), raw=raw)


def add_reader(  # noqa: PLR0913 - the options of the command
    store: Store,
    config: Config,
    list_name: str,
    email: str,
    *,
    name: str = "",
    tags: tuple[str, ...] = (),
    now: float,
    actor: str,
) -> Added:
    """Put one address on a list.

    Raises:
        SubscriberError: when it is no address.
    """
    the_list(config, list_name)
    address, key = checked_address(email)
    entry = Entry(email=address, key=key, name=" ".join(name.split()), tags=tags)
    (answer,) = store.subscribers.add_many(
        list_name, [entry], cause="added by hand", actor=actor, now=now
    )
    return answer


def find_readers(store: Store, email: str) -> tuple[tuple[Subscriber, tuple[Change, ...]], ...]:
    """Everything known of an address: on which lists it is, and its record.

    Raises:
        SubscriberError: when it is no address, or nobody has it.
    """
    _, key = checked_address(email)
    found = store.subscribers.find(key)
    if not found:
        raise SubscriberError(f"Nobody on any list has the address {email!r}.")
    return tuple((reader, store.subscribers.history(reader.id)) for reader in found)


def change_readers(  # noqa: PLR0913 - the parts of one entry in the record
    store: Store,
    email: str,
    becomes: Standing,
    *,
    only_from: Iterable[Standing],
    cause: str,
    actor: str,
    now: float,
) -> int:
    """Pause, resume or unsubscribe an address on every list; says on how many it did."""
    readers = [reader for reader, _ in find_readers(store, email)]
    only = tuple(only_from)
    return sum(
        store.subscribers.change(
            reader.id, becomes, only_from=only, cause=cause, actor=actor, now=now
        )
        for reader in readers
    )


def tag_readers(store: Store, email: str, tags: tuple[str, ...]) -> int:
    """Give an address these tags on every list instead of those it had."""
    readers = find_readers(store, email)
    for reader, _ in readers:
        store.subscribers.tag(reader.id, tags)
    return len(readers)


def erase_reader(store: Store, email: str, *, actor: str, now: float) -> int:
    """Forget an address everywhere; only a keyed mark stays, so that no import brings it back."""
    _, key = checked_address(email)
    erased = store.subscribers.erase(key, cause="asked to be forgotten", actor=actor, now=now)
    if not erased:
        raise SubscriberError(f"Nobody on any list has the address {email!r}.")
    return erased


def list_counts(store: Store, list_name: str) -> dict[Standing, int]:
    """How many readers of a list stand how."""
    return store.subscribers.counts(list_name)


def _outcomes(
    store: Store | None,
    list_name: str,
    rows: Iterator[GoodRow | BadRow],
    cause: str,
    actor: str,
    now: float,
) -> Iterator[Line]:
    while batch := list(islice(rows, _BATCH)):
        good = [row for row in batch if isinstance(row, GoodRow)]
        entries = [
            Entry(email=row.email, key=row.key, name=row.name, tags=row.tags) for row in good
        ]
        if store is None:
            answers = [Added.NEW] * len(good)
        else:
            answers = store.subscribers.add_many(
                list_name, entries, cause=cause, actor=actor, now=now
            )
        for bad in (row for row in batch if isinstance(row, BadRow)):
            yield Line(line=bad.line, email="", outcome=bad.reason)
        for row, answer in zip(good, answers, strict=True):
            yield Line(line=row.line, email=row.email, outcome=answer)


def _reported(lines: Iterator[Line], report: Path | None) -> Iterator[Line]:
    """Pass the lines on, writing each into the report."""
    if report is None:
        yield from lines
        return
    try:
        with report.open("w", encoding="utf-8", newline="") as file:
            file.write("row,email,outcome\r\n")
            for line in lines:
                outcome = line.outcome.replace('"', '""')
                file.write(f'{line.line},{guarded(line.email)},"{outcome}"\r\n')
                yield line
    except OSError as error:
        raise SubscriberError(f"{report} cannot be written: {error.strerror}.") from error
