"""Access tokens ↔ rows: by the SHA-256 of each, so that a stolen table opens nothing."""

from hashlib import sha256

from sqlalchemy import Row, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from briefing.errors import StoreError
from briefing.model.network.access_token import AccessToken, Scope
from briefing.store.engine.database import Database
from briefing.store.schema.network import access_tokens as table

#: Seconds between two notes that a token was used.
_NOTED = 3_600.0


class AccessTokens:
    """Who may ask the API."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, token: AccessToken, secret: str) -> None:
        """Let whoever holds the secret ask.

        Raises:
            StoreError: when there is a token of that name.
        """
        row = {
            "mark": _mark(secret),
            "name": token.name,
            "scopes": " ".join(sorted(token.scopes)),
            "made": token.made,
            "expires": token.expires,
            "used": token.used,
            "made_by": token.made_by,
        }
        with self._database.write() as connection:
            try:
                with connection.begin_nested():
                    connection.execute(insert(table).values(**row))
            except IntegrityError as error:
                raise StoreError(
                    f"There is a token {token.name!r} already. Remove it first, or choose another name."
                ) from error

    def remove(self, name: str) -> bool:
        """Let its holder ask no more; False when there is none of that name."""
        with self._database.write() as connection:
            return bool(connection.execute(delete(table).where(table.c.name == name)).rowcount)

    def holder(self, secret: str, now: float) -> AccessToken | None:
        """Whose secret this is; None when it is nobody's, or its time is over."""
        query = select(table).where(table.c.mark == _mark(secret), table.c.expires > now)
        with self._database.read() as connection:
            row = connection.execute(query).first()
        if row is None:
            return None
        if row.used < now - _NOTED:
            with self._database.write() as connection:
                one = table.c.mark == row.mark
                connection.execute(update(table).where(one).values(used=now))
        return _token(row)

    def all(self) -> tuple[AccessToken, ...]:
        """All there are, by name."""
        with self._database.read() as connection:
            rows = connection.execute(select(table).order_by(table.c.name)).all()
        return tuple(_token(row) for row in rows)


def _token(row: Row[tuple[object, ...]]) -> AccessToken:
    return AccessToken(
        name=row.name,
        scopes=frozenset(Scope(one) for one in row.scopes.split()),
        made=row.made,
        expires=row.expires,
        used=row.used,
        made_by=row.made_by,
    )


def _mark(secret: str) -> str:
    return sha256(secret.encode("utf-8", "replace")).hexdigest()
