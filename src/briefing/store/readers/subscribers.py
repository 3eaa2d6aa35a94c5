"""Subscribers ↔ rows: who is on which list, how they stand, and every change of it."""

import time
from collections.abc import Iterable, Iterator, Sequence
from functools import partial

from sqlalchemy import Connection, bindparam, func, insert, select, update

from briefing.errors import SubscriberError
from briefing.model.departure import RETURNED, About, Departure
from briefing.model.subscriber import Change, Standing, Subscriber
from briefing.store.departures import Departures
from briefing.store.departures.changes import Gone, lines_of_change, lines_of_gone
from briefing.store.departures.erasing import erase_readers
from briefing.store.departures.replay import is_empty, is_kept_off, keep_off, marks_among
from briefing.store.engine.database import Database
from briefing.store.readers.bulk_insert import known
from briefing.store.readers.merging import merged
from briefing.store.readers.subscriber_rows import (
    READERS,
    Added,
    Listed,
    ListRow,
    arrival_of,
    by_key,
    packed,
    put_in,
    subscriber_of,
)
from briefing.store.schema.core import arrivals, changes, subscribers, suppressions
from briefing.store.schema.counts import reader_counts
from briefing.store.schema.house import departed

#: Rows asked for at a time.
_PAGE = 5_000
# Built once: for thousands of bounces, building them would take longer than running them.
_STANDING = (
    select(*(subscribers.c[name] for name in ("standing", "email_key", "list", "ref", "since")))
    .where(subscribers.c.id == bindparam("reader"))
    .with_for_update()
)
_BECOMES = (
    update(subscribers)
    .where(subscribers.c.id == bindparam("reader"))
    .values(standing=bindparam("to_standing"), since=bindparam("from_now"), resumes=None)
)
_RECORD = insert(changes)
_BY_KEY = READERS.where(subscribers.c.email_key == bindparam("key")).order_by(subscribers.c.list)
_BY_REF = READERS.where(subscribers.c.ref.in_(bindparam("refs", expanding=True)))


class Subscribers:
    """The readers of all lists."""

    def __init__(self, database: Database, departures: Departures) -> None:
        """Look after the readers.

        Args:
            database: where they are kept.
            departures: the book that whoever leaves is written into first.
        """
        self._database, self.departures = database, departures
        self._marking = departures.marking

    def add_many(
        self, list_name: str, entries: Sequence[Listed], *, cause: str, actor: str, now: float
    ) -> list[Added]:
        """Put addresses on a list as active readers; one answer an entry, in order.

        Whoever is there keeps their standing; a new name or new tags are taken over. An address
        that opted out is never brought back. All of it is one transaction.
        """
        keys = [key for _, key, _, _ in entries]
        with self._database.write() as connection:
            kept = known(connection, list_name, keys)
            strangers = [key for key in keys if key not in kept] if kept else keys
            suppressed = self.kept_off(connection, list_name, strangers)
            return merged(
                connection, list_name, entries, kept, suppressed, cause=cause, actor=actor, now=now
            )

    def sign_up(
        self, list_name: str, entry: ListRow, *, cause: str, now: float
    ) -> Subscriber | None:
        """Put down that somebody asked for the list; a row that is there is not changed.

        Returns:
            The reader, whatever their standing; the caller decides whether to ask for a
            confirmation.
        """
        with self._database.write() as connection:
            found = connection.execute(by_key(list_name, entry.key)).mappings().first()
            if found is None:
                put_in(connection, list_name, entry, cause=cause, actor="reader", now=now)
                found = connection.execute(by_key(list_name, entry.key)).mappings().first()
        return subscriber_of(found) if found is not None else None

    def change(
        self,
        reader: int,
        becomes: Standing,
        *,
        only_from: Iterable[Standing] = tuple(Standing),
        cause: str,
        actor: str,
        now: float,
    ) -> bool:
        """Give a reader another standing and write down why; False when nothing changed.

        Coming back as active also lifts the address's suppression: only a reader's own confirmed
        wish or an editor's word gets here.
        """
        with self._database.write() as connection:
            return self.change_in(
                connection,
                reader,
                becomes,
                only_from=only_from,
                cause=cause,
                actor=actor,
                now=now,
            )

    def change_in(  # noqa: PLR0913 - the parts of one entry in the record
        self,
        connection: Connection,
        reader: int,
        becomes: Standing,
        *,
        only_from: Iterable[Standing] = tuple(Standing),
        cause: str,
        actor: str,
        now: float,
    ) -> bool:
        """`change` inside a transaction of the caller's."""
        found = connection.execute(_STANDING, {"reader": reader}).first()
        if found is None or found.standing == becomes or found.standing not in tuple(only_from):
            return False
        # A clock that was set back must not make this look older than what it changes.
        at = max(now, found.since)
        lines = lines_of_change(connection, self._marking, found, becomes, at)
        self.departures.write(connection, *lines)
        connection.execute(_BECOMES, {"reader": reader, "to_standing": becomes, "from_now": at})
        record = {"subscriber": reader, "at": now, "was": found.standing, "becomes": becomes}
        connection.execute(_RECORD, {**record, "cause": cause, "actor": actor})
        return True

    def suppress(self, connection: Connection, email_key: str, reason: str, now: float) -> None:
        """Keep a keyed mark of an address, so that no import brings it back to any list."""
        mark = self._marking.address(email_key)
        if not is_kept_off(connection, mark, reason):
            line = Departure(about=About.ADDRESS, mark=mark, becomes=reason, at=now)
            self.departures.write(connection, line)
            keep_off(connection, line)

    def is_suppressed(self, connection: Connection, list_name: str, email_key: str) -> bool:
        """Whether an address may not be put on the list."""
        return bool(self.kept_off(connection, list_name, [email_key]))

    def note_gone(self, connection: Connection, list_name: str, gone: Iterable[Gone]) -> None:
        """Write readers into the book who are put down as gone, all of them at once."""
        lines = lines_of_gone(self._marking, list_name, gone)
        self.departures.write(connection, *lines)

    def allow(self, connection: Connection, email_key: str) -> None:
        """Take an address's mark away again, in the book too."""
        mark = self.mark(email_key)
        line = Departure(about=About.ADDRESS, mark=mark, becomes=RETURNED, at=time.time())
        self.departures.write(connection, line)
        connection.execute(suppressions.delete().where(suppressions.c.mark == mark))

    def tag(self, reader: int, tags: Iterable[str]) -> None:
        """Give a reader these tags instead of those they had."""
        with self._database.write() as connection:
            tagged = update(subscribers).where(subscribers.c.id == reader)
            connection.execute(tagged.values(tags=packed(tuple(tags))))

    def erase(self, email_key: str, *, actor: str, now: float) -> int:
        """Forget an address on every list; only a keyed mark stays, and what was counted.

        Returns:
            How many readers were erased.
        """
        with self._database.write() as connection:
            rows = connection.execute(
                select(subscribers.c.id, subscribers.c.email).where(
                    subscribers.c.email_key == email_key
                )
            )
            erased = [(reader, email) for reader, email in rows]
            if erased:
                self.suppress(connection, email_key, "erased", now)
            erase_readers(connection, erased, now, actor)
        self._database.forget()
        return len(erased)

    def by_ref(self, ref: str) -> Subscriber:
        """The reader that a link names.

        Raises:
            SubscriberError: when there is none any more.
        """
        found = self.by_refs([ref]).get(ref)
        if found is None:
            raise SubscriberError("This link is not valid. Use the link in a newer letter.")
        return found

    def by_refs(self, refs: Sequence[str]) -> dict[str, Subscriber]:
        """The readers that links name, each by its name; whoever is not there any more is left out."""
        with self._database.read() as connection:
            found = connection.execute(_BY_REF, {"refs": refs}).mappings()
            return {row["ref"]: subscriber_of(row) for row in found}

    def find(self, email_key: str, list_name: str | None = None) -> tuple[Subscriber, ...]:
        """The readers with that address, on one list or on all."""
        query = _BY_KEY
        if list_name is not None:
            query = query.where(subscribers.c.list == list_name)
        with self._database.read() as connection:
            found = connection.execute(query, {"key": email_key}).mappings()
            return tuple(subscriber_of(row) for row in found)

    def each(self, list_name: str, standing: Standing | None = None) -> Iterator[Subscriber]:
        """Every reader of a list by number, a page of them in memory at a time."""
        last = 0
        while True:
            query = READERS.where(subscribers.c.list == list_name)
            query = query.where(subscribers.c.id > last, subscribers.c.standing != Standing.ERASED)
            if standing is not None:
                query = query.where(subscribers.c.standing == standing)
            with self._database.read() as connection:
                page = query.order_by(subscribers.c.id).limit(_PAGE)
                rows = connection.execute(page).mappings().all()
            yield from (subscriber_of(row) for row in rows)
            if len(rows) < _PAGE:
                return
            last = rows[-1]["id"]

    def longest(self, list_name: str) -> Subscriber | None:
        """The active reader with the longest address and name: whose letter is the longest."""
        length = func.length(subscribers.c.email) + func.length(subscribers.c.name)
        active = (subscribers.c.list == list_name, subscribers.c.standing == Standing.ACTIVE)
        # By number first: what is looked through is then no wider than it must be.
        one = select(subscribers.c.id).where(*active).order_by(length.desc(), subscribers.c.id)
        query = READERS.where(subscribers.c.id == one.limit(1).scalar_subquery())
        with self._database.read() as connection:
            found = connection.execute(query).mappings().first()
        return subscriber_of(found) if found else None

    def counts(self, list_name: str) -> dict[Standing, int]:
        """How many readers of a list stand how; those with none are left out."""
        kept = reader_counts.c
        query = select(kept.standing, func.sum(kept.count)).where(kept.list == list_name)
        with self._database.read() as connection:
            found = connection.execute(query.group_by(kept.standing)).all()
        return {Standing(standing): int(count) for standing, count in found if count}

    def history(self, reader: int) -> tuple[Change, ...]:
        """What became of a reader, oldest first."""
        first = (
            select(arrivals.c.at, arrivals.c.cause, arrivals.c.actor, subscribers.c.standing)
            .join(subscribers, subscribers.c.arrival == arrivals.c.id)
            .where(subscribers.c.id == reader)
        )
        others = select(
            changes.c.at, changes.c.was, changes.c.becomes, changes.c.cause, changes.c.actor
        ).where(changes.c.subscriber == reader)
        with self._database.read() as connection:
            came = connection.execute(first).mappings().all()
            rows = connection.execute(others.order_by(changes.c.id)).mappings().all()
        return (*(arrival_of(row) for row in came), *(Change(**row) for row in rows))

    def mark(self, email_key: str) -> str:
        """The keyed mark of an address: the same every time, and no way back from it."""
        return self._marking.address(email_key)

    def kept_off(self, connection: Connection, list_name: str, keys: list[str]) -> set[str]:
        """Those of these addresses that may not be put on the list."""
        found: set[str] = set()
        for table, marked in (
            (suppressions, self._marking.address),
            (departed, partial(self._marking.reader, list_name)),
        ):
            if not is_empty(connection, table):
                marks = {marked(key): key for key in keys}
                found |= {marks[mark] for mark in marks_among(connection, table, marks)}
        return found
