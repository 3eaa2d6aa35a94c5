"""A ledger → pages of bare rows, in one snapshot: what became of a million letters, told at once."""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, func, literal, select

from briefing.model.delivery import State
from briefing.store.deliveries.bounces import last_bounce
from briefing.store.schema.core import bounces, deliveries, subscribers

#: Rows at a time; see `exported`.
_PAGE = 500
_COLUMNS = (
    subscribers.c.email,
    subscribers.c.name,
    *(deliveries.c[name] for name in ("state", "doubtful", "tries", "at", "due", "reply")),
)


def pages_of(
    connection: Connection, mailing: int, state: State | None, most: int | None
) -> Iterator[Sequence[Sequence[Any]]]:
    """The deliveries of a mailing by reader, each with what was written down last of a bounce, or nothing.

    Args:
        connection: in a transaction that only reads.
        mailing: its number.
        state: only those in this state.
        most: no more than so many.
    """
    came_back = select(bounces.c.id).where(bounces.c.mailing == mailing).limit(1)
    # To look for the bounce of each of a million letters takes as long as to tell them.
    told = ("reason", "detail") if connection.execute(came_back).first() else ()
    last: list[ColumnElement[str]] = [func.coalesce(last_bounce(column), "") for column in told]
    query = (
        select(*_COLUMNS, *(last or (literal("").label("reason"), literal("").label("returned"))))
        .join(deliveries, deliveries.c.subscriber == subscribers.c.id)
        .where(deliveries.c.mailing == mailing)
        .order_by(deliveries.c.subscriber)
        .limit(most)
    )
    if state is not None:
        query = query.where(deliveries.c.state == state.value)
    found = connection.execute(query.execution_options(yield_per=_PAGE))
    yield from found.partitions()
