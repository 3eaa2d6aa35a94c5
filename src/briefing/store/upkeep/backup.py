"""Copies of the database while it is in use, verified before they are called copies."""

import shutil
import sqlite3
from contextlib import closing, suppress
from pathlib import Path

from briefing.errors import StoreError
from briefing.store.engine.database import Database

#: What SQLite keeps beside a database, by the end of its name.
_BESIDE = ("-wal", "-shm")


def back_up(database: Database, path: Path) -> Path:
    """Copy the database to a new file, as of one commit, and verify the copy.

    Raises:
        StoreError: for PostgreSQL (use pg_dump), when the file is there already, cannot be written,
            or the copy does not verify.
    """
    if database.file is None:
        raise StoreError(
            f"{database.name} is no file: back it up with pg_dump, which knows how to do it while "
            "the desk is running."
        )
    if path.exists():
        raise StoreError(f"{path} is there already and a backup overwrites nothing; name another.")
    part = path.with_name(path.name + ".part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with closing(sqlite3.connect(database.file)) as source, closing(_new(part)) as target:
            source.backup(target)
        verify(part)
        part.replace(path)
    except (OSError, sqlite3.Error) as error:
        _remove(part)
        raise StoreError(
            f"{path} cannot be written: {error}. Give the folder room and this user the right."
        ) from error
    return path


def verify(path: Path) -> None:
    """Check a database file page by page.

    Raises:
        StoreError: when it is damaged or no database.
    """
    try:
        address = f"{path.resolve().as_uri()}?mode=ro"
        if not Path(f"{path}-wal").exists():
            # A copy in WAL mode would otherwise get a journal beside it by being looked at.
            address += "&immutable=1"
        with closing(sqlite3.connect(address, uri=True)) as connection:
            (verdict,) = connection.execute("PRAGMA integrity_check").fetchone()
    except sqlite3.Error as error:
        raise StoreError(f"{path} is no whole database: {error}. Use another backup.") from error
    if verdict != "ok":
        raise StoreError(f"{path} is damaged: {verdict}. Use another backup.")


def restore(database: Database, path: Path, kept: Path) -> None:
    """Put a backup in the database's place; every edition in sending wakes paused.

    A copy does not know which letters left after it was taken, so it must not go on by itself.

    Args:
        database: the database; nobody else may have it open.
        path: the backup.
        kept: where the database as it is now is moved to, if there is one.

    Raises:
        StoreError: when the backup is damaged or the files cannot be moved; then nothing changed.
    """
    if database.file is None:
        raise StoreError(f"{database.name} is no file: restore it with pg_restore.")
    verify(path)
    database.close()
    part = database.file.with_name(database.file.name + ".part")
    try:
        database.file.parent.mkdir(parents=True, exist_ok=True)
        with closing(sqlite3.connect(path)) as source, closing(_new(part)) as target:
            source.backup(target)
            target.execute(
                "UPDATE mailings SET status = 'paused', reason = 'restored from a backup: look at "
                "what was sent since, then `briefing resume`' WHERE status = 'sending'"
            )
            target.commit()
        if database.file.exists():
            _keep(database.file, kept)
        for beside in _BESIDE:
            Path(f"{database.file}{beside}").unlink(missing_ok=True)
        part.replace(database.file)
    except (OSError, sqlite3.Error) as error:
        _remove(part)
        raise StoreError(f"{path} cannot be restored: {error}. Nothing was changed.") from error


def _keep(file: Path, kept: Path) -> None:
    """Copy a database file by file, because it may be damaged: that is why people restore."""
    kept.parent.mkdir(parents=True, exist_ok=True)
    with suppress(sqlite3.Error), closing(sqlite3.connect(file)) as now:
        now.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    shutil.copy2(file, kept)
    journal = Path(f"{file}-wal")
    if journal.exists():
        shutil.copy2(journal, f"{kept}-wal")


def _new(path: Path) -> sqlite3.Connection:
    _remove(path)
    return sqlite3.connect(path)


def _remove(path: Path) -> None:
    for beside in ("", *_BESIDE):
        with suppress(OSError):
            Path(f"{path}{beside}").unlink()
