"""A reader who joined after an edition left: one more delivery of it, and the mailing goes on for that."""

from sqlalchemy import Connection, exists, insert, literal, select, update

from briefing.model.delivery import State
from briefing.model.mailing import MailingStatus
from briefing.store.schema.core import deliveries, mailings
from briefing.store.schema.counts import COUNT_LETTERS

_LEAVING = (MailingStatus.SENDING.value, MailingStatus.SENT.value)


def add_latecomer(connection: Connection, list_name: str, reader: int, since: float) -> str:
    """Have the newest edition of a list delivered to one more reader, unless they had it.

    Args:
        connection: inside a transaction.
        list_name: whose edition.
        reader: the number of their row.
        since: an edition whose sending began before is too old; seconds since 1970.

    Returns:
        Its id; empty when there is none, when it is paused or aborted, or when the reader had it.
    """
    newest = select(mailings.c.number, mailings.c.edition, mailings.c.status).where(
        mailings.c.list == list_name, mailings.c.frozen_at >= since
    )
    found = connection.execute(newest.order_by(mailings.c.number.desc()).limit(1)).first()
    if found is None or found.status not in _LEAVING:
        return ""
    mine = (deliveries.c.mailing == found.number, deliveries.c.subscriber == reader)
    row = select(literal(found.number), literal(reader), literal(State.PENDING.value))
    added = connection.execute(
        insert(deliveries)
        .from_select(
            ["mailing", "subscriber", "state"],
            row.where(~exists().where(*mine)),
            include_defaults=False,
        )
        .returning(deliveries.c.subscriber)
    )
    if added.first() is None:
        return ""
    connection.execute(COUNT_LETTERS, {"mailing": found.number, "count": 1})
    connection.execute(
        update(mailings)
        .where(mailings.c.number == found.number)
        .values(status=MailingStatus.SENDING.value, done_at=None)
    )
    return str(found.edition)
