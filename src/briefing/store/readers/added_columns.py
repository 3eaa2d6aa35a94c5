"""A list's entries by columns → rows: where all of them are new, none is looked at by itself."""

from typing import NamedTuple

from sqlalchemy import Connection, func, select

from briefing.store.engine.database import Database
from briefing.store.readers.bulk_insert import (
    Kept,
    NewRows,
    known,
    put_in_columns,
    take_over,
)
from briefing.store.readers.carried_over import Told
from briefing.store.readers.merging import merged
from briefing.store.readers.subscriber_rows import GONE, Added, answered, packed
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
    keys, said = entries.keys, told._asdict()
    with database.write_without_waiting() as connection:
        kept = known(connection, list_name, keys[::_LOOKED_FOR] if database.is_sqlite else keys)
        if not kept and _pass_for_new(readers, connection, list_name, keys):
            return _put_in(connection, list_name, entries, told)
        if database.is_sqlite:
            kept = known(connection, list_name, keys)
        if _say_nothing_new(entries, kept):
            return [Added.THERE] * len(keys)
        strangers = [key for key in keys if key not in kept]
        suppressed = readers.kept_off(connection, list_name, strangers)
        rows = zip(*entries, strict=True)
        return merged(connection, list_name, rows, kept, suppressed, **said)


def _pass_for_new(
    readers: Subscribers, connection: Connection, list_name: str, keys: list[str]
) -> bool:
    """Whether no two are the same, and nobody may be kept off; over SQLite a few may still be there."""
    return len({*keys}) == len(keys) and not readers.kept_off(connection, list_name, keys)


def _say_nothing_new(entries: EntryColumns, kept: dict[str, Kept]) -> bool:
    """Whether everybody is there, of just that name and those tags, and nobody is gone."""
    found = [kept[key] for key in entries.keys if key in kept]
    if len(found) < len(entries.keys) or not GONE.isdisjoint([row[5] for row in found]):
        return False
    names, tags = [row[3] for row in found], [row[4] for row in found]
    return _adds_nothing(entries.names, names) and _adds_nothing([*map(packed, entries.tags)], tags)


def _adds_nothing(said: list[str], known_of: list[str]) -> bool:
    """Whether each is as it is known, or left empty."""
    return said == known_of or not any(
        one and one != other for one, other in zip(said, known_of, strict=True)
    )


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
