"""One of all who compete holds a lock, over either database, and it ends with its holder."""

import threading
from contextlib import closing

import pytest
from sqlalchemy import text
from tests.commands import SERVER
from tests.store.engine.openers import holds, opens

from briefing.errors import Busy, StoreError
from briefing.store import Database, only_one
from briefing.store.engine.postgresql import let_go, session_of


@pytest.fixture
def database(url):
    found = Database(url)
    yield found
    found.close()


def hold(database, folder, name="schedule"):
    return only_one(database, folder, name, "leading")


def comes_free(database, folder):
    """True when the lock can be had: PostgreSQL needs a moment to see that a session ended."""
    for _ in range(1_000):
        try:
            with hold(database, folder):
                return True
        except Busy:
            threading.Event().wait(0.01)
    return False


def test_of_two_who_compete_one_is_told_that_the_other_is_at_it(database, tmp_path):
    with hold(database, tmp_path) as held:
        with pytest.raises(Busy, match="Another process is leading already"):
            hold(database, tmp_path).__enter__()
        with hold(database, tmp_path, "sending"):
            pass
        assert not held.is_lost()
    assert comes_free(database, tmp_path)


def test_a_lock_is_let_go_before_the_server_sees_that_its_session_has_ended(postgresql_url):
    lock = text("SELECT pg_try_advisory_lock(1, 2)")
    with closing(Database(postgresql_url)) as database, database.session() as others:
        ours, is_pooled = session_of(database.engine)
        with closing(ours):
            assert ours.execute(lock).scalar_one()
            assert not others.connection.execute(lock).scalar_one()
            let_go(ours, is_pooled=is_pooled)
            assert others.connection.execute(lock).scalar_one()


def test_a_lock_is_free_again_when_its_work_fails(database, tmp_path):
    with pytest.raises(RuntimeError), hold(database, tmp_path):
        raise RuntimeError
    assert comes_free(database, tmp_path)


def test_the_lock_of_a_process_that_is_killed_is_free(url, database, tmp_path):
    ours, theirs = SERVER.Pipe()
    other = SERVER.Process(target=holds, args=(url, tmp_path, theirs), daemon=True)
    other.start()
    theirs.close()
    assert ours.recv() == "held"
    with pytest.raises(Busy):
        hold(database, tmp_path).__enter__()
    other.kill()
    other.join()
    ours.close()
    assert comes_free(database, tmp_path), "the lock outlived its holder by ten seconds"


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
        assert comes_free(two, tmp_path)


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
    backups, together = tmp_path / "backups", SERVER.Barrier(6)
    said = [tmp_path / f"{number}.txt" for number in range(6)]
    programs = [
        SERVER.Process(target=opens, args=(url, backups, together, file), daemon=True)
        for file in said
    ]
    for program in programs:
        program.start()
    for program in programs:
        program.join(60)
    assert [file.read_text() for file in said] == [""] * 6
    assert [program.exitcode for program in programs] == [0] * 6
    assert len(list(backups.glob("before-*.db"))) == (kind == "old")
