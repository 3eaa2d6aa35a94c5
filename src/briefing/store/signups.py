"""Forms ↔ rows: who asked lately, so that nobody floods a stranger, and what readers wrote."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, delete, func, insert, select, update

from briefing.model.subscriber import Standing
from briefing.store.database import Database
from briefing.store.schema import bounces, changes, signups, subscribers

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

    def take_back(self, address: str) -> None:
        """Let an address ask again, because no mail came of the last time.

        Its network has still asked once: a stranger must not keep our relay busy with letters
        that cannot be delivered.
        """
        last = select(func.max(signups.c.id)).where(signups.c.address == address).scalar_subquery()
        with self._database.write() as connection:
            connection.execute(update(signups).where(signups.c.id == last).values(address=""))

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
