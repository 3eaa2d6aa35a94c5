"""Alerts ↔ rows: what people were told, so that they are told once."""

from collections.abc import Iterable

from sqlalchemy import func, insert, select, update
from sqlalchemy.exc import IntegrityError

from briefing.store.engine.database import Database
from briefing.store.schema.core import alerts

#: The length of the column.
_LONGEST = 200


class AlertLog:
    """Remembers what was told."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def first(self, subject: str, sentence: str, now: float) -> bool:
        """True for the first who wants to tell this; then it is theirs to tell."""
        with self._database.write() as connection:
            try:
                with connection.begin_nested():
                    values = {"subject": subject[:_LONGEST], "sentence": sentence, "at": now}
                    connection.execute(insert(alerts).values(values))
            except IntegrityError:
                return False
        return True

    def settle(self, about: str, now: float, but: Iterable[str] = ()) -> None:
        """Let what was told be told again, should it come back: it is over for now.

        Args:
            about: what the subjects begin with.
            now: seconds since 1970.
            but: subjects that are not over.
        """
        still = [subject[:_LONGEST] for subject in but]
        over = alerts.c.subject.startswith(about, autoescape=True)
        query = select(alerts.c.subject).where(over, alerts.c.subject.not_in(still))
        with self._database.write() as connection:
            for subject in connection.execute(query).scalars().all():
                done = f"over {now:.3f} {subject}"[:_LONGEST]
                same = alerts.c.subject == subject
                connection.execute(update(alerts).where(same).values(subject=done))

    def newest(self, limit: int) -> tuple[tuple[float, str], ...]:
        """When and what people were told, newest first."""
        query = select(alerts.c.at, alerts.c.sentence).order_by(alerts.c.at.desc()).limit(limit)
        with self._database.read() as connection:
            return tuple((at, sentence) for at, sentence in connection.execute(query))

    def count(self) -> int:
        """How much people were ever told."""
        with self._database.read() as connection:
            return int(connection.execute(select(func.count()).select_from(alerts)).scalar_one())
