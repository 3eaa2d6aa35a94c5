"""One at a time: locks that end with the process that holds them, however that ends.

Over a SQLite file everybody is on one machine, and a locked file will do. Over PostgreSQL they may
be on several, and the lock is a session of the database.
"""

import fcntl
import os
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import text

from briefing.errors import Busy, StoreError
from briefing.store.engine.atomic_write import private_folder
from briefing.store.engine.database import Database
from briefing.store.engine.postgresql import LockSession

#: The class of our locks among PostgreSQL's; any number nobody else uses.
_OURS = 0x6272_6965


class Held:
    """A lock that is held."""

    def __init__(self, session: LockSession | None = None) -> None:
        self._session = session

    def is_lost(self) -> bool:
        """True when the session that held it is gone, and somebody else may have it by now."""
        if self._session is None:
            return False
        try:
            with Database.faults("the lock"):
                self._session.connection.execute(text("SELECT 1"))
        except StoreError:
            return True
        return False


@contextmanager
def only_one(database: Database, folder: Path, name: str, doing: str) -> Iterator[Held]:
    """Hold the lock of that name while inside.

    Args:
        database: everybody who uses it competes for the lock.
        folder: where the file of the lock lies, for SQLite; it stays, its lock does not.
        name: of the lock.
        doing: what must not be done twice at once, for the sentence.

    Raises:
        Busy: when another process holds it.
        StoreError: when the database cannot be reached.
    """
    if database.is_sqlite:
        with _file(folder / f"{name}.lock", doing):
            yield Held()
        return
    with database.session() as session:
        if not _locked(session, name):
            raise Busy(
                f"Another process is {doing} already (it holds the lock {name!r} in "
                f"{database.name}). Wait for it, or stop it."
            )
        yield Held(session)


@contextmanager
def one_of_many(database: Database, name: str, doing: str) -> Iterator[Held]:
    """Hold a share of the lock of that name while inside; nobody can hold it alone meanwhile.

    Args:
        database: PostgreSQL.
        name: of the lock, as for `only_one`.
        doing: what others do alone, for the sentence.

    Raises:
        Busy: when another process holds it alone.
        StoreError: for SQLite, and when the database cannot be reached.
    """
    if database.is_sqlite:
        raise StoreError(
            f"{database.name} is a file of one machine: one process is {doing} at a time. For "
            "several, move the house to PostgreSQL with `briefing db copy`."
        )
    with database.session() as session:
        if not _locked(session, name, "_shared"):
            raise Busy(
                f"Another process is {doing} alone (it holds the lock {name!r} in "
                f"{database.name}). Stop it, or wait until it has done."
            )
        yield Held(session)


@contextmanager
def in_turn(folder: Path) -> Iterator[None]:
    """Wait for whoever of this machine is inside with that folder, then be the only one."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def _locked(session: LockSession, name: str, how: str = "") -> bool:
    # A session's lock would stay with the pooler's connection, for whoever has that next.
    kind = "xact_lock" if session.is_pooled else "lock"
    lock = text(f"SELECT pg_try_advisory_{kind}{how}(:ours, :name)")
    asked = {"ours": _OURS, "name": _number(name)}
    return bool(session.connection.execute(lock, asked).scalar_one())


def _number(name: str) -> int:
    return zlib.crc32(name.encode()) & 0x7FFF_FFFF


@contextmanager
def _file(path: Path, doing: str) -> Iterator[None]:
    private_folder(path.parent)
    with path.open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise Busy(
                f"Another process is {doing} already (it holds {path}). Wait for it, or stop it."
            ) from error
        yield
