"""Audit entries ↔ rows: the log of the desk, to which rows are only added."""

from dataclasses import asdict

from sqlalchemy import insert, select

from briefing.model.audit_entry import AuditEntry
from briefing.store.engine.database import Database
from briefing.store.schema.editing import deeds

_COLUMNS = tuple(deeds.c[name] for name in ("at", "actor", "verb", "edition", "hash", "detail"))


class AuditLog:
    """Who did what to which bytes."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def note(self, entry: AuditEntry) -> None:
        """Add a line."""
        with self._database.write() as connection:
            connection.execute(insert(deeds).values(**asdict(entry)))

    def newest(self, most: int = 200, *, edition: str | None = None) -> tuple[AuditEntry, ...]:
        """The newest lines, newest first; of one edition, or of all."""
        query = select(*_COLUMNS).order_by(deeds.c.id.desc()).limit(most)
        if edition is not None:
            query = query.where(deeds.c.edition == edition)
        with self._database.read() as connection:
            return tuple(AuditEntry(**row) for row in connection.execute(query).mappings())
