"""Ledgers of old editions ↔ totals: the rows go elsewhere, what they add up to stays."""

from collections import Counter
from collections.abc import Iterator, Sequence

from sqlalchemy import Connection, delete, exists, insert, select, union_all, update

from briefing.model.mailing import MailingStatus
from briefing.store.engine.database import Database
from briefing.store.schema.core import deliveries, mailings, subscribers, totals, tries
from briefing.store.schema.counts import letter_counts

#: Rows that go in one transaction: few enough that nobody waits long.
_BATCH = 20_000
_ENDED = (MailingStatus.SENT.value, MailingStatus.ABORTED.value)
HEADER = ("kind", "reader", "state", "doubtful", "tries", "at", "reply")


def counted(connection: Connection, mailing: int) -> Sequence[tuple[str, int, int]]:
    """A state, how many deliveries are in it, and how many of them are doubtful; a state more than once."""
    asked = (
        select(kept.c.state, kept.c.count, kept.c.doubtful).where(kept.c.mailing == mailing)
        for kept in (letter_counts, totals)
    )
    return [(row[0], row[1], row[2]) for row in connection.execute(union_all(*asked))]


class Archived:
    """The ledgers of editions that ended."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def ended(self, before: float) -> tuple[tuple[int, str], ...]:
        """Editions that ended, began before then (seconds since 1970) and still have rows."""
        has_rows = exists().where(deliveries.c.mailing == mailings.c.number)
        query = select(mailings.c.number, mailings.c.edition).where(
            mailings.c.status.in_(_ENDED), mailings.c.frozen_at < before, has_rows
        )
        with self._database.read() as connection:
            rows = connection.execute(query.order_by(mailings.c.number))
            return tuple((number, edition) for number, edition in rows)

    def rows(self, number: int) -> Iterator[tuple[object, ...]]:
        """Every delivery of an edition, then every try that did not end one, as `HEADER` says.

        Readers are named by their reference, so that a person who is erased is erased there too.
        """
        one = deliveries.c
        query = select(
            subscribers.c.ref, one.state, one.doubtful, one.tries, one.at, one.reply
        ).join(deliveries, one.subscriber == subscribers.c.id)
        story = select(subscribers.c.ref, tries.c.state, tries.c.at, tries.c.reply).join(
            tries, tries.c.subscriber == subscribers.c.id
        )
        page = {"yield_per": 2_000}
        with self._database.read() as connection:
            asked = query.where(one.mailing == number).order_by(one.subscriber)
            with connection.execute(asked.execution_options(**page)) as found:
                for ref, state, doubtful, tried, at, reply in found:
                    yield ("delivery", ref, state, int(doubtful), tried, at, reply)
            asked = story.where(tries.c.mailing == number).order_by(tries.c.id)
            with connection.execute(asked.execution_options(**page)) as found:
                for ref, state, at, reply in found:
                    yield ("try", ref, state, "", "", at, reply)

    def drop(self, number: int) -> int:
        """Delete an edition's rows and keep what they add up to; returns how many went.

        Each batch is deleted and added to the totals in one transaction, so whenever it is stopped
        rows and totals together are all deliveries.
        """
        gone = 0
        while batch := self._drop_some(number):
            gone += batch
        with self._database.write() as connection:
            connection.execute(delete(tries).where(tries.c.mailing == number))
        return gone

    def _drop_some(self, number: int) -> int:
        some = (
            select(deliveries.c.subscriber)
            .where(deliveries.c.mailing == number)
            .order_by(deliveries.c.subscriber)
            .limit(_BATCH)
        )
        dropped = (
            delete(deliveries)
            .where(deliveries.c.mailing == number, deliveries.c.subscriber.in_(some))
            .returning(deliveries.c.state, deliveries.c.doubtful)
        )
        with self._database.write() as connection:
            rows = connection.execute(dropped).all()
            counts = Counter(state for state, _ in rows)
            doubts = Counter(state for state, doubtful in rows if doubtful)
            for state, count in counts.items():
                added = connection.execute(
                    update(totals)
                    .where(totals.c.mailing == number, totals.c.state == state)
                    .values(
                        count=totals.c.count + count, doubtful=totals.c.doubtful + doubts[state]
                    )
                )
                if not added.rowcount:
                    row = {"mailing": number, "state": state, "count": count}
                    connection.execute(insert(totals).values(**row, doubtful=doubts[state]))
        return len(rows)
