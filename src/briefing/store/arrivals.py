"""Readers by the thousand ↔ rows.

SQLAlchemy looks at each value of each row; here a batch is one statement in the driver's own words.
"""

import json
import secrets
from collections.abc import Iterator
from typing import Any, NamedTuple

from sqlalchemy import Connection, insert
from sqlalchemy.exc import DBAPIError

from briefing.store.schema import arrivals


class Kept(NamedTuple):
    """A reader, as far as an import asks."""

    #: 0 for one who is put in just now.
    id: int
    email: str
    name: str
    #: As `packed` writes them.
    tags: str
    standing: str


_KNOWN = "SELECT kept.email_key, kept.id, kept.email, kept.name, kept.tags, kept.standing FROM "
#: SQLite looks up the one table in the order of the other, which is that of its index.
_KNOWN_SQLITE = (
    f"{_KNOWN} json_each(?) AS asked CROSS JOIN subscribers AS kept "
    "ON kept.email_key = asked.value AND kept.list = ?"
)
_KNOWN_POSTGRESQL = (
    f"{_KNOWN} subscribers AS kept "
    "WHERE kept.email_key = ANY(string_to_array(%s, E'\\n')) AND kept.list = %s"
)
_INSERT = (
    "INSERT INTO subscribers (ref, list, email, email_key, name, tags, standing, since, arrival) "
    "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
_COPY = (
    "COPY subscribers (ref, list, email, email_key, name, tags, standing, since, arrival) "
    "FROM STDIN"
)
_UPDATE = "UPDATE subscribers SET name = ?, tags = ? WHERE id = ?"
_UPDATE_ALL = (
    "UPDATE subscribers SET name = new.name, tags = new.tags "
    "FROM unnest(%s::int[], %s::text[], %s::text[]) AS new (id, name, tags) "
    "WHERE subscribers.id = new.id"
)
#: COPY's own signs (https://www.postgresql.org/docs/current/sql-copy.html), and no NUL: see `Database`.
_ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r", "\0": "\ufffd"})


def known(connection: Connection, list_name: str, keys: list[str]) -> dict[str, Kept]:
    """Those of a list who have one of these addresses, by address."""
    if connection.dialect.name == "sqlite":
        asked, query = json.dumps(sorted(keys)), _KNOWN_SQLITE
    else:
        asked, query = "\n".join(keys), _KNOWN_POSTGRESQL
    found = connection.exec_driver_sql(query, (asked, list_name))
    return {key: Kept(*row) for key, *row in found.all()}


def put_in_together(
    connection: Connection,
    list_name: str,
    fresh: dict[str, Kept],
    *,
    cause: str,
    actor: str,
    now: float,
) -> None:
    """Insert readers by address; one line for all of them is the first of each one's record."""
    line = insert(arrivals).values(at=now, cause=cause, actor=actor).returning(arrivals.c.id)
    arrival = connection.execute(line).scalar_one()
    # In the order of the index on addresses, each of whose pages is then written once.
    rows = zip(_refs(len(fresh)), sorted(fresh), strict=True)
    if connection.dialect.name == "sqlite":
        values = [
            (ref, list_name, one.email, key, one.name, one.tags, one.standing, now, arrival)
            for ref, key in rows
            for one in (fresh[key],)
        ]
        connection.exec_driver_sql(_INSERT, values)
        return
    _copy(
        connection,
        "".join(
            f"{ref}\t{list_name}\t{_cell(one.email)}\t{_cell(key)}\t{_cell(one.name)}\t"
            f"{_cell(one.tags)}\t{one.standing}\t{now!r}\t{arrival}\n"
            for ref, key in rows
            for one in (fresh[key],)
        ),
    )


def take_over(connection: Connection, changed: list[Kept]) -> None:
    """Write down the names and tags of readers who are there."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(_UPDATE, [(one.name, one.tags, one.id) for one in changed])
        return
    values = ([one.id for one in changed], [one.name for one in changed])
    connection.exec_driver_sql(_UPDATE_ALL, (*values, [one.tags for one in changed]))


def _refs(count: int) -> Iterator[str]:
    """So many new names for links.

    Those made together begin alike, so that they come to stand together in the index too: it would
    otherwise be written all over for every batch. The other 56 bits are chance.
    """
    first, chance = secrets.token_hex(1), secrets.token_hex(7 * count)
    return (first + chance[start : start + 14] for start in range(0, len(chance), 14))


def _copy(connection: Connection, rows: str) -> None:
    driver: Any = connection.connection.driver_connection
    try:
        with driver.cursor() as cursor, cursor.copy(_COPY) as copy:
            copy.write(rows)
    except connection.dialect.loaded_dbapi.Error as error:
        # As SQLAlchemy would say it: `Database.faults` makes a sentence of that.
        raise DBAPIError(_COPY, None, error) from error


def _cell(text: str) -> str:
    return text if text.isprintable() and "\\" not in text else text.translate(_ESCAPES)
