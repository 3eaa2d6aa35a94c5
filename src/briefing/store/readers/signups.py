"""Forms ↔ rows: who asked lately, so that nobody floods a stranger, and what readers wrote."""

from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import ColumnElement, Connection, delete, func, insert, select, update

from briefing.model.subscriber import Standing
from briefing.store.engine.database import Database
from briefing.store.schema.core import (
    bounces,
    changes,
    confirmations,
    signups,
    subscribers,
)
from briefing.store.schema.house import house, stamps

_HOUR, _DAY = 3_600.0, 86_400.0


@dataclass(frozen=True, slots=True, kw_only=True)
class SignupLimits:
    """How many confirmation mails may be asked for."""

    address_a_day: int = 1
    address_a_month: int = 3
    network_an_hour: int = 5
    all_an_hour: int = 500


class SignupLimit(StrEnum):
    """What holds a sign-up back."""

    #: This mailbox was written to lately; it has its letter.
    MAILBOX = "mailbox"
    NETWORK = "network"
    ALL = "all"


#: The start of what `house` calls the counts of sign-ups that were held back.
_HELD = "signups held by "


class Signups:
    """Counts sign-ups by marks of address and network; neither is kept in clear."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def admit(
        self, address: str, network: str, limits: SignupLimits, now: float
    ) -> SignupLimit | None:
        """Count a sign-up, or the limit that holds it back; then no mail may be sent now.

        Args:
            address: a keyed mark of the mailbox.
            network: a keyed mark of the asker's network.
            limits: how many are allowed.
            now: seconds since 1970.

        Returns:
            The limit that is reached; None when the mail may be sent.
        """
        with self._database.write() as connection:
            connection.execute(delete(signups).where(signups.c.at < now - 30 * _DAY))
            reached = _reached_by_mailbox(connection, address, limits, now) or _reached_by_others(
                connection, network, limits, now
            )
            if reached is None:
                row = {"at": now, "address": address, "network": network}
                connection.execute(insert(signups).values(row))
            else:
                _count(connection, reached)
        return reached

    def room(self, network: str, limits: SignupLimits, now: float) -> SignupLimit | None:
        """The limit that a sign-up from a network would reach now, whatever the address; it is counted."""
        with self._database.read() as connection:
            reached = _reached_by_others(connection, network, limits, now)
        if reached is not None:
            with self._database.write() as connection:
                _count(connection, reached)
        return reached

    def use_stamp(self, stamp: str, address: str, now: float, keep: float) -> bool:
        """Use a form's stamp up: it serves one address, however often the button is pressed.

        Args:
            stamp: a mark of it.
            address: a keyed mark of the address.
            now: seconds since 1970.
            keep: seconds after which a stamp is too old anyhow.

        Returns:
            False when it has served another address.
        """
        with self._database.write() as connection:
            connection.execute(delete(stamps).where(stamps.c.at < now - keep))
            query = select(stamps.c.address).where(stamps.c.mark == stamp)
            used = connection.execute(query).scalar()
            if used is None:
                connection.execute(insert(stamps).values(mark=stamp, address=address, at=now))
        return used in (None, address)

    def counts(self, now: float) -> dict[str, int]:
        """How many were let through within the hour, and how many each limit ever held back."""
        asked = select(func.count()).where(signups.c.at > now - _HOUR)
        held = select(house.c.name, house.c.value).where(house.c.name.startswith(_HELD))
        with self._database.read() as connection:
            found = {"hour": int(connection.execute(asked).scalar_one())}
            for name, value in connection.execute(held):
                found[name.removeprefix(_HELD)] = int(value)
        return found

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


def _reached_by_mailbox(
    connection: Connection, address: str, limits: SignupLimits, now: float
) -> SignupLimit | None:
    same = signups.c.address == address
    if (
        _since(connection, now - _DAY, same) >= limits.address_a_day
        or _since(connection, now - 30 * _DAY, same) >= limits.address_a_month
    ):
        return SignupLimit.MAILBOX
    return None


def _reached_by_others(
    connection: Connection, network: str, limits: SignupLimits, now: float
) -> SignupLimit | None:
    if _since(connection, now - _HOUR, signups.c.network == network) >= limits.network_an_hour:
        return SignupLimit.NETWORK
    return SignupLimit.ALL if _since(connection, now - _HOUR) >= limits.all_an_hour else None


def _since(connection: Connection, moment: float, *which: ColumnElement[bool]) -> int:
    query = select(func.count()).where(signups.c.at > moment, *which)
    return connection.execute(query).scalar_one()


def _count(connection: Connection, limit: SignupLimit) -> None:
    name = _HELD + limit.value
    known = connection.execute(select(house.c.value).where(house.c.name == name)).scalar()
    if known is None:
        connection.execute(insert(house).values(name=name, value="1"))
    else:
        more = update(house).where(house.c.name == name).values(value=str(int(known) + 1))
        connection.execute(more)
