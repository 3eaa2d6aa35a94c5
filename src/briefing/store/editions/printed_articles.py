"""Treated ↔ rows: what a briefing has printed or dropped, so that nothing comes back unasked."""

from collections.abc import Collection, Iterable
from hashlib import sha256

from sqlalchemy import func, insert, select

from briefing.model.article import Article
from briefing.model.edition import Item, Treated, Treatment
from briefing.store.engine.database import Database
from briefing.store.schema.core import printed

#: A story older than this may come again; seconds.
MEMORY = 90 * 86_400.0


def words_of(article: Article) -> str:
    """The hash of an article's text."""
    return sha256(" ".join(article.text.split()).encode()).hexdigest()


class Memory:
    """What was printed and dropped lately."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def remember(
        self,
        briefing: str,
        edition: str,
        pieces: Iterable[tuple[Item, Treatment]],
        now: float,
    ) -> None:
        """Keep what became of an edition's pieces; telling it twice changes nothing."""
        known = select(printed.c.id).where(printed.c.edition == edition).limit(1)
        rows = [
            {
                "briefing": briefing,
                "edition": edition,
                "treatment": treatment,
                "fingerprint": item.article.fingerprint,
                "url": item.article.canonical_url or item.article.url or "",
                "words": words_of(item.article),
                "section": item.article.section or "",
                "source": item.article.source,
                "event": item.event,
                "headline": item.headline,
                "at": now,
            }
            for item, treatment in pieces
        ]
        with self._database.write() as connection:
            if rows and connection.execute(known).first() is None:
                connection.execute(insert(printed), rows)

    def prints(self, editions: Collection[str]) -> dict[str, list[tuple[str, str]]]:
        """What these editions printed, each piece by its words and its fingerprint."""
        query = select(printed.c.edition, printed.c.words, printed.c.fingerprint).where(
            printed.c.edition.in_(list(editions)),
            printed.c.treatment.in_([Treatment.LED.value, Treatment.PRINTED.value]),
        )
        found: dict[str, list[tuple[str, str]]] = {}
        with self._database.read() as connection:
            for edition, words, fingerprint in connection.execute(query):
                found.setdefault(edition, []).append((words, fingerprint))
        return found

    def editions(self, briefing: str, since: float, but: str = "") -> tuple[str, ...]:
        """The ids of the editions a briefing has printed since then, oldest first, without one."""
        query = (
            select(printed.c.edition)
            .where(printed.c.briefing == briefing, printed.c.at > since, printed.c.edition != but)
            .group_by(printed.c.edition)
            .order_by(func.min(printed.c.at))
        )
        with self._database.read() as connection:
            return tuple(connection.execute(query).scalars())

    def of(self, briefing: str, since: float, but: str = "") -> tuple[Treated, ...]:
        """What became of a briefing's pieces since then, in every edition but one; oldest first."""
        query = (
            select(
                printed.c.edition,
                printed.c.treatment,
                printed.c.fingerprint,
                printed.c.url,
                printed.c.words,
                printed.c.section,
                printed.c.source,
                printed.c.event,
                printed.c.headline,
            )
            .where(printed.c.briefing == briefing, printed.c.at > since, printed.c.edition != but)
            .order_by(printed.c.id)
        )
        with self._database.read() as connection:
            rows = connection.execute(query).mappings()
            return tuple(
                Treated(**{**row, "treatment": Treatment(row["treatment"])}) for row in rows
            )
