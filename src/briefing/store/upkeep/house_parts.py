"""A house is its database, its signing key and its book of departures; half of one does not start.

What is lost is not taken for what never was: a new database would be filled from the list's file
with those who left, and a new key would not know the marks of who was erased.
"""

from contextlib import suppress
from datetime import datetime
from pathlib import Path

from sqlalchemy import delete, insert

from briefing.errors import StoreError
from briefing.model.departure import About, Departure
from briefing.model.mark import Marking
from briefing.store.departures import Book, Departures, strange_part
from briefing.store.engine.database import Database
from briefing.store.engine.signing_keys import KEY_FILE, make_signing_key, signing_keys
from briefing.store.schema.house import house
from briefing.store.upkeep.migrate import revision

#: A SQLite file with our tables is larger than this, in bytes.
_NO_TABLES = 65_536
BOOK_FILE = "departures.log"
_PROBE = "probe"
_WAY_BACK = (
    "Bring it back (`briefing restore FILE` for a backup), or, if this really is to be a new house, "
    "`briefing init --new-house` begins again."
)


def prepare_house(database: Database, folder: Path) -> None:
    """Let a whole house pass, and make the key of one that never was.

    Args:
        database: as config.toml names it.
        folder: where key, book and backups lie.

    Raises:
        StoreError: when the database or the key is missing and something shows that it was there.
    """
    key = folder / KEY_FILE
    if key.exists():
        if is_empty(database):
            raise StoreError(
                f"{database.name} is not there or is empty, and {key} shows that this house had a "
                f"database. {_WAY_BACK}"
            )
        return
    if key.with_suffix(".new").exists():
        return  # the first start was cut short
    if not is_empty(database):
        raise StoreError(
            f"{key} is not there, and {database.name} holds a house that was kept with one: the "
            "links in all letters, and the marks of who was erased, need it. Bring it back from "
            "where you keep it apart from the backups; `briefing init --new-house` begins again."
        )
    traces = [path for path in (folder / BOOK_FILE, *backups_of(folder)) if path.exists()]
    if traces:
        raise StoreError(
            f"{database.name} and {key} are not there, and {traces[0]} shows that there was a "
            f"house. {_WAY_BACK}"
        )
    make_signing_key(key.with_suffix(".new"))


def settle_house(folder: Path) -> None:
    """Give the key of a new house its name, once database and book are there."""
    new = (folder / KEY_FILE).with_suffix(".new")
    if new.exists():
        # Another process may have been as quick.
        with suppress(FileNotFoundError):
            new.replace(folder / KEY_FILE)


def begin_again(database: Database, folder: Path, now: datetime) -> tuple[Path, int]:
    """Put a house's remains away and make the key and the book of a new one.

    Who left stays gone: the book goes on, or is written from the old database where the key is lost.

    Args:
        database: as config.toml names it; one on PostgreSQL must be empty already.
        folder: where key, book and backups lie.
        now: names the folder of the remains; aware.

    Returns:
        Where the remains are, and how many departures go on to count.

    Raises:
        StoreError: when something cannot be moved, or a database on PostgreSQL holds tables.
    """
    if database.file is None and not is_empty(database):
        raise StoreError(f"{database.name} holds tables. Name an empty database in [database] url.")
    key, book = folder / KEY_FILE, folder / BOOK_FILE
    is_lost = not key.exists()
    if is_lost:
        make_signing_key(key.with_suffix(".new"))
    marking = Marking(signing_keys(folder)[-1])
    departures = Departures(database, Book(book), marking)
    try:
        if not is_lost:
            _refuse_strange(departures, database, key)
        lines = _who_left(departures, database, with_marks=not is_lost)
    finally:
        departures.close()
        database.close()
    kept = folder / "backups" / f"old-house-{now:%Y%m%dT%H%M%SZ}"
    kept.mkdir(parents=True, mode=0o700)
    remains = [book]
    if database.file is not None:
        remains += [Path(f"{database.file}{end}") for end in ("", "-wal", "-shm")]
    for path in remains:
        if path.exists():
            path.rename(kept / path.name)
    Book.begin(book, marking.of_key(), lines)
    return kept, len(lines)


def _refuse_strange(departures: Departures, database: Database, key: Path) -> None:
    """Let no key pass under which the marks of who left say nothing, and they would be written to."""
    strange = strange_part(database, departures.book, departures.marking)
    if strange:
        raise StoreError(
            f"{key} is not the key that {strange} was kept with, and who left would not be known by it. "
            "Bring the right key back; if that is lost for good, move this one away first, or the other "
            "if that is from elsewhere."
        )


def _who_left(departures: Departures, database: Database, *, with_marks: bool) -> list[Departure]:
    """What can still be known of who left: by the book, and by a database that can be read.

    Marks that were made with a lost key say nothing; addresses in the database get new ones.
    """
    lines = departures.book.whole(departures.marking.of_key())
    with suppress(StoreError):
        if not is_empty(database):
            derived = departures.derived()
            lines += [one for one in derived if with_marks or one.about is About.READER]
    return lines


def write_probe(database: Database, at: float) -> None:
    """Write one row, to know that rows can be written.

    Raises:
        StoreError: when they cannot.
    """
    with database.write() as connection:
        connection.execute(delete(house).where(house.c.name == _PROBE))
        connection.execute(insert(house).values(name=_PROBE, value=str(at)))


def is_empty(database: Database) -> bool:
    """True when a database is not there, or has none of our tables."""
    if database.file is not None:
        if not database.file.exists() or not database.file.stat().st_size:
            return True
        if database.file.stat().st_size >= _NO_TABLES:
            return False
    with database.read() as connection:
        return revision(connection) is None


def backups_of(folder: Path) -> tuple[Path, ...]:
    """The copies of the database that lie under var/backups."""
    return tuple(sorted((folder / "backups").glob("*.db")))
