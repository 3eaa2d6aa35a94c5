"""Forms ↔ rows: who asked lately, so that nobody floods a stranger, and what readers wrote."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, delete, func, insert, select, update

from briefing.model.subscriber import Standing
from briefing.store.engine.database import Database
from briefing.store.schema.core import bounces, changes, confirmations, signups, subscribers

_HOUR, _DAY = 3_600.0, 86_400.0


@dataclass(frozen=True, slots=True, kw_only=True)
class SignupLimits:
    """How many confirmation mails may be asked for."""

    address_a_day: int = 1
    address_a_month: int = 3
    network_an_hour: int = 5
    all_an_hour: int = 500


class Signups:
    """Counts sign-ups by marks of address and network; neither is kept in clear."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def admit(self, address: str, network: str, limits: SignupLimits, now: float) -> bool:
        """Count a sign-up; False when a limit is reached, and then no mail may be sent.

        Args:
            address: a keyed mark of the address.
            network: a keyed mark of the asker's network.
            limits: how many are allowed.
            now: seconds since 1970.
        """
        by_address, by_network = signups.c.address == address, signups.c.network == network
        with self._database.write() as connection:
            connection.execute(delete(signups).where(signups.c.at < now - 30 * _DAY))

            def since(moment: float, *which: ColumnElement[bool]) -> int:
                query = select(func.count()).where(signups.c.at > moment, *which)
                return connection.execute(query).scalar_one()

            if (
                since(now - _DAY, by_address) >= limits.address_a_day
                or since(now - 30 * _DAY, by_address) >= limits.address_a_month
                or since(now - _HOUR, by_network) >= limits.network_an_hour
                or since(now - _HOUR) >= limits.all_an_hour
            ):
                return False
            connection.execute(insert(signups).values(at=now, address=address, network=network))
        return True

    def wait(self, reader: str, asked_at: float, due: float) -> None:
        """Keep in mind that a reader's confirmation mail is to be tried again.

        Args:
            reader: their `ref`.
            asked_at: seconds since 1970, as `due`.
            due: when it is tried again.
        """
        with self._database.write() as connection:
            connection.execute(delete(confirmations).where(confirmations.c.reader == reader))
            values = {"reader": reader, "asked_at": asked_at, "due": due}
            connection.execute(insert(confirmations).values(values))

    def waiting(self, by: float, limit: int) -> tuple[tuple[str, float], ...]:
        """Whose confirmation mails are due, oldest first, and when they asked."""
        query = select(confirmations.c.reader, confirmations.c.asked_at)
        due = query.where(confirmations.c.due <= by).order_by(confirmations.c.due).limit(limit)
        with self._database.read() as connection:
            return tuple((reader, asked_at) for reader, asked_at in connection.execute(due))

    def settle(self, reader: str) -> None:
        """Nothing is to be tried again for this reader."""
        with self._database.write() as connection:
            connection.execute(delete(confirmations).where(confirmations.c.reader == reader))

    def forget_unconfirmed(self, before: float) -> int:
        """Delete readers who asked before that moment and never confirmed; says how many.

        Nobody knows whether the mailbox's owner ever wanted to be here.
        """
        old = select(subscribers.c.id).where(
            subscribers.c.standing == Standing.PENDING.value, subscribers.c.since < before
        )
        with self._database.write() as connection:
            for table in (changes, bounces):
                connection.execute(delete(table).where(table.c.subscriber.in_(old)))
            return connection.execute(delete(subscribers).where(subscribers.c.id.in_(old))).rowcount

    def rename(self, reader: int, name: str) -> None:
        """Take over the name that a reader wrote into a form."""
        with self._database.write() as connection:
            connection.execute(
                update(subscribers).where(subscribers.c.id == reader).values(name=name)
            )
