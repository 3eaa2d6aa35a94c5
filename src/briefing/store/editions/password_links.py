"""Password links ↔ rows: where an editor is reached, and the one link that lets them choose another password."""

from hashlib import sha256

from sqlalchemy import delete, insert, select

from briefing.store.engine.database import Database
from briefing.store.schema.editing import editor_addresses as addresses
from briefing.store.schema.editing import password_links as links

#: Seconds for which a link opens anything (ASVS 5.0 6.5.5: no longer than an hour).
LIFETIME = 30 * 60.0


class PasswordLinks:
    """One address and one link an editor; a newer link takes the place of an older."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def address_of(self, actor: str) -> str:
        """Where somebody is reached; empty where nobody knows."""
        query = select(addresses.c.email).where(addresses.c.actor == actor)
        with self._database.read() as connection:
            found: str | None = connection.execute(query).scalar()
        return found or ""

    def set_address(self, actor: str, email: str) -> None:
        """Keep where somebody is reached; empty forgets it. Links on their way open nothing any more."""
        with self._database.write() as connection:
            connection.execute(delete(addresses).where(addresses.c.actor == actor))
            connection.execute(delete(links).where(links.c.actor == actor))
            if email:
                connection.execute(insert(addresses).values(actor=actor, email=email))

    def begin(self, actor: str, token: str, at: float) -> None:
        """Keep a link, in place of any other that somebody has.

        Args:
            actor: whose.
            token: what the link holds.
            at: seconds since 1970.
        """
        with self._database.write() as connection:
            connection.execute(delete(links).where(links.c.actor == actor))
            connection.execute(insert(links).values(mark=_mark(token), actor=actor, at=at))

    def owner(self, token: str, now: float) -> str | None:
        """Whose link it is; None when it was used, replaced, or is too old."""
        query = select(links.c.actor).where(
            links.c.mark == _mark(token), links.c.at > now - LIFETIME
        )
        with self._database.read() as connection:
            found: str | None = connection.execute(query).scalar()
        return found

    def use_up(self, token: str, now: float) -> bool:
        """Take a link away; True for exactly one of all who try."""
        query = delete(links).where(links.c.mark == _mark(token), links.c.at > now - LIFETIME)
        with self._database.write() as connection:
            return connection.execute(query).rowcount == 1


def _mark(token: str) -> str:
    return sha256(token.encode()).hexdigest()
