"""Audit entries ↔ rows: the log of the desk, to which rows are only added, each bound to the one before."""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, RowMapping, Select, insert, select

from briefing.model.audit_entry import AuditEntry
from briefing.store.engine.database import Database
from briefing.store.schema.editing import deeds

_COLUMNS = tuple(deeds.c[name] for name in ("at", "actor", "verb", "edition", "hash", "detail"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Verified:
    """What a look at the whole log found."""

    rows: int
    #: The checksum of the newest row: it stands for the whole log. Empty for an empty one.
    head: str
    #: True when the checksum that was asked for is one of this log's.
    has_head: bool
    #: The number of the first row that was changed, or before which one is missing; None for none.
    broken: int | None


class AuditLog:
    """Who did what to which bytes."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def note(self, entry: AuditEntry) -> None:
        """Add a line."""
        with self._database.write() as connection:
            newest = select(deeds.c.chain).order_by(deeds.c.id.desc()).limit(1)
            before = connection.execute(newest).scalar()
            if before == "":
                # The first row of the chain stands for all that are older than the chain.
                for old in _all(connection):
                    before = _seal(old, before)
            row = asdict(entry)
            connection.execute(insert(deeds).values(**row, chain=_seal(row, before or "")))

    def newest(self, most: int = 200, *, edition: str | None = None) -> tuple[AuditEntry, ...]:
        """The newest lines, newest first; of one edition, or of all."""
        query = select(*_COLUMNS).order_by(deeds.c.id.desc()).limit(most)
        if edition is not None:
            query = query.where(deeds.c.edition == edition)
        return self._found(query)

    def of(self, actor: str, verb: str, *, most: int) -> tuple[AuditEntry, ...]:
        """The newest lines of that kind about somebody, newest first."""
        query = select(*_COLUMNS).where(deeds.c.actor == actor, deeds.c.verb == verb)
        return self._found(query.order_by(deeds.c.id.desc()).limit(most))

    def of_kind(self, *verbs: str) -> tuple[tuple[int, AuditEntry], ...]:
        """All lines of these kinds with their numbers, oldest first."""
        query = select(deeds.c.id, *_COLUMNS).where(deeds.c.verb.in_(verbs)).order_by(deeds.c.id)
        with self._database.read() as connection:
            rows = connection.execute(query).mappings().all()
        return tuple(
            (row["id"], AuditEntry(**{key: row[key] for key in row if key != "id"})) for row in rows
        )

    def verify(self, head: str = "") -> Verified:
        """Compute the chain again.

        Args:
            head: the checksum of a row, as an earlier look told it.
        """
        chain, rows, is_chained, has_head = "", 0, False, not head
        broken: int | None = None
        with self._database.read() as connection:
            for row in _all(connection):
                rows, chain = rows + 1, _seal(row, chain)
                if row["chain"] != chain and (row["chain"] or is_chained):
                    broken = row["id"] if broken is None else broken
                is_chained = bool(row["chain"])
                has_head = has_head or row["chain"] == head
        return Verified(rows=rows, head=chain, has_head=has_head, broken=broken)

    def _found(self, query: Select[Any]) -> tuple[AuditEntry, ...]:
        with self._database.read() as connection:
            return tuple(AuditEntry(**row) for row in connection.execute(query).mappings())


def _all(connection: Connection) -> Iterable[RowMapping]:
    query = select(deeds).order_by(deeds.c.id).execution_options(yield_per=2_000)
    return connection.execute(query).mappings()


def _seal(row: Any, before: str) -> str:
    said = [before, *(row[column.name] for column in _COLUMNS)]
    return sha256(json.dumps(said, ensure_ascii=True).encode()).hexdigest()
