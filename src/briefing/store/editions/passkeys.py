"""Passkeys ↔ rows: the public halves of what editors sign in and sign with."""

import time

from sqlalchemy import RowMapping, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from briefing.errors import DeskError
from briefing.model.departure import ADDED, REMOVED, About, Departure
from briefing.model.editor import Passkey
from briefing.store.departures import Departures
from briefing.store.engine.database import Database
from briefing.store.schema.editing import passkeys


class Passkeys:
    """Which passkeys are whose."""

    def __init__(self, database: Database, departures: Departures) -> None:
        self._database, self._departures = database, departures

    def add(self, passkey: Passkey) -> None:
        """Let somebody sign with a passkey from now on; no restore forgets it.

        Raises:
            DeskError: when it is somebody's already.
        """
        values = {
            name: getattr(passkey, name)
            for name in ("credential", "actor", "title", "public_key", "sign_count", "since")
        }
        with self._database.write() as connection:
            try:
                connection.execute(insert(passkeys).values(values))
            except IntegrityError as error:
                raise DeskError(
                    "That passkey is known here already; nothing was changed."
                ) from error
            line = Departure(
                about=About.PASSKEY,
                mark=passkey.credential,
                becomes=ADDED,
                at=passkey.since,
                actor=passkey.actor,
                title=passkey.title,
                public_key=passkey.public_key,
            )
            self._departures.write(connection, line)

    def of(self, actor: str) -> tuple[Passkey, ...]:
        """Somebody's passkeys, oldest first."""
        query = select(passkeys).where(passkeys.c.actor == actor).order_by(passkeys.c.since)
        with self._database.read() as connection:
            return tuple(_passkey(row) for row in connection.execute(query).mappings())

    def find(self, credential: str) -> Passkey | None:
        """The passkey of that id."""
        query = select(passkeys).where(passkeys.c.credential == credential)
        with self._database.read() as connection:
            row = connection.execute(query).mappings().first()
        return None if row is None else _passkey(row)

    def counted(self, credential: str, sign_count: int) -> None:
        """Keep how often a passkey says that it has signed: one that counts back is a copy."""
        own = passkeys.c.credential == credential
        with self._database.write() as connection:
            connection.execute(update(passkeys).where(own).values(sign_count=sign_count))

    def remove(self, credential: str) -> None:
        """Take a passkey away; no restore brings it back."""
        line = Departure(about=About.PASSKEY, mark=credential, becomes=REMOVED, at=time.time())
        with self._database.write() as connection:
            own = passkeys.c.credential == credential
            if connection.execute(delete(passkeys).where(own)).rowcount:
                self._departures.write(connection, line)


def _passkey(row: RowMapping) -> Passkey:
    return Passkey(**row)
