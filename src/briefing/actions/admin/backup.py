"""Backups: a copy while the desk works, and the way back; and the move to another database."""

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from briefing.actions.context import Desk, open_desk
from briefing.actions.open_store import leading, sending_alone
from briefing.clock import Clock
from briefing.config import Config
from briefing.errors import StoreError
from briefing.model.schedule_slot import Course
from briefing.store import (
    Copied,
    Database,
    back_up,
    copy_all,
    downgrade,
    only_one,
    restore,
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
    return back_up(desk.store.database, target)


@dataclass(frozen=True, slots=True, kw_only=True)
class Restored:
    """What became of a house whose database was replaced by a backup."""

    #: Where the database as it was until then is kept.
    kept: Path
    #: Slots that came up since the copy was made: by briefing and name.
    missed: tuple[tuple[str, str], ...]


def restore_backup(config: Config, path: Path, clock: Clock) -> Restored:
    """Put a backup in the database's place; every mailing in it wakes paused.

    It cannot know what was sent after it was taken, so the clock sends no slot that is over by now.

    Raises:
        StoreError: when the backup is damaged, or somebody sends or keeps the schedule.
    """
    now = clock()
    kept = config.path(config.data.path) / "backups" / f"replaced-{now:%Y%m%dT%H%M%SZ}.db"
    with leading(config), sending_alone(config):
        restore(Database(config.database_url), path, kept)
        # An older backup is brought up to date here, and not when the first letter waits.
        with open_desk(config, clock) as desk:
            return Restored(kept=kept, missed=tuple(_missed(desk, now)))


def _missed(desk: Desk, now: datetime) -> Iterator[tuple[str, str]]:
    for name, briefing in desk.config.briefings.items():
        last = desk.store.slots.last(name, now.timestamp())
        if briefing.schedule is None or last is None:
            continue
        since = datetime.fromtimestamp(last.due, UTC)
        for due in briefing.schedule.between(since, now):
            desk.store.slots.claim(name, due.slot, due.at.timestamp(), now.timestamp())
        for record in desk.store.slots.open(name):
            begun = record.edition is not None and desk.store.mailings.find(record.edition)
            if record.due <= now.timestamp() and not begun:
                why = "the database was restored from a backup; it may have been sent before"
                desk.store.slots.note(name, record.slot, Course.MISSED, now.timestamp(), reason=why)
                yield name, record.slot


def upgrade_database(desk: Desk) -> str:
    """Bring the database up to date, after a copy; says which revision it is at."""
    desk.clock()
    with desk.store.database.read() as connection:
        return revision(connection) or ""


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
    lie beside it and are not copied.

    Raises:
        StoreError: when the file is no database, somebody works with it, the target holds rows, or
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
    back_up(desk.store.database, target)
    for old in sorted(folder.glob("nightly-*.db"))[: -desk.config.data.backups]:
        old.unlink()
    return target
