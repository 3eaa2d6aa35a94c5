"""Tokens ↔ rows: what the relay and the mailbox hosts still allow, for every sender.

A limit of n letters in some time is up to fifty tokens, each good for a lot of letters. A row says
when a token that was taken is free again; one that was never taken has no row.
"""

from functools import cache

from sqlalchemy import TextClause, text

from briefing.model.limit import STEP, Limit, Taken
from briefing.store.engine.database import Database

#: Halved at each complaint, but never below; and how much comes back at a time.
_LEAST, _BACK = 0.02, 0.05
_TAKE = """
    INSERT INTO rate_tokens (scope, number, free_at)
    WITH RECURSIVE numbers (number) AS (
        SELECT 0 UNION ALL SELECT number + 1 FROM numbers WHERE number + 1 < :lots
    )
    SELECT :scope, numbers.number, {clock} + :taken_for FROM numbers
    LEFT JOIN rate_tokens known ON known.scope = :scope AND known.number = numbers.number
    WHERE (known.free_at IS NULL OR known.free_at <= {clock})
        AND (numbers.number = 0 OR numbers.number < :lots *
            coalesce((SELECT share FROM rate_shares WHERE scope = :scope), 1.0))
    ORDER BY random() LIMIT 1
    ON CONFLICT (scope, number) DO UPDATE SET free_at = excluded.free_at
        WHERE rate_tokens.free_at <= {clock}
    RETURNING number
"""
_STANDS = """
    SELECT coalesce((SELECT share FROM rate_shares WHERE scope = :scope), 1.0),
        coalesce((SELECT min(free_at) FROM rate_tokens
            WHERE scope = :scope AND number < :lots), 0.0) - {clock}
"""
_SLOW = """
    INSERT INTO rate_shares (scope, share, at) VALUES (:scope, 0.5, {clock})
    ON CONFLICT (scope) DO UPDATE SET at = excluded.at,
        share = CASE WHEN rate_shares.share > 2 * :least THEN rate_shares.share / 2 ELSE :least END
    WHERE rate_shares.at <= {clock} - :step
"""
_QUICKEN = """
    UPDATE rate_shares SET at = {clock},
        share = CASE WHEN share + :back < 1 THEN share + :back ELSE 1.0 END
    WHERE scope = :scope AND share < 1 AND at <= {clock} - :step
"""
_FORGET = "DELETE FROM rate_tokens WHERE free_at < {clock} - 86400"
_SLOWED = "SELECT scope, share FROM rate_shares WHERE share < 1 ORDER BY scope"


@cache
def _said(clock: str) -> list[TextClause]:
    """The statements, for a database whose time is told so: built once, not for each store that is opened."""
    return [text(one.format(clock=clock)) for one in (_TAKE, _STANDS, _SLOW, _QUICKEN, _FORGET)]


class Tokens:
    """The tokens of every limit. Each method is one transaction.

    Several senders share PostgreSQL, and only its own clock is the same for all of them. A file has
    one sender, and that one's clock counts.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        clock = ":now" if database.is_sqlite else "extract(epoch FROM clock_timestamp())::float8"
        self._take, self._stands, self._slow, self._quicken, self._forget = _said(clock)

    def take(self, limit: Limit, now: float) -> Taken:
        """See `Tokens.take` of `briefing.sends.posting.rate_limit`: one statement, whoever else takes some."""
        asked = {"scope": limit.scope, "lots": limit.lots, "now": now}
        with self._database.write() as connection:
            got = connection.execute(self._take, {**asked, "taken_for": limit.taken_for}).first()
            share, wait = connection.execute(self._stands, asked).one()
        return Taken(got is not None, max(0.0, wait), share)

    def slow(self, scope: str, now: float) -> None:
        """See `Tokens.slow`."""
        asked = {"scope": scope, "now": now, "least": _LEAST, "step": STEP}
        with self._database.write() as connection:
            connection.execute(self._slow, asked)

    def quicken(self, scope: str, now: float) -> None:
        """See `Tokens.quicken`."""
        asked = {"scope": scope, "now": now, "back": _BACK, "step": STEP}
        with self._database.write() as connection:
            connection.execute(self._quicken, asked)

    def forget(self, now: float) -> None:
        """Drop the rows of tokens that have been free for a day."""
        with self._database.write() as connection:
            connection.execute(self._forget, {"now": now})

    def slowed(self) -> tuple[tuple[str, float], ...]:
        """The limits of which only a share is in use, and that share."""
        with self._database.read() as connection:
            return tuple((scope, share) for scope, share in connection.execute(text(_SLOWED)))
