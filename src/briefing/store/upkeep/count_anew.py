"""The kept counts ↔ the rows they count: whether they are the same, and making them so."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    Table,
    delete,
    func,
    insert,
    literal,
    select,
)

from briefing.store.engine.database import Database
from briefing.store.schema.core import deliveries, subscribers
from briefing.store.schema.counts import letter_counts, reader_counts

_DOUBTFUL = func.count().filter(deliveries.c.doubtful)
#: What the rows add up to, as a table of counts has it but for the writer.
_LETTERS = select(deliveries.c.mailing, deliveries.c.state, func.count(), _DOUBTFUL).group_by(
    deliveries.c.mailing, deliveries.c.state
)
_READERS = select(subscribers.c.list, subscribers.c.standing, func.count()).group_by(
    subscribers.c.list, subscribers.c.standing
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Miscounted:
    """A count that was kept and is not what the rows add up to."""

    #: A list or the number of a mailing, and the standing or state.
    of: str
    state: str
    #: How many, and for letters how many of them in doubt.
    kept: tuple[int, ...]
    counted: tuple[int, ...]


def miscounted(connection: Connection) -> tuple[Miscounted, ...]:
    """Every kept count that differs from the rows, as this transaction sees them; it reads all of them.

    There is none, unless somebody put rows in by hand, or took a trigger away.
    """
    return (
        *_differing(connection, letter_counts, _LETTERS),
        *_differing(connection, reader_counts, _READERS),
    )


def count_anew(database: Database) -> tuple[Miscounted, ...]:
    """Count all rows, while nobody writes, and keep that; says which counts were others before.

    Raises:
        StoreError: when the database cannot be written.
    """
    with database.write() as connection:
        if not database.is_sqlite:
            connection.exec_driver_sql("LOCK TABLE deliveries, subscribers IN SHARE MODE")
        found = miscounted(connection)
        if found:
            _keep(connection, letter_counts, _LETTERS)
            _keep(connection, reader_counts, _READERS)
    return found


def _differing(connection: Connection, kept: Table, asked: Select[Any]) -> list[Miscounted]:
    of, state, _, *counts = kept.columns
    sums: list[ColumnElement[int]] = [func.sum(count) for count in counts]
    known = _by_state(connection, select(of, state, *sums).group_by(of, state))
    there = _by_state(connection, asked)
    none = (0,) * len(counts)
    return [
        Miscounted(of=key[0], state=key[1], kept=known.get(key, none), counted=there.get(key, none))
        for key in sorted(known.keys() | there.keys())
        if known.get(key, none) != there.get(key, none)
    ]


def _by_state(connection: Connection, asked: Select[Any]) -> dict[tuple[str, str], tuple[int, ...]]:
    return {
        (str(of), state): tuple(int(count) for count in counts)
        for of, state, *counts in connection.execute(asked)
    }


def _keep(connection: Connection, kept: Table, asked: Select[Any]) -> None:
    names = [column.name for column in kept.columns if column.name != "writer"]
    connection.execute(delete(kept))
    source = asked.add_columns(literal(0))
    connection.execute(insert(kept).from_select([*names, "writer"], source))
