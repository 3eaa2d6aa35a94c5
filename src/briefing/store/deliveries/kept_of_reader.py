"""What is kept of one mailbox ↔ rows: all of it, for its owner to read."""

from collections.abc import Iterator

from sqlalchemy import select

from briefing.store.engine.database import Database
from briefing.store.schema.core import bounces, deliveries, mailings, tries


class KeptOfReader:
    """The letters of a reader, and what became of them."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def letters(self, reader: int) -> Iterator[dict[str, object]]:
        """Each letter: edition, state, variant, when it was tried last (seconds since 1970), the answer."""
        query = (
            select(
                mailings.c.edition,
                deliveries.c.state,
                deliveries.c.variant,
                deliveries.c.tries,
                deliveries.c.at,
                deliveries.c.reply,
            )
            .join(deliveries, deliveries.c.mailing == mailings.c.number)
            .where(deliveries.c.subscriber == reader)
            .order_by(mailings.c.number)
        )
        with self._database.read() as connection:
            yield from (dict(row) for row in connection.execute(query).mappings())

    def refusals(self, reader: int) -> Iterator[dict[str, object]]:
        """Each try that did not end the matter, and each letter that came back."""
        tried = select(tries.c.at, tries.c.state, tries.c.reply).where(tries.c.subscriber == reader)
        came_back = select(bounces.c.at, bounces.c.kind, bounces.c.status, bounces.c.detail).where(
            bounces.c.subscriber == reader
        )
        with self._database.read() as connection:
            for query in (tried.order_by(tries.c.id), came_back.order_by(bounces.c.id)):
                yield from (dict(row) for row in connection.execute(query).mappings())
