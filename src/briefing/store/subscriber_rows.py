"""One reader ↔ one row: the columns, a new row, and what an import makes of a row that is there."""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Protocol

from sqlalchemy import Connection, RowMapping, Select, insert, select

from briefing.model.delivery import Addressee
from briefing.model.subscriber import Change, Standing, Subscriber
from briefing.store.arrivals import Kept
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

_GONE = frozenset(Standing) - {Standing.ACTIVE, Standing.PENDING, Standing.PAUSED}

_ACTIVE = Standing.ACTIVE.value


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


class Listed(Protocol):
    """What a list says of one reader: an `Entry`, or a row of a file as it was read."""

    @property
    def email(self) -> str: ...
    @property
    def key(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def tags(self) -> tuple[str, ...]: ...


def answered(
    entries: Iterable[Listed], kept: dict[str, Kept], suppressed: set[str]
) -> tuple[list[Added], dict[str, Kept]]:
    """What becomes of each entry, as if each came by itself, in order.

    Args:
        entries: what the list says.
        kept: the readers of that list who are there, by address.
        suppressed: addresses that may be put on no list.

    Returns:
        An answer an entry, and those who are new or have a new name or tags, as they now are.
    """
    answers: list[Added] = []
    written: dict[str, Kept] = {}
    for entry in entries:
        key = entry.key
        row = written.get(key) or kept.get(key)
        if row is not None:
            said, new = _said_again(entry, row)
        elif key in suppressed:
            said, new = Added.OPTED_OUT, None
        else:
            said = Added.NEW
            new = Kept(0, entry.email, entry.name, packed(entry.tags), _ACTIVE)
        answers.append(said)
        if new is not None:
            written[key] = new
    return answers, written


def _said_again(entry: Listed, row: Kept) -> tuple[Added, Kept | None]:
    """What becomes of somebody who is there; what a list leaves empty stays as it is."""
    if row.standing in _GONE:
        return Added.OPTED_OUT, None
    name, tags = entry.name or row.name, packed(entry.tags) or row.tags
    if name == row.name and tags == row.tags:
        return Added.THERE, None
    return Added.UPDATED, row._replace(name=name, tags=tags)


def put_in(
    connection: Connection, list_name: str, entry: Entry, *, cause: str, actor: str, now: float
) -> None:
    """Insert one reader who has yet to confirm, with the first line of the record."""
    row = {
        "ref": secrets.token_hex(8),
        "list": list_name,
        "email": entry.email,
        "email_key": entry.key,
        "name": entry.name,
        "tags": packed(entry.tags),
        "standing": Standing.PENDING.value,
        "since": now,
    }
    made = insert(subscribers).values(row).returning(subscribers.c.id)
    record = {"subscriber": connection.execute(made).scalar_one(), "at": now, "was": ""}
    record |= {"becomes": Standing.PENDING.value, "cause": cause, "actor": actor}
    connection.execute(insert(changes).values(record))


def by_key(list_name: str, key: str) -> Select[tuple[object, ...]]:
    """The query for the reader of a list with that address."""
    return select(*COLUMNS).where(subscribers.c.list == list_name, subscribers.c.email_key == key)


@lru_cache(maxsize=1_000)
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


def arrival_of(row: RowMapping) -> Change:
    """The first line in the record of a reader who came with others."""
    erased = row["standing"] == Standing.ERASED
    return Change(
        at=row["at"],
        was="",
        becomes=Standing.ACTIVE,
        # As everywhere in the record of who was erased; others still have theirs.
        cause="erased" if erased else row["cause"],
        actor=row["actor"],
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
