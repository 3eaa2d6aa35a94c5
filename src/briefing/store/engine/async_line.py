"""A connection of PostgreSQL that keeps no event loop waiting.

While the database commits one group of letters, the loop posts the next: on a machine that holds both
they work at the same time instead of in turns. The driver opens the connection; statements and answers
go through its libpq alone, because a commit of sixteen letters took 316 µs of our CPU through the driver's
cursors and takes 52 (psycopg 3.3, in C).
"""

import asyncio
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import TextClause

from briefing.store.engine.database import Database
from briefing.store.engine.parameter_text import parameter_text
from briefing.store.engine.postgresql import (
    ALIVE_THERE,
    connection_errors,
    for_a_session,
    limits_of,
)

#: What libpq calls a statement that was run (`PGRES_COMMAND_OK` and `PGRES_TUPLES_OK`), and a connection
#: that is open (`CONNECTION_OK`).
_DONE, _OPEN = (1, 2), 0


class _Prepared(NamedTuple):
    """A statement that the server knows by a name, and its parameters in their order."""

    name: bytes
    parameters: tuple[str, ...]


class AsyncLine:
    """One connection, each statement a transaction of its own. Not for a pooler: see `Database.line`."""

    def __init__(self, database: Database, held: int | None = None) -> None:
        """Prepare; nothing is opened yet.

        Args:
            database: PostgreSQL.
            held: a lock that is shared for as long as the connection is open; see `Database.when_free`.
        """
        self._database, self._held = database, held
        self._known: dict[TextClause, _Prepared] = {}
        self._connection: Any = None
        #: Of libpq, and what makes Python's values of its answers.
        self._libpq: Any = None
        self._read: Any = None
        self._loop: Any = None
        self._socket = -1
        #: Who waits for the answer that is coming, and what came of it by now.
        self._waiting: asyncio.Future[None] | None = None
        self._answer: Any = None
        #: Why there will be no more answers.
        self._lost: Exception | None = None
        #: True while the kernel takes no more of what is to be said.
        self._is_full = False

    async def say(
        self, statement: TextClause, asked: Mapping[str, object]
    ) -> Sequence[tuple[Any, ...]]:
        """Run a statement and return its rows.

        Args:
            statement: each of its parameters is a text, a number, a truth value, or a list of such.
            asked: the parameters, by name; more than it has do no harm.

        Raises:
            StoreError: when the database does not take it.
        """
        with self._database.faults(self._database.name):
            if self._connection is None:
                await self._open()
            if self._lost is not None:
                raise self._lost
            if self._loop is not asyncio.get_running_loop():
                self._listen()
            known = self._known.get(statement) or await self._prepare(statement)
            told = [parameter_text(asked[name]) for name in known.parameters]
            self._libpq.send_query_prepared(known.name, told)
            answer = await self._answered()
            self._read.set_pgresult(answer)
            rows: list[tuple[Any, ...]] = self._read.load_rows(0, answer.ntuples, tuple)
            return rows

    async def _prepare(self, statement: TextClause) -> _Prepared:
        dialect: Any = type(self._database.engine.dialect)
        compiled: Any = statement.compile(dialect=dialect(paramstyle="numeric_dollar"))
        known = _Prepared(b"briefing_%d" % len(self._known), tuple(compiled.positiontup))
        self._libpq.send_prepare(known.name, str(compiled).encode())
        await self._answered()
        self._known[statement] = known
        return known

    async def _answered(self) -> Any:
        """What the server answers to what was just said."""
        self._waiting = self._loop.create_future()
        self._push()
        await self._waiting
        if self._answer.status not in _DONE:
            from psycopg.errors import error_from_result  # noqa: PLC0415 - as below

            raise error_from_result(self._answer)
        return self._answer

    def _push(self) -> None:
        """Hand to the kernel what it takes; the rest when it takes more."""
        try:
            was_full, self._is_full = self._is_full, bool(self._libpq.flush())
        except connection_errors() as error:
            self._lose(error)
            return
        if self._is_full and not was_full:
            self._loop.add_writer(self._socket, self._push)
        elif was_full and not self._is_full:
            self._loop.remove_writer(self._socket)

    def _hear(self) -> None:
        """Take in what the server sends; an answer is over when nothing follows it."""
        try:
            self._libpq.consume_input()
            while self._waiting is not None and not self._libpq.is_busy():
                if (answer := self._libpq.get_result()) is None:
                    self._end()
                else:
                    self._answer = answer
        except connection_errors() as error:
            self._lose(error)
        else:
            if self._libpq.status != _OPEN:
                self._lose(connection_errors()("the connection is lost"))

    def _lose(self, error: Exception) -> None:
        """Nothing more comes, and whoever waits now or asks later is told so."""
        self._lost = error
        self._listen_no_more()
        self._end(error)

    def _end(self, error: Exception | None = None) -> None:
        waiting, self._waiting = self._waiting, None
        if waiting is None or waiting.done():
            return
        if error is None:
            waiting.set_result(None)
        else:
            waiting.set_exception(error)

    async def _open(self) -> None:
        from psycopg import AsyncConnection  # noqa: PLC0415 - an extra that SQLite does not need
        from psycopg.adapt import Transformer  # noqa: PLC0415 - as above

        engine = self._database.engine
        with engine.connect() as settled:
            limits = limits_of(settled.connection.driver_connection, self._database.busy_seconds)
        _, told = engine.dialect.create_connect_args(engine.url)
        self._connection = await AsyncConnection.connect(**told, autocommit=True)
        # What a machine that is gone has asked for is not to stay with the server.
        await self._connection.execute(for_a_session({**limits, **ALIVE_THERE}))
        if self._held is not None:
            await self._connection.execute(f"SELECT pg_advisory_lock_shared({self._held})")
        self._libpq, self._read = self._connection.pgconn, Transformer(self._connection)
        self._libpq.nonblocking = 1
        self._listen()

    def _listen(self) -> None:
        self._loop, self._socket = asyncio.get_running_loop(), self._libpq.socket
        self._loop.add_reader(self._socket, self._hear)

    def _listen_no_more(self) -> None:
        """Forget the socket at once: libpq may have closed it, and its number is the next connection's."""
        if not self._loop.is_closed():
            self._loop.remove_reader(self._socket)
            self._loop.remove_writer(self._socket)

    def close(self) -> None:
        """Hang up, whether the loop still runs or not."""
        if self._libpq is not None and self._lost is None:
            self._listen_no_more()
        if self._connection is not None:
            self._connection.pgconn.finish()
        self._connection = self._libpq = None


class AsyncLines:
    """As many connections as statements are under way at once; each is opened when it is first needed."""

    def __init__(self, database: Database, held: int | None = None) -> None:
        """Prepare; nothing is opened yet. Arguments as of `AsyncLine`."""
        self._database, self._held = database, held
        #: Those on which nothing is under way.
        self._resting: list[AsyncLine] = []

    async def say(
        self, statement: TextClause, asked: Mapping[str, object]
    ) -> Sequence[tuple[Any, ...]]:
        """As `AsyncLine.say`, on a connection that nobody else speaks on meanwhile."""
        line = self._resting.pop() if self._resting else AsyncLine(self._database, self._held)
        try:
            rows = await line.say(statement, asked)
        except BaseException:
            line.close()
            raise
        self._resting.append(line)
        return rows

    def close(self) -> None:
        """Hang up on all of them."""
        while self._resting:
            self._resting.pop().close()
