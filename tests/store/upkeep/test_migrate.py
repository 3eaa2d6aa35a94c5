"""A database is brought to this program's tables, and never without a copy first."""

import json
import shutil
import sqlite3
from collections import defaultdict
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, datetime

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, text
from tests.store.conftest import housed

from briefing.errors import StoreError
from briefing.model.subscriber import Standing
from briefing.store import HEAD, revision
from briefing.store.engine.database import Database
from briefing.store.schema.core import metadata
from briefing.store.upkeep import migrate as module
from briefing.store.upkeep.migrate import downgrade, upgrade

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def is_ours(name, kind, _):
    """Tables of the search for words are each database's own, and stand in no metadata."""
    return kind != "table" or not name.startswith("piece_words")


def is_compared(_object, name, kind, _reflected, _compared_to):
    """Deliveries refer to others in SQLite alone, which Alembic does not know; the golden tables do."""
    return kind != "foreign_key_constraint" or not str(name).startswith("fk_deliveries_")


LIKE_OURS = {"compare_type": True, "include_name": is_ours, "include_object": is_compared}
#: What comes after these has no tables of its own: triggers, indexes, and a rule.
BEFORE_NO_TABLES = {"0029", "0031", "0032"}
TRIGGERS = {
    "sqlite": "SELECT sql FROM sqlite_schema WHERE type = 'trigger'",
    "postgresql": "SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal",
}
#: Of a file: all that SQLite keeps of each table.
TEXTS = """
SELECT tbl_name, type, name, sql FROM sqlite_schema WHERE type IN ('table', 'index') ORDER BY 1, 2, 3
"""
READ = {}
#: Of a server: the kind, name and definition of each part of each table.
PARTS = """
SELECT 'column', c.relname || '.' || a.attname,
       concat_ws(' ', format_type(a.atttypid, a.atttypmod), a.attnotnull, a.attidentity,
                 pg_get_expr(d.adbin, c.oid))
  FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
  LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
 WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace
UNION ALL
SELECT 'index', indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'
UNION ALL
SELECT 'constraint', conrelid::regclass || '.' || conname, pg_get_constraintdef(oid)
  FROM pg_constraint WHERE connamespace = 'public'::regnamespace
"""


@pytest.fixture(params=["sqlite", "postgresql"])
def house(request, tmp_path):
    """A house whose database was migrated, and this test alone may change it."""
    url = request.getfixturevalue("file_url" if request.param == "sqlite" else "migrated_url")
    with housed(url, tmp_path) as found:
        yield found


@pytest.fixture(scope="module", autouse=True)
def migrations_read_once() -> Iterator[None]:
    """For each step on the way, Alembic would read all of them again; those of a test's own folder it does."""
    own, read = str(module._MIGRATIONS), ScriptDirectory.from_config
    known = read(settings_of(own))

    def found(settings: Config) -> ScriptDirectory:
        is_own = settings.get_main_option("script_location") == own
        return known if is_own else read(settings)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ScriptDirectory, "from_config", found)
        yield


def settings_of(folder: str) -> Config:
    settings = Config()
    settings.set_main_option("script_location", folder)
    return settings


def migrations():
    return ScriptDirectory.from_config(settings_of("briefing.store:migrations"))


def test_the_tables_made_by_the_migrations_are_those_the_program_knows(house):
    with house.store.database.read() as connection:
        context = MigrationContext.configure(connection, opts=LIKE_OURS)
        assert compare_metadata(context, metadata) == []


def test_checks_defaults_and_partial_indexes_are_the_same_too(house):
    """`compare_metadata` does not look at these; how a check is named does not matter."""

    def described(connection):
        found = inspect(connection)
        return {
            table: [
                sorted(check["sqltext"] for check in found.get_check_constraints(table)),
                [json.dumps(index, default=str) for index in found.get_indexes(table)],
                [(column["name"], column["default"]) for column in found.get_columns(table)],
                found.get_table_options(table),
            ]
            for table in metadata.tables
        }

    with house.store.database.write() as connection:
        migrated = described(connection)
        metadata.drop_all(connection)
        metadata.create_all(connection)
        assert described(connection) == migrated


def test_the_newest_migration_is_the_one_the_program_names(house):
    found = migrations()
    assert found.get_current_head() == HEAD
    assert {script.revision for script in found.walk_revisions()} == module._KNOWN
    with house.store.database.read() as connection:
        assert revision(connection) == HEAD


def test_upgrading_again_does_nothing_and_makes_no_copy(house):
    assert upgrade(house.store.database, house.folder / "backups", NOW) is None
    assert not (house.folder / "backups").exists()


def test_programs_that_find_a_database_empty_together_bring_it_up_to_date_once(url, tmp_path):
    databases = [Database(url) for _ in range(4)]
    for database in databases:
        with database.read() as connection:
            assert revision(connection) is None
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda one: upgrade(one, tmp_path, NOW), databases))
    with databases[0].read() as connection:
        assert revision(connection) == HEAD
    for database in databases:
        database.close()


def test_a_database_newer_than_the_program_is_refused_untouched(house):
    stamp(house.store.database, "9999")
    with pytest.raises(StoreError, match=r"revision '9999'.*newer briefing.*Install that version"):
        upgrade(house.store.database, house.folder / "backups", NOW)
    with house.store.database.read() as connection:
        assert revision(connection) == "9999"
    assert not (house.folder / "backups").exists()


def moved(database, migrate, target):
    """Let Alembic take the database to a revision, which the program does to the newest alone."""
    with module._changing(database) as connection:
        settings = settings_of(str(module._MIGRATIONS))
        settings.attributes["connection"] = connection
        migrate(settings, target)


def test_every_migration_can_be_taken_back_and_made_again(house):
    """One after the other: back, made again, and back for good; so each stands at its own place."""
    house.fill(3)
    database = house.store.database
    newest = later = made(database)
    came_from = HEAD
    for target in sorted(module._KNOWN - {HEAD}, reverse=True):
        copy = downgrade(database, target, house.folder / "backups", NOW)
        assert (copy is not None) == database.is_sqlite, target
        earlier = made(database)
        assert columns(earlier) < columns(newest) or target in BEFORE_NO_TABLES, target
        with database.read() as connection:
            assert revision(connection) == target
        moved(database, command.upgrade, came_from)
        assert made(database) == later, f"{came_from} makes something else once it was taken back"
        moved(database, command.downgrade, target)
        assert made(database) == earlier, f"{came_from} leaves something else the second time"
        came_from, later = target, earlier
    upgrade(database, house.folder / "backups", NOW)
    assert columns(made(database)) == columns(newest)
    with database.read() as connection:
        context = MigrationContext.configure(connection, opts=LIKE_OURS)
        assert compare_metadata(context, metadata) == []
        assert connection.execute(text("SELECT count(*) FROM subscribers")).scalar_one() == 3


@pytest.mark.parametrize("target", [HEAD, "0032"])
def test_a_delivery_in_a_state_that_is_none_is_refused_however_the_rule_is_said(house, target):
    house.fill(1)
    house.ledger()
    database = house.store.database
    if target != HEAD:
        downgrade(database, target, house.folder / "backups", NOW)
    broken = pytest.raises(StoreError, match=r"(?i)ck_deliveries_state|check constraint")
    with broken, database.write() as connection:
        connection.execute(text("UPDATE deliveries SET state = 'lost'"))


def test_nobody_loses_their_record_or_letters_when_the_readers_table_is_made_anew(house, became):
    numbers = house.fill(3)
    house.store.subscribers.erase("reader2@example.org", actor="ada", now=house.now)
    house.change(numbers[0], Standing.PAUSED)
    house.ledger().commit(numbers[1:2], [], house.now)
    database, subscribers = house.store.database, house.store.subscribers
    before = [subscribers.history(number) for number in numbers], letters(database)
    downgrade(database, "0008", house.folder / "backups", NOW)
    with database.read() as connection:
        query = text("SELECT becomes FROM changes WHERE subscriber = :reader ORDER BY id")
        lines = connection.execute(query, {"reader": numbers[0]}).scalars().all()
        assert lines == ["active", "paused"]
    upgrade(database, house.folder / "backups", NOW)
    assert before == ([subscribers.history(number) for number in numbers], letters(database))
    house.add("later@example.org")
    with pytest.raises(StoreError, match=r"(?i)foreign key"), database.write() as connection:
        connection.execute(text("DELETE FROM subscribers"))


def letters(database):
    with database.read() as connection:
        return connection.execute(text("SELECT * FROM deliveries ORDER BY subscriber")).all()


def test_a_database_whose_references_lead_nowhere_is_not_migrated(file_house, next_migration):
    file_house.fill(1)
    file_house.change(file_house.reader("reader0@example.org").id, Standing.PAUSED)
    next_migration("op.execute('DELETE FROM subscribers')")
    with pytest.raises(StoreError, match=r"a row of changes refers to one of subscribers"):
        upgrade(file_house.store.database, file_house.folder / "backups", NOW)
    with file_house.store.database.read() as connection:
        assert revision(connection) == HEAD
        assert connection.execute(text("SELECT count(*) FROM subscribers")).scalar_one() == 1


@pytest.mark.parametrize("target", [HEAD, "9999", ""])
def test_there_is_no_way_back_to_what_is_not_older(house, target):
    with pytest.raises(StoreError, match=f"at revision {HEAD}, which cannot go back to"):
        downgrade(house.store.database, target, house.folder / "backups", NOW)
    assert not (house.folder / "backups").exists()


def made(database):
    """What stands in the database: columns with their types, indexes, checks, constraints, triggers."""
    with database.read() as connection:
        look = made_in_file if database.is_sqlite else made_in_server
        triggers = connection.exec_driver_sql(TRIGGERS[connection.dialect.name]).scalars().all()
        return look(connection) | {("trigger", "", each) for each in triggers}


def made_in_file(connection):
    """Most migrations leave most tables as they are: of the same text, SQLAlchemy reads the same parts."""
    texts = defaultdict(list)
    for table, *said in connection.exec_driver_sql(TEXTS):
        texts[table].append(tuple(said))
    found = inspect(connection)
    parts = set()
    for table, said in texts.items():
        if (key := (table, *said)) not in READ:
            READ[key] = made_in_table(found, table)
        parts |= READ[key]
    return parts


def made_in_table(found, table):
    kinds = {
        "column": found.get_columns,
        "index": found.get_indexes,
        "check": found.get_check_constraints,
        "unique": found.get_unique_constraints,
        "foreign key": found.get_foreign_keys,
    }
    return {
        (kind, f"{table}.{one['name']}", json.dumps(one, default=str, sort_keys=True))
        for kind, ask in kinds.items()
        for one in ask(table)
    }


def made_in_server(connection):
    return set(map(tuple, connection.exec_driver_sql(PARTS)))


def columns(parts):
    """The names of every column of every table."""
    return {name for kind, name, _ in parts if kind == "column"}


@pytest.fixture
def next_migration(tmp_path, monkeypatch):
    """A program with one more migration."""
    folder = tmp_path / "migrations"
    shutil.copytree(module._MIGRATIONS, folder, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(module, "_MIGRATIONS", folder)
    monkeypatch.setattr(module, "HEAD", "next")

    def write(body):
        (folder / "versions" / "next.py").write_text(
            f"from alembic import op\nrevision = 'next'\ndown_revision = '{HEAD}'\n"
            f"def upgrade():\n    {body}\n"
        )

    return write


def test_a_copy_is_taken_before_anything_is_changed(house, next_migration):
    house.fill(3)
    next_migration("op.execute('DELETE FROM subscribers')")
    copy = upgrade(house.store.database, house.folder / "backups", NOW)
    with house.store.database.read() as connection:
        assert revision(connection) == "next"
        assert connection.execute(text("SELECT count(*) FROM subscribers")).scalar_one() == 0
    if not house.store.database.is_sqlite:
        assert copy is None
        return
    assert copy == house.folder / "backups" / "before-next-20261123T090000.db"
    assert copy is not None
    with closing(sqlite3.connect(copy)) as before:
        assert before.execute("SELECT version_num FROM alembic_version").fetchone() == (HEAD,)
        assert before.execute("SELECT count(*) FROM subscribers").fetchone() == (3,)


def test_a_migration_that_fails_changes_nothing(house, next_migration):
    house.fill(3)
    next_migration("op.execute('DELETE FROM subscribers'); op.execute('DELETE FROM nothing')")
    with pytest.raises(StoreError, match="nothing"):
        upgrade(house.store.database, house.folder / "backups", NOW)
    with house.store.database.read() as connection:
        assert revision(connection) == HEAD
        assert connection.execute(text("SELECT count(*) FROM subscribers")).scalar_one() == 3


def test_without_room_for_the_copy_nothing_is_changed(file_house, next_migration):
    next_migration("op.execute('DELETE FROM subscribers')")
    file_house.fill(3)
    (file_house.folder / "backups").write_text("a file where a folder should be")
    with pytest.raises(StoreError, match="cannot be written"):
        upgrade(file_house.store.database, file_house.folder / "backups", NOW)
    with file_house.store.database.read() as connection:
        assert revision(connection) == HEAD


def stamp(database, name):
    with database.write() as connection:
        connection.execute(text(f"UPDATE alembic_version SET version_num = '{name}'"))
