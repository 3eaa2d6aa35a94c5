"""Moving house: every row of a SQLite file into an empty PostgreSQL, and the proof that it is there.

The proof is made of the rows themselves: each is hashed as this program reads it, and the hashes of
a table are added up, so that neither the order of rows nor a database's own types matter.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Integer, Table, delete, func, insert, select, text

from briefing.counted import counted
from briefing.errors import StoreError
from briefing.store.engine.database import Database
from briefing.store.schema.core import metadata
from briefing.store.schema.house import house
from briefing.store.upkeep.migrate import upgrade

#: Rows read and written at a time.
_MANY = 5_000
#: PostgreSQL keeps no NUL in text; see `Database`.
_NUL, _INSTEAD = "\0", "\ufffd"
_WHOLE = 1 << 128


@dataclass(frozen=True, slots=True, kw_only=True)
class Copied:
    """One table that was copied and found equal."""

    table: str
    rows: int
    #: The sum of the rows' hashes.
    checksum: str


def copy_all(
    source: Database, target: Database, backups: Path, now: datetime
) -> tuple[Copied, ...]:
    """Copy every table from one database, as of one commit, into another one's empty tables.

    It is one transaction of the target's, and it is committed only when both sides hold the same
    rows, by count and by checksum. Both are brought up to date first.

    Args:
        source: what to copy.
        target: a database without rows.
        backups: where a copy of the source goes, should it be of an older program.
        now: names that copy; aware.

    Raises:
        StoreError: when the target holds rows, or what arrived differs.
    """
    for database in (source, target):
        upgrade(database, backups, now)
    tables = metadata.sorted_tables
    with source.read() as old, target.write() as new:
        # What the target knows of its house, the source knows better.
        new.execute(delete(house))
        for table in tables:
            if new.execute(select(func.count()).select_from(table)).scalar_one():
                raise StoreError(
                    f"{target.name} holds rows in {table.name} already, and nothing is mixed. Name "
                    "an empty database."
                )
        done = tuple(_copy(table, old, new) for table in tables)
        if not target.is_sqlite:
            for table in tables:
                _count_on(table, new)
    return done


def _copy(table: Table, old: Connection, new: Connection) -> Copied:
    for batch in _batches(table, old):
        new.execute(insert(table), [dict(row) for row in batch])
    there, here = _proof(table, old), _proof(table, new)
    if there != here:
        raise StoreError(
            f"{table.name} arrived as {counted(here.rows, 'row')} with checksum {here.checksum}, and left as "
            f"{there.rows:,} with {there.checksum}. Nothing was kept; report this."
        )
    return here


def _batches(table: Table, connection: Connection) -> Iterator[Any]:
    query = select(table).execution_options(yield_per=_MANY)
    yield from connection.execute(query).mappings().partitions(_MANY)


def _proof(table: Table, connection: Connection) -> Copied:
    rows = total = 0
    for batch in _batches(table, connection):
        for row in batch:
            said = "\x1f".join(_said(row[column.name]) for column in table.columns)
            digest = blake2b(said.encode("utf-8", "surrogatepass"), digest_size=16).digest()
            total += int.from_bytes(digest, "big")
            rows += 1
    return Copied(table=table.name, rows=rows, checksum=f"{total % _WHOLE:032x}")


def _said(value: object) -> str:
    """A value in one spelling; its type is part of it, so that 1 is not True."""
    if isinstance(value, str):
        value = value.replace(_NUL, _INSTEAD)
    if isinstance(value, memoryview | bytearray):
        value = bytes(value)
    return f"{type(value).__name__}:{value!r}"


def _count_on(table: Table, connection: Connection) -> None:
    """Let PostgreSQL's numbers go on after the highest that was copied."""
    key = table.autoincrement_column
    if key is None or not isinstance(key.type, Integer):
        return
    highest = connection.execute(select(func.max(key))).scalar()
    if highest is not None:
        sequence = text("SELECT setval(pg_get_serial_sequence(:table, :column), :highest)")
        connection.execute(sequence, {"table": table.name, "column": key.name, "highest": highest})
