"""SQLite in a file, as we need it: what each connection is told, and how transactions begin."""

import sqlite3
import time

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.pool import QueuePool

from briefing.store.engine.engine_model import alike

_PRAGMAS = (
    # Without FULL a power cut undoes commits, and letters already sent become pending again.
    "synchronous = FULL",
    "foreign_keys = ON",
    # An erased address must not stay behind in freed pages.
    "secure_delete = ON",
    "wal_autocheckpoint = 4000",
    # In KiB, of each connection. Whoever walks through a million rows fills it, and would not be faster for more.
    "cache_size = -2000",
)


def file_engine(url: str, busy_seconds: float) -> Engine:
    """An engine whose connections know what they need.

    Args:
        url: as SQLAlchemy writes it.
        busy_seconds: how long to wait for a lock.
    """
    engine = _engine_like(url, busy_seconds)

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        # A writer takes its place at once: one that began as a reader could not wait for its turn.
        reads = connection.get_execution_options().get("reads")
        connection.exec_driver_sql("BEGIN" if reads else "BEGIN IMMEDIATE")

    return engine


@alike
def _engine_like(url: str, busy_seconds: float) -> Engine:
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
