"""Senders ↔ rows: who posts letters next to others, and when each was last heard of."""

from sqlalchemy import delete, insert, select, update

from briefing.model.sender import Sender
from briefing.store.engine.database import Database
from briefing.store.schema.core import senders


class Senders:
    """The senders that are at work. What each holds stands with the deliveries."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def begin(self, worker: str, now: float, *, gone_after: float) -> None:
        """Add a sender; those not heard of for so many seconds are forgotten."""
        row = {"worker": worker, "edition": "", "since": now, "seen": now, "posted": 0}
        with self._database.write() as connection:
            connection.execute(delete(senders).where(senders.c.seen < now - gone_after))
            connection.execute(insert(senders).values(**row))

    def seen(self, worker: str, now: float, *, edition: str, posted: int) -> None:
        """Note that a sender is alive, and what it is at."""
        mine = senders.c.worker == worker
        with self._database.write() as connection:
            connection.execute(
                update(senders).where(mine).values(seen=now, edition=edition, posted=posted)
            )

    def end(self, worker: str) -> None:
        """Forget a sender that has ended."""
        with self._database.write() as connection:
            connection.execute(delete(senders).where(senders.c.worker == worker))

    def all(self) -> tuple[Sender, ...]:
        """Every sender, the longest at work first."""
        query = select(senders).order_by(senders.c.since, senders.c.worker)
        with self._database.read() as connection:
            return tuple(Sender(**row) for row in connection.execute(query).mappings())
