"""Editions in the making ↔ rows: every version, and the email rendered last."""

from dataclasses import asdict
from hashlib import sha256

from sqlalchemy import Connection, delete, func, insert, select
from sqlalchemy.exc import IntegrityError

from briefing.errors import EditedMeanwhile, StoreError
from briefing.model.change import Change
from briefing.model.edition import Edition
from briefing.model.mail import Email
from briefing.model.version import Version, VersionLine
from briefing.store.editions.edition_json import (
    change_of,
    edition_of,
    editions_json,
    emails_json,
    read_back,
    rows_json,
)
from briefing.store.editions.manifests import keep_manifest_in
from briefing.store.engine.database import Database
from briefing.store.schema.editing import bases, emails, versions


class Drafts:
    """Keeps what an edition was made from and every change to it, so that nothing is lost."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def begin(self, edition: Edition, *, said: str, actor: str, at: float) -> int:
        """Keep an edition as its sources make it now; the changes made so far stay.

        Returns:
            The number of the version that stands. A base like the one before makes no new one.
        """
        content = editions_json().dump_json(edition).decode()
        with self._database.write() as connection:
            found = _newest(connection, edition.id)
            number, base, changes = (0, 0, "[]") if found is None else found
            if found is not None and _base(connection, edition.id, base) == content:
                return number
            connection.execute(
                insert(bases).values(
                    edition=edition.id,
                    number=base + 1,
                    briefing=edition.briefing,
                    content=content,
                    at=at,
                )
            )
            _add(connection, edition.id, number + 1, base + 1, changes, (said, actor, at))
        return number + 1

    def change(
        self,
        edition: str,
        changes: tuple[Change, ...],
        *,
        seen: int,
        said: str,
        actor: str,
        at: float,
    ) -> int:
        """Keep a new version with these changes, on the base of the one that was seen.

        Args:
            edition: its id.
            changes: all of them, in order, not only the newest.
            seen: the number of the version they were made from.
            said: what was done.
            actor: by whom.
            at: seconds since 1970.

        Raises:
            EditedMeanwhile: when that is not the newest version any more.
        """
        written = (
            rows_json()
            .dump_json([(type(change).__name__, asdict(change)) for change in changes])
            .decode()
        )
        with self._database.write() as connection:
            found = _newest(connection, edition)
            if found is None:
                raise StoreError(f"There is no edition {edition!r}.")
            number, base, before = found
            if number != seen:
                raise EditedMeanwhile(
                    f"{edition} has changed: you saw version {seen}, and version {number} stands.",
                    seen=seen,
                    stands=number,
                )
            if before == written:
                return number
            try:
                _add(connection, edition, number + 1, base, written, (said, actor, at))
            except IntegrityError as error:
                raise EditedMeanwhile(
                    f"{edition} has changed just now.", seen=seen, stands=number + 1
                ) from error
        return number + 1

    def back(self, edition: str, to: int, *, seen: int, said: str, actor: str, at: float) -> int:
        """Make an older version stand again, as a new one.

        Raises:
            EditedMeanwhile: when somebody made another version since `seen`.
            StoreError: when there is no such version.
        """
        with self._database.write() as connection:
            found = _newest(connection, edition)
            query = select(versions.c.base, versions.c.changes).where(
                versions.c.edition == edition, versions.c.number == to
            )
            old = connection.execute(query).first()
            if found is None or old is None:
                raise StoreError(f"{edition} has no version {to}.")
            if found[0] != seen:
                raise EditedMeanwhile(
                    f"{edition} has changed: you saw version {seen}, and version {found[0]} stands.",
                    seen=seen,
                    stands=found[0],
                )
            if (old.base, old.changes) == found[1:]:
                return found[0]
            _add(connection, edition, found[0] + 1, old.base, old.changes, (said, actor, at))
        return found[0] + 1

    def version(self, edition: str, number: int | None = None) -> Version:
        """One version of an edition; without a number the one that stands.

        Raises:
            StoreError: when there is no such edition or version, naming the editions there are.
        """
        query = (
            select(versions.c.number, versions.c.changes, bases.c.content)
            .join(
                bases, (bases.c.edition == versions.c.edition) & (bases.c.number == versions.c.base)
            )
            .where(versions.c.edition == edition)
            .order_by(versions.c.number.desc())
            .limit(1)
        )
        if number is not None:
            query = query.where(versions.c.number == number)
        with self._database.read() as connection:
            row = connection.execute(query).first()
        if row is None:
            known = ", ".join(self.names()) or "none. Run `briefing draft` first"
            wanted = f"edition {edition!r}" + (f" of version {number}" if number else "")
            raise StoreError(f"There is no {wanted}; there are: {known}.")
        return Version(
            edition=edition,
            number=row.number,
            base=edition_of(row.content, edition),
            changes=tuple(
                change_of(kind, values)
                for kind, values in read_back(rows_json(), row.changes, edition)
            ),
        )

    def number(self, edition: str) -> int:
        """The number of the version that stands; 0 when there is no such edition."""
        with self._database.read() as connection:
            found = _newest(connection, edition)
        return 0 if found is None else found[0]

    def lines(self, edition: str) -> tuple[VersionLine, ...]:
        """What was done to an edition, newest first."""
        columns = [versions.c[name] for name in ("number", "said", "actor", "at")]
        query = (
            select(*columns).where(versions.c.edition == edition).order_by(versions.c.number.desc())
        )
        with self._database.read() as connection:
            return tuple(VersionLine(**row) for row in connection.execute(query).mappings())

    def save_email(self, email: Email, edition: Edition, made_with: str) -> None:
        """Keep what an edition was rendered to, and the manifest of what that was made with."""
        shows = edition_hash(edition)
        values = {
            "edition": email.edition_id,
            "shows": shows,
            "content": emails_json().dump_json(email).decode(),
        }
        # Rendered again it has the same bytes; an approval of it waits for the disk, and for this with it.
        with self._database.write_without_waiting() as connection:
            connection.execute(delete(emails).where(emails.c.edition == email.edition_id))
            connection.execute(insert(emails).values(**values))
            keep_manifest_in(connection, edition.id, "email", shows, made_with)

    def email(self, edition: Edition) -> Email:
        """What exactly this edition was rendered to.

        Raises:
            StoreError: when it is not rendered since it last changed.
        """
        found = self._rendered(edition.id)
        if found is None or found[0] != edition_hash(edition):
            raise StoreError(
                f"Edition {edition.id!r} is not rendered, or changed since; run `briefing render "
                f"{edition.id}`."
            )
        return read_back(emails_json(), found[1], edition.id)

    def rendered_otherwise(self, email: Email) -> bool:
        """True when the edition was last rendered to another email than this one."""
        found = self._rendered(email.edition_id)
        return found is not None and read_back(emails_json(), found[1], email.edition_id) != email

    def names(self) -> tuple[str, ...]:
        """The ids of all editions kept, in order of their names."""
        query = select(bases.c.edition).distinct().order_by(bases.c.edition)
        with self._database.read() as connection:
            return tuple(connection.execute(query).scalars())

    def newest(self, briefing: str) -> str:
        """The id of the briefing's latest edition.

        Raises:
            StoreError: when the briefing has none.
        """
        found = self.latest(briefing)
        if not found:
            raise StoreError(
                f"{briefing} has no edition yet; run `briefing draft {briefing}` first."
            )
        return found[0]

    def latest(self, briefing: str, most: int = 10) -> tuple[str, ...]:
        """The ids of the briefing's newest editions, newest first."""
        query = (
            select(bases.c.edition)
            .where(bases.c.briefing == briefing)
            .distinct()
            .order_by(bases.c.edition.desc())
            .limit(most)
        )
        with self._database.read() as connection:
            return tuple(connection.execute(query).scalars())

    def _rendered(self, edition: str) -> tuple[str, str] | None:
        query = select(emails.c.shows, emails.c.content).where(emails.c.edition == edition)
        with self._database.read() as connection:
            row = connection.execute(query).first()
        return None if row is None else (row.shows, row.content)


def _newest(connection: Connection, edition: str) -> tuple[int, int, str] | None:
    """Number, base and changes of the version that stands."""
    newest = select(func.max(versions.c.number)).where(versions.c.edition == edition)
    query = select(versions.c.number, versions.c.base, versions.c.changes).where(
        versions.c.edition == edition, versions.c.number == newest.scalar_subquery()
    )
    row = connection.execute(query).first()
    return None if row is None else (row.number, row.base, row.changes)


def _base(connection: Connection, edition: str, number: int) -> str | None:
    query = select(bases.c.content).where(bases.c.edition == edition, bases.c.number == number)
    content: str | None = connection.execute(query).scalar()
    return content


def _add(
    connection: Connection,
    edition: str,
    number: int,
    base: int,
    changes: str,
    told: tuple[str, str, float],
) -> None:
    said, actor, at = told
    connection.execute(
        insert(versions).values(
            edition=edition,
            number=number,
            base=base,
            changes=changes,
            said=said,
            actor=actor,
            at=at,
        )
    )


def edition_hash(edition: Edition) -> str:
    """SHA-256 of an edition as it is kept: another one when anything in it changes."""
    return sha256(editions_json().dump_json(edition)).hexdigest()
