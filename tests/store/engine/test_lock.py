"""One of all who compete holds a lock, over either database, and it ends with its holder."""

import signal
import subprocess
import sys
import threading

import pytest
from sqlalchemy import text

from briefing.errors import Busy, StoreError
from briefing.store import Database, only_one

HOLDER = """
import sys, time
from pathlib import Path
from briefing.store import Database, only_one
with only_one(Database(sys.argv[1]), Path(sys.argv[2]), "schedule", "leading"):
    print("held", flush=True)
    time.sleep(600)
"""
OPENER = """
import sys
from datetime import datetime, UTC
from pathlib import Path
from briefing.store import open_store
print("ready", flush=True)
sys.stdin.readline()
backups = Path(sys.argv[2])
book = backups / "departures.log"
open_store(sys.argv[1], book=book, backups=backups, key=b"k" * 32, now=datetime.now(UTC)).close()
"""


@pytest.fixture
def database(url):
    found = Database(url)
    yield found
    found.close()


def hold(database, folder, name="schedule"):
    return only_one(database, folder, name, "leading")


def test_of_two_who_compete_one_is_told_that_the_other_is_at_it(database, tmp_path):
    with hold(database, tmp_path) as held:
        with pytest.raises(Busy, match="Another process is leading already"):
            hold(database, tmp_path).__enter__()
        with hold(database, tmp_path, "sending"):
            pass
        assert not held.is_lost()
    with hold(database, tmp_path):
        pass


def test_a_lock_is_free_again_when_its_work_fails(database, tmp_path):
    with pytest.raises(RuntimeError), hold(database, tmp_path):
        raise RuntimeError
    with hold(database, tmp_path):
        pass


def test_the_lock_of_a_process_that_is_killed_is_free(url, database, tmp_path):
    command = [sys.executable, "-c", HOLDER, url, str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout.readline() == "held\n"
        with pytest.raises(Busy):
            hold(database, tmp_path).__enter__()
        other.send_signal(signal.SIGKILL)
        other.wait()
        for _ in range(1_000):
            try:
                with hold(database, tmp_path):
                    return
            except Busy:
                threading.Event().wait(0.01)
    raise AssertionError("the lock outlived its holder by ten seconds")


def test_a_session_that_the_database_ended_is_noticed_and_somebody_else_takes_the_lock(
    postgresql_url, tmp_path
):
    one, two = Database(postgresql_url), Database(postgresql_url)
    with hold(one, tmp_path) as held, two.session() as ruler:
        end_all = (
            "SELECT pg_terminate_backend(pid) FROM pg_locks"
            " WHERE locktype = 'advisory' AND pid <> pg_backend_pid()"
        )
        ruler.connection.execute(text(end_all))
        assert held.is_lost()
        with hold(two, tmp_path):
            pass


def test_a_database_out_of_reach_is_a_sentence(tmp_path):
    nowhere = Database(f"postgresql+psycopg://briefing@/desk?host={tmp_path}")
    with pytest.raises(StoreError, match="briefing@/desk"):
        hold(nowhere, tmp_path).__enter__()


@pytest.mark.parametrize("kind", ["new", "old"])
def test_programs_that_open_one_file_in_the_same_instant_all_succeed(tmp_path, monkeypatch, kind):
    url = f"sqlite:///{tmp_path}/desk.db"
    if kind == "old":
        database = Database(url)
        monkeypatch.setattr("briefing.store.upkeep.migrate.HEAD", "0001")
        from alembic import command  # noqa: PLC0415 - only for the old file
        from alembic.config import Config  # noqa: PLC0415

        settings = Config()
        settings.set_main_option("script_location", "briefing.store:migrations")
        with database.write() as connection:
            settings.attributes["connection"] = connection
            command.upgrade(settings, "0001")
        database.close()
    line = [sys.executable, "-c", OPENER, url, str(tmp_path / "backups")]
    pipe = subprocess.PIPE
    programs = [
        subprocess.Popen(line, stdin=pipe, stdout=pipe, stderr=pipe, text=True) for _ in range(6)
    ]
    assert {program.stdout.readline() for program in programs} == {"ready\n"}
    for program in programs:
        program.stdin.write("go\n")
        program.stdin.flush()
    said = [program.communicate(timeout=60)[1] for program in programs]
    assert said == [""] * 6
    assert len(list((tmp_path / "backups").glob("before-*.db"))) == (kind == "old")
