"""The way back: a backup is looked at, laid out and brought up to date before anything is moved."""

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from briefing.errors import StoreError, why
from briefing.store.engine.atomic_write import private_file, private_folder
from briefing.store.engine.database import Database
from briefing.store.upkeep.backup import BESIDE, address_of, new_file, remove, verify

T = TypeVar("T")
_ON_RESTORE = (
    "UPDATE mailings SET status = 'paused', reason = 'restored from a backup: look at "
    "what was sent since, then `briefing resume`' WHERE status = 'sending'",
    "DROP TABLE IF EXISTS carried_book",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class BackupContent:
    """What a backup says of itself, without its being touched."""

    #: The migration it stands at; None for a file that has none of our tables.
    revision: str | None
    #: The mark of the signing key it was kept with; empty in copies older than such marks.
    key_mark: str
    #: The book of departures as it was; empty where the copy carries none.
    book: bytes
    #: The names readers have in links, and those of editions whose sending began.
    readers: frozenset[str]
    editions: frozenset[str]
    #: Editors by name.
    editors: frozenset[str]


def look_at(path: Path) -> BackupContent:
    """Read what a backup, or the database as it is, says of itself.

    Raises:
        StoreError: when it is not there, damaged or no database.
    """
    if not path.is_file():
        raise StoreError(f"{path} is not there. Name a copy that `briefing backup` made.")
    verify(path)
    with closing(sqlite3.connect(address_of(path), uri=True)) as connection:
        return BackupContent(
            revision=next(iter(_column(connection, "alembic_version", "version_num")), None),
            key_mark=next(iter(_column(connection, "house", "value", "name = 'key'")), ""),
            book=next(iter(_column(connection, "carried_book", "content")), b""),
            readers=frozenset(_column(connection, "subscribers", "ref")),
            editions=frozenset(_column(connection, "mailings", "edition")),
            editors=frozenset(_column(connection, "editors", "name")),
        )


def _column(connection: sqlite3.Connection, table: str, column: str, where: str = "1") -> list[Any]:
    """The values of a column; none where an older program knew no such table."""
    if not _has(connection, table):
        return []
    query = f"SELECT {column} FROM {table} WHERE {where}"  # noqa: S608 - our own names
    return [value for (value,) in connection.execute(query)]


def restore(database: Database, path: Path, kept: Path, bring_up: Callable[[Path], T]) -> T:
    """Put a backup in the database's place; every edition in sending wakes paused.

    Args:
        database: the database; nobody else may have it open.
        path: the backup.
        kept: where the database as it is now is copied to, if there is one.
        bring_up: brings the new file up to date, before it is put there; what it raises leaves all
            as it was.

    Returns:
        What `bring_up` returned.

    Raises:
        StoreError: when the backup is damaged or the files cannot be moved; then nothing changed.
    """
    verify(path)
    part = _lay_out(database, path)
    try:
        done = bring_up(part)
    except BaseException:
        remove(part)
        raise
    _swap(database, part, kept)
    return done


def _has(connection: sqlite3.Connection, table: str) -> bool:
    known = "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?"
    return connection.execute(known, (table,)).fetchone() is not None


def _lay_out(database: Database, path: Path) -> Path:
    """Write a backup next to the database, ready to take its place: editions in sending are paused.

    A copy does not know which letters left after it was taken, so it must not go on by itself.
    Whoever was signed in then is not any more, and the whole book of departures is read again.

    Raises:
        StoreError: for PostgreSQL, or when it cannot be written.
    """
    if database.file is None:
        raise StoreError(f"{database.name} is not a file: restore it with pg_restore.")
    part = database.file.with_name(database.file.name + ".part")
    try:
        private_folder(database.file.parent)
        with closing(sqlite3.connect(path)) as source, closing(new_file(part)) as target:
            source.backup(target)
            for statement in _ON_RESTORE:
                target.execute(statement)
            for table, which in (("sessions", "1"), ("house", "name LIKE 'book %'")):
                if _has(target, table):
                    target.execute(f"DELETE FROM {table} WHERE {which}")  # noqa: S608 - our own
            target.commit()
    except (OSError, sqlite3.Error) as error:
        remove(part)
        raise StoreError(
            f"{path} cannot be restored: {why(error)}. Nothing was changed; make room, or restore another copy."
        ) from error
    return part


def _swap(database: Database, part: Path, kept: Path) -> None:
    """Put what was laid out in the database's place.

    Args:
        database: nobody else may have it open.
        part: see `_lay_out`; closed.
        kept: where the database as it is now is copied to, if there is one.

    Raises:
        StoreError: when the files cannot be moved; then nothing changed.
    """
    assert database.file is not None
    database.close()
    try:
        if database.file.exists():
            _keep(database.file, kept)
        for beside in BESIDE:
            Path(f"{database.file}{beside}").unlink(missing_ok=True)
        part.replace(database.file)
    except (OSError, sqlite3.Error) as error:
        remove(part)
        raise StoreError(
            f"{database.file} cannot be put away as {kept}: {why(error)}. Nothing was changed; make room, or "
            "bring away by hand what lies there, then try again."
        ) from error


def _keep(file: Path, kept: Path) -> None:
    """BackupContent a database file by file, because it may be damaged: that is why people restore."""
    private_folder(kept.parent)
    with suppress(sqlite3.Error), closing(sqlite3.connect(file)) as now:
        now.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    private_file(kept)
    shutil.copyfile(file, kept)
    journal = Path(f"{file}-wal")
    if journal.exists():
        private_file(Path(f"{kept}-wal"))
        shutil.copyfile(journal, f"{kept}-wal")
