"""The book and the database together: what is written to both, and what one knows before the other."""

import logging
import threading
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, bindparam, delete, insert, inspect, select, update

from briefing.errors import StoreError
from briefing.model.departure import About, Departure
from briefing.model.mark import Marking
from briefing.model.subscriber import Standing
from briefing.store.departures.belonging import (
    BOOK_FACT,
    KEY_FACT,
    books_of,
    facts_of,
    place_of,
    refuse_other_book,
    refuse_other_key,
)
from briefing.store.departures.book import Book
from briefing.store.departures.gathering import gathered
from briefing.store.departures.lines import BookPosition
from briefing.store.departures.replay import READING, replay
from briefing.store.engine.database import Database
from briefing.store.schema.core import subscribers, suppressions
from briefing.store.schema.house import departed, house

_LOG = logging.getLogger("briefing.store")
#: Seconds that somebody who leaves by a link waits for the rows to say so.
_HASTE = 1.0
#: Standings that are written down when a book is made for a house that has none.
_LEFT = (Standing.PAUSED, Standing.UNSUBSCRIBED, Standing.BOUNCED, Standing.COMPLAINED)
_READERS = select(
    *(subscribers.c[name] for name in ("ref", "list", "email_key", "standing", "since"))
).where(subscribers.c.ref.in_(bindparam("refs", expanding=True)))


class Departures:
    """Writes who left into the book first, and brings a database up to what the book says."""

    def __init__(self, database: Database, book: Book, marking: Marking) -> None:
        self._database, self.book, self.marking = database, book, marking
        #: How far this process knows the database to be.
        self._applied = BookPosition()
        self._one = threading.Lock()
        #: Who left by a link and may not be in the rows yet, and where in the book that stands at the latest.
        self._noted: dict[str, int] = {}
        self._in_haste: Database | None = None

    def open(self) -> int:
        """Bring the database up to the book; a house that never had a book gets one.

        Returns:
            How many readers and editors it changed.

        Raises:
            StoreError: when the key or the book is not this database's.
        """
        with self._database.read() as connection:
            facts = facts_of(connection)
        refuse_other_key(self._database, facts, self.marking)
        names = books_of(facts)
        if not self.book.exists():
            self._begin(names)
            return 0
        refuse_other_book(self._database, names, self.book, self.marking)
        self._applied = place_of(facts, self.book.name)
        self.book.prove(self._applied)
        return self.catch_up() if KEY_FACT in facts and self._applied.offset else self._take_up()

    def write(self, connection: Connection, *lines: Departure) -> None:
        """Put lines into the book, within the transaction that does the same to the rows.

        The book comes first: should the transaction fail, the next look at the book repeats it.

        Raises:
            StoreError: when the book cannot be written; then nobody may be told that they are gone.
        """
        if not lines or gathered(connection, lines):
            return
        before, after = self.book.append(*lines)
        connection.execute(
            update(house)
            .where(house.c.name == BOOK_FACT + self.book.name, house.c.value == str(before))
            .values(value=str(after))
        )

    def leave(self, *lines: Departure) -> list[bool]:
        """Let readers go whatever the database does: by the book, and the rows as soon as can be.

        A database that is full, locked or away keeps nobody on the list: the book is read before
        letters leave. All of them wait for the disk together: for the book once, for the rows once.

        Args:
            lines: a reader each, as their link names them, with the mark where it says that.

        Returns:
            For each whether the rows say so already.

        Raises:
            StoreError: when the book cannot be written; then nobody is gone.
        """
        found, known = self._look([one.ref for one in lines])
        gone = {ref for ref, row in found.items() if row.standing not in READING}
        self._note(
            [
                self._settled(one, found.get(one.ref))
                for one in lines
                # However often somebody presses while the database is away, one line says it.
                if one.ref not in gone and self._noted.get(one.ref, 0) <= known.offset
            ]
        )
        try:
            self.catch_up(quickly=True)
        except StoreError as error:
            _LOG.error("Somebody left by a link; the database is told later: %s", error)
        is_told = not self.is_behind
        return [is_told or one.ref in gone for one in lines]

    @property
    def is_behind(self) -> bool:
        """True when the book may say more than this process knows the database to know."""
        return self.book.has_more(self._applied)

    def catch_up(self, *, quickly: bool = False) -> int:
        """Let the database know what the book says. Threads that ask at once share one transaction.

        Args:
            quickly: give up after a second or so; somebody else, or the next look, does it then.

        Returns:
            How many readers and editors it changed.

        Raises:
            StoreError: when the database cannot be written, or the book not be read.
        """
        if not self._one.acquire(timeout=_HASTE if quickly else -1):
            return 0
        try:
            if not self.is_behind:
                return 0
            return self._catch_up(self._hasty() if quickly else self._database)
        finally:
            self._one.release()

    def close(self) -> None:
        """Let go of the book."""
        self.book.close()
        if self._in_haste is not None:
            self._in_haste.close()

    def derived(self) -> list[Departure]:
        """What the database itself knows of who left, as lines of a book."""
        with self._database.read() as connection:
            readers = connection.execute(
                select(
                    subscribers.c.list,
                    subscribers.c.email_key,
                    subscribers.c.ref,
                    subscribers.c.standing,
                    subscribers.c.since,
                ).where(subscribers.c.standing.in_([each.value for each in _LEFT]))
            ).all()
            marks = connection.execute(select(suppressions)).all()
            is_new = inspect(connection).has_table(departed.name)
            unknown = connection.execute(select(departed)).all() if is_new else ()
        return [
            *(
                Departure(
                    about=About.READER,
                    mark=self.marking.reader(row.list, row.email_key),
                    ref=row.ref,
                    becomes=row.standing,
                    at=row.since,
                )
                for row in readers
            ),
            *(
                Departure(about=About.ADDRESS, mark=row.mark, becomes=row.reason, at=row.at)
                for row in marks
            ),
            *(
                Departure(about=About.READER, mark=row.mark, becomes=row.standing, at=row.at)
                for row in unknown
            ),
        ]

    def rebuild(self) -> int:
        """Write the book again, out of the database and of what is whole of the old one.

        Returns:
            How many lines it has.

        Raises:
            StoreError: when the key is not this database's, or the database cannot be read.
        """
        with self._database.read() as connection:
            refuse_other_key(self._database, facts_of(connection), self.marking)
        lines = [*self.book.whole(self.marking.of_key()), *self.derived()]
        self.book.close()
        if self.book.path.exists():
            self.book.path.replace(self.book.path.with_name(f"{self.book.path.name}.old"))
        Book.begin(self.book.path, self.marking.of_key(), lines)
        with self._database.write() as connection:
            connection.execute(delete(house).where(house.c.name.startswith(BOOK_FACT)))
        self._applied, self._noted = BookPosition(), {}
        self._take_up()
        return len(lines)

    def _begin(self, names: Sequence[str]) -> None:
        """The first book of a house, or of a machine that works with a house on PostgreSQL."""
        if names and self._database.is_sqlite:
            raise StoreError(
                f"{self.book.path}, the book of who left, is not there, and {self._database.name} "
                "had one. Bring it back from where it is backed up; or `briefing departures "
                "--rebuild` writes it again from this database: then whoever left after this "
                "database was last written is unknown."
            )
        # Of all who open a house for the first time at once, one writes its book. Another would
        # put a book over it that the database does not know.
        lines = self.derived()
        with self._database.write():
            if not self.book.exists():
                Book.begin(self.book.path, self.marking.of_key(), lines)
        self._take_up()

    def _take_up(self) -> int:
        """Begin to keep, in the database, how far it is in this book; and the key's mark."""
        with self._database.write() as connection:
            facts = facts_of(connection)
            start = {
                KEY_FACT: self.marking.of_key(),
                BOOK_FACT + self.book.name: str(BookPosition()),
            }
            for name, value in start.items():
                if name not in facts:
                    connection.execute(insert(house).values(name=name, value=value))
        return self.catch_up()

    def _look(self, refs: Sequence[str]) -> tuple[dict[str, Any], BookPosition]:
        """The rows of these readers, and how far in the book they are; none while the database is away."""
        with suppress(StoreError), self._hasty().read() as connection:
            place = place_of(facts_of(connection), self.book.name)
            return {row.ref: row for row in connection.execute(_READERS, {"refs": refs})}, place
        return {}, self._applied

    def _note(self, lines: Sequence[Departure]) -> None:
        if lines:
            _, after = self.book.append(*{one.ref: one for one in lines}.values())
            self._noted |= dict.fromkeys((one.ref for one in lines), after.offset)

    def _settled(self, line: Departure, row: Any) -> Departure:
        """A line with what the row of its reader knows better than their link."""
        if row is None:
            return line
        mark = self.marking.reader(row.list, row.email_key)
        return replace(line, mark=mark, at=max(line.at, row.since))

    def _hasty(self) -> Database:
        """The same database, for those who do not wait for it."""
        if self._in_haste is None:
            url = self._database.engine.url.render_as_string(hide_password=False)
            self._in_haste = Database(url, busy_seconds=_HASTE)
        return self._in_haste

    def _catch_up(self, database: Database) -> int:
        # Nothing to do but to look, when another process has done it.
        with database.read() as connection:
            self._applied = place_of(facts_of(connection), self.book.name)
        done = self._replayed(database) if self.is_behind else 0
        for ref, place in list(self._noted.items()):
            if place <= self._applied.offset:
                self._noted.pop(ref, None)
        return done

    def _replayed(self, database: Database) -> int:
        with database.write() as connection:
            place = place_of(facts_of(connection), self.book.name)
            lines, end = self.book.after(place)
            done = replay(connection, lines, self.marking)
            connection.execute(
                update(house)
                .where(house.c.name == BOOK_FACT + self.book.name)
                .values(value=str(end))
            )
        self._applied = end
        return done
