"""Replies ↔ rows: which were counted, and which of people's were handed on."""

from sqlalchemy import func, insert, select, update
from sqlalchemy.exc import IntegrityError

from briefing.store.engine.database import Database
from briefing.store.schema.network import replies


class Answers:
    """Remembers answers to letters by the SHA-256 of each; never their words."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def first(self, mark: str, kind: str, now: float) -> bool:
        """Count one; False when it was counted before."""
        with self._database.write() as connection:
            try:
                with connection.begin_nested():
                    connection.execute(insert(replies).values(mark=mark, kind=kind, at=now))
            except IntegrityError:
                return False
        return True

    def is_handed(self, mark: str) -> bool:
        """True once it was handed on."""
        query = select(replies.c.handed).where(replies.c.mark == mark)
        with self._database.read() as connection:
            return connection.execute(query).scalar_one_or_none() is not None

    def handed(self, mark: str, now: float) -> None:
        """It was handed on."""
        with self._database.write() as connection:
            connection.execute(update(replies).where(replies.c.mark == mark).values(handed=now))

    def counts(self, since: float, until: float | None = None) -> dict[str, int]:
        """How many of each kind came since a moment, and before another where one is named."""
        query = (
            select(replies.c.kind, func.count())
            .where(replies.c.at >= since)
            .group_by(replies.c.kind)
        )
        if until is not None:
            query = query.where(replies.c.at < until)
        with self._database.read() as connection:
            return {str(row[0]): int(row[1]) for row in connection.execute(query)}
