"""One reader ↔ one row: the columns, a new row, and what an import makes of a row that is there."""

import secrets
from dataclasses import dataclass
from enum import StrEnum
from operator import itemgetter

from sqlalchemy import Connection, RowMapping, Select, func, insert, literal, select

from briefing.model.delivery import Addressee
from briefing.model.subscriber import Standing, Subscriber
from briefing.store.schema import changes, subscribers

COLUMNS = (
    subscribers.c.id,
    subscribers.c.ref,
    subscribers.c.list,
    subscribers.c.email,
    subscribers.c.name,
    subscribers.c.tags,
    subscribers.c.standing,
)


class Added(StrEnum):
    """What became of one row of an import."""

    NEW = "added"
    UPDATED = "updated"
    THERE = "already on the list"
    #: Left, bounced, complained or was erased: only the reader can come back, by a form.
    OPTED_OUT = "opted out before"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One row for the list: an address checked and spelled as `subscribers/addresses.py` does."""

    email: str
    key: str
    name: str = ""
    tags: tuple[str, ...] = ()


def answer(
    entry: Entry, row: RowMapping | None, fresh: dict[str, dict[str, object]], suppressed: set[str]
) -> Added:
    """What becomes of an entry, given the row that is there and those made just now."""
    if row is not None:
        if row["standing"] not in (Standing.ACTIVE, Standing.PENDING, Standing.PAUSED):
            return Added.OPTED_OUT
        differs = (entry.name and entry.name != row["name"]) or (
            entry.tags and packed(entry.tags) != row["tags"]
        )
        return Added.UPDATED if differs else Added.THERE
    if entry.key in suppressed:
        return Added.OPTED_OUT
    return Added.THERE if entry.key in fresh else Added.NEW


def new_row(list_name: str, entry: Entry, standing: Standing, now: float) -> dict[str, object]:
    """The values of a row for an entry."""
    return {
        "ref": secrets.token_hex(8),
        "list": list_name,
        "email": entry.email,
        "email_key": entry.key,
        "name": entry.name,
        "tags": packed(entry.tags),
        "standing": standing.value,
        "since": now,
    }


def put_in(
    connection: Connection, rows: list[dict[str, object]], *, cause: str, actor: str, now: float
) -> None:
    """Insert rows, with the first line of each reader's record."""
    if not rows:
        return
    newest = connection.execute(select(func.max(subscribers.c.id))).scalar() or 0
    _insert(connection, sorted(rows, key=_key))
    source = select(
        subscribers.c.id,
        literal(now),
        literal(""),
        subscribers.c.standing,
        literal(cause),
        literal(actor),
        # Nobody else writes while this transaction does: whatever is newer is ours.
    ).where(subscribers.c.id > newest)
    names = ["subscriber", "at", "was", "becomes", "cause", "actor"]
    connection.execute(insert(changes).from_select(names, source))


def _key(row: dict[str, object]) -> str:
    return str(row["email_key"])


def _insert(connection: Connection, rows: list[dict[str, object]]) -> None:
    """Insert rows as the driver takes them: SQLAlchemy would look at each value of each."""
    statement = insert(subscribers).compile(dialect=connection.dialect, column_keys=list(rows[0]))
    if statement.positiontup is None:
        connection.exec_driver_sql(str(statement), rows)
    else:
        values = itemgetter(*statement.positiontup)
        connection.exec_driver_sql(str(statement), [values(row) for row in rows])


def by_key(list_name: str, key: str) -> Select[tuple[object, ...]]:
    """The query for the reader of a list with that address."""
    return select(*COLUMNS).where(subscribers.c.list == list_name, subscribers.c.email_key == key)


def packed(tags: tuple[str, ...]) -> str:
    """Tags as they are kept, so that one of them is found by `;tag;`."""
    return f";{';'.join(tags)};" if tags else ""


def subscriber_of(row: RowMapping) -> Subscriber:
    """The reader of a row of `COLUMNS`."""
    return Subscriber(
        id=row["id"],
        ref=row["ref"],
        list=row["list"],
        email=row["email"],
        name=row["name"],
        tags=tuple(tag for tag in row["tags"].split(";") if tag),
        standing=Standing(row["standing"]),
    )


def addressee(row: RowMapping) -> Addressee:
    """A row of the reader, and of what was tried before."""
    reader = Subscriber(
        id=row["id"],
        ref=row["ref"],
        email=row["email"],
        name=row["name"],
        tags=tuple(tag for tag in row["tags"].split(";") if tag),
    )
    return Addressee(
        reader=reader, tries=row["tries"], doubtful=bool(row["doubtful"]), at=row["at"]
    )
