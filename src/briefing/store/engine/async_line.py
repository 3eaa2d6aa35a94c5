"""A connection of PostgreSQL that keeps no event loop waiting.

While the database commits one group of letters, the loop posts the next: on a machine that holds both
they work at the same time instead of in turns.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import TextClause

from briefing.store.engine.database import Database
from briefing.store.engine.postgresql import adapt, for_a_session, limits_of


class AsyncLine:
    """One connection, each statement a transaction of its own. Not for a pooler: see `Database.line`."""

    def __init__(self, database: Database) -> None:
        """Prepare; nothing is opened yet."""
        self._database = database
        self._connection: Any = None
        #: Statements as the driver takes them.
        self._compiled: dict[TextClause, str] = {}

    async def say(
        self, statement: TextClause, asked: Mapping[str, object]
    ) -> Sequence[tuple[Any, ...]]:
        """Run a statement and return its rows.

        Raises:
            StoreError: when the database does not take it.
        """
        engine = self._database.engine
        with self._database.faults(self._database.name):
            if self._connection is None:
                self._connection = await self._opened()
            if statement not in self._compiled:
                self._compiled[statement] = str(statement.compile(dialect=engine.dialect))
            answer = await self._connection.execute(self._compiled[statement], asked)
            return list(await answer.fetchall())

    async def _opened(self) -> Any:
        from psycopg import AsyncConnection  # noqa: PLC0415 - an extra that SQLite does not need

        engine = self._database.engine
        with engine.connect() as settled:
            limits = limits_of(settled.connection.driver_connection, self._database.busy_seconds, 0)
        _, told = engine.dialect.create_connect_args(engine.url)
        connection = await AsyncConnection.connect(**told, autocommit=True)
        adapt(connection)
        await connection.execute(for_a_session(limits))
        return connection

    def close(self) -> None:
        """Hang up, whether the loop still runs or not."""
        if self._connection is not None:
            self._connection.pgconn.finish()
            self._connection = None
