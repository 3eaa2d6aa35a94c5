"""What a list's file says: rows with an address, rows that say how somebody stands elsewhere, bad rows.

Good rows go by columns, a list of values for each part of a row: a million tuples would take longer to make and
to let go of than what is in them takes to check.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import compress, repeat
from operator import itemgetter
from typing import Any

from briefing.model.subscriber import EVERYTHING, Choice, Standing

#: A row with an address on it: line, address, the spelling by which addresses are compared, name and
#: tags. A bare tuple of bare values, because Python's collector of garbage lets go of those at once;
#: with objects of a class it took a third of an import's time.
GoodRow = tuple[int, str, str, str, tuple[str, ...]]
#: Rows that are handed over and put down together: enough to be fast, few enough that nobody else waits long.
_BATCH = 20_000


@dataclass(slots=True)
class GoodRows:
    """Good rows, column by column; see `GoodRow`."""

    lines: list[int] = field(default_factory=list)
    emails: list[str] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    tags: list[tuple[str, ...]] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.lines)

    def part(self, start: int, end: int) -> "GoodRows":
        """The rows from one place up to another."""
        return GoodRows(
            self.lines[start:end],
            self.emails[start:end],
            self.keys[start:end],
            self.names[start:end],
            self.tags[start:end],
        )

    def rows(self) -> Iterator[GoodRow]:
        """The same row by row."""
        return zip(self.lines, self.emails, self.keys, self.names, self.tags, strict=True)

    def where(self, kept: list[bool]) -> "GoodRows":
        """The rows at whose place `kept` is true."""
        return GoodRows(
            list(compress(self.lines, kept)),
            list(compress(self.emails, kept)),
            list(compress(self.keys, kept)),
            list(compress(self.names, kept)),
            list(compress(self.tags, kept)),
        )

    def by_address(self) -> "GoodRows":
        """The same rows in the order of what is compared, which is that of the store's index."""
        if len(self) <= 1:
            return self
        place = itemgetter(*sorted(range(len(self)), key=self.keys.__getitem__))
        return GoodRows(
            list(place(self.lines)),
            list(place(self.emails)),
            list(place(self.keys)),
            list(place(self.names)),
            list(place(self.tags)),
        )

    def add(self, more: "GoodRows | GoodRow") -> None:
        """Have these come after the others."""
        if isinstance(more, tuple):
            line, email, key, name, tags = more
            more = GoodRows([line], [email], [key], [name], [tags])
        self.lines += more.lines
        self.emails += more.emails
        self.keys += more.keys
        self.names += more.names
        self.tags += more.tags


@dataclass(frozen=True, slots=True, kw_only=True)
class BadRow:
    """A row that is not a subscriber, and why, as a sentence with file and line."""

    line: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CarriedRow:
    """A row that says more of its reader than address, name and tags.

    Attributes:
        standing: how the reader stands where the file comes from.
        why: the cell that says so: `UNSUB_TIME: 2023-05-06 07:08:09`.
        asked: the cell that says when they asked for letters, in the same way; empty where none does.
        asked_at: that time in seconds since 1970; None where it cannot be told.
        left_at: when they left, likewise.
        choice: what they want of the list.
        resumes: when a pause of theirs ends, likewise.
    """

    line: int
    email: str
    key: str
    name: str
    tags: tuple[str, ...]
    standing: Standing
    why: str = ""
    asked: str = ""
    asked_at: float | None = None
    left_at: float | None = None
    choice: Choice = EVERYTHING
    resumes: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadOptions:
    """What a user says of a file, where the file does not say it.

    Attributes:
        columns: the file's header for a field, see `column_plan.FIELDS`.
        encoding: how the file is written; None looks for it.
        ignore: headers that say nothing about who gets letters.
        words: how a reader stands for a state's word.
        standing: how everybody on the file stands; None where its columns say it.
        topics: keys of the list's topics; None where nobody knows them.
    """

    columns: Mapping[str, str] = field(default_factory=dict)
    encoding: str | None = None
    ignore: tuple[str, ...] = ()
    words: Mapping[str, Standing] = field(default_factory=dict)
    standing: Standing | None = None
    topics: Collection[str] | None = None


Row = GoodRow | CarriedRow | BadRow
#: Kinds of rows with an address.
_KINDS = (GoodRows, CarriedRow)
#: What a file says next: many good rows at once, or one row.
Part = GoodRows | Row


@dataclass(slots=True)
class RowBatch:
    """Rows of a file that are put down together.

    Attributes:
        runs: those with an address; of rows with the same one, the first stands first in the file.
        bad: the others, in the order of the file.
    """

    runs: list[GoodRows | list[CarriedRow]] = field(default_factory=list)
    bad: list[BadRow] = field(default_factory=list)

    def __len__(self) -> int:
        return sum(map(len, self.runs)) + len(self.bad)

    def take(self, part: Part) -> None:
        """Have a part of the file come after the others."""
        if isinstance(part, BadRow):
            self.bad.append(part)
        elif isinstance(part, CarriedRow):
            self._last(list).append(part)
        else:
            self._last(GoodRows).add(part)

    def carried(self) -> Iterator[CarriedRow]:
        """Those that say how somebody stands elsewhere."""
        return (row for run in self.runs if not isinstance(run, GoodRows) for row in run)

    def named(self) -> Iterator[tuple[int, str, str]]:
        """Of each row with an address, run by run: its line, the address, and the cell that says how it stands."""
        for run in self.runs:
            if isinstance(run, GoodRows):
                yield from zip(run.lines, run.emails, repeat(""))
            else:
                yield from ((row.line, row.email, row.why) for row in run)

    def by_kind(self) -> "RowBatch":
        """The same rows in as few runs as can be, because each is put down by itself.

        Who stands in one row can be put down whenever; of the others, the rows stay in the order of the file.
        """
        if len(self.runs) <= len(_KINDS):
            return self
        said = Counter(key for run in self.runs for key in _keys(run))
        once, others = [RowBatch() for _ in _KINDS], RowBatch()
        for run in self.runs:
            for row in run.rows() if isinstance(run, GoodRows) else run:
                key = row[2] if isinstance(row, tuple) else row.key
                where = once[isinstance(row, CarriedRow)] if said[key] == 1 else others
                where.take(row)
        return RowBatch([*once[0].runs, *once[1].runs, *others.runs], self.bad)

    def by_address(self) -> "RowBatch":
        """The same rows, those of each run in the order of the store's index."""
        runs = [run.by_address() if isinstance(run, GoodRows) else run for run in self.runs]
        return RowBatch(runs, self.bad)

    def _last(self, kind: type[Any]) -> Any:
        if not self.runs or not isinstance(self.runs[-1], kind):
            self.runs.append(kind())
        return self.runs[-1]


def _keys(run: GoodRows | list[CarriedRow]) -> list[str]:
    return run.keys if isinstance(run, GoodRows) else [row.key for row in run]


def batches_of(parts: Iterable[Part]) -> Iterator[RowBatch]:
    """A file's rows, as many together as are put down together."""
    batch = RowBatch()
    rows = 0
    for part in parts:
        batch.take(part)
        rows += len(part) if isinstance(part, GoodRows) else 1
        if rows >= _BATCH:
            yield batch.by_kind()
            batch, rows = RowBatch(), 0
    if rows:
        yield batch.by_kind()
