"""Comments ↔ rows: what editors say to each other, kept when it is done with."""

from sqlalchemy import func, insert, select, update

from briefing.errors import StoreError
from briefing.model.approval import Comment
from briefing.store.engine.database import Database
from briefing.store.schema.editing import comments


class Comments:
    """Said next to a story, or of an edition as a whole; never changed, and put aside once done."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, edition: str, item: str, text: str, actor: str, at: float) -> None:
        """Keep one."""
        row = {"edition": edition, "item": item, "text": text, "actor": actor, "at": at}
        with self._database.write() as connection:
            connection.execute(insert(comments).values(**row))

    def resolve(self, number: int, edition: str, actor: str, at: float) -> None:
        """Put one aside as done; who did so first stays.

        Raises:
            StoreError: when the edition has no such comment.
        """
        one = (comments.c.id == number, comments.c.edition == edition)
        with self._database.write() as connection:
            if connection.execute(select(comments.c.id).where(*one)).first() is None:
                raise StoreError(f"{edition} has no comment {number}.")
            connection.execute(
                update(comments)
                .where(*one, comments.c.resolved_at.is_(None))
                .values(resolved_by=actor, resolved_at=at)
            )

    def of(self, edition: str) -> tuple[Comment, ...]:
        """Everything said of an edition, oldest first."""
        query = select(comments).where(comments.c.edition == edition).order_by(comments.c.id)
        with self._database.read() as connection:
            return tuple(Comment(**row) for row in connection.execute(query).mappings())

    def moves(self, edition: str) -> int:
        """A number that grows with each comment and each that is put aside."""
        query = select(func.count(comments.c.id), func.count(comments.c.resolved_at)).where(
            comments.c.edition == edition
        )
        with self._database.read() as connection:
            return sum(connection.execute(query).one())
