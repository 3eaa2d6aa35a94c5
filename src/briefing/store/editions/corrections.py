"""Corrections ↔ rows: what was wrong, and in which edition readers were told."""

from dataclasses import asdict

from sqlalchemy import insert, or_, select, update

from briefing.model.correction import Correction
from briefing.store.engine.database import Database
from briefing.store.schema.editing import corrections

_COLUMNS = tuple(
    corrections.c[name] for name in ("briefing", "edition", "text", "actor", "at", "printed_in")
)


class Corrections:
    """Shown with the edition that was wrong, and at the head of the next one."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, correction: Correction) -> None:
        """Keep one."""
        with self._database.write() as connection:
            connection.execute(insert(corrections).values(**asdict(correction)))

    def of(self, edition: str) -> tuple[Correction, ...]:
        """What was wrong in an edition, oldest first."""
        query = select(*_COLUMNS).where(corrections.c.edition == edition).order_by(corrections.c.id)
        with self._database.read() as connection:
            return tuple(Correction(**row) for row in connection.execute(query).mappings())

    def all(self, briefing: str) -> tuple[Correction, ...]:
        """What was wrong in any edition of a briefing, oldest first."""
        query = (
            select(*_COLUMNS).where(corrections.c.briefing == briefing).order_by(corrections.c.id)
        )
        with self._database.read() as connection:
            return tuple(Correction(**row) for row in connection.execute(query).mappings())

    def waiting(self, briefing: str, for_edition: str) -> tuple[Correction, ...]:
        """What an edition has to tell at its head: what no other edition has told."""
        query = (
            select(*_COLUMNS)
            .where(
                corrections.c.briefing == briefing,
                corrections.c.edition != for_edition,
                or_(
                    corrections.c.printed_in.is_(None),
                    corrections.c.printed_in == for_edition,
                ),
            )
            .order_by(corrections.c.id)
        )
        with self._database.read() as connection:
            return tuple(Correction(**row) for row in connection.execute(query).mappings())

    def told(self, briefing: str, texts: tuple[str, ...], edition: str) -> None:
        """Note that these stand at the head of an edition that is being sent."""
        with self._database.write() as connection:
            connection.execute(
                update(corrections)
                .where(
                    corrections.c.briefing == briefing,
                    corrections.c.printed_in.is_(None),
                    corrections.c.text.in_(texts),
                )
                .values(printed_in=edition)
            )
