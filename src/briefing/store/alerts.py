"""Alerts ↔ rows: what people were told, so that they are told once."""

from sqlalchemy import insert, select
from sqlalchemy.exc import IntegrityError

from briefing.store.database import Database
from briefing.store.schema import alerts


class Alerts:
    """Remembers what was told."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def first(self, subject: str, sentence: str, now: float) -> bool:
        """True for the first who wants to tell this; then it is theirs to tell."""
        with self._database.write() as connection:
            try:
                with connection.begin_nested():
                    values = {"subject": subject[:200], "sentence": sentence, "at": now}
                    connection.execute(insert(alerts).values(values))
            except IntegrityError:
                return False
        return True

    def newest(self, limit: int) -> tuple[tuple[float, str], ...]:
        """When and what people were told, newest first."""
        query = select(alerts.c.at, alerts.c.sentence).order_by(alerts.c.at.desc()).limit(limit)
        with self._database.read() as connection:
            return tuple((at, sentence) for at, sentence in connection.execute(query))
