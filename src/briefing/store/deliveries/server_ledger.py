"""The ledger over PostgreSQL, for one sender at a time: what letters became and who is next, in one statement."""

from collections.abc import Sequence
from functools import cached_property

from sqlalchemy import text

from briefing.model.delivery import Addressee, Outcome, State
from briefing.model.mailing import MailingStatus
from briefing.model.subscriber import Standing
from briefing.store.deliveries.bounces import BounceLog
from briefing.store.deliveries.ledger import Ledger
from briefing.store.deliveries.ledger_sql import SAME_LINEAGE
from briefing.store.departures import Departures
from briefing.store.engine.async_line import AsyncLines
from briefing.store.engine.database import Database
from briefing.store.readers.subscriber_rows import addressee

#: As `OUTCOME`, for letters that are posted without a doubt.
_POSTED = f"""
    UPDATE deliveries d SET state = '{State.POSTED.value}', reply = o.reply, due = NULL
    FROM unnest(CAST(:told AS int[]), CAST(:replies AS text[])) AS o(reader, reply)
    WHERE d.mailing = :mailing AND d.subscriber = o.reader AND d.state = '{State.POSTING.value}'
"""  # noqa: S608
#: As `CLAIM_ON_SERVER`.
_CLAIM = f"""
    UPDATE deliveries d SET state = '{State.POSTING.value}', tries = tries + 1, at = :now
    WHERE d.mailing = :mailing AND d.subscriber = ANY(:readers)
        AND d.state IN ('{State.PENDING.value}', '{State.DEFERRED.value}')
        AND EXISTS (SELECT FROM subscribers s
            WHERE s.id = d.subscriber AND s.standing = '{Standing.ACTIVE.value}')
        AND EXISTS (SELECT FROM mailings
            WHERE number = :mailing AND status = '{MailingStatus.SENDING.value}')
        AND {SAME_LINEAGE}
    RETURNING d.subscriber
"""  # noqa: S608
#: Outcomes and claims are of different readers, so one statement can do both.
_CLAIM_ALONE, _BOTH = text(_CLAIM), text(f"WITH settled AS ({_POSTED}) {_CLAIM}")
#: As `Ledger.pending`: the page first, and its readers then.
_PENDING = text(f"""
    SELECT s.id, s.ref, s.email, s.name, s.tags, page.tries, page.doubtful, page.at, page.variant
    FROM (SELECT * FROM deliveries WHERE mailing = :mailing AND state = '{State.PENDING.value}'
        AND subscriber > :after ORDER BY subscriber LIMIT :limit) page
    JOIN subscribers s ON s.id = page.subscriber ORDER BY page.subscriber
""")  # noqa: S608


#: The lock that a lone sender's connections share; any number nobody else uses.
_UNDER_WAY = 0x6272_6966


class ServerLedger(Ledger):
    """The deliveries of one mailing in a server."""

    def __init__(
        self, database: Database, number: int, bounces: BounceLog, departures: Departures
    ) -> None:
        super().__init__(database, number, bounces, departures)
        self._lines = AsyncLines(database, held=_UNDER_WAY)

    def commit(
        self, intents: Sequence[int], outcomes: Sequence[Outcome], now: float
    ) -> frozenset[int] | None:
        """As `Ledger.commit`; in the plain case by one statement: each way to the server keeps letters waiting."""
        if not _is_plain(intents, outcomes):
            return super().commit(intents, outcomes, now)
        self.heed_departures(intents)
        with self._database.write() as connection:
            found = connection.execute(
                _BOTH if outcomes else _CLAIM_ALONE, self._asked(intents, outcomes, now)
            )
            return self._without_leavers(connection, intents, frozenset(found.scalars()))

    async def commit_meanwhile(
        self, intents: Sequence[int], outcomes: Sequence[Outcome], now: float
    ) -> frozenset[int] | None:
        """As `commit`, and in the plain case the event loop goes on with other letters meanwhile."""
        if self._is_pooled or not _is_plain(intents, outcomes):
            return self.commit(intents, outcomes, now)
        self.heed_departures(intents)
        statement = _BOTH if outcomes else _CLAIM_ALONE
        rows = await self._lines.say(statement, self._asked(intents, outcomes, now))
        granted = frozenset(reader for (reader,) in rows)
        if len(granted) == len(intents):
            return granted
        with self._database.write() as connection:
            return self._without_leavers(connection, intents, granted)

    def recover(self, due: float | None) -> int:
        """As `Ledger.recover`; what a sender that died had said to the server is done by then.

        A statement outlives whoever asked for it: one that waited for a row would claim letters afterwards.
        """
        if not self._is_pooled:
            self._database.when_free(_UNDER_WAY)
        return super().recover(due)

    async def pending_meanwhile(self, after: int, limit: int) -> list[Addressee]:
        """As `pending`, while the event loop goes on."""
        if self._is_pooled:
            return self.pending(after, limit)
        asked = {"mailing": self._number, "after": after, "limit": limit}
        return [addressee(row) for row in await self._lines.say(_PENDING, asked)]

    def close(self) -> None:
        """Give the connections back."""
        self._lines.close()

    def _asked(
        self, intents: Sequence[int], outcomes: Sequence[Outcome], now: float
    ) -> dict[str, object]:
        asked = {"mailing": self._number, "readers": sorted(intents), "now": now}
        if not outcomes:
            return asked
        # Rows are locked in one order, whoever locks them.
        ordered = sorted(outcomes, key=lambda outcome: outcome.reader)
        return {
            **asked,
            "told": [outcome.reader for outcome in ordered],
            "replies": [outcome.delivery.detail for outcome in ordered],
        }

    @cached_property
    def _is_pooled(self) -> bool:
        return self._database.is_pooled


def _is_plain(intents: Sequence[int], outcomes: Sequence[Outcome]) -> bool:
    """True where one statement says all of it."""
    return bool(intents) and all(outcome.is_plain for outcome in outcomes)
