"""Readers by the thousand ↔ rows.

SQLAlchemy looks at each value of each row; here a batch is one statement in the driver's own words.
"""

import json
import secrets
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from functools import lru_cache
from itertools import islice
from typing import Any, NamedTuple

from sqlalchemy import Connection, insert
from sqlalchemy.exc import DBAPIError

from briefing.model.subscriber import Standing
from briefing.store.schema.core import arrivals
from briefing.store.schema.counts import COUNT_READERS

#: A reader as far as an import asks: address in the spelling that is compared, number (0 for one who
#: is put in just now), address, name, tags as `packed` writes them, standing. As bare as a row of a
#: file, and for the same reason.
Kept = tuple[str, int, str, str, str, str]
#: What those who come together share: list, standing, since, arrival.
_Same = tuple[str, str, float, int]
#: And what each has alone, a column each: ref, address, the spelling that is compared, name, tags.
_Own = tuple[Sequence[str], Sequence[str], Sequence[str], Sequence[str], Sequence[str]]


class NewRows(NamedTuple):
    """Readers who are to be put in, column by column; tags as `packed` writes them."""

    keys: list[str]
    emails: list[str]
    names: list[str]
    tags: list[str]

    def by_address(self) -> "NewRows":
        """The same in the order of the index on addresses, each of whose pages is then written once."""
        if sorted(self.keys) == self.keys:
            return self
        places = sorted(range(len(self.keys)), key=self.keys.__getitem__)
        return NewRows(*([column[at] for at in places] for column in self))


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
#: The first four are the same in all rows. Whoever is there is passed over. A row that may not stand there for
#: another reason fails, and with it the transaction: only to undo the statement alone, SQLite would copy each
#: page before it writes on it, and write three times as much.
_INSERT = (
    "INSERT OR FAIL INTO subscribers (list, standing, since, arrival, ref, email, email_key, name, tags) "
    "VALUES "
)
_IF_NEW = " ON CONFLICT (email_key, list) DO NOTHING"
_ONE_ROW = "(?1, ?2, ?3, ?4, ?, ?, ?, ?, ?)"
#: Rows handed to a driver at once. A statement of SQLite's with more is slower again.
_ROWS = 500
_COPY = (
    "COPY subscribers (list, standing, since, arrival, ref, email, email_key, name, tags) "
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
    if _is_sqlite(connection):
        query, asked = _KNOWN_SQLITE, json.dumps(sorted(keys))
    else:
        query, asked = _KNOWN_POSTGRESQL, "\n".join(keys)
    with _cursor(connection, query) as cursor:
        cursor.execute(query, (asked, list_name))
        return {row[0]: row for row in cursor.fetchall()}


def put_in_together(
    connection: Connection, list_name: str, fresh: list[Kept], *, cause: str, actor: str, now: float
) -> None:
    """As `put_in_columns`, of rows of whom nobody is there."""
    keys, _, emails, names, tags, _ = map(list, zip(*fresh, strict=True))
    columns = NewRows(keys, emails, names, tags)
    put_in_columns(connection, list_name, columns, cause=cause, actor=actor, now=now)


def put_in_columns(
    connection: Connection, list_name: str, fresh: NewRows, *, cause: str, actor: str, now: float
) -> int:
    """Insert active readers; one line for all of them is the first of each one's record.

    Returns:
        How many were put in. Over SQLite whoever is there is passed over; over PostgreSQL nobody may be.
    """
    line = insert(arrivals).values(at=now, cause=cause, actor=actor).returning(arrivals.c.id)
    same = (list_name, Standing.ACTIVE.value, now, connection.execute(line).scalar_one())
    keys, emails, names, tags = fresh.by_address()
    own = (_refs(len(keys)), emails, keys, names, tags)
    count = (_insert if _is_sqlite(connection) else _copy)(connection, same, own)
    told = {"list": list_name, "standing": Standing.ACTIVE.value, "count": count}
    connection.execute(COUNT_READERS, told)
    return count


def take_over(connection: Connection, changed: list[Kept]) -> None:
    """Write down the names and tags of readers who are there."""
    _, numbers, _, names, tags, _ = (list(column) for column in zip(*changed, strict=True))
    if _is_sqlite(connection):
        with _cursor(connection, _UPDATE) as cursor:
            cursor.executemany(_UPDATE, zip(names, tags, numbers, strict=True))
        return
    with _cursor(connection, _UPDATE_ALL) as cursor:
        cursor.execute(_UPDATE_ALL, (numbers, names, tags))


def _insert(connection: Connection, same: _Same, own: _Own) -> int:
    count = 0
    with _cursor(connection, _INSERT) as cursor:
        for start in range(0, len(own[0]), _ROWS):
            some = [column[start : start + _ROWS] for column in own]
            values = (*same, *_row_by_row(some))
            count += cursor.execute(_statement(len(some[0])), values).rowcount
    return count


def _row_by_row(columns: Sequence[Sequence[str]]) -> list[str]:
    """The values of the first row, then those of the second, and so on."""
    width = len(columns)
    values = [""] * (width * len(columns[0]))
    for place, column in enumerate(columns):
        values[place::width] = column
    return values


@lru_cache(maxsize=8)
def _statement(rows: int) -> str:
    return _INSERT + ", ".join([_ONE_ROW] * rows) + _IF_NEW


def _copy(connection: Connection, same: _Same, own: _Own) -> int:
    list_name, standing, now, arrival = same
    begins = f"{_cell(list_name)}\t{standing}\t{now!r}\t{arrival}"
    lines = (
        f"{begins}\t{ref}\t{_cell(email)}\t{_cell(key)}\t{_cell(name)}\t{_cell(tags)}\n"
        for ref, email, key, name, tags in zip(*own, strict=True)
    )
    with _cursor(connection, _COPY) as cursor:
        with cursor.copy(_COPY) as copy:
            # A few at a time: the server takes them in while we write the next.
            while some := "".join(islice(lines, _ROWS)):
                copy.write(some)
        return int(cursor.rowcount)


def _is_sqlite(connection: Connection) -> bool:
    return connection.dialect.name == "sqlite"


@contextmanager
def _cursor(connection: Connection, statement: str) -> Iterator[Any]:
    """The driver's own cursor within a transaction; its faults are said as SQLAlchemy says them."""
    driver: Any = connection.connection.driver_connection
    try:
        with closing(driver.cursor()) as cursor:
            yield cursor
    except connection.dialect.loaded_dbapi.Error as error:
        raise DBAPIError(statement, None, error) from error


def _refs(count: int) -> list[str]:
    """So many new names for links.

    Those made together begin alike, so that they come to stand together in the index too: it would
    otherwise be written all over for every batch. The other 56 bits are chance.
    """
    first = secrets.token_hex(1)
    others = secrets.token_bytes(7 * count).hex("\n", 7).replace("\n", f"\n{first}")
    return f"{first}{others}".split("\n")[:count]


def _cell(text: str) -> str:
    return text if text.isprintable() and "\\" not in text else text.translate(_ESCAPES)
