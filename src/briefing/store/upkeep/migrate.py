"""Bringing a database to this program's tables, after taking a copy of it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from briefing.errors import StoreError
from briefing.store.engine.database import Database
from briefing.store.engine.lock import in_turn
from briefing.store.upkeep.backup import back_up

#: The newest migration; a test compares it with the folder.
HEAD = "0033"
_KNOWN = frozenset(f"{number:04}" for number in range(1, int(HEAD) + 1))
#: Copies from before a change of tables that are kept.
_COPIES = 3
_IS_THERE = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'table' AND name = 'alembic_version'",
    "postgresql": "SELECT to_regclass('alembic_version')",
}
_MIGRATIONS = Path(__file__).parents[1] / "migrations"


def upgrade(
    database: Database, backups: Path, now: datetime, book: Path | None = None
) -> Path | None:
    """Bring the database up to date; does nothing where it is.

    Args:
        database: the database; an empty one gets all tables.
        backups: the folder a copy goes to before anything is changed (SQLite only).
        now: names the copy; aware.
        book: the book of departures, which the copy carries.

    Returns:
        The copy that was made, if any.

    Raises:
        StoreError: when the database is newer than this program, or cannot be changed.
    """
    with database.read() as connection:
        found = revision(connection)
    if found == HEAD:
        return None
    if found is not None and found not in _KNOWN:
        raise _newer(database.name, found)
    if database.file is None:
        with _changing(database) as connection:
            _migrate(connection)
        return None
    with in_turn(database.file.parent):
        return _upgrade_file(database, backups / f"before-{HEAD}-{now:%Y%m%dT%H%M%S}.db", book)


def refuse_newer(name: str, found: str | None) -> None:
    """Let a copy pass that this program can bring up to date.

    Args:
        name: of the copy, for the sentence.
        found: the migration it stands at; None for what is not ours at all.

    Raises:
        StoreError: for any other.
    """
    if found is None:
        raise StoreError(
            f"{name} holds none of our tables: it is not a copy of a house. Name one that `briefing "
            "backup` made."
        )
    if found not in _KNOWN:
        raise _newer(name, found)


def _newer(name: str, found: str) -> StoreError:
    return StoreError(
        f"{name} is at revision {found!r}, which this program ({HEAD}) does not know: it was "
        "written by a newer briefing. Install that version, or restore an older backup."
    )


def _upgrade_file(database: Database, copy: Path, book: Path | None) -> Path | None:
    """Migrate a SQLite file, unless another program did so while this one waited for its turn."""
    with database.read() as connection:
        found = revision(connection)
    if found == HEAD:
        return None
    made = None
    if found is not None:
        made = back_up(database, copy, book)
        let_go_of_oldest(copy.parent, "before-*.db")
    with _changing(database) as connection:
        _migrate(connection)
    return made


def let_go_of_oldest(folder: Path, names: str) -> None:
    """Keep the newest few of these copies: a program that dies at each start makes one each time."""
    copies = sorted(folder.glob(names), key=lambda path: path.stat().st_mtime)
    for old in copies[:-_COPIES]:
        old.unlink(missing_ok=True)


def downgrade(database: Database, target: str, backups: Path, now: datetime) -> Path | None:
    """Take the database back to an older revision, for an older program; newer tables are dropped.

    Args:
        database: the database.
        target: the revision to go back to, for instance `0002`.
        backups: the folder a copy goes to first (SQLite only).
        now: names the copy; aware.

    Returns:
        The copy that was made, if any.

    Raises:
        StoreError: when there is no such revision, or the database stands before it.
    """
    with database.read() as connection:
        found = revision(connection)
    if target not in _KNOWN or found not in _KNOWN or found <= target:
        raise StoreError(
            f"{database.name} is at revision {found}, which cannot go back to {target!r}; there are "
            f"{', '.join(sorted(_KNOWN))}."
        )
    made = None
    if database.file is not None:
        made = back_up(database, backups / f"before-{target}-{now:%Y%m%dT%H%M%S}.db")
        let_go_of_oldest(backups, "before-*.db")
    with _changing(database) as connection:
        _migrate(connection, down_to=target)
    return made


@contextmanager
def _changing(database: Database) -> Iterator[Connection]:
    """A transaction that may make a table again which others refer to.

    SQLite would refuse, and lets go of references only between transactions; they are proved at the
    end (https://sqlite.org/lang_altertable.html, "Making Other Kinds Of Table Schema Changes").
    """
    if not database.is_sqlite:
        with database.write() as connection:
            yield connection
        return
    with database.faults(database.name), database.engine.connect() as connection:
        driver: Any = connection.connection.driver_connection
        driver.execute("PRAGMA foreign_keys = OFF")
        try:
            with connection.begin():
                yield connection
                _prove_references(connection, database.name)
        finally:
            driver.execute("PRAGMA foreign_keys = ON")


def _prove_references(connection: Connection, name: str) -> None:
    lost = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
    if lost is not None:
        raise StoreError(
            f"{name}: a row of {lost[0]} refers to one of {lost[2]} that is not there. Nothing was "
            "changed; bring back a copy with `briefing restore`, and report this."
        )


def revision(connection: Connection) -> str | None:
    """The migration a database stands at; None for an empty one."""
    # Said as it is: SQLAlchemy would build its own question again for each house that is opened.
    is_there = _IS_THERE[connection.dialect.name]
    if connection.exec_driver_sql(is_there).scalar() is None:
        return None
    found: str | None = connection.exec_driver_sql(
        "SELECT version_num FROM alembic_version"
    ).scalar()
    return found


def _migrate(connection: Connection, *, down_to: str | None = None) -> None:
    # Alembic takes a quarter of a second to import, and almost no start needs it.
    from alembic import command  # noqa: PLC0415
    from alembic.config import Config  # noqa: PLC0415

    settings = Config()
    settings.set_main_option("script_location", str(_MIGRATIONS))
    settings.attributes["connection"] = connection
    if down_to is None:
        command.upgrade(settings, "head")
    else:
        command.downgrade(settings, down_to)
