"""Pictures ↔ rows: each once, by the SHA-256 of its bytes.

Rows and not files: a backup of the database is then a backup of what its letters show, and the public
pages may run on another host than the desk. A day brings one or two, of 180 kB at most.
"""

from contextlib import suppress
from hashlib import sha256

from sqlalchemy import insert, select
from sqlalchemy.exc import IntegrityError

from briefing.errors import StoreError
from briefing.store.engine.database import Database
from briefing.store.schema.editing import pictures


class Pictures:
    """What editors put to stories. Nothing is taken away: older versions and letters show it."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def keep(self, content: bytes, at: float) -> str:
        """Keep a picture, unless it is there already; the SHA-256 of its bytes."""
        name = sha256(content).hexdigest()
        row = {"sha256": name, "content": content, "at": at}
        # Whoever kept it before, or at this moment, kept the same bytes.
        with (
            self._database.write() as connection,
            suppress(IntegrityError),
            connection.begin_nested(),
        ):
            connection.execute(insert(pictures).values(**row))
        return name

    def find(self, name: str) -> bytes | None:
        """The bytes of a picture, if it is kept here.

        Raises:
            StoreError: when they are not those that were kept.
        """
        query = select(pictures.c.content).where(pictures.c.sha256 == name)
        with self._database.read() as connection:
            found = connection.execute(query).scalar()
        if found is None:
            return None
        content = bytes(found)
        if sha256(content).hexdigest() != name:
            raise StoreError(f"The picture {name[:16]}… holds other bytes than were kept.")
        return content
