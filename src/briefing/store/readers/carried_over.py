"""How readers stood in another program → rows: who left there stays gone here."""

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import Connection, bindparam, func, insert, select, update

from briefing.model.subscriber import EVERYTHING, Choice, Standing
from briefing.store.engine.database import Database
from briefing.store.readers.bulk_insert import Kept, known
from briefing.store.readers.choices import choice_number
from briefing.store.readers.subscriber_rows import Added, ListRow, put_in
from briefing.store.readers.subscribers import Subscribers
from briefing.store.schema.core import changes, subscribers

_LETTERS = (Standing.PENDING, Standing.ACTIVE, Standing.PAUSED)
#: The mailbox is the same on every list, so no other import brings it back.
_OF_THE_MAILBOX = (Standing.BOUNCED, Standing.COMPLAINED)


class Carried(NamedTuple):
    """One row of another program's export.

    Attributes:
        entry: address, name and tags.
        standing: how the reader stands there.
        why: the cell that says so.
        asked: the cell that says when they asked for letters; empty where none does.
        asked_at: that time, seconds since 1970; None where it cannot be told.
        left_at: when they left, likewise.
        choice: what they want of the list.
        resumes: when a pause of theirs ends, likewise.
    """

    entry: ListRow
    standing: Standing
    why: str
    asked: str
    asked_at: float | None
    left_at: float | None
    choice: Choice = EVERYTHING
    resumes: float | None = None


class Told(NamedTuple):
    """What the record of each reader says of a change: why, by whom, and when (seconds since 1970)."""

    cause: str
    actor: str
    now: float


def carry_over(
    database: Database,
    readers: Subscribers,
    list_name: str,
    rows: Sequence[Carried],
    told: Told,
) -> list[Added]:
    """Put rows down as they stood elsewhere; one answer a row, in order, in one transaction.

    Whoever gets letters there is put on the list as `Subscribers.add_many` does. Whoever is gone there
    is gone here, even where an earlier import made them active; only a reader who confirmed here by
    themselves, and later than they left, stays. What readers chose is kept of those who are new: a reader's own
    word here is newer than a file.
    """
    active = [row for row in rows if row.standing is Standing.ACTIVE]
    added = iter(readers.add_many(list_name, [row.entry for row in active], **told._asdict()))
    answers: list[Added] = []
    with database.write() as connection:
        kept = known(connection, list_name, [row.entry.key for row in rows])
        for row in rows:
            if row.standing is Standing.ACTIVE:
                answer = next(added)
                if answer is Added.NEW and row.asked:
                    _note_asked(connection, kept[row.entry.key], row, told)
            else:
                answer = _put_down(connection, readers, list_name, row, kept, told)
            answers.append(answer)
        _choose(
            connection,
            [
                (kept[row.entry.key][1], row)
                for row, answer in zip(rows, answers, strict=True)
                if answer in (Added.NEW, Added.WAITING)
            ],
        )
        gone = [
            (row.entry.key, row.standing, told.now)
            for row, answer in zip(rows, answers, strict=True)
            if answer is Added.GONE
        ]
        readers.note_gone(connection, list_name, gone)
    return answers


def _choose(connection: Connection, fresh: Sequence[tuple[int, Carried]]) -> None:
    """Keep what readers chose who were put in just now."""
    values = [
        {"reader": number, "chosen": choice_number(connection, row.choice), "until": row.resumes}
        for number, row in fresh
        if row.choice != EVERYTHING or row.resumes is not None
    ]
    if values:
        connection.execute(
            update(subscribers)
            .where(subscribers.c.id == bindparam("reader"))
            .values(choice=bindparam("chosen"), resumes=bindparam("until")),
            values,
        )


def _note_asked(connection: Connection, kept: Kept, row: Carried, told: Told) -> None:
    record = {
        "subscriber": kept[1],
        "was": "",
        "becomes": Standing.ACTIVE.value,
        "actor": told.actor,
    }
    record["at"] = told.now if row.asked_at is None else row.asked_at
    record["cause"] = f"asked for letters elsewhere ({row.asked})"
    connection.execute(insert(changes).values(record))


def _put_down(
    connection: Connection,
    readers: Subscribers,
    list_name: str,
    row: Carried,
    kept: dict[str, Kept],
    told: Told,
) -> Added:
    why = told._replace(cause=f"{told.cause} ({row.why})")
    there = kept.get(row.entry.key)
    if there is None:
        if readers.is_suppressed(connection, list_name, row.entry.key):
            return Added.OPTED_OUT
        put_in(
            connection,
            list_name,
            row.entry,
            **why._asdict(),
            standing=row.standing,
        )
        kept |= known(connection, list_name, [row.entry.key])
        answer = Added.GONE if row.standing not in _LETTERS else Added.WAITING
    elif row.standing in _LETTERS:
        return Added.OPTED_OUT if there[-1] not in _LETTERS else Added.THERE
    elif there[-1] not in _LETTERS:
        return Added.OPTED_OUT
    elif _came_back(connection, there[1], row.left_at):
        return Added.CAME_BACK
    else:
        readers.change_in(
            connection,
            there[1],
            row.standing,
            only_from=_LETTERS,
            **why._asdict(),
        )
        kept[row.entry.key] = (*there[:-1], row.standing.value)
        answer = Added.GONE
    if row.standing in _OF_THE_MAILBOX:
        readers.suppress(connection, row.entry.key, row.standing.value, told.now)
    return answer


def _came_back(connection: Connection, reader: int, left_at: float | None) -> bool:
    """Whether a reader confirmed here by themselves after they had left elsewhere."""
    query = select(func.max(changes.c.at)).where(
        changes.c.subscriber == reader,
        changes.c.actor == "reader",
        changes.c.becomes == Standing.ACTIVE.value,
    )
    confirmed = connection.execute(query).scalar()
    return confirmed is not None and (left_at is None or confirmed > left_at)
