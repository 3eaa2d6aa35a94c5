"""Rulings ↔ rows: what editors decided about who speaks in a piece."""

import json
from dataclasses import asdict

from sqlalchemy import insert, select, update

from briefing.errors import StoreError
from briefing.model.article import Verdict
from briefing.model.ruling import Ruling
from briefing.store.engine.database import Database
from briefing.store.schema.editing import rulings


class Rulings:
    """The log of decisions; the newest on a piece that nobody took back is the one that rules."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def record(self, ruling: Ruling) -> None:
        """Keep a decision."""
        values = asdict(ruling)
        del values["id"]
        values.update(
            verdict=ruling.verdict.value,
            thought=ruling.thought.value,
            telling=json.dumps(ruling.telling),
        )
        with self._database.write() as connection:
            connection.execute(insert(rulings).values(**values))

    def all(self) -> tuple[Ruling, ...]:
        """Every decision, newest first, those taken back included."""
        query = select(rulings).order_by(rulings.c.id.desc())
        with self._database.read() as connection:
            return tuple(
                Ruling(
                    **{
                        **row,
                        "verdict": Verdict(row["verdict"]),
                        "thought": Verdict(row["thought"]),
                        "telling": tuple(json.loads(row["telling"])),
                    }
                )
                for row in connection.execute(query).mappings()
            )

    def withdraw(self, number: int, at: float) -> Ruling:
        """Take a decision back; later drafts judge the piece again.

        Raises:
            StoreError: when there is no such decision.
        """
        found = next((ruling for ruling in self.all() if ruling.id == number), None)
        if found is None:
            raise StoreError(f"There is no ruling {number}.")
        with self._database.write() as connection:
            connection.execute(
                update(rulings)
                .where(rulings.c.id == number, rulings.c.withdrawn.is_(None))
                .values(withdrawn=at)
            )
        return found
