"""A list's entries by columns → rows: where all of them are new, none is looked at by itself."""

from typing import NamedTuple

from sqlalchemy import Connection, func, select

from briefing.store.engine.database import Database
from briefing.store.readers.bulk_insert import NewRows, known, put_in_columns, take_over
from briefing.store.readers.carried_over import Told
from briefing.store.readers.subscriber_rows import Added, answered, packed
from briefing.store.readers.subscribers import Subscribers
from briefing.store.schema.core import subscribers

#: Of so many entries one is looked for, before all of them pass for new.
_LOOKED_FOR = 50


class EntryColumns(NamedTuple):
    """Entries of a list column by column; see `ListRow`."""

    emails: list[str]
    keys: list[str]
    names: list[str]
    tags: list[tuple[str, ...]]


def add_columns(
    database: Database,
    readers: Subscribers,
    list_name: str,
    entries: EntryColumns,
    told: Told,
) -> list[Added]:
    """Put addresses on a list as `Subscribers.add_many` does; one answer an entry, in order.

    The disk is not waited for: after a power cut the list is imported again. `Database.wait_for_disk` does so.
    """
    with database.write_without_waiting() as connection:
        if _pass_for_new(database, readers, connection, list_name, entries.keys):
            return _put_in(connection, list_name, entries, told)
    rows = [*zip(*entries, strict=True)]
    return readers.add_many(list_name, rows, **told._asdict())


def _pass_for_new(
    database: Database,
    readers: Subscribers,
    connection: Connection,
    list_name: str,
    keys: list[str],
) -> bool:
    """Whether no two are the same, and nobody may be kept off; over SQLite a few may still be there."""
    some = keys[::_LOOKED_FOR] if database.is_sqlite else keys
    is_new = len({*keys}) == len(keys) and not known(connection, list_name, some)
    return is_new and not readers.kept_off(connection, list_name, keys)


def _put_in(
    connection: Connection, list_name: str, entries: EntryColumns, told: Told
) -> list[Added]:
    """Insert who is not there, and take over what is said of the others."""
    last = connection.execute(select(func.max(subscribers.c.id))).scalar() or 0
    emails, keys, names, tags = entries
    fresh = NewRows(keys, emails, names, [*map(packed, tags)])
    if put_in_columns(connection, list_name, fresh, **told._asdict()) == len(keys):
        return [Added.NEW] * len(keys)
    found = known(connection, list_name, keys)
    there = {key: kept for key, kept in found.items() if kept[1] <= last}
    answers, written = answered(zip(*entries, strict=True), there, set())
    changed = [row for row in written if row[0] in there]
    if changed:
        take_over(connection, changed)
    return answers
