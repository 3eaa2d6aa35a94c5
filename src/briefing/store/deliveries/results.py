"""Results ← rows: what came of past editions, counted over all readers at once; nobody is named."""

from collections.abc import Sequence

from sqlalchemy import func, select

from briefing.store.engine.database import Database
from briefing.store.schema.core import bounces, changes

#: How the record of a reader who left by a letter's link begins and goes on; the edition ends it.
_LEFT, _IN = "left by the ", " link in "


class Results:
    """Counts by edition that no single ledger has."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def refused(self, mailings: Sequence[int]) -> dict[int, dict[str, int]]:
        """How many letters of each mailing came back for good, by reason; an empty one is not known."""
        query = (
            select(bounces.c.mailing, bounces.c.reason, func.count())
            .where(bounces.c.mailing.in_(mailings), bounces.c.kind == "hard")
            .group_by(bounces.c.mailing, bounces.c.reason)
        )
        found: dict[int, dict[str, int]] = {}
        with self._database.read() as connection:
            for mailing, reason, count in connection.execute(query):
                found.setdefault(mailing, {})[reason] = count
        return found

    def left(self, since: float) -> dict[str, int]:
        """How many left by a link in each edition since then; who was erased is not counted any more.

        Args:
            since: seconds since 1970.
        """
        query = (
            select(changes.c.cause, func.count())
            .where(changes.c.at >= since, changes.c.cause.startswith(_LEFT, autoescape=True))
            .group_by(changes.c.cause)
        )
        found: dict[str, int] = {}
        with self._database.read() as connection:
            for cause, count in connection.execute(query):
                edition = cause.rpartition(_IN)[2]
                found[edition] = found.get(edition, 0) + count
        return found
