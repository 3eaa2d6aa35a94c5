"""Event rulings ↔ rows: which pieces editors joined into one story, and which they told apart."""

from dataclasses import asdict
from functools import cache

from pydantic import TypeAdapter
from sqlalchemy import insert, select, update

from briefing.errors import StoreError
from briefing.model.ruling import EventRuling, KnownPiece
from briefing.store.engine.database import Database
from briefing.store.schema.editing import event_rulings as table


class EventRulings:
    """The log of joins and splits; of those on two pieces the newest that nobody took back rules."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def record(self, ruling: EventRuling) -> None:
        """Keep a decision."""
        values = asdict(ruling)
        del values["id"]
        for side in ("piece", "other"):
            values[side] = _pieces().dump_json(getattr(ruling, side)).decode()
        with self._database.write() as connection:
            connection.execute(insert(table).values(**values))

    def all(self) -> tuple[EventRuling, ...]:
        """Every decision, newest first, those taken back included."""
        query = select(table).order_by(table.c.id.desc())
        with self._database.read() as connection:
            return tuple(
                EventRuling(
                    **{
                        **row,
                        "piece": _pieces().validate_json(row["piece"]),
                        "other": _pieces().validate_json(row["other"]),
                    }
                )
                for row in connection.execute(query).mappings()
            )

    def withdraw(self, number: int, at: float) -> EventRuling:
        """Take a decision back; later drafts compare the pieces again.

        Raises:
            StoreError: when there is no such decision.
        """
        found = next((ruling for ruling in self.all() if ruling.id == number), None)
        if found is None:
            raise StoreError(
                f"There is no join or split {number}; `briefing events` lists those there are."
            )
        with self._database.write() as connection:
            connection.execute(
                update(table)
                .where(table.c.id == number, table.c.withdrawn.is_(None))
                .values(withdrawn=at)
            )
        return found


@cache
def _pieces() -> TypeAdapter[KnownPiece]:
    return TypeAdapter(KnownPiece)
