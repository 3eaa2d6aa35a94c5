"""Where test letters went ↔ rows, so that the next one need not be typed."""

from sqlalchemy import delete, insert, select

from briefing.store.engine.database import Database
from briefing.store.schema.editing import testers

_MOST = 20


class Testers:
    """The addresses of test letters, as remembered."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def remember(self, addresses: tuple[str, ...], at: float) -> None:
        """Keep them as the newest."""
        with self._database.write() as connection:
            connection.execute(delete(testers).where(testers.c.email.in_(addresses)))
            connection.execute(
                insert(testers), [{"email": email, "at": at} for email in sorted(set(addresses))]
            )

    def all(self) -> tuple[str, ...]:
        """The newest addresses, newest first."""
        query = select(testers.c.email).order_by(testers.c.at.desc(), testers.c.email).limit(_MOST)
        with self._database.read() as connection:
            return tuple(connection.execute(query).scalars())

    def forget(self, address: str) -> None:
        """Leave one out from now on."""
        with self._database.write() as connection:
            connection.execute(delete(testers).where(testers.c.email == address))
