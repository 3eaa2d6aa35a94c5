"""Manifests ↔ rows: what an edition, its email and its letters were made from and with."""

from typing import Literal

from sqlalchemy import Connection, delete, insert, select

from briefing.store.engine.database import Database
from briefing.store.schema.editing import manifests

#: What a manifest is of.
Made = Literal["draft", "email", "letters"]


class Manifests:
    """One text for each thing that was made, by the SHA-256 of that thing."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def keep(self, edition: str, made: Made, content_hash: str, content: str) -> None:
        """Keep the manifest of a thing; made again, it has the newer one."""
        with self._database.write() as connection:
            keep_manifest_in(connection, edition, made, content_hash, content)

    def find(self, edition: str, made: Made, content_hash: str) -> str | None:
        """The manifest of a thing; None when it was made by a program that kept none."""
        query = select(manifests.c.content).where(
            manifests.c.edition == edition,
            manifests.c.made == made,
            manifests.c.hash == content_hash,
        )
        with self._database.read() as connection:
            content: str | None = connection.execute(query).scalar()
        return content


def keep_manifest_in(
    connection: Connection, edition: str, made: Made, content_hash: str, content: str
) -> None:
    """`Manifests.keep` inside a transaction of the caller's."""
    own = (
        manifests.c.edition == edition,
        manifests.c.made == made,
        manifests.c.hash == content_hash,
    )
    row = {"edition": edition, "made": made, "hash": content_hash, "content": content}
    connection.execute(delete(manifests).where(*own))
    connection.execute(insert(manifests).values(row))
