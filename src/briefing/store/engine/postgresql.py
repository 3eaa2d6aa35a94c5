"""PostgreSQL as those who keep it run it: whatever its defaults are, and behind a pooler or not.

What a session needs is set by us and never left to the server's defaults. A pooler that hands out
connections by transaction (PgBouncer's `pool_mode = transaction`) keeps nothing from one
transaction to the next: there everything is set in each transaction, no statement is prepared, and
a lock is held by a transaction that stays open.
"""

import sqlite3
import sys
import time
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from sqlalchemy import URL, Connection, Engine, NullPool, create_engine, event
from sqlalchemy.exc import InvalidatePoolError, SQLAlchemyError

from briefing.store.engine.engine_model import alike

#: Isolation levels as the driver numbers them.
_READ_COMMITTED, _SNAPSHOT = 2, 3
#: The lock that a writer holds; any number nobody else uses.
WRITER = 0x6272_6965
#: How both ends of a session find out that the other is gone; seconds, and one in milliseconds.
ALIVE = {
    "connect_timeout": 5,
    "keepalives_idle": 3,
    "keepalives_interval": 2,
    "keepalives_count": 3,
    "tcp_user_timeout": 9_000,
}
#: No table holds an `hstore`, and each engine would ask for that type before its first statement.
_PLAIN: dict[str, Any] = {"use_native_hstore": False}
ALIVE_THERE = {"tcp_keepalives_idle": 3, "tcp_keepalives_interval": 2, "tcp_keepalives_count": 3}
#: A writer among several that says nothing for ten seconds within a transaction loses it.
_SPEAKS_UP = "SET LOCAL idle_in_transaction_session_timeout = 10000"
#: Seconds after which a connection is tried before it is used: the server may have ended it.
_REST = 5.0
#: The version that has a limit for whole transactions, and the one that has one for idle sessions.
_LIMITS_TRANSACTIONS, _LIMITS_REST = 170_000, 140_000


@dataclass(frozen=True, slots=True)
class LockSession:
    """A session of PostgreSQL that holds locks."""

    connection: Connection
    #: True when its locks must be those of its transaction, because a pooler stands between.
    is_pooled: bool


def engine_of(url: str, busy_seconds: float) -> Engine:
    """An engine whose sessions know what they need, whatever the server's defaults are.

    Its writers take turns, but for those with the execution option `side_by_side`.

    Args:
        url: as SQLAlchemy writes it.
        busy_seconds: how long to wait for a lock.
    """
    engine = _engine_like(url, busy_seconds)

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        said, told = list(connection.connection.info["limits"]), connection.get_execution_options()
        reads = bool(told.get("reads"))
        _begins_with(connection.connection, reads=reads)
        if not reads and told.get("isolation_level") != "AUTOCOMMIT":
            # One writer at a time, as in SQLite: whatever it looked up still holds when it writes.
            in_turn = f"SELECT pg_advisory_xact_lock({WRITER})"
            said.append(_SPEAKS_UP if told.get("side_by_side") else in_turn)
        if said:
            connection.exec_driver_sql("; ".join(said))

    return engine


@alike
def _engine_like(url: str, busy_seconds: float) -> Engine:
    engine = create_engine(
        url,
        connect_args=ALIVE,
        isolation_level="READ COMMITTED",
        **_PLAIN,
    )
    _try_after_a_rest(engine)

    @event.listens_for(engine, "connect")
    def _prepare(connection: Any, record: Any) -> None:
        adapt(connection)
        limits = limits_of(connection, busy_seconds)
        record.info["limits"] = settle(connection, limits)

    return engine


def _begins_with(pooled: Any, *, reads: bool) -> None:
    """Let BEGIN itself say what the transaction is for: a question less for each that reads."""
    driver = pooled.driver_connection
    # A writer says nothing of it: a server that only reads is to refuse what it is told.
    begins = (_SNAPSHOT, True) if reads else (_READ_COMMITTED, None)
    if (driver.isolation_level, driver.read_only) != begins:
        driver.isolation_level, driver.read_only = begins


def _try_after_a_rest(engine: Engine) -> None:
    """Before a connection that rested is used, see whether the server has ended it meanwhile."""

    @event.listens_for(engine, "checkin")
    def _rest(_connection: Any, record: Any) -> None:
        record.info["rests"] = time.monotonic()

    @event.listens_for(engine, "checkout")
    def _wake(connection: Any, record: Any, _proxy: Any) -> None:
        rested = time.monotonic() - record.info.pop("rests", time.monotonic())
        if rested > _REST and not _answers(connection):
            raise InvalidatePoolError


def session_of(engine: Engine) -> tuple[Connection, bool]:
    """A connection that holds locks for as long as it is open.

    Whichever end dies, the other knows within some ten seconds, even when the cable is cut.

    Returns:
        The connection, and whether its locks must be those of a transaction, because a pooler
        stands between.
    """
    connection = _apart(engine.url).connect()
    driver: Any = connection.connection.driver_connection
    in_each = settle(driver, {**limits_of(driver, 0), **ALIVE_THERE})
    if not in_each:
        return connection.execution_options(isolation_level="AUTOCOMMIT"), False
    connection.exec_driver_sql("; ".join(in_each))
    return connection, True


def let_go(connection: Connection, *, is_pooled: bool) -> None:
    """Give back all locks of a connection of `session_of`. One that the server has ended holds none."""
    with suppress(SQLAlchemyError):
        if is_pooled:
            connection.rollback()
        else:
            connection.exec_driver_sql("SELECT pg_advisory_unlock_all()")


@alike
def _apart(url: URL) -> Engine:
    return create_engine(url, poolclass=NullPool, connect_args=ALIVE, **_PLAIN)


def limits_of(connection: Any, busy_seconds: float) -> dict[str, object]:
    """What a session is told of waiting; 0 is without end. The server's own limits are for others.

    Args:
        connection: the driver's; says which settings its server knows.
        busy_seconds: how long to wait for a lock.
    """
    limits: dict[str, object] = {
        "lock_timeout": int(busy_seconds * 1000),
        "statement_timeout": 0,
        "idle_in_transaction_session_timeout": 0,
    }
    if connection.info.server_version >= _LIMITS_TRANSACTIONS:
        limits["transaction_timeout"] = 0
    if connection.info.server_version >= _LIMITS_REST:
        limits["idle_session_timeout"] = 0
    return limits


def settle(connection: Any, limits: dict[str, object]) -> list[str]:
    """Tell a new session its limits and isolation, once for all; or what to tell each transaction.

    Returns:
        Statements for each transaction: none where the session is ours alone.
    """
    connection.autocommit = True
    try:
        if not is_pooled(connection):
            connection.execute(for_a_session(limits))
            return []
        # What is prepared on one server connection is not there on the next.
        connection.prepare_threshold = None
        return [f"SET LOCAL {name} = {value}" for name, value in limits.items()]
    finally:
        connection.autocommit = False


def for_a_session(limits: dict[str, object]) -> str:
    """The statements that tell a session of our own its limits and isolation."""
    known = {**limits, "default_transaction_isolation": "'read committed'"}
    return "; ".join(f"SET {name} = {value}" for name, value in known.items())


def is_pooled(connection: Any) -> bool:
    """True when a pooler stands between: it names another backend than the one that answers."""
    (pid,) = connection.execute("SELECT pg_backend_pid()").fetchone()
    return bool(pid != connection.info.backend_pid)


def _answers(connection: Any) -> bool:
    """True when a connection that rested still reaches its server."""
    try:
        connection.autocommit = True
        connection.execute("")
        connection.autocommit = False
    except connection_errors():
        return False
    return True


def connection_errors() -> type[Exception]:
    """What the driver raises, imported where PostgreSQL is used."""
    from psycopg import Error  # noqa: PLC0415 - an extra that SQLite does not need

    return Error


def driver_errors() -> tuple[type[Exception], ...]:
    """What drivers raise by themselves; that of PostgreSQL is not imported for it."""
    known: Any = sys.modules.get("psycopg")
    return (sqlite3.Error,) if known is None else (sqlite3.Error, known.Error)


def adapt(connection: Any) -> None:
    """Let the driver give PostgreSQL what it takes."""
    from psycopg.types.string import StrDumper  # noqa: PLC0415 - an extra that SQLite does not need

    class WithoutNul(StrDumper):
        """PostgreSQL takes no NUL, and a relay or a form may well send one."""

        def dump(self, obj: str) -> Any:
            return super().dump(obj.replace("\0", "\ufffd"))

    connection.adapters.register_dumper(str, WithoutNul)
