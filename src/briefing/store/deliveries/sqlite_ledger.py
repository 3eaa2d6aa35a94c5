"""The ledger over SQLite, for the one sender a file has: a commit is as short as it can be."""

from collections.abc import Sequence
from functools import cache

from sqlalchemy.dialects import sqlite
from sqlalchemy.sql.compiler import SQLCompiler

from briefing.model.delivery import Outcome, State
from briefing.store.deliveries.ledger import Ledger
from briefing.store.deliveries.ledger_sql import CLAIM

#: As `OUTCOME`, for letters that are posted without a doubt; values by their place, which the driver
#: takes in half the time of names.
_POSTED = f"""
    UPDATE deliveries SET state = '{State.POSTED.value}', reply = ?, due = NULL
    WHERE mailing = ? AND subscriber = ? AND state = '{State.POSTING.value}'
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

    def close(self) -> None:
        """Nothing was opened for letters alone."""

    def _at_once(self, intents: Sequence[int], outcomes: Sequence[Outcome], now: float) -> bool:
        """Commit if every letter asked for may leave; else nothing is changed."""
        number = self._number
        posted = [(outcome.delivery.detail, number, outcome.reader) for outcome in outcomes]
        with self._database.driver() as cursor:
            cursor.executemany(_POSTED, posted)
            if not intents:
                return True
            statement, asked = _claim(number, now, intents)
            if len(cursor.execute(statement, asked).fetchall()) == len(intents):
                return True
            cursor.execute("ROLLBACK")
        return False


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
