"""Many transactions in a row: the journal is brought into the file meanwhile, and stays short."""

import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import text
from tests.quick_files import durable_files

from briefing.errors import StoreError
from briefing.store.engine import checkpoints
from briefing.store.engine.database import Database

ROWS = 200
#: Writes until it is killed, and says each transaction that was committed.
WRITER = f"""
import sys
from sqlalchemy import text
from briefing.store.engine import checkpoints
from briefing.store.engine.database import Database
checkpoints._WORTHWHILE, checkpoints._LONG = 0, 50
with (database := Database(sys.argv[1])).in_bulk():
    for turn in range(1_000_000):
        with database.write_without_waiting() as connection:
            connection.execute(
                text("INSERT INTO kept VALUES (:turn, :said)"),
                [{{"turn": turn, "said": "x" * 300}}] * {ROWS},
            )
        print(turn, flush=True)
"""


@pytest.fixture
def database(file_url, monkeypatch):
    """A table to write into; a thread is worth it from the first page on."""
    monkeypatch.setattr(checkpoints, "_WORTHWHILE", 0)
    with closing(Database(file_url)) as made:
        with made.write() as connection:
            connection.execute(text("CREATE TABLE kept (turn INTEGER, said TEXT)"))
        yield made


def write(database, turn=0):
    with database.write_without_waiting() as connection:
        rows = [{"turn": turn, "said": "x" * 300}] * ROWS
        connection.execute(text("INSERT INTO kept VALUES (:turn, :said)"), rows)


def journal(database):
    return Path(f"{database.file}-wal").stat().st_size


def kept(database):
    with database.read() as connection:
        return connection.execute(text("SELECT turn, count(*) FROM kept GROUP BY turn")).all()


def told(connection):
    names = ("wal_autocheckpoint", "cache_size", "synchronous")
    return [connection.exec_driver_sql(f"PRAGMA {name}").scalar_one() for name in names]


def test_a_journal_that_has_become_long_is_written_from_its_beginning_again(database, monkeypatch):
    monkeypatch.setattr(checkpoints, "_LONG", 50)
    sizes = []
    with database.in_bulk():
        for turn in range(30):
            write(database, turn)
            sizes.append(journal(database))
    assert max(sizes) < 15 * sizes[0]
    assert kept(database) == [(turn, ROWS) for turn in range(30)]


def test_at_the_end_all_is_in_the_file_and_the_journal_has_given_back_its_room(database):
    with database.in_bulk():
        write(database)
        assert journal(database) > 0
    assert journal(database) == 0
    assert kept(database) == [(0, ROWS)]


def test_a_connection_writes_in_bulk_with_more_pages_and_no_checkpoints_of_its_own_and_is_as_before(
    database,
):
    def usual():
        with database.read() as connection:
            return told(connection)

    before = usual()
    with database.in_bulk():
        with database.write_without_waiting() as connection:
            by_itself, pages, _ = told(connection)
            assert by_itself == 0
            assert pages < before[1] < 0
        assert usual() == before
        with pytest.raises(StoreError), database.write_without_waiting() as connection:
            connection.execute(text("SELECT nothing"))
        assert usual() == before
    with database.write_without_waiting() as connection:
        assert told(connection)[:2] == before[:2]


def test_few_rows_are_worth_no_thread(database, monkeypatch):
    monkeypatch.setattr(checkpoints, "_WORTHWHILE", 16_000_000)
    monkeypatch.setattr(checkpoints.Checkpoints, "_bring_over", None)
    with database.in_bulk():
        write(database)
    assert kept(database) == [(0, ROWS)]


def test_nobody_waits_for_who_reads_what_was_there_before(database, monkeypatch):
    monkeypatch.setattr(checkpoints, "_LONG", 50)
    write(database, 0)
    with database.read() as before:
        count = text("SELECT count(*) FROM kept")
        assert before.execute(count).scalar_one() == ROWS
        with database.in_bulk():
            for turn in range(1, 10):
                write(database, turn)
        assert before.execute(count).scalar_one() == ROWS
    assert len(kept(database)) == 10


def test_what_was_committed_in_bulk_outlives_a_kill_and_nothing_else_is_there(database):
    with durable_files():
        command = [sys.executable, "-c", WRITER, f"sqlite:///{database.file}"]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout
            said = [int(next(process.stdout)) for _ in range(40)]
            process.kill()
            said += map(int, process.stdout.read().split())
    found = kept(database)
    assert [turn for turn, _ in found][: len(said)] == said
    assert len(found) <= len(said) + 1
    assert {count for _, count in found} == {ROWS}
    with database.read() as connection:
        assert connection.exec_driver_sql("PRAGMA integrity_check").scalar_one() == "ok"
