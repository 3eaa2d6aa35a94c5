"""One database: SQLite in a file by default, PostgreSQL by its address."""

import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from copy import copy
from pathlib import Path
from typing import Any

from sqlalchemy import Column, Connection, Table
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError

from briefing.errors import StoreError
from briefing.store.engine.atomic_write import private_file, private_folder
from briefing.store.engine.checkpoints import Checkpoints, between_checkpoints, sync_journal
from briefing.store.engine.commit_watch import CommitWatch
from briefing.store.engine.fault_sentences import meaning_of
from briefing.store.engine.postgresql import (
    WRITER,
    LockSession,
    driver_errors,
    engine_of,
    let_go,
    session_of,
)
from briefing.store.engine.sqlite import file_engine

#: How long a writer waits for another one before it says so, in seconds.
BUSY_SECONDS = 30.0
#: Of `synchronous`: the journal is written, and the disk not waited for.
_NORMAL = 1


class _Own(threading.local):
    """Of each thread, the transaction that `together` has open, and what `in_bulk` keeps a journal short by."""

    connection: Connection | None = None
    checkpoints: Checkpoints | None = None


class Database:
    """Gives out connections inside transactions; every fault becomes a sentence."""

    def __init__(self, url: str, *, busy_seconds: float = BUSY_SECONDS) -> None:
        """Prepare a database, whose writers take turns; nothing is opened yet.

        Args:
            url: as SQLAlchemy writes it: `sqlite:///PATH` or `postgresql+psycopg://…`.
            busy_seconds: how long to wait while another program writes.

        Raises:
            StoreError: when the address names no database this program knows.
        """
        try:
            parsed = make_url(url)
            self.is_sqlite = parsed.get_backend_name() == "sqlite"
            self.engine = (
                file_engine(url, busy_seconds) if self.is_sqlite else engine_of(url, busy_seconds)
            )
        except (ArgumentError, NoSuchModuleError, ImportError) as error:
            raise StoreError(
                f"[database] url names no database that can be used here: {error}. Leave it out "
                "for SQLite, or install briefing[postgres] and give postgresql+psycopg://…"
            ) from error
        #: Without password, for people.
        self.name = parsed.render_as_string(hide_password=True)
        self.busy_seconds = busy_seconds
        self._is_private = False
        self._own = _Own()
        #: True when the connections are those of the database that it was made of.
        self._is_lent = False
        self.file = Path(parsed.database) if self.is_sqlite and parsed.database else None
        self.watch = CommitWatch(self.file)

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """A transaction that writes: all of it is committed, or none; inside `together`, that one."""
        if self._own.connection is not None:
            yield self._own.connection
            return
        with self.faults(self.name):
            self._make_folder()
            with self.engine.begin() as connection:
                yield connection

    @contextmanager
    def write_without_waiting(self) -> Iterator[Connection]:
        """As `write`, of what can be made again: SQLite does not wait for the disk.

        A power cut may undo it, whole, until a transaction after it has waited.
        """
        if not self.is_sqlite or self._own.connection is not None:
            with self.write() as connection:
                yield connection
            return
        with self.faults(self.name):
            self._make_folder()
            with self.engine.connect() as connection:
                driver: Any = connection.connection.driver_connection
                ((waits,),) = driver.execute("PRAGMA synchronous").fetchall()
                driver.execute(f"PRAGMA synchronous = {min(waits, _NORMAL)}")
                try:
                    with between_checkpoints(driver, self._own.checkpoints), connection.begin():
                        yield connection
                finally:
                    driver.execute(f"PRAGMA synchronous = {waits}")

    @contextmanager
    def in_bulk(self) -> Iterator[None]:
        """Around many transactions of `write_without_waiting` by this thread; then the disk holds all of them.

        Raises:
            StoreError: when the disk does not take it.
        """
        if self.file is None:
            yield
            return
        with closing(Checkpoints(self.file)) as checkpoints:
            self._own.checkpoints = checkpoints
            try:
                yield
            finally:
                self._own.checkpoints = None
        self.wait_for_disk()

    def wait_for_disk(self) -> None:
        """Wait until the disk holds all that `write_without_waiting` has committed.

        Raises:
            StoreError: when the disk does not take it.
        """
        try:
            if self.file is not None:
                sync_journal(self.file)
        except OSError as error:
            raise StoreError(
                f"{self.name}: the disk does not take what was written: {error.strerror}. "
                "Look at the disk, and do it again."
            ) from error

    @contextmanager
    def together(self) -> Iterator[None]:
        """One transaction around all that this thread reads and writes meanwhile by `read` and `write`."""
        with self.write() as connection:
            self._own.connection = connection
            try:
                yield
            finally:
                self._own.connection = None

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A transaction that only reads: one snapshot, and no writer waits for it; inside `together`, that one."""
        if self._own.connection is not None:
            yield self._own.connection
            return
        with self.faults(self.name):
            self._make_folder()
            with self.engine.connect().execution_options(reads=True) as connection:
                yield connection

    @contextmanager
    def session(self) -> Iterator[LockSession]:
        """A session of PostgreSQL outside all other transactions, for locks that outlive them.

        Raises:
            StoreError: when the database cannot be reached.
        """
        with self.faults(self.name):
            connection, is_pooled = session_of(self.engine)
        try:
            with self.faults(self.name):
                yield LockSession(connection, is_pooled)
        finally:
            # The server sees that a session has ended only in a while, and whoever asks next would be refused.
            let_go(connection, is_pooled=is_pooled)
            connection.invalidate()
            connection.close()

    def line(self) -> Connection | None:
        """A connection of PostgreSQL on which each statement is a transaction of its own.

        Nothing is said to the database but the statement. The caller closes it. None behind a pooler,
        where what a statement needs to know must be said with it, in a transaction.
        """
        if self.is_pooled:
            return None
        return self.engine.connect().execution_options(isolation_level="AUTOCOMMIT")

    def when_free(self, lock: int) -> None:
        """Wait until no connection of PostgreSQL shares this lock. Not for a pooler: see `line`.

        Raises:
            StoreError: when one does for as long as a writer waits.
        """
        with self.faults(self.name), closing(self.line() or self.engine.connect()) as line:
            line.exec_driver_sql(f"SELECT pg_advisory_lock({lock})")
            line.exec_driver_sql(f"SELECT pg_advisory_unlock({lock})")

    @property
    def is_pooled(self) -> bool:
        """True when a pooler stands before PostgreSQL."""
        if self.is_sqlite:
            return False
        with self.engine.connect() as connection:
            return bool(connection.connection.info["limits"])

    def side_by_side(self) -> "Database":
        """The same database, over the same connections, for writers that do not take turns.

        Each of their statements must be right whatever others write meanwhile, and one that says
        nothing for ten seconds (a stopped process) loses its transaction. To close it closes nothing.

        Raises:
            StoreError: for SQLite, which has one writer.
        """
        if self.is_sqlite:
            raise StoreError(
                f"{self.name} has one writer at a time; several need PostgreSQL: `briefing db copy` "
                "moves the house."
            )
        beside = copy(self)
        engine = self.engine.execution_options(side_by_side=True)
        vars(beside).update(engine=engine, _own=_Own(), _is_lent=True)
        return beside

    @staticmethod
    def take_turn(connection: Connection) -> None:
        """Be the one writer of PostgreSQL from here to the transaction's end."""
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({WRITER})")

    def count_anew(self, connection: Connection, *what: Table | tuple[Column[Any], ...]) -> None:
        """Let PostgreSQL know how much these tables hold, right after much was put in.

        Until it knows, it takes a new mailing for a handful of rows and reads all of them at every
        step, a million for each few letters. Of a table it looks at all columns, or at those that are given.
        """
        if not self.is_sqlite:
            names = (one.name if isinstance(one, Table) else _table_of(one) for one in what)
            connection.exec_driver_sql(f"ANALYZE {', '.join(names)}")

    def close(self) -> None:
        """Close every connection; SQLite then leaves no file next to its own."""
        if not self._is_lent:
            self.engine.dispose()
            self.watch.close()

    def forget(self) -> None:
        """Make sure that what was overwritten is gone from SQLite's journal too.

        Raises:
            StoreError: when another program is still reading what was there before.
        """
        if not self.is_sqlite:
            return
        with self.faults(self.name), self.engine.connect() as connection:
            driver: Any = connection.connection.driver_connection
            ((busy, *_),) = driver.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        if busy:
            raise StoreError(
                f"{self.name}: it is erased, but another program still reads the state before, and "
                f"{self.file}-wal keeps it until that ends. Stop that program, then open and close "
                "the desk once."
            )

    def _make_folder(self) -> None:
        if self.file is not None and not self._is_private:
            try:
                private_folder(self.file.parent)
                private_file(self.file)
                self._is_private = True
            except OSError as error:
                raise StoreError(
                    f"{self.file.parent} cannot be made: {error.strerror}. "
                    "Name a folder you own in [data] path."
                ) from error

    @staticmethod
    @contextmanager
    def faults(name: str) -> Iterator[None]:
        """Turn whatever the driver says into a sentence that begins with this name."""
        try:
            yield
        except DBAPIError as error:
            raise StoreError(f"{name}: {meaning_of(error.orig)}") from error
        except driver_errors() as error:
            raise StoreError(f"{name}: {meaning_of(error)}") from error


def _table_of(columns: tuple[Column[Any], ...]) -> str:
    """`table (column, column)`."""
    return f"{columns[0].table.name} ({', '.join(column.name for column in columns)})"
