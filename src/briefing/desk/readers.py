"""Readers: putting them on a list, finding them, letting them go."""

from collections import Counter
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
    read_beside,
)

#: Rows that are one transaction: enough to be fast, few enough that nobody else waits long.
_BATCH = 20_000


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
_Row = GoodRow | BadRow
#: Rows, and what became of the good ones among them.
_Done = tuple[list[_Row], list[Added]]


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
    rows = read_beside(path, columns=columns, encoding=encoding)
    shown = (progress or Quiet()).track(rows, f"Reading {path.name}", count_lines(path))
    counts: Counter[Added] = Counter()
    read = 0
    sentences: list[str] = []
    done = _batches(store, list_name, shown, f"import of {path.name}", actor, now)
    for batch, answers in _reported(done, report):
        counts.update(answers)
        read += len(batch)
        sentences += islice(_told(path, batch, answers), _MOST_SENTENCES - len(sentences))
    return Imported(
        added=counts[Added.NEW],
        updated=counts[Added.UPDATED],
        there=counts[Added.THERE],
        opted_out=counts[Added.OPTED_OUT],
        bad=read - counts.total(),
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


def _batches(
    store: Store | None,
    list_name: str,
    rows: Iterator[_Row],
    cause: str,
    actor: str,
    now: float,
) -> Iterator[_Done]:
    while batch := list(islice(rows, _BATCH)):
        entries = [row[1:] for row in batch if not isinstance(row, BadRow)]
        if store is None:
            yield batch, [Added.NEW] * len(entries)
        else:
            add = store.subscribers.add_many
            yield batch, add(list_name, entries, cause=cause, actor=actor, now=now)


def _fates(batch: list[_Row], answers: list[Added]) -> Iterator[tuple[_Row, str]]:
    """What became of each row, in the order of the file."""
    of_good = iter(answers)
    return ((row, row.reason if isinstance(row, BadRow) else next(of_good)) for row in batch)


def _told(path: Path, batch: list[_Row], answers: list[Added]) -> Iterator[str]:
    """The sentences about rows whose reader gets no letters."""
    if len(answers) == len(batch) and Added.OPTED_OUT not in answers:
        return
    for row, fate in _fates(batch, answers):
        if isinstance(row, BadRow):
            yield fate
        elif fate == Added.OPTED_OUT:
            line, email, *_ = row
            yield f"{path}:{line}: {email!r} {fate}; only they can come back."


def _reported(done: Iterator[_Done], report: Path | None) -> Iterator[_Done]:
    """Pass the batches on, writing what became of each row into the report."""
    if report is None:
        yield from done
        return
    try:
        with report.open("w", encoding="utf-8", newline="") as file:
            file.write("row,email,outcome\r\n")
            for batch, answers in done:
                file.writelines(_line(row, fate) for row, fate in _fates(batch, answers))
                yield batch, answers
    except OSError as error:
        raise SubscriberError(f"{report} cannot be written: {error.strerror}.") from error


def _line(row: _Row, fate: str) -> str:
    if isinstance(row, BadRow):
        quoted = fate.replace('"', '""')
        return f'{row.line},,"{quoted}"\r\n'
    line, email, *_ = row
    return f'{line},{guarded(email)},"{fate}"\r\n'
