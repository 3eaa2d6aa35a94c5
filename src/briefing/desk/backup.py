"""Backups: a copy while the desk works, and the way back."""

from datetime import datetime
from pathlib import Path

from briefing.config import Config
from briefing.desk.opening import sending_alone, the_store
from briefing.store import Database, back_up, restore, revision


def make_backup(config: Config, now: datetime, path: Path | None = None) -> Path:
    """Copy the database to a file, verified; by default under var/backups, named by the time.

    Raises:
        StoreError: when the file is there already or cannot be written, or for PostgreSQL.
    """
    target = path or config.path(config.data.path) / "backups" / f"{now:%Y%m%dT%H%M%SZ}.db"
    with the_store(config, now) as store:
        return back_up(store.database, target)


def restore_backup(config: Config, path: Path, now: datetime) -> Path:
    """Put a backup in the database's place; every mailing in it wakes paused.

    Returns:
        Where the database as it was until now is kept.

    Raises:
        StoreError: when the backup is damaged, or somebody is sending.
    """
    kept = config.path(config.data.path) / "backups" / f"replaced-{now:%Y%m%dT%H%M%SZ}.db"
    with sending_alone(config):
        restore(Database(config.database), path, kept)
        with the_store(config, now):
            pass  # an older backup is brought up to date at once, not when the first letter waits
    return kept


def upgrade_database(config: Config, now: datetime) -> str:
    """Bring the database up to date, after a copy; says which revision it is at."""
    with the_store(config, now) as store, store.database.read() as connection:
        return revision(connection) or ""


def nightly_backup(config: Config, now: datetime) -> Path | None:
    """Copy the database once a night, after its hour, and let go of the oldest copies.

    Returns:
        The copy, if this call made it. PostgreSQL is left to pg_dump.

    Raises:
        StoreError: when the copy cannot be written or does not verify.
    """
    folder = config.path(config.data.path) / "backups"
    target = folder / f"nightly-{now:%Y%m%d}.db"
    due = config.data.backup_at
    if not due or f"{now:%H:%M}" < due or target.exists():
        return None
    with the_store(config, now) as store:
        if not store.database.is_sqlite:
            return None
        back_up(store.database, target)
    for old in sorted(folder.glob("nightly-*.db"))[: -config.data.backups]:
        old.unlink()
    return target
