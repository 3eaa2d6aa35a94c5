"""Printed ↔ rows: which articles a briefing has sent before, so that none is sent twice."""

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256

from sqlalchemy import func, insert, select

from briefing.model.article import Article
from briefing.store.engine.database import Database
from briefing.store.schema.core import printed

#: A story older than this may come again; seconds.
MEMORY = 90 * 86_400.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Printed:
    """An article as an edition printed it."""

    edition: str
    fingerprint: str
    url: str
    #: SHA-256 of its words: another value under the same address is an update.
    words: str


def words_of(article: Article) -> str:
    """The hash of an article's text."""
    return sha256(" ".join(article.text.split()).encode()).hexdigest()


class Memory:
    """What was printed lately."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def remember(
        self, briefing: str, edition: str, articles: Iterable[Article], now: float
    ) -> None:
        """Keep what an edition printed; telling it twice changes nothing."""
        known = select(printed.c.id).where(printed.c.edition == edition).limit(1)
        rows = [
            {
                "briefing": briefing,
                "edition": edition,
                "fingerprint": article.fingerprint,
                "url": article.canonical_url or article.url or "",
                "words": words_of(article),
                "at": now,
            }
            for article in articles
        ]
        with self._database.write() as connection:
            if rows and connection.execute(known).first() is None:
                connection.execute(insert(printed), rows)

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

    def of(self, briefing: str, since: float, but: str = "") -> tuple[Printed, ...]:
        """What a briefing has printed since then, in every edition but one."""
        query = select(
            printed.c.edition, printed.c.fingerprint, printed.c.url, printed.c.words
        ).where(printed.c.briefing == briefing, printed.c.at > since, printed.c.edition != but)
        with self._database.read() as connection:
            return tuple(Printed(**row) for row in connection.execute(query).mappings())
