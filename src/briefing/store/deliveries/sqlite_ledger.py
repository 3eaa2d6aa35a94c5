"""The ledger over SQLite, for the one sender a file has: a commit is as short as it can be."""

from collections.abc import Sequence
from functools import cache

from briefing.model.delivery import Addressee, Outcome, State
from briefing.model.mailing import MailingStatus
from briefing.model.subscriber import Standing
from briefing.store.deliveries.ledger import Ledger
from briefing.store.engine import sqlite_driver
from briefing.store.readers.subscriber_rows import addressee

#: As `OUTCOME`, for letters that are posted without a doubt, all at once: a statement for each took half as
#: long again. Values by their place, which the driver takes in half the time of names.
_POSTED = f"""
    WITH told (reader, reply) AS (VALUES {{told}})
    UPDATE deliveries SET state = '{State.POSTED.value}', reply = told.reply, due = NULL
    FROM told WHERE mailing = ? AND subscriber = told.reader AND state = '{State.POSTING.value}'
"""  # noqa: S608
#: As `CLAIM`, values by their place.
_CLAIM = f"""
    UPDATE deliveries SET state = '{State.POSTING.value}', tries = tries + 1, at = ?
    WHERE mailing = ? AND subscriber IN ({{readers}})
        AND state IN ('{State.PENDING.value}', '{State.DEFERRED.value}')
        AND EXISTS (SELECT 1 FROM subscribers s
            WHERE s.id = deliveries.subscriber AND s.standing = '{Standing.ACTIVE.value}')
        AND EXISTS (SELECT 1 FROM mailings
            WHERE number = ? AND status = '{MailingStatus.SENDING.value}')
    RETURNING subscriber
"""  # noqa: S608
#: As `Ledger.pending`. A cross join is one that SQLite does in this order.
_PENDING = f"""
    SELECT s.id, s.ref, s.email, s.name, s.tags, d.tries, d.doubtful, d.at, d.variant
    FROM deliveries d CROSS JOIN subscribers s ON s.id = d.subscriber
    WHERE d.mailing = ? AND d.state = '{State.PENDING.value}' AND d.subscriber > ?
    ORDER BY d.subscriber LIMIT ?
"""  # noqa: S608


class SqliteLedger(Ledger):
    """The deliveries of one mailing in a file."""

    def commit(
        self, intents: Sequence[int], outcomes: Sequence[Outcome], now: float
    ) -> frozenset[int] | None:
        """As `Ledger.commit`; in the plain case, which is nearly every one, by the driver alone."""
        self.heed_departures(intents)
        if all(outcome.is_plain for outcome in outcomes) and self._at_once(intents, outcomes, now):
            return frozenset(intents)
        return super().commit(intents, outcomes, now)

    def pending(self, after: int, limit: int) -> list[Addressee]:
        """As `Ledger.pending`, by the driver alone: in half the time."""
        asked = (self._number, after, limit)
        return [addressee(row) for row in sqlite_driver.rows(self._database, _PENDING, asked)]

    def close(self) -> None:
        """Nothing was opened for letters alone."""

    def _at_once(self, intents: Sequence[int], outcomes: Sequence[Outcome], now: float) -> bool:
        """Commit if every letter asked for may leave; else nothing is changed."""
        number = self._number
        with sqlite_driver.written(self._database) as cursor:
            if outcomes:
                told = [part for one in outcomes for part in (one.reader, one.delivery.detail)]
                cursor.execute(_posted_of(len(outcomes)), (*told, number))
            if not intents:
                return True
            claimed = cursor.execute(_claim_of(len(intents)), (now, number, *intents, number))
            if len(claimed.fetchall()) == len(intents):
                return True
            cursor.execute("ROLLBACK")
        return False


@cache
def _posted_of(letters: int) -> str:
    """The statement for so many letters; at most one a connection."""
    return _POSTED.format(told=", ".join(["(?, ?)"] * letters))


@cache
def _claim_of(letters: int) -> str:
    return _CLAIM.format(readers=", ".join("?" * letters))
