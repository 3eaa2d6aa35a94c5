"""Hubs ↔ rows: who tells us of which feed, and what they told."""

from collections.abc import Mapping
from dataclasses import asdict

from sqlalchemy import RowMapping, delete, insert, select, update

from briefing.model.network.hub_subscription import HubStanding, HubSubscription
from briefing.store.engine.database import Database
from briefing.store.schema.sources import copies
from briefing.store.schema.sources import hub_subscriptions as table

#: Seconds between two readings of a feed, however often its hub tells us.
_PAUSE = 60.0


class Hubs:
    """Subscriptions at hubs."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def all(self) -> tuple[HubSubscription, ...]:
        """Every subscription, oldest first."""
        with self._database.read() as connection:
            rows = connection.execute(select(table).order_by(table.c.id)).mappings()
            return tuple(map(_subscription, rows))

    def trusted(self, now: float) -> frozenset[str]:
        """The sources of whose news a hub tells us."""
        return frozenset(one.source for one in self.all() if one.is_trusted(now))

    def failing(self, source: str) -> tuple[HubSubscription, ...]:
        """Those of a source with which something went wrong."""
        return tuple(one for one in self.all() if one.source == source and one.fault)

    def at(self, callback: str) -> HubSubscription | None:
        """The subscription whose hub finds us there."""
        with self._database.read() as connection:
            query = select(table).where(table.c.callback == callback)
            row = connection.execute(query).mappings().first()
        return _subscription(row) if row else None

    def add(self, subscription: HubSubscription) -> None:
        """Write down a new one."""
        values = asdict(subscription)
        del values["id"]
        with self._database.write() as connection:
            connection.execute(insert(table).values(**values))

    def note(self, number: int, **changed: object) -> None:
        """Write down what is different of one; of the others' columns nothing is touched."""
        with self._database.write() as connection:
            connection.execute(update(table).where(table.c.id == number).values(**changed))

    def forget(self, number: int) -> None:
        """Drop one."""
        with self._database.write() as connection:
            connection.execute(delete(table).where(table.c.id == number))

    def call(self, now: float) -> int:
        """Make those feeds due of which a hub told news since they were read; says how many.

        A feed that fails waits as every other does, and none is read twice in a minute.
        """
        told = (
            select(table.c.id)
            .where(table.c.source == copies.c.source, table.c.address == copies.c.address)
            .where(table.c.standing == HubStanding.ACTIVE, table.c.heard > table.c.read)
            .where(table.c.read <= now - _PAUSE)
        )
        due = (copies.c.failures == 0) & (copies.c.next_try > now) & told.exists()
        with self._database.write() as connection:
            return connection.execute(update(copies).where(due).values(next_try=0.0)).rowcount


def _subscription(row: RowMapping) -> HubSubscription:
    values: Mapping[str, object] = {**row, "standing": HubStanding(row["standing"])}
    return HubSubscription(**values)  # type: ignore[arg-type] # the columns are its fields
