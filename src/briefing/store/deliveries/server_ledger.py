"""The ledger over PostgreSQL, for one sender at a time: what letters became and who is next, in one statement."""

from collections.abc import Sequence

from sqlalchemy import text

from briefing.model.delivery import Outcome, State
from briefing.model.mailing import MailingStatus
from briefing.model.subscriber import Standing
from briefing.store.deliveries.ledger import Ledger
from briefing.store.deliveries.ledger_sql import SAME_LINEAGE

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


class ServerLedger(Ledger):
    """The deliveries of one mailing in a server."""

    def commit(
        self, intents: Sequence[int], outcomes: Sequence[Outcome], now: float
    ) -> frozenset[int] | None:
        """As `Ledger.commit`; in the plain case by one statement: each way to the server keeps letters waiting."""
        if not intents or not all(outcome.is_plain for outcome in outcomes):
            return super().commit(intents, outcomes, now)
        self.heed_departures(intents)
        asked = {"mailing": self._number, "readers": list(intents), "now": now}
        told = {
            "told": [outcome.reader for outcome in outcomes],
            "replies": [outcome.delivery.detail for outcome in outcomes],
        }
        statement = _BOTH if outcomes else _CLAIM_ALONE
        with self._database.write() as connection:
            found = connection.execute(statement, {**asked, **told} if outcomes else asked)
            return self._without_leavers(connection, intents, frozenset(found.scalars()))
