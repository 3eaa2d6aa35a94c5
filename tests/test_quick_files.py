"""A database of the tests has what the migrations make, to the letter."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from sqlalchemy import Connection, text
from tests import quick_files
from tests.servers.postgresql import Server

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


#: Of PostgreSQL: columns, indexes, constraints, triggers, functions, and the rows that migrations make.
CATALOGUE = (
    "SELECT table_name, column_name, ordinal_position, data_type, column_default, is_nullable, "
    "identity_generation FROM information_schema.columns WHERE table_schema = 'public'",
    "SELECT tablename, indexdef FROM pg_indexes WHERE schemaname = 'public'",
    "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint "
    "WHERE connamespace = 'public'::regnamespace",
    "SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal",
    "SELECT pg_get_functiondef(oid) FROM pg_proc WHERE pronamespace = 'public'::regnamespace",
    "SELECT name, value FROM house UNION ALL SELECT 'revision', version_num FROM alembic_version",
)


def catalogue(server: Server, make: Callable[[Connection], object]) -> list[list[str]]:
    with server.database("made") as url, closing(Database(url)) as database:
        with migrate._changing(database) as connection:
            make(connection)
        with database.read() as connection:
            return [sorted(map(str, connection.execute(text(one)))) for one in CATALOGUE]


def test_a_new_postgresql_has_the_tables_and_rows_that_the_migrations_make(
    postgresql_server: Server,
) -> None:
    migrated = catalogue(postgresql_server, quick_files._MIGRATE)
    assert len(migrated[0]) > 300
    for _ in range(2):  # the first is listened to, the second told what was heard
        assert catalogue(postgresql_server, migrate._migrate) == migrated
