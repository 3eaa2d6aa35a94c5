"""Backups: copies while the desk works; revisions, and the move to another database."""

from contextlib import ExitStack
from datetime import datetime
from pathlib import Path

from briefing.actions.context import Desk
from briefing.actions.open_store import sending_alone
from briefing.config import Config
from briefing.errors import StoreError
from briefing.store import (
    Copied,
    Database,
    Miscounted,
    back_up,
    copy_all,
    count_anew,
    downgrade,
    only_one,
    revision,
)


def make_backup(desk: Desk, path: Path | None = None) -> Path:
    """Copy the database to a file, verified; by default under var/backups, named by the time.

    Raises:
        StoreError: when the file is there already or cannot be written, or for PostgreSQL.
    """
    now = desk.clock()
    target = (
        path or desk.config.path(desk.config.data.path) / "backups" / f"{now:%Y%m%dT%H%M%SZ}.db"
    )
    return back_up(desk.store.database, target, desk.store.departures.book.path)


def upgrade_database(desk: Desk) -> str:
    """Bring the database up to date, after a copy; says which revision it is at."""
    desk.clock()
    with desk.store.database.read() as connection:
        return revision(connection) or ""


def count_database(desk: Desk) -> tuple[Miscounted, ...]:
    """Count every row, and put the counts right that are kept of them; says which were wrong."""
    return count_anew(desk.store.database)


def downgrade_database(config: Config, target: str, now: datetime) -> Path | None:
    """Take the database back to an older revision, after a copy; the next command upgrades it.

    Raises:
        StoreError: when there is no such revision, or somebody is sending.
    """
    with sending_alone(config):
        database = Database(config.database_url)
        try:
            return downgrade(database, target, config.path(config.data.path) / "backups", now)
        finally:
            database.close()


def copy_database(file: Path, address: str, now: datetime) -> tuple[Copied, ...]:
    """Copy a house's SQLite file into an empty PostgreSQL, verified row by row.

    Nobody sends and nobody keeps the schedule meanwhile. The file stays as it is; its signing keys
    lie next to it and are not copied.

    Raises:
        StoreError: when the file is not a database, somebody works with it, the target holds rows, or
            what arrived differs.
    """
    if not file.is_file():
        raise StoreError(f"{file} is not there. Name the SQLite file, by default var/briefing.db.")
    source, target = Database(f"sqlite:///{file}"), Database(address)
    try:
        with ExitStack() as held:
            for name, doing in (
                ("sending", "sending letters"),
                ("schedule", "keeping the schedule"),
            ):
                held.enter_context(only_one(source, file.parent, name, doing))
            return copy_all(source, target, file.parent / "backups", now)
    finally:
        source.close()
        target.close()


def nightly_backup(desk: Desk) -> Path | None:
    """Copy the database once a night, after its hour, and let go of the oldest copies.

    Returns:
        The copy, if this call made it. PostgreSQL is left to pg_dump.

    Raises:
        StoreError: when the copy cannot be written or does not verify.
    """
    now = desk.clock()
    folder = desk.config.path(desk.config.data.path) / "backups"
    target = folder / f"nightly-{now:%Y%m%d}.db"
    due = desk.config.data.backup_at
    if not due or f"{now:%H:%M}" < due or target.exists():
        return None
    if not desk.store.database.is_sqlite:
        return None
    back_up(desk.store.database, target, desk.store.departures.book.path)
    for old in sorted(folder.glob("nightly-*.db"))[: -desk.config.data.backups]:
        old.unlink()
    return target
