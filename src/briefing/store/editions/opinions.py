"""Opinions ↔ rows: how many readers said that an edition was worth their time; never which."""

from dataclasses import dataclass

from sqlalchemy import insert, select, update
from sqlalchemy.exc import IntegrityError

from briefing.store.engine.database import Database
from briefing.store.schema.editing import opinions


@dataclass(frozen=True, slots=True)
class OpinionCount:
    """What was said of one edition."""

    good: int = 0
    bad: int = 0


class Opinions:
    """Two counts for each edition."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, edition: str, *, good: bool) -> None:
        """Count one more."""
        mine = (opinions.c.edition == edition, opinions.c.good.is_(good))
        more = update(opinions).where(*mine).values(count=opinions.c.count + 1)
        while True:
            try:
                with self._database.write() as connection:
                    if not connection.execute(more).rowcount:
                        connection.execute(
                            insert(opinions).values(edition=edition, good=good, count=1)
                        )
            except IntegrityError:
                continue  # another process made the row in between
            return

    def of(self, edition: str) -> OpinionCount:
        """What was said of an edition."""
        query = select(opinions.c.good, opinions.c.count).where(opinions.c.edition == edition)
        with self._database.read() as connection:
            found = {bool(good): int(count) for good, count in connection.execute(query)}
        return OpinionCount(good=found.get(True, 0), bad=found.get(False, 0))
