"""One database: SQLite in a file by default, PostgreSQL by its address."""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, Table, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError
from sqlalchemy.pool import NullPool, QueuePool

from briefing.errors import StoreError
from briefing.store.engine.atomic_write import private_file, private_folder

#: How long a writer waits for another one before it says so, in seconds.
BUSY_SECONDS = 30.0
_PRAGMAS = (
    # Without FULL a power cut undoes commits, and letters already sent become pending again.
    "synchronous = FULL",
    "foreign_keys = ON",
    # An erased address must not stay behind in freed pages.
    "secure_delete = ON",
    "wal_autocheckpoint = 4000",
    # In KiB: a large import touches pages all over the indexes.
    "cache_size = -32000",
)

#: The lock that a writer holds in PostgreSQL; any number nobody else uses.
_WRITER = 0x6272_6965
#: Seconds that a writer among several may be silent within a transaction.
_SILENCE = 10
#: How both ends of a session find out that the other is gone; seconds, and one in milliseconds.
_ALIVE = {
    "connect_timeout": 5,
    "keepalives_idle": 3,
    "keepalives_interval": 2,
    "keepalives_count": 3,
    "tcp_user_timeout": 9_000,
    "options": "-c tcp_keepalives_idle=3 -c tcp_keepalives_interval=2 -c tcp_keepalives_count=3",
}


class Database:
    """Gives out connections inside transactions; every fault becomes a sentence."""

    def __init__(self, url: str, *, busy_seconds: float = BUSY_SECONDS, alone: bool = True) -> None:
        """Prepare a database; nothing is opened yet.

        Args:
            url: as SQLAlchemy writes it: `sqlite:///PATH` or `postgresql+psycopg://…`.
            busy_seconds: how long to wait while another program writes.
            alone: whether writers of PostgreSQL take turns. Without, each statement must be right
                whatever others write meanwhile, and a writer that says nothing for ten seconds
                (a stopped process) loses its transaction. SQLite has one writer anyhow.

        Raises:
            StoreError: when the address names no database this program knows.
        """
        try:
            parsed = make_url(url)
            self.is_sqlite = parsed.get_backend_name() == "sqlite"
            self.engine = (
                _sqlite(url, busy_seconds)
                if self.is_sqlite
                else _postgresql(url, busy_seconds, alone=alone)
            )
        except (ArgumentError, NoSuchModuleError, ImportError) as error:
            raise StoreError(
                f"[database] url names no database that can be used here: {error}. Leave it out "
                "for SQLite, or install briefing[postgres] and give postgresql+psycopg://…"
            ) from error
        #: Without password, for people.
        self.name = parsed.render_as_string(hide_password=True)
        self._is_private = False
        self.file = Path(parsed.database) if self.is_sqlite and parsed.database else None

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """A transaction that writes: all of it is committed, or none."""
        with self.faults(self.name):
            self._make_folder()
            with self.engine.begin() as connection:
                yield connection

    @contextmanager
    def driver(self) -> Iterator[sqlite3.Cursor]:
        """As `write`, by SQLite's driver alone: half the time of a small transaction."""
        with self.faults(self.name), closing(self.engine.raw_connection()) as pooled:
            driver: Any = pooled.driver_connection
            cursor: sqlite3.Cursor = driver.cursor()
            cursor.execute("BEGIN IMMEDIATE")
            # What raises is rolled back where the pool takes the connection back.
            yield cursor
            pooled.commit()

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A transaction that only reads: one snapshot, and no writer waits for it."""
        with self.faults(self.name):
            self._make_folder()
            with self.engine.connect().execution_options(reads=True) as connection:
                yield connection

    @contextmanager
    def session(self) -> Iterator[Connection]:
        """A connection of PostgreSQL outside all transactions, for locks that outlive them.

        Whichever end dies, the other knows within some ten seconds, even when the cable is cut.

        Raises:
            StoreError: when the database cannot be reached.
        """
        engine = create_engine(
            self.engine.url,
            poolclass=NullPool,
            isolation_level="AUTOCOMMIT",
            connect_args=_ALIVE,
        )
        with self.faults(self.name):
            connection = engine.connect()
        try:
            with self.faults(self.name):
                yield connection
        finally:
            connection.invalidate()  # whatever it locked ends here and now
            connection.close()

    def line(self) -> Connection:
        """A connection of PostgreSQL on which each statement is a transaction of its own.

        Nothing is said to the database but the statement. The caller closes it.
        """
        return self.engine.connect().execution_options(isolation_level="AUTOCOMMIT")

    def side_by_side(self) -> "Database":
        """The same database for writers that do not take turns; the caller closes it.

        Raises:
            StoreError: for SQLite, which has one writer.
        """
        if self.is_sqlite:
            raise StoreError(
                f"{self.name} has one writer at a time; several need PostgreSQL: `briefing db copy` "
                "moves the house."
            )
        address = self.engine.url.render_as_string(hide_password=False)
        return Database(address, alone=False)

    @staticmethod
    def take_turn(connection: Connection) -> None:
        """Be the one writer of PostgreSQL from here to the transaction's end."""
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_WRITER})")

    def count_anew(self, connection: Connection, *tables: Table) -> None:
        """Let PostgreSQL know how much these tables hold, right after much was put in.

        Until it knows, it takes a new mailing for a handful of rows and reads all of them at every
        step, a million for each few letters.
        """
        if not self.is_sqlite:
            names = ", ".join(table.name for table in tables)
            connection.exec_driver_sql(f"ANALYZE {names}")

    def close(self) -> None:
        """Close every connection; SQLite then leaves no file next to its own."""
        self.engine.dispose()

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
            raise StoreError(f"{name}: {_meaning(error.orig)}") from error
        except sqlite3.Error as error:
            raise StoreError(f"{name}: {_meaning(error)}") from error


def _sqlite(url: str, busy_seconds: float) -> Engine:
    engine = create_engine(
        url,
        poolclass=QueuePool,
        connect_args={"timeout": busy_seconds, "check_same_thread": False},
    )

    @event.listens_for(engine, "connect")
    def _prepare(connection: sqlite3.Connection, _: object) -> None:
        # The driver would begin transactions at moments of its own.
        connection.isolation_level = None
        _into_wal(connection, busy_seconds)
        for pragma in _PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        # A writer takes its place at once: one that began as a reader could not wait for its turn.
        reads = connection.get_execution_options().get("reads")
        connection.exec_driver_sql("BEGIN" if reads else "BEGIN IMMEDIATE")

    return engine


def _into_wal(connection: sqlite3.Connection, busy_seconds: float) -> None:
    """Set the journal of a new file; two programs that do so at once are both told to go away.

    SQLite calls no busy handler here, because the two would wait for each other.
    """
    until = time.monotonic() + busy_seconds
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > until:
                raise
            time.sleep(0.01)
        else:
            return


def _postgresql(url: str, busy_seconds: float, *, alone: bool) -> Engine:
    options = f"-c lock_timeout={int(busy_seconds * 1000)}"
    if not alone:
        options += f" -c idle_in_transaction_session_timeout={_SILENCE * 1000}"
    engine = create_engine(url, connect_args={"options": options}, pool_pre_ping=not alone)
    from psycopg.types.string import StrDumper  # noqa: PLC0415 - an extra that SQLite does not need

    class WithoutNul(StrDumper):
        """PostgreSQL takes no NUL, and a relay or a form may well send one."""

        def dump(self, obj: str) -> Any:
            return super().dump(obj.replace("\0", "\ufffd"))

    @event.listens_for(engine, "connect")
    def _prepare(connection: Any, _: object) -> None:
        connection.adapters.register_dumper(str, WithoutNul)

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        if connection.get_execution_options().get("reads"):
            connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        elif alone:
            # One writer at a time, as in SQLite: whatever it looked up still holds when it writes.
            Database.take_turn(connection)

    return engine


_BUSY = "another program has been writing to it for too long. Stop that program, or try again"


def _meaning(fault: Any) -> str:
    """What a driver's complaint means, and what to do."""
    said = str(fault).strip() or type(fault).__name__
    for sign, meaning in (
        ("database is locked", _BUSY),
        ("lock timeout", _BUSY),
        ("disk is full", "the disk is full. Nothing was lost; make room and try again"),
        ("disk I/O error", "the disk does not take writes. Make room or mend it, then try again"),
        ("readonly", "it may not be written. Give this user the right to write it"),
        ("unable to open", "it cannot be opened. Is the folder there, and yours to write?"),
        ("malformed", "it is damaged. Stop, and bring back a copy with `briefing restore`"),
        ("not a database", "this file is not a database. Bring back another: `briefing restore`"),
    ):
        if sign in said:
            return f"{meaning} ({said})."
    return f"{said}."
