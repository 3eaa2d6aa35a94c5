"""A file of the tests has what the migrations make, to the letter."""

import sqlite3
from contextlib import closing
from pathlib import Path

from tests import quick_files

from briefing.store.engine.database import Database
from briefing.store.upkeep import migrate


def schema_and_rows(file: Path) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(file)) as connection:
        schema = connection.execute(
            "SELECT type, name, tbl_name, sql FROM sqlite_schema"
        ).fetchall()
        return (
            sorted(schema, key=str) + connection.execute("SELECT * FROM alembic_version").fetchall()
        )


def test_a_new_file_has_the_tables_and_rows_that_the_migrations_make(tmp_path: Path) -> None:
    for name, make in (("filled", migrate._migrate), ("migrated", quick_files._MIGRATE)):
        database = Database(f"sqlite:///{tmp_path}/{name}.db")
        with closing(database), migrate._changing(database) as connection:
            make(connection)
    assert migrate._migrate is not quick_files._MIGRATE
    assert schema_and_rows(tmp_path / "filled.db") == schema_and_rows(tmp_path / "migrated.db")
