"""How readers stood in another program → rows: who left there stays gone here."""

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import Connection, bindparam, func, insert, select, update

from briefing.model.subscriber import EVERYTHING, Choice, Standing
from briefing.store.departures.gathering import together
from briefing.store.engine.database import Database
from briefing.store.readers.bulk_insert import known
from briefing.store.readers.carried_rows import NewReader, keep_off_carried, put_in_carried
from briefing.store.readers.choices import choice_number
from briefing.store.readers.subscriber_rows import Added, ListRow, packed
from briefing.store.readers.subscribers import Subscribers
from briefing.store.schema.core import changes, subscribers

_LETTERS = (Standing.PENDING, Standing.ACTIVE, Standing.PAUSED)
#: The mailbox is the same on every list, so no other import brings it back.
_OF_THE_MAILBOX = (Standing.BOUNCED, Standing.COMPLAINED)
_CONFIRMED = select(func.max(changes.c.at)).where(
    changes.c.subscriber == bindparam("reader"),
    changes.c.actor == "reader",
    changes.c.becomes == Standing.ACTIVE.value,
)


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
    active = [row.entry for row in rows if row.standing is Standing.ACTIVE]
    added = iter(readers.add_many(list_name, active, **told._asdict()))
    write = readers.departures.write
    with database.write() as connection, together(connection, write):
        batch = _Batch(connection, readers, list_name, rows, told)
        answers = [
            next(added) if row.standing is Standing.ACTIVE else batch.put_down(row) for row in rows
        ]
        batch.finish([*zip(rows, answers, strict=True)])
    return answers


class _Batch:
    """Rows that are put down in one transaction, whoever is new of them together."""

    def __init__(
        self,
        connection: Connection,
        readers: Subscribers,
        list_name: str,
        rows: Sequence[Carried],
        told: Told,
    ) -> None:
        self._connection, self._readers, self._list, self._told = (
            connection,
            readers,
            list_name,
            told,
        )
        keys = [row.entry.key for row in rows]
        self._kept = known(connection, list_name, keys)
        strangers = [key for key in keys if key not in self._kept]
        self._shut_out = readers.kept_off(connection, list_name, strangers)
        #: Who is not in a row yet, by address; `_kept` has them with the number 0.
        self._fresh: dict[str, NewReader] = {}

    def put_down(self, row: Carried) -> Added:
        """What becomes of a row of somebody who gets no letters where it comes from."""
        there = self._kept.get(row.entry.key)
        if there is None:
            return self._new_reader(row)
        if row.standing in _LETTERS:
            return Added.OPTED_OUT if there[-1] not in _LETTERS else Added.THERE
        if there[-1] not in _LETTERS:
            return Added.OPTED_OUT
        return self._leaves(row)

    def finish(self, done: Sequence[tuple[Carried, Added]]) -> None:
        """Write down who is new, what they asked for and chose, and who is gone."""
        self._put_in()
        new = [(row, self._number(row)) for row, answer in done if answer is Added.NEW]
        _note_asked(self._connection, [one for one in new if one[0].asked], self._told)
        waiting = [(row, self._number(row)) for row, answer in done if answer is Added.WAITING]
        _choose(self._connection, [*new, *waiting])
        gone = [row for row, answer in done if answer is Added.GONE]
        marked = {
            row.entry.key: row.standing.value for row in gone if row.standing in _OF_THE_MAILBOX
        }
        keep_off_carried(self._connection, self._readers.departures, marked, self._told.now)
        lines = [(row.entry.key, row.standing, self._told.now) for row in gone]
        self._readers.note_gone(self._connection, self._list, lines)

    def _new_reader(self, row: Carried) -> Added:
        key, entry = row.entry.key, row.entry
        if key in self._shut_out:
            return Added.OPTED_OUT
        kept = (key, 0, entry.email, entry.name, packed(entry.tags), row.standing.value)
        self._kept[key] = kept
        self._fresh[key] = NewReader(kept, self._why(row))
        return Added.WAITING if row.standing in _LETTERS else Added.GONE

    def _leaves(self, row: Carried) -> Added:
        if row.entry.key in self._fresh:
            self._put_in()
        number = self._number(row)
        if _came_back(self._connection, number, row.left_at):
            return Added.CAME_BACK
        why = self._told._replace(cause=self._why(row))
        self._readers.change_in(
            self._connection, number, row.standing, only_from=_LETTERS, **why._asdict()
        )
        there = self._kept[row.entry.key]
        self._kept[row.entry.key] = (*there[:-1], row.standing.value)
        return Added.GONE

    def _put_in(self) -> None:
        told, fresh = self._told, self._fresh.values()
        self._kept |= put_in_carried(
            self._connection, self._list, fresh, actor=told.actor, now=told.now
        )
        self._fresh.clear()

    def _number(self, row: Carried) -> int:
        return self._kept[row.entry.key][1]

    def _why(self, row: Carried) -> str:
        return f"{self._told.cause} ({row.why})"


def _choose(connection: Connection, fresh: Sequence[tuple[Carried, int]]) -> None:
    """Keep what readers chose who were put in just now."""
    numbers = {one: choice_number(connection, one) for one in {row.choice for row, _ in fresh}}
    values = [
        {"reader": number, "chosen": numbers[row.choice], "until": row.resumes}
        for row, number in fresh
        if row.choice != EVERYTHING or row.resumes is not None
    ]
    if values:
        connection.execute(
            update(subscribers)
            .where(subscribers.c.id == bindparam("reader"))
            .values(choice=bindparam("chosen"), resumes=bindparam("until")),
            values,
        )


def _note_asked(connection: Connection, fresh: Sequence[tuple[Carried, int]], told: Told) -> None:
    same = {"was": "", "becomes": Standing.ACTIVE.value, "actor": told.actor}
    records = [
        {
            "subscriber": number,
            "at": told.now if row.asked_at is None else row.asked_at,
            "cause": f"asked for letters elsewhere ({row.asked})",
            **same,
        }
        for row, number in fresh
    ]
    if records:
        connection.execute(insert(changes), records)


def _came_back(connection: Connection, reader: int, left_at: float | None) -> bool:
    """Whether a reader confirmed here by themselves after they had left elsewhere."""
    confirmed = connection.execute(_CONFIRMED, {"reader": reader}).scalar()
    return confirmed is not None and (left_at is None or confirmed > left_at)
