"""Sources ↔ rows: the last good copy of each address, and how the last reading went."""

import json
import zlib
from collections.abc import Iterable
from dataclasses import asdict

from sqlalchemy import RowMapping, delete, insert, select

from briefing.model.source_record import Copy, Reading
from briefing.store.engine.database import Database
from briefing.store.schema.sources import copies, readings


class Sources:
    """The state of every source, by its name in config.toml."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def copies(self, source: str) -> tuple[Copy, ...]:
        """What is known of each address of a source."""
        query = select(copies).where(copies.c.source == source).order_by(copies.c.address)
        with self._database.read() as connection:
            return tuple(_copy(row) for row in connection.execute(query).mappings())

    def failing(self) -> tuple[Copy, ...]:
        """The addresses whose last answer was a fault, of every source, without their bodies."""
        light = [column for column in copies.c if column.name != "body"]
        query = select(*light).where(copies.c.fault != "").order_by(copies.c.address)
        with self._database.read() as connection:
            return tuple(Copy(**row) for row in connection.execute(query).mappings())

    def next_tries(self) -> dict[tuple[str, str], float]:
        """When each address may be asked again, by source and address."""
        query = select(copies.c.source, copies.c.address, copies.c.next_try, copies.c.quiet_until)
        with self._database.read() as connection:
            return {
                (row.source, row.address): max(row.next_try, row.quiet_until)
                for row in connection.execute(query)
            }

    def keep(self, kept: Iterable[Copy]) -> None:
        """Write down what is known of these addresses now."""
        with self._database.write() as connection:
            for copy in kept:
                same = (copies.c.source == copy.source) & (copies.c.address == copy.address)
                connection.execute(delete(copies).where(same))
                values = {**asdict(copy), "body": zlib.compress(copy.body)}
                connection.execute(insert(copies), values)

    def forget(self, source: str, but: Iterable[str]) -> None:
        """Drop every address of a source but these."""
        kept = list(but)
        with self._database.write() as connection:
            gone = (copies.c.source == source) & copies.c.address.not_in(kept)
            connection.execute(delete(copies).where(gone))

    def reading(self, source: str) -> Reading | None:
        """How the last reading of a source went; None when there was none."""
        query = select(readings).where(readings.c.source == source)
        with self._database.read() as connection:
            row = connection.execute(query).mappings().first()
        if row is None:
            return None
        dropped = tuple((rule, count) for rule, count in json.loads(row["dropped"]))
        return Reading(**{**row, "dropped": dropped})

    def note_reading(self, reading: Reading) -> None:
        """Write down how the last reading of a source went."""
        values = {**asdict(reading), "dropped": json.dumps(reading.dropped)}
        with self._database.write() as connection:
            connection.execute(delete(readings).where(readings.c.source == reading.source))
            connection.execute(insert(readings), values)


def _copy(row: RowMapping) -> Copy:
    return Copy(**{**row, "body": zlib.decompress(row["body"])})
