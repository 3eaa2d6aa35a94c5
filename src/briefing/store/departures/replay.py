"""Lines of the book → rows: what a database does not know yet of who left."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from sqlalchemy import Connection, RowMapping, Table, bindparam, delete, insert, or_, select, update

from briefing.model.departure import ADDED, CHANGED, REMOVED, RETURNED, About, Departure
from briefing.model.mark import Marking
from briefing.model.subscriber import Standing
from briefing.store.departures.erasing import erase_readers
from briefing.store.schema.core import changes, subscribers, suppressions
from briefing.store.schema.editing import (
    editor_addresses,
    editors,
    passkeys,
    password_links,
    sessions,
)
from briefing.store.schema.house import departed

#: Who gets letters, or will.
READING = (Standing.PENDING, Standing.ACTIVE, Standing.PAUSED)
_COLUMNS = (
    subscribers.c.id,
    subscribers.c.ref,
    subscribers.c.list,
    subscribers.c.email,
    subscribers.c.email_key,
    subscribers.c.standing,
    subscribers.c.since,
)
_ACTOR = "the book of departures"
#: Readers asked for at a time.
_PAGE = 500
#: And marks: so many as a database takes as one statement's parameters.
_MARKS = 5_000
# Built once: see `Subscribers`.
_MARKED = suppressions.c.mark == bindparam("of_mark")
_REASON = select(suppressions.c.reason).where(_MARKED)
_NAMED = select(*_COLUMNS).where(subscribers.c.ref.in_(bindparam("refs", expanding=True)))
_BECOMES = (
    update(subscribers)
    .where(
        subscribers.c.id == bindparam("reader"),
        subscribers.c.standing == bindparam("from_was"),
        subscribers.c.standing != bindparam("to_standing"),
    )
    .values(standing=bindparam("to_standing"), since=bindparam("from_now"))
)
_RECORD = insert(changes)
_ALLOW, _KEEP_OFF = delete(suppressions).where(_MARKED), insert(suppressions)


class Marked(NamedTuple):
    """Rows of the database that lines without a known `ref` may be about, by their marks."""

    readers: dict[str, list[RowMapping]]
    addresses: dict[str, list[RowMapping]]


def replay(connection: Connection, lines: Sequence[Departure], marking: Marking) -> int:
    """Let everybody be gone who is gone by these lines; what is so already stays as it is.

    Of several lines about the same one the latest counts. Nobody is brought back: a line that says
    so only takes back an earlier one.

    Returns:
        How many readers and editors it changed.
    """
    last = last_words(lines)
    readers = [one for one in last if one.about is About.READER]
    addresses = [one for one in last if one.about is About.ADDRESS]
    rows = _by_ref(connection, [one.ref for one in readers if one.ref])
    known = {one.subject: rows.get(one.ref) for one in readers}
    unknown = [one for one in readers if known.get(one.subject) is None and _is_gone(one)]
    fresh = [
        one
        for one in addresses
        if _is_gone(one) and not is_kept_off(connection, one.mark, one.becomes)
    ]
    found = _marked(connection, marking) if unknown or fresh else Marked({}, {})
    done = sum(
        _let_go(connection, row, one) for one in readers for row in _rows_of(one, known, found)
    )
    _remember(connection, [one for one in unknown if one.mark not in found.readers])
    done += sum(_close(connection, found.addresses.get(one.mark, []), one) for one in fresh)
    _replay_passkeys(connection, [one for one in last if one.about is About.PASSKEY])
    return done + sum(_shut_out(connection, one) for one in last if one.about is About.EDITOR)


def last_words(lines: Iterable[Departure]) -> list[Departure]:
    """The latest line about each subject; of an editor, what all lines together say."""
    last: dict[tuple[str, str], Departure] = {}
    for one in lines:
        before = last.get(one.subject)
        if before and one.becomes == CHANGED == before.becomes:
            merged = (one.role or before.role, one.password or before.password)
            one = Departure(  # noqa: PLW2901 - what both say
                about=one.about, mark=one.mark, becomes=CHANGED, at=one.at,
                role=merged[0], password=merged[1],
            )  # fmt: skip
        last[one.subject] = one
    return list(last.values())


def returned(connection: Connection, marking: Marking, list_name: str, email_key: str) -> int:
    """Take back what keeps an address off a list; how many rows that were."""
    gone = connection.execute(
        delete(suppressions).where(suppressions.c.mark == marking.address(email_key))
    ).rowcount
    mark = marking.reader(list_name, email_key)
    return gone + connection.execute(delete(departed).where(departed.c.mark == mark)).rowcount


def is_kept_off(connection: Connection, mark: str, reason: str) -> bool:
    """True when an address is off every list, and for that reason where it must be erased."""
    found = connection.execute(_REASON, {"of_mark": mark}).scalar()
    return found == reason or (found is not None and reason != Standing.ERASED)


def is_empty(connection: Connection, table: Table) -> bool:
    """True when a table of marks has none: then nobody's mark need be made."""
    return connection.execute(select(table.c.mark).limit(1)).first() is None


def marks_among(connection: Connection, table: Table, marks: Iterable[str]) -> set[str]:
    """Those of these marks that a table has."""
    asked, found = list(marks), set[str]()
    for start in range(0, len(asked), _MARKS):
        query = select(table.c.mark).where(table.c.mark.in_(asked[start : start + _MARKS]))
        found.update(connection.execute(query).scalars())
    return found


def keep_off(connection: Connection, one: Departure) -> None:
    """Keep an address off every list."""
    connection.execute(_ALLOW, {"of_mark": one.mark})
    connection.execute(_KEEP_OFF, {"mark": one.mark, "reason": one.becomes, "at": one.at})


def _is_gone(one: Departure) -> bool:
    return one.becomes != RETURNED


def _rows_of(
    one: Departure, known: dict[tuple[str, str], RowMapping | None], found: Marked
) -> list[RowMapping]:
    row = known.get(one.subject)
    return found.readers.get(one.mark, []) if row is None else [row]


def _by_ref(connection: Connection, refs: Sequence[str]) -> dict[str, RowMapping]:
    found: dict[str, RowMapping] = {}
    for start in range(0, len(refs), _PAGE):
        page = connection.execute(_NAMED, {"refs": refs[start : start + _PAGE]}).mappings()
        found |= {row["ref"]: row for row in page}
    return found


def _marked(connection: Connection, marking: Marking) -> Marked:
    """Every reader by the marks of their address: a look at all of them, after a restore only."""
    found = Marked({}, {})
    query = select(*_COLUMNS).where(subscribers.c.standing != Standing.ERASED.value)
    for row in connection.execute(query.execution_options(yield_per=5_000)).mappings():
        found.readers.setdefault(marking.reader(row["list"], row["email_key"]), []).append(row)
        found.addresses.setdefault(marking.address(row["email_key"]), []).append(row)
    return found


def _let_go(connection: Connection, row: RowMapping, one: Departure) -> bool:
    """Give a reader the standing that the book says, unless what the row says is of later."""
    if not _is_gone(one) or row["standing"] not in READING or row["since"] > one.at:
        return False
    # Another line may have let them go since the row was read.
    becomes = {"reader": row["id"], "from_was": row["standing"], "to_standing": one.becomes}
    if not connection.execute(_BECOMES, {**becomes, "from_now": one.at}).rowcount:
        return False
    record = {"subscriber": row["id"], "at": one.at, "was": row["standing"], "becomes": one.becomes}
    actor = "reader" if one.cause else _ACTOR
    cause = one.cause or "left before the database was restored"
    connection.execute(_RECORD, {**record, "cause": cause, "actor": actor})
    return True


def _remember(connection: Connection, unknown: Sequence[Departure]) -> None:
    """Keep the marks of those whom this database never knew, so that no import brings them in."""
    for one in unknown:
        if one.mark:
            connection.execute(delete(departed).where(departed.c.mark == one.mark))
            values = {"mark": one.mark, "standing": one.becomes, "at": one.at}
            connection.execute(insert(departed).values(values))


def _close(connection: Connection, rows: Sequence[RowMapping], one: Departure) -> int:
    """Keep an address off every list, and let its readers go."""
    keep_off(connection, one)
    if one.becomes == Standing.ERASED:
        erase_readers(connection, [(row["id"], row["email"]) for row in rows], one.at, _ACTOR)
        return len(rows)
    return sum(_let_go(connection, row, one) for row in rows)


def _replay_passkeys(connection: Connection, lines: list[Departure]) -> None:
    """Take away the passkeys that were removed, and give editors those that were added."""
    if not lines:
        return
    lost = [one.mark for one in lines if one.becomes == REMOVED]
    connection.execute(delete(passkeys).where(passkeys.c.credential.in_(lost)))
    people = set(connection.execute(select(editors.c.name)).scalars())
    known = set(connection.execute(select(passkeys.c.credential)).scalars())
    for one in lines:
        if one.becomes == ADDED and one.actor in people and one.mark not in known:
            values = {
                "credential": one.mark, "actor": one.actor, "title": one.title,
                "public_key": one.public_key, "since": one.at,
                # How often it has signed stands in no book; a copy of it shows at its next counts.
                "sign_count": 0,
            }  # fmt: skip
            connection.execute(insert(passkeys).values(values))


def _shut_out(connection: Connection, one: Departure) -> int:
    """Take an editor out, or give them the role and password that they were given last."""
    who = editors.c.name == one.mark
    if one.becomes == REMOVED:
        done = connection.execute(delete(editors).where(who)).rowcount
        for table in (passkeys, editor_addresses, password_links):
            connection.execute(delete(table).where(table.c.actor == one.mark))
    else:
        new = {"role": one.role, "password": one.password}
        new = {name: value for name, value in new.items() if value}
        differs = [editors.c[name] != value for name, value in new.items()]
        if not new:
            return 0
        done = connection.execute(update(editors).where(who, or_(*differs)).values(new)).rowcount
    if done:
        connection.execute(delete(sessions).where(sessions.c.actor == one.mark))
    return done
