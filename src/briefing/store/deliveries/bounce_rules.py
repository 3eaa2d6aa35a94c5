"""When an address gets no more letters: the rules of [bounces], and what they make of a reader's history."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, bindparam, exists, func, select

from briefing.model.delivery import Bounce, State
from briefing.model.reason import Reason
from briefing.model.subscriber import Standing
from briefing.store.deliveries.blocking_hosts import domain_of, took_others
from briefing.store.schema.core import bounces, deliveries, subscribers

_DAY = 86_400.0
#: Answers about hosts that are kept.
_MOST_KEPT = 10_000
_KEY = select(subscribers.c.email_key).where(subscribers.c.id == bindparam("reader"))
_HISTORY = (
    select(bounces.c.kind, bounces.c.at, bounces.c.mailing, bounces.c.reason)
    .join(subscribers, subscribers.c.id == bounces.c.subscriber)
    # What was before the reader came back is settled.
    .where(bounces.c.subscriber == bindparam("reader"), bounces.c.at >= subscribers.c.since)
    .order_by(bounces.c.at, bounces.c.id)
)
#: When each sending since then was refused first, whatever came of it.
_SENDINGS = (
    select(func.min(bounces.c.at))
    .where(
        bounces.c.subscriber == bindparam("reader"),
        bounces.c.mailing > bindparam("arrived"),
        bounces.c.kind != Bounce.COMPLAINT.value,
    )
    .group_by(bounces.c.mailing)
    .order_by(func.min(bounces.c.at))
)
_LAST_ARRIVAL = select(func.max(deliveries.c.mailing)).where(
    deliveries.c.subscriber == bindparam("reader"),
    deliveries.c.state == State.POSTED.value,
    deliveries.c.mailing < bindparam("before"),
    ~exists().where(
        bounces.c.subscriber == deliveries.c.subscriber, bounces.c.mailing == deliveries.c.mailing
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class BounceRules:
    """When an address gets no more letters."""

    #: Permanent refusals of the address.
    hard: int = 1
    #: Passing ones in a row, over at least `soft_days` days.
    soft: int = 3
    soft_days: int = 7


class BounceVerdicts:
    """Applies the rules to what was written down of a reader."""

    def __init__(self, rules: BounceRules) -> None:
        self._rules = rules
        #: Of mailings that are over, by host: whether it took others.
        self._alone: dict[tuple[int, str], bool] = {}

    def verdict(
        self, connection: Connection, reader: int, kind: Bounce, now: float
    ) -> Standing | None:
        """How a reader stands after a report that was written down; None when nothing changes."""
        if kind is Bounce.COMPLAINT:
            return Standing.COMPLAINED
        found = connection.execute(_HISTORY, {"reader": reader}).all()
        if not found:
            return None
        hard = sum(row.kind == Bounce.HARD for row in found)
        arrived = _last_arrival(connection, reader, found[-1].mailing)
        in_a_row = [row for row in found if _counts(row.kind, row.mailing, arrived)]
        if hard >= self._rules.hard:
            return Standing.BOUNCED
        if not self._is_enough([row.at for row in in_a_row], now):
            return None
        # The one that has just come may be the first of a block; those of sendings before tell.
        proven = [
            row.at
            for row in in_a_row
            if row.reason != Reason.UNKNOWN
            or (
                row.mailing is not None
                and self._is_alone(connection, reader, row.mailing, found[-1].mailing)
            )
        ]
        return Standing.BOUNCED if self._is_enough(proven, now) else None

    def _is_enough(self, at: Sequence[float], now: float) -> bool:
        """Whether passing refusals at those moments cost a reader every list."""
        long_enough = bool(at) and now - at[0] >= self._rules.soft_days * _DAY
        return len(at) >= self._rules.soft and long_enough

    def _is_alone(
        self, connection: Connection, reader: int, mailing: int, last: int | None
    ) -> bool:
        """Whether what nobody understands was said of this reader, and not of all at the host."""
        if mailing == last:
            return True
        asked = (mailing, domain_of(connection.execute(_KEY, {"reader": reader}).scalar_one()))
        if asked not in self._alone:
            if len(self._alone) >= _MOST_KEPT:
                self._alone.clear()
            self._alone[asked] = took_others(connection, *asked)
        return self._alone[asked]

    def persists(self, connection: Connection, reader: int, mailing: int, now: float) -> bool:
        """Whether a reader's letters were refused in so many sendings, over so long, that it is true."""
        arrived = _last_arrival(connection, reader, mailing)
        found = (
            connection.execute(_SENDINGS, {"reader": reader, "arrived": arrived}).scalars().all()
        )
        return self._is_enough(found, now)


def _counts(kind: str, mailing: int | None, arrived: int) -> bool:
    """Whether a passing refusal came after the last letter that arrived."""
    return kind == Bounce.SOFT and (mailing is None or mailing > arrived)


def _last_arrival(connection: Connection, reader: int, before: int | None) -> int:
    """The last mailing before that one whose letter was posted and did not come back; 0 for none."""
    asked = {"reader": reader, "before": before or 0}
    return connection.execute(_LAST_ARRIVAL, asked).scalar() or 0
