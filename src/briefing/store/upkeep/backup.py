"""Copies of the database while it is in use, verified before they are called copies."""

import sqlite3
from contextlib import closing, suppress
from pathlib import Path

from briefing.errors import StoreError, why
from briefing.store.engine.atomic_write import private_folder
from briefing.store.engine.database import Database

#: What SQLite keeps next to a database, by the end of its name.
BESIDE = ("-wal", "-shm")


def back_up(database: Database, path: Path, book: Path | None = None) -> Path:
    """Copy the database to a new file, as of one commit, and verify the copy.

    Args:
        database: the database.
        path: the copy.
        book: the book of departures, which the copy carries; as it is after the commit.

    Raises:
        StoreError: for PostgreSQL (use pg_dump), when the file is there already, cannot be written,
            or the copy does not verify.
    """
    if database.file is None:
        raise StoreError(
            f"{database.name} is not a file: back it up with pg_dump, which knows how to do it while "
            "the desk is running. Keep a copy of departures.log with it, and of signing.key apart."
        )
    if path.exists():
        raise StoreError(f"{path} is there already and a backup overwrites nothing; name another.")
    part = path.with_name(path.name + ".part")
    try:
        private_folder(path.parent)
        with closing(sqlite3.connect(database.file)) as source, closing(new_file(part)) as target:
            source.backup(target)
            _carry(target, book)
        verify(part)
        part.replace(path)
    except (OSError, sqlite3.Error) as error:
        remove(part)
        raise StoreError(
            f"{path} cannot be written: {why(error)}. Give the folder room and this user the right."
        ) from error
    return path


def verify(path: Path) -> None:
    """Check a database file page by page.

    Raises:
        StoreError: when it is damaged or no database.
    """
    try:
        with closing(sqlite3.connect(address_of(path), uri=True)) as connection:
            (verdict,) = connection.execute("PRAGMA integrity_check").fetchone()
    except sqlite3.Error as error:
        raise StoreError(f"{path} is not a whole database: {error}. Use another backup.") from error
    if verdict != "ok":
        raise StoreError(f"{path} is damaged: {verdict}. Use another backup.")


def address_of(path: Path) -> str:
    """How a file is opened to be looked at."""
    address = f"{path.resolve().as_uri()}?mode=ro"
    # A copy in WAL mode would otherwise get a journal next to it by being looked at.
    return address if Path(f"{path}-wal").exists() else f"{address}&immutable=1"


def _carry(copy: sqlite3.Connection, book: Path | None) -> None:
    """Put the book into a copy: a file by itself would be left behind."""
    if book is not None and book.exists():
        copy.execute("CREATE TABLE IF NOT EXISTS carried_book (content BLOB NOT NULL)")
        copy.execute("DELETE FROM carried_book")
        content = book.read_bytes().rstrip(b"\0")
        copy.execute("INSERT INTO carried_book VALUES (?)", (content,))
        copy.commit()


def new_file(path: Path) -> sqlite3.Connection:
    """A file of our own that nobody else may read, whatever the umask."""
    remove(path)
    path.touch(mode=0o600, exist_ok=False)
    return sqlite3.connect(path)


def remove(path: Path) -> None:
    """Take a database away, with what SQLite keeps next to it."""
    for beside in ("", *BESIDE):
        with suppress(OSError):
            Path(f"{path}{beside}").unlink()
