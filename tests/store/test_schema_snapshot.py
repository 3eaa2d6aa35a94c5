"""The tables are as they were when somebody last looked: a change of them needs a migration.

As the program makes them for SQLite and PostgreSQL, and as the migrations leave them in SQLite.
"""

import sqlite3
from contextlib import closing

import pytest
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.schema import CreateIndex, CreateTable, ExecutableDDLElement
from tests.store.conftest import NOW

from briefing.store import open_store
from briefing.store.schema.core import metadata
from briefing.store.schema.postgresql import tell_postgresql


@pytest.mark.parametrize(
    "dialect", [sqlite.dialect(), postgresql.dialect()], ids=lambda one: one.name
)
def test_the_tables_that_the_program_makes_are_as_before(dialect, golden):
    tell_postgresql()
    made: list[ExecutableDDLElement] = []
    for table in metadata.sorted_tables:
        made.append(CreateTable(table))
        made += (
            CreateIndex(index) for index in sorted(table.indexes, key=lambda one: str(one.name))
        )
    written = "".join(f"{str(one.compile(dialect=dialect)).strip()};\n\n" for one in made)
    golden(f"schema/{dialect.name}.sql", written.replace("\t", "  ").replace(" \n", "\n").encode())


def test_the_tables_that_the_migrations_leave_are_as_before(tmp_path, golden):
    path = tmp_path / "briefing.db"
    open_store(
        f"sqlite:///{path}",
        book=tmp_path / "departures.log",
        backups=tmp_path,
        key=b"k" * 32,
        now=NOW,
    ).close()
    with closing(sqlite3.connect(path)) as connection:
        made = connection.execute(
            "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY tbl_name, type DESC, name"
        ).fetchall()
    written = "".join(f"{sql.strip()};\n\n" for (sql,) in made)
    golden("schema/migrated.sql", written.replace("\t", "  ").replace(" \n", "\n").encode())
