"""One reader ↔ one row: the columns, a new row, and what an import makes of a row that is there."""

import secrets
from collections.abc import Iterable
from enum import StrEnum
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import Connection, RowMapping, Select, insert, select

from briefing.model.delivery import Addressee, State
from briefing.model.delivery import Row as DeliveryRow
from briefing.model.subscriber import EVERY_DAY, EVERYTHING, Change, Choice, Standing, Subscriber
from briefing.store.readers.bulk_insert import Kept
from briefing.store.schema.core import changes, subscribers
from briefing.store.schema.counts import COUNT_READERS
from briefing.store.schema.variants import choices

_COLUMNS = (
    subscribers.c.id,
    subscribers.c.ref,
    subscribers.c.list,
    subscribers.c.email,
    subscribers.c.name,
    subscribers.c.tags,
    subscribers.c.standing,
    subscribers.c.resumes,
    choices.c.topics,
    choices.c.days,
    choices.c.weekly,
)
#: Readers with what they want; `subscriber_of` reads its rows.
READERS = select(*_COLUMNS).select_from(
    subscribers.outerjoin(choices, choices.c.id == subscribers.c.choice)
)

#: Whom no list brings back.
GONE = frozenset(Standing) - {Standing.ACTIVE, Standing.PENDING, Standing.PAUSED}

_ACTIVE = Standing.ACTIVE.value
_STATES = {state.value: state for state in State}


class Added(StrEnum):
    """What became of one row of an import."""

    NEW = "added"
    UPDATED = "updated"
    THERE = "already on the list"
    #: Left, bounced, complained or was erased: only the reader can come back, by a form.
    OPTED_OUT = "opted out before"
    #: Gone where the list comes from, and so gone here.
    GONE = "gone elsewhere: gets no letters"
    #: Paused or not yet confirmed where the list comes from.
    WAITING = "waits: gets no letters yet"
    #: Gone elsewhere, and confirmed here by themselves after that.
    CAME_BACK = "gone elsewhere, confirmed here since: stays"


class ListRow(NamedTuple):
    """One row for the list: an address checked and spelled as `subscribers/addresses.py` does."""

    email: str
    key: str
    name: str = ""
    tags: tuple[str, ...] = ()


#: An `ListRow`, or what has its parts in that order.
Listed = tuple[str, str, str, tuple[str, ...]]


def answered(
    entries: Iterable[Listed], kept: dict[str, Kept], suppressed: set[str]
) -> tuple[list[Added], list[Kept]]:
    """What becomes of each entry, as if each came by itself, in order.

    Args:
        entries: what the list says.
        kept: the readers of that list who are there, by address.
        suppressed: addresses that may be put on no list.

    Returns:
        An answer an entry; and those who are new or have a new name or tags, as they now are.
    """
    answers: list[Added] = []
    written: dict[str, Kept] = {}
    for email, key, name, tags in entries:
        row = written.get(key) or kept.get(key)
        if row is None and key in suppressed:
            answers.append(Added.OPTED_OUT)
        elif row is None:
            written[key] = (key, 0, email, name, packed(tags), _ACTIVE)
            answers.append(Added.NEW)
        elif row[-1] in GONE:
            answers.append(Added.OPTED_OUT)
        elif (new := _said_again(row, name, packed(tags))) != row:
            written[key] = new
            answers.append(Added.UPDATED)
        else:
            answers.append(Added.THERE)
    return answers, list(written.values())


def _said_again(row: Kept, name: str, tags: str) -> Kept:
    """A reader who is there, as a list has them; what it leaves empty stays as it is."""
    key, number, email, old_name, old_tags, standing = row
    return key, number, email, name or old_name, tags or old_tags, standing


def put_in(  # noqa: PLR0913 - the parts of one entry in the record
    connection: Connection,
    list_name: str,
    entry: ListRow,
    *,
    cause: str,
    actor: str,
    now: float,
    standing: Standing = Standing.PENDING,
) -> None:
    """Insert one reader, with the first line of the record."""
    row = {
        "ref": secrets.token_hex(8),
        "list": list_name,
        "email": entry.email,
        "email_key": entry.key,
        "name": entry.name,
        "tags": packed(entry.tags),
        "standing": standing.value,
        "since": now,
    }
    made = insert(subscribers).values(row).returning(subscribers.c.id)
    record = {"subscriber": connection.execute(made).scalar_one(), "at": now, "was": ""}
    record |= {"becomes": standing.value, "cause": cause, "actor": actor}
    connection.execute(insert(changes).values(record))
    connection.execute(COUNT_READERS, {"list": list_name, "standing": standing.value, "count": 1})


def by_key(list_name: str, key: str) -> Select[tuple[object, ...]]:
    """The query for the reader of a list with that address."""
    return READERS.where(subscribers.c.list == list_name, subscribers.c.email_key == key)


@lru_cache(maxsize=1_000)
def packed(tags: tuple[str, ...]) -> str:
    """Tags as they are kept, so that one of them is found by `;tag;`."""
    return f";{';'.join(tags)};" if tags else ""


def unpacked(tags: str) -> tuple[str, ...]:
    """Tags as they were before `packed`."""
    return tuple(tag for tag in tags.split(";") if tag)


def subscriber_of(row: RowMapping) -> Subscriber:
    """The reader of a row of `READERS`."""
    return Subscriber(
        id=row["id"],
        ref=row["ref"],
        list=row["list"],
        email=row["email"],
        name=row["name"],
        tags=unpacked(row["tags"]),
        standing=Standing(row["standing"]),
        choice=choice_of(row),
        resumes=row["resumes"],
    )


def choice_of(row: RowMapping) -> Choice:
    """What the columns of `choices` say; everything where there is no row of them."""
    return chosen(row["topics"], row["days"], row["weekly"])


def chosen(topics: str, days: int | None, weekly: object) -> Choice:
    """As `choice_of`, of the columns by themselves."""
    if days is None:
        return EVERYTHING
    return Choice(topics=unpacked(topics), days=days_of(days), weekly=bool(weekly))


def days_of(bits: int) -> tuple[int, ...]:
    """ISO weekdays of bits, Monday the lowest."""
    return tuple(day for day in EVERY_DAY if bits >> (day - 1) & 1)


def bits_of(days: Iterable[int]) -> int:
    """The bits of ISO weekdays, Monday the lowest."""
    return sum(1 << (day - 1) for day in set(days))


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


def addressee(row: Iterable[Any]) -> Addressee:
    """A row of the reader's number, ref, address, name and tags, and of what was tried before."""
    number, ref, email, name, tags, tries, doubtful, at, variant = row
    reader = Subscriber(
        id=number,
        ref=ref,
        email=email,
        name=name,
        tags=tuple([tag for tag in tags.split(";") if tag]) if tags else (),
    )
    return Addressee(reader=reader, tries=tries, doubtful=bool(doubtful), at=at, variant=variant)


def told(row: Iterable[Any]) -> DeliveryRow:
    """A row of a reader's address and name, of what became of the letter, and of its bounce, if any."""
    email, name, state, doubtful, tries, at, due, reply, reason, returned = row
    return DeliveryRow(
        email=email,
        name=name,
        state=_STATES[state],
        doubtful=doubtful,
        tries=tries,
        at=at,
        due=due,
        reply=reply,
        reason=reason or "",
        returned=returned or "",
    )
