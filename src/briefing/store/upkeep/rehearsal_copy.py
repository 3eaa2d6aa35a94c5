"""A copy of a house's database for one rehearsal: whatever is done in it, the house stays as it is."""

from datetime import datetime
from pathlib import Path
from shutil import copyfile

from sqlalchemy import func, select, update

from briefing.model.subscriber import Standing
from briefing.store.engine.atomic_write import private_folder
from briefing.store.engine.database import Database
from briefing.store.engine.signing_keys import KEY_FILE
from briefing.store.schema.core import subscribers
from briefing.store.upkeep.backup import back_up
from briefing.store.upkeep.copy_to_postgres import copy_all
from briefing.store.upkeep.house_parts import BOOK_FILE


def copy_for_rehearsal(database: Database, house: Path, folder: Path, now: datetime) -> None:
    """Copy database, book and key of a house, as of one commit, into a folder of their own.

    Args:
        database: as the house uses it; of PostgreSQL a SQLite file is made.
        house: where the key and the book lie.
        folder: is not there yet.
        now: names a copy, should the tables be older.

    Raises:
        StoreError: when it cannot be written or does not verify.
    """
    private_folder(folder)
    target = folder / "briefing.db"
    if database.is_sqlite:
        back_up(database, target)
    else:
        copied = Database(f"sqlite:///{target}")
        try:
            copy_all(database, copied, folder / "backups", now)
        finally:
            copied.close()
    # After the database: what the book has more is done again from it.
    for name in (BOOK_FILE, KEY_FILE):
        if (house / name).exists():
            copyfile(house / name, folder / name)


def room_of_copy(database: Database) -> int:
    """Bytes that a copy takes and a morning adds to the database, as far as both lie on this machine's disk.

    Raises:
        StoreError: when the database cannot be asked.
    """
    if not database.is_sqlite:
        with database.read() as connection:
            size = select(func.pg_database_size(func.current_database()))
            return int(connection.execute(size).scalar_one())
    file = database.file
    return 2 * file.stat().st_size if file is not None and file.exists() else 0


def keep_a_tenth(copy: Database, list_name: str) -> int:
    """Leave one active reader of ten on a list of a copy, one at least; says how many."""
    active = (subscribers.c.list == list_name) & (subscribers.c.standing == Standing.ACTIVE)
    with copy.write() as connection:
        first = connection.execute(select(func.min(subscribers.c.id)).where(active)).scalar()
        if first is None:
            return 0
        others = active & (subscribers.c.id % 10 != first % 10)
        connection.execute(update(subscribers).where(others).values(standing=Standing.PAUSED))
        count = select(func.count()).select_from(subscribers).where(active)
        return int(connection.execute(count).scalar_one())
