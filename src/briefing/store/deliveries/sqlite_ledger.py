"""The ledger over SQLite, for the one sender a file has: a commit is as short as it can be."""

from collections.abc import Mapping, Sequence
from functools import cache

from sqlalchemy.dialects import sqlite
from sqlalchemy.sql.compiler import SQLCompiler

from briefing.model.delivery import Outcome
from briefing.store.deliveries.ledger import Ledger
from briefing.store.deliveries.ledger_sql import CLAIM, OUTCOME


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

    def _at_once(self, intents: Sequence[int], outcomes: Sequence[Outcome], now: float) -> bool:
        """Commit if every letter asked for may leave; else nothing is changed."""
        with self._database.driver() as cursor:
            cursor.executemany(OUTCOME, [self.values(outcome) for outcome in outcomes])
            if not intents:
                return True
            statement, constants = _claim(len(intents))
            readers = {f"readers_{place}": reader for place, reader in enumerate(intents, 1)}
            asked = {**constants, **readers, "in_mailing": self._number, "now": now}
            if len(cursor.execute(statement, asked).fetchall()) == len(intents):
                return True
            cursor.execute("ROLLBACK")
        return False


@cache
def _claim(readers: int) -> tuple[str, Mapping[str, object]]:
    """How so many are claimed, as the driver takes it: a connection each, so there are few of them."""
    compiled = CLAIM.compile(dialect=sqlite.dialect(paramstyle="named"))
    assert isinstance(compiled, SQLCompiler)
    asked = {"in_mailing": 0, "now": 0.0, "readers": [0] * readers}
    expanded = compiled.construct_expanded_state(asked)
    return expanded.statement, expanded.parameters
