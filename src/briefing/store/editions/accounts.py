"""Editors and who is signed in ↔ rows."""

import time
from collections.abc import Iterable, Mapping
from hashlib import sha256

from sqlalchemy import Connection, delete, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from briefing.errors import DeskError
from briefing.model.departure import CHANGED, REMOVED, About, Departure
from briefing.model.editor import RIGHTS, Editor, Right, Role, Session, SignedIn
from briefing.store.departures import Departures
from briefing.store.engine.database import Database
from briefing.store.schema.editing import (
    editor_addresses,
    editors,
    failures,
    passkeys,
    password_links,
    sessions,
)

#: Seconds after which somebody signs in again (ASVS 4.0 3.3.2, level 2).
LONGEST = 12 * 3600.0
#: Hexadecimal digits by which a session is named on its owner's page.
_HANDLE = 16


class Editors:
    """People with a password, their sessions, and passwords that were wrong."""

    def __init__(self, database: Database, departures: Departures) -> None:
        self._database, self._departures = database, departures

    def add(self, editor: Editor) -> None:
        """Let somebody in from now on.

        Raises:
            DeskError: when the name is taken.
        """
        values = {
            "name": editor.name,
            "role": editor.role.value,
            "password": editor.password,
            "since": editor.since,
        }
        with self._database.write() as connection:
            try:
                connection.execute(insert(editors).values(**values))
                self._write_down(
                    connection, editor.name, role=editor.role.value, password=editor.password
                )
            except IntegrityError as error:
                raise DeskError(
                    f"There is an editor {editor.name!r} already; `briefing editors password` "
                    "gives them another password."
                ) from error

    def find(self, name: str) -> Editor | None:
        """The editor of that name."""
        with self._database.read() as connection:
            row = connection.execute(select(editors).where(editors.c.name == name)).mappings()
            found = row.first()
        return None if found is None else Editor(**{**found, "role": Role(found["role"])})

    def all(self) -> tuple[Editor, ...]:
        """Everybody who may sign in, by name."""
        with self._database.read() as connection:
            rows = connection.execute(select(editors).order_by(editors.c.name)).mappings().all()
        return tuple(Editor(**{**row, "role": Role(row["role"])}) for row in rows)

    def change(self, name: str, *, role: Role | None = None, password: str | None = None) -> None:
        """Give somebody another role or password; either ends their sessions.

        Raises:
            DeskError: when there is no such editor.
        """
        values = {
            key: value
            for key, value in (("role", role.value if role else None), ("password", password))
            if value is not None
        }
        with self._database.write() as connection:
            done = connection.execute(
                update(editors).where(editors.c.name == name).values(**values)
            )
            connection.execute(delete(sessions).where(sessions.c.actor == name))
            if done.rowcount:
                self._write_down(connection, name, **values)
        if not done.rowcount:
            raise DeskError(_nobody(name, self.all()))

    def remove(self, name: str) -> None:
        """Let somebody in no more.

        Raises:
            DeskError: when there is no such editor.
        """
        with self._database.write() as connection:
            done = connection.execute(delete(editors).where(editors.c.name == name))
            connection.execute(delete(sessions).where(sessions.c.actor == name))
            own = delete(passkeys).where(passkeys.c.actor == name).returning(passkeys.c.credential)
            lost = connection.execute(own).scalars().all()
            # Line by line: should the name be somebody's again, their passkeys are others.
            for credential in lost:
                line = Departure(
                    about=About.PASSKEY, mark=credential, becomes=REMOVED, at=time.time()
                )
                self._departures.write(connection, line)
            for table in (editor_addresses, password_links):
                connection.execute(delete(table).where(table.c.actor == name))
            if done.rowcount:
                self._write_down(connection, name, becomes=REMOVED)
        if not done.rowcount:
            raise DeskError(_nobody(name, self.all()))

    def _write_down(
        self,
        connection: Connection,
        name: str,
        *,
        becomes: str = CHANGED,
        role: str = "",
        password: str = "",
    ) -> None:
        """Put into the book what no restore may undo; the rows are changed with it or not at all."""
        line = Departure(
            about=About.EDITOR,
            mark=name,
            becomes=becomes,
            at=time.time(),
            role=role,
            password=password,
        )
        self._departures.write(connection, line)

    def rehash(self, name: str, password: str) -> None:
        """Keep the same password under newer parameters; nobody is signed out."""
        with self._database.write() as connection:
            self._write_down(connection, name, password=password)
            connection.execute(
                update(editors).where(editors.c.name == name).values(password=password)
            )

    def sign_in(
        self, token: str, actor: str, role: Role | None, at: float, browser: str = ""
    ) -> None:
        """Begin a session; `role` is None for the person at the machine, who may do everything."""
        values = {
            "mark": _mark(token),
            "actor": actor,
            "role": role.value if role else "",
            "made": at,
            "used": at,
            "browser": browser[:200],
        }
        with self._database.write() as connection:
            connection.execute(delete(sessions).where(sessions.c.made < at - LONGEST))
            connection.execute(insert(sessions).values(**values))

    def session(self, token: str, at: float) -> Session | None:
        """Who holds this token; None when nobody does, or not any more."""
        query = select(sessions).where(
            sessions.c.mark == _mark(token), sessions.c.made > at - LONGEST
        )
        with self._database.read() as connection:
            row = connection.execute(query).first()
        if row is None:
            return None
        if row.used < at - 60:
            with self._database.write() as connection:
                connection.execute(
                    update(sessions).where(sessions.c.mark == row.mark).values(used=at)
                )
        rights = RIGHTS[Role(row.role)] if row.role else frozenset(Right)
        return Session(actor=row.actor, rights=rights)

    def sign_out(self, token: str) -> None:
        """End a session."""
        with self._database.write() as connection:
            connection.execute(delete(sessions).where(sessions.c.mark == _mark(token)))

    def signed_in(self, actor: str, token: str, at: float) -> tuple[SignedIn, ...]:
        """Where somebody is signed in, the newest first; `token` is the session that asks."""
        query = (
            select(sessions)
            .where(sessions.c.actor == actor, sessions.c.made > at - LONGEST)
            .order_by(sessions.c.made.desc())
        )
        with self._database.read() as connection:
            rows = connection.execute(query).all()
        return tuple(
            SignedIn(
                handle=row.mark[:_HANDLE],
                made=row.made,
                used=row.used,
                browser=row.browser,
                is_this=row.mark == _mark(token),
            )
            for row in rows
        )

    def end(self, actor: str, handle: str) -> bool:
        """End one of somebody's own sessions; False when there is none of that handle."""
        if len(handle) != _HANDLE:
            return False
        one = sessions.c.mark.startswith(handle, autoescape=True)
        with self._database.write() as connection:
            done = connection.execute(delete(sessions).where(sessions.c.actor == actor, one))
        return bool(done.rowcount)

    def attempt(
        self, limits: Mapping[str, int], *, since: float, at: float
    ) -> tuple[int, ...] | None:
        """Note a try at a password before it is looked at: many at once are counted like one by one.

        Args:
            limits: for each mark, how many tries it may have had.
            since: tries before that are forgotten.
            at: the time of this one.

        Returns:
            The numbers of the notes, for `forgive`; None when a mark has had its tries.
        """
        wrong = func.count(failures.c.id)
        with self._database.write() as connection:
            connection.execute(delete(failures).where(failures.c.at <= since))
            for mark, most in limits.items():
                query = select(wrong).where(failures.c.mark == _mark(mark))
                if connection.execute(query).scalar_one() >= most:
                    return None
            rows = [{"at": at, "mark": _mark(mark)} for mark in limits]
            noted = connection.execute(insert(failures).returning(failures.c.id), rows)
            return tuple(noted.scalars())

    def forgive(self, tries: Iterable[int]) -> None:
        """Take notes of tries back: the password was right."""
        with self._database.write() as connection:
            connection.execute(delete(failures).where(failures.c.id.in_(tuple(tries))))


def _mark(token: str) -> str:
    return sha256(token.encode()).hexdigest()


def _nobody(name: str, known: tuple[Editor, ...]) -> str:
    names = ", ".join(editor.name for editor in known) or "nobody yet"
    return f"There is no editor {name!r}; there are: {names}."
