"""A backup is whole or it is refused, and what comes back does not begin to send by itself."""

import sqlite3
import threading
from contextlib import closing

import pytest

from briefing.errors import StoreError
from briefing.model.delivery import State
from briefing.model.mailing import MailingStatus
from briefing.store import Added, back_up, restore
from briefing.store.upkeep.backup import verify

EDITION = "staggers-2026-11-23"


def counted(path, table="subscribers"):
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]


def as_it_is(part):
    """Nothing has to be brought up to date."""


def beside(path):
    return sorted(other.name for other in path.parent.iterdir())


def test_a_backup_holds_what_was_committed_and_leaves_nothing_beside_it(file_house):
    file_house.fill(50)
    path = back_up(file_house.store.database, file_house.folder / "copies" / "a?b%20#.db")
    verify(path)
    assert beside(path) == ["a?b%20#.db"]
    assert counted(path) == 50


def test_a_backup_taken_while_a_mailing_is_written_is_of_one_commit(file_house, became):
    house = file_house
    numbers = house.fill(300)
    ledger = house.ledger()
    began, stop = threading.Event(), threading.Event()

    def post():
        for number in numbers:
            ledger.commit([number], [], 1.0)
            ledger.commit([], [became(number, State.DEFERRED, due=9.0)], 2.0)
            began.set()
            if stop.is_set():
                return

    writer = threading.Thread(target=post)
    writer.start()
    began.wait()
    try:
        paths = [back_up(house.store.database, house.folder / f"{n}.copy") for n in range(5)]
    finally:
        stop.set()
        writer.join()
    for path in paths:
        verify(path)
        with closing(sqlite3.connect(path)) as copy:
            states = dict(
                copy.execute("SELECT state, count(*) FROM deliveries GROUP BY state").fetchall()
            )
        assert sum(states.values()) == 300
        # The outcome and its story in `tries` are one commit.
        assert states["deferred"] == counted(path, "tries")
        assert states.get("posting", 0) <= 1


def test_a_backup_overwrites_nothing(file_house):
    path = file_house.folder / "copy.db"
    path.write_text("precious")
    with pytest.raises(StoreError, match="overwrites nothing"):
        back_up(file_house.store.database, path)
    assert path.read_text() == "precious"


def test_a_backup_that_cannot_be_written_is_a_sentence_and_leaves_nothing(file_house):
    (file_house.folder / "folder").write_text("a file where a folder should be")
    before = beside(file_house.folder / "folder")
    with pytest.raises(StoreError, match=r"cannot be written.*room"):
        back_up(file_house.store.database, file_house.folder / "folder" / "copy.db")
    assert beside(file_house.folder / "folder") == before


def test_postgresql_is_backed_up_by_its_own_program(house, file_house):
    if house.store.database.is_sqlite:
        return
    with pytest.raises(StoreError, match="pg_dump"):
        back_up(house.store.database, house.folder / "copy.db")
    path = back_up(file_house.store.database, file_house.folder / "copy.db")
    with pytest.raises(StoreError, match="pg_restore"):
        restore(house.store.database, path, house.folder / "kept.db", as_it_is)


def test_what_comes_back_waits_for_a_person_and_the_old_file_is_kept(file_house):
    house = file_house
    house.fill(5)
    house.begin()
    house.begin("staggers-2026-11-22")
    house.store.mailings.turn("staggers-2026-11-22", MailingStatus.ABORTED)
    path = back_up(house.store.database, house.folder / "copy.db")
    house.fill(2)
    restore(house.store.database, path, house.folder / "kept" / "old.db", as_it_is)
    mailing = house.store.mailings.get(EDITION)
    assert mailing.status is MailingStatus.PAUSED
    assert "restored from a backup" in mailing.reason
    assert house.store.mailings.get("staggers-2026-11-22").status is MailingStatus.ABORTED
    assert house.ledger().commit([1], [], 1.0) is None
    assert sum(house.store.subscribers.counts("readers").values()) == 5
    assert counted(house.folder / "kept" / "old.db") == 7
    assert counted(path) == 5


@pytest.mark.parametrize("content", [None, b"", b"no database " * 500, "damaged"])
def test_a_backup_that_is_not_whole_is_refused_and_nothing_is_changed(file_house, content):
    house = file_house
    house.fill(500)
    path = house.folder / "copy.db"
    if content == "damaged":
        back_up(house.store.database, path)
        whole = path.read_bytes()
        content = whole[:8192] + b"\xff" * 4096 + whole[12288:]
    if content is not None:
        path.write_bytes(content)
    before = beside(path)
    with pytest.raises(StoreError, match=r"copy\.db"):
        restore(house.store.database, path, house.folder / "kept.db", as_it_is)
    assert {*beside(path)} <= {*before}
    assert sum(house.store.subscribers.counts("readers").values()) == 500


@pytest.mark.parametrize("content", [b"no database " * 5_000, b"", "damaged"])
def test_a_damaged_database_can_be_replaced_and_is_kept_as_it_was(file_house, content):
    house = file_house
    house.fill(500)
    path = back_up(house.store.database, house.folder / "copy.db")
    house.store.close()
    file = house.folder / "desk.db"
    if content == "damaged":
        whole = file.read_bytes()
        content = whole[:4096] + b"\xff" * (len(whole) - 4096)
    file.write_bytes(content)
    restore(house.store.database, path, house.folder / "kept.db", as_it_is)
    assert sum(house.store.subscribers.counts("readers").values()) == 500
    assert (house.folder / "kept.db").read_bytes() == content
    assert house.add("reader1@example.org") == [Added.THERE]


def test_a_journal_left_by_a_crash_does_not_reach_into_what_comes_back(file_house):
    house = file_house
    house.fill(5)
    path = back_up(house.store.database, house.folder / "copy.db")
    house.fill(20)
    journal = house.folder / "desk.db-wal"
    left = journal.read_bytes()
    house.store.close()
    journal.write_bytes(left)
    restore(house.store.database, path, house.folder / "kept.db", as_it_is)
    assert sum(house.store.subscribers.counts("readers").values()) == 5
    verify(house.folder / "desk.db")
