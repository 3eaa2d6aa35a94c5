"""The ledger over SQLite, for the one sender a file has: a commit is as short as it can be."""

from collections.abc import Sequence
from functools import cache

from sqlalchemy.dialects import sqlite
from sqlalchemy.sql.compiler import SQLCompiler

from briefing.model.delivery import Addressee, Outcome, State
from briefing.store.deliveries.ledger import Ledger
from briefing.store.deliveries.ledger_sql import CLAIM
from briefing.store.engine import sqlite_driver
from briefing.store.readers.subscriber_rows import addressee

#: As `OUTCOME`, for letters that are posted without a doubt, all at once: a statement for each took half as
#: long again. Values by their place, which the driver takes in half the time of names.
_POSTED = f"""
    WITH told (reader, reply) AS (VALUES {{told}})
    UPDATE deliveries SET state = '{State.POSTED.value}', reply = told.reply, due = NULL
    FROM told WHERE mailing = ? AND subscriber = told.reader AND state = '{State.POSTING.value}'
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
            statement, asked = _claim(number, now, intents)
            if len(cursor.execute(statement, asked).fetchall()) == len(intents):
                return True
            cursor.execute("ROLLBACK")
        return False


@cache
def _posted_of(letters: int) -> str:
    """The statement for so many letters; at most one a connection."""
    return _POSTED.format(told=", ".join(["(?, ?)"] * letters))


def _claim(number: int, now: float, readers: Sequence[int]) -> tuple[str, list[object]]:
    """How these readers are claimed, as the driver takes it."""
    statement, constants, places = _claim_of(len(readers))
    told = {"in_mailing": number, "now": now}
    told |= {f"readers_{place}": reader for place, reader in enumerate(readers, 1)}
    return statement, [told.get(name, constants.get(name)) for name in places]


@cache
def _claim_of(readers: int) -> tuple[str, dict[str, object], tuple[str, ...]]:
    """The statement for so many readers, its constants, and which value stands in each place.

    A connection claims one, so there are few such statements.
    """
    compiled = CLAIM.compile(dialect=sqlite.dialect(paramstyle="qmark"))
    assert isinstance(compiled, SQLCompiler)
    asked = {"in_mailing": 0, "now": 0.0, "readers": [0] * readers}
    expanded = compiled.construct_expanded_state(asked)
    return expanded.statement, dict(expanded.parameters), tuple(expanded.positiontup or ())
