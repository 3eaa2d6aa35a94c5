"""A database's faults are sentences, and nothing is lost by them."""

import os
import resource
import tempfile
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import text
from tests.quick_files import durable_files

from briefing.errors import StoreError
from briefing.model.delivery import State
from briefing.store import Added, ListRow
from briefing.store.deliveries.sqlite_ledger import SqliteLedger
from briefing.store.engine.database import Database
from briefing.store.readers.signups import SignupLimits
from briefing.store.readers.subscribers import Subscribers

LETTER = "250 taken " + "x" * 500


@contextmanager
def files_no_larger_than(size):
    """As a full disk looks to a program: writes beyond it fail."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@contextmanager
def as_nobody():
    """Root may write anywhere; so be somebody else for a moment."""
    if os.geteuid():
        yield
        return
    os.seteuid(65_534)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.fixture
def open_folder():
    """A folder that everybody may look into, under a path that everybody may pass."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        yield folder
        folder.chmod(0o755)


def readers(database):
    with database.read() as connection:
        return connection.execute(text("SELECT count(*) FROM subscribers")).scalar_one()


def test_sqlite_keeps_what_it_acknowledged_through_a_power_cut(file_url):
    wanted = {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "secure_delete": 1,
    }
    with durable_files(), closing(Database(file_url)) as database, database.read() as connection:
        found = {name: connection.exec_driver_sql(f"PRAGMA {name}").scalar_one() for name in wanted}
    assert found == wanted


def test_what_fails_half_way_is_undone_whole(house):
    def half():
        with house.store.database.write() as connection:
            connection.execute(text("DELETE FROM changes"))
            connection.execute(text("DELETE FROM subscribers"))
            raise RuntimeError

    house.fill(3)
    with pytest.raises(RuntimeError):
        half()
    assert readers(house.store.database) == 3


def test_what_is_done_together_is_seen_by_itself_alone_and_kept_or_undone_whole(house):
    database = house.store.database

    def both(fails):
        with database.together():
            house.add("ada@example.org")
            with ThreadPoolExecutor(1) as other:
                seen = readers(database), other.submit(readers, database).result()
            house.add("ben@example.org")
            if fails:
                raise RuntimeError
        return seen

    with pytest.raises(RuntimeError):
        both(fails=True)
    assert readers(database) == 0
    assert both(fails=False) == (1, 0)
    assert readers(database) == 2


def test_what_can_be_made_again_does_not_wait_for_the_disk_and_everything_after_it_does(file_url):
    def waits(connection):
        return connection.exec_driver_sql("PRAGMA synchronous").scalar_one()

    with durable_files(), closing(Database(file_url)) as database:
        for _ in range(2):
            with database.write_without_waiting() as connection:
                assert waits(connection) == 1
            with database.write() as connection:
                assert waits(connection) == 2
        with database.together(), database.write_without_waiting() as connection:
            assert waits(connection) == 2


def test_a_reader_sees_one_state_while_others_write(house):
    house.fill(3)
    with house.store.database.read() as connection:
        count = text("SELECT count(*) FROM subscribers")
        before = connection.execute(count).scalar_one()
        house.fill(2)
        assert connection.execute(count).scalar_one() == before == 3


def test_a_writer_waits_for_the_one_before(house):
    limits = SignupLimits(address_a_day=5, address_a_month=5, network_an_hour=100)

    def sign_up(_):
        return house.store.signups.admit("mark", "net", limits, house.now)

    with ThreadPoolExecutor(4) as pool:
        admitted = list(pool.map(sign_up, range(20)))
    assert admitted.count(None) == 5


def test_two_imports_of_one_list_put_everybody_on_it_once(house):
    emails = [f"r{number}@example.org" for number in range(300)]
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda _: house.add(*emails), range(4)))
    assert sum(one.count(Added.NEW) for one in answers) == 300
    assert readers(house.store.database) == 300


def test_a_database_that_is_locked_for_too_long_is_a_sentence(house):
    hasty = Database(house.url, busy_seconds=0.05)
    with house.store.database.write(), pytest.raises(StoreError) as refused, hasty.write():
        pass
    hasty.close()
    assert "another program has been writing to it for too long" in str(refused.value)
    assert house.add("ada@example.org") == [Added.NEW]


def test_a_ledger_that_waits_for_too_long_is_a_sentence_and_changes_nothing(file_house):
    house = file_house
    (one,) = house.fill(1)
    ledger = house.ledger()
    hasty = Database(house.url, busy_seconds=0.05)
    late = SqliteLedger(
        hasty, house.begin("another").number, house.store.bounces, house.store.departures
    )
    with house.store.database.write(), pytest.raises(StoreError, match="for too long"):
        late.commit([one], [], 1.0)
    assert late.counts() == {State.PENDING: 1}
    assert late.commit([one], [], 1.0) == frozenset({one})
    hasty.close()
    assert ledger.counts() == {State.PENDING: 1}


def test_reading_waits_for_no_writer(house):
    house.fill(3)
    hasty = Database(house.url, busy_seconds=0.05)
    with house.store.database.write() as connection:
        connection.execute(text("UPDATE subscribers SET name = 'x'"))
        assert readers(hasty) == 3
    hasty.close()


def test_a_full_disk_stops_the_ledger_before_a_letter_leaves_and_loses_nothing(file_house, became):
    house, database = file_house, file_house.store.database
    numbers = house.fill(400)
    ledger = house.ledger()
    with database.write() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages + 10}")
    recorded = fill_until_refused(ledger, numbers, became, "the disk is full")
    with database.write() as connection:
        connection.exec_driver_sql("PRAGMA max_page_count = 100000")
    goes_on(ledger, numbers, recorded, became)


def test_a_write_that_the_system_refuses_loses_nothing(file_house, became):
    house = file_house
    numbers = house.fill(400)
    ledger = house.ledger()
    journal = (house.folder / "desk.db-wal").stat().st_size
    with files_no_larger_than(journal + 200_000):
        recorded = fill_until_refused(ledger, numbers, became, "the disk")
    goes_on(ledger, numbers, recorded, became)


def fill_until_refused(ledger, numbers, became, sentence):
    recorded = []

    def post():
        for number in numbers:
            ledger.commit([number], [], 1.0)
            ledger.commit([], [became(number, State.POSTED, detail=LETTER)], 2.0)
            recorded.append(number)

    with pytest.raises(StoreError, match=sentence):
        post()
    assert 0 < len(recorded) < len(numbers)
    return recorded


def goes_on(ledger, numbers, recorded, became):
    """All that was acknowledged is there, and the rest can be posted now."""
    counts = ledger.counts()
    assert counts[State.POSTED] == len(recorded)
    assert sum(counts.values()) == len(numbers)
    ledger.recover(3.0)
    rest = numbers[len(recorded) :]
    assert ledger.commit(rest, [], 4.0) == frozenset(rest)
    ledger.commit([], [became(number, State.POSTED) for number in rest], 5.0)
    assert ledger.counts() == {State.POSTED: len(numbers)}


def test_a_file_that_may_not_be_written_is_a_sentence(open_folder, file_house):
    file_house.fill(2)
    file_house.store.close()
    path = open_folder / "desk.db"
    path.write_bytes((file_house.folder / "desk.db").read_bytes())
    path.chmod(0o444)
    database = Database(f"sqlite:///{path}")
    adds = Subscribers(database, file_house.store.departures)
    ada = ListRow(email="a@example.org", key="a@example.org")
    with as_nobody(), pytest.raises(StoreError, match=r"may not be written.*the right to write it"):
        adds.add_many("readers", [ada], cause="", actor="", now=1.0)
    database.close()


def test_a_folder_that_may_not_be_written_is_a_sentence(open_folder):
    open_folder.chmod(0o555)
    database = Database(f"sqlite:///{open_folder}/desk.db")
    with as_nobody(), pytest.raises(StoreError, match="cannot be opened"), database.write():
        pass
    inner = Database(f"sqlite:///{open_folder}/var/desk.db")
    with as_nobody(), pytest.raises(StoreError, match="cannot be made"), inner.write():
        pass


@pytest.mark.parametrize(
    ("damage", "sentence"),
    [
        (lambda content: b"no database at all " * 100, "this file is not a database"),
        (
            lambda content: content[:4096] + Random(1).randbytes(len(content) - 4096),
            "it is damaged",
        ),
    ],
)
def test_a_damaged_file_is_a_sentence_that_names_the_way_back(file_house, damage, sentence):
    house = file_house
    house.fill(500)
    house.store.close()
    path = house.folder / "desk.db"
    whole = path.read_bytes()
    path.write_bytes(damage(whole))
    with pytest.raises(StoreError, match=f"{sentence}.*briefing restore"):
        house.add("ada@example.org")
    house.store.close()
    path.write_bytes(whole)  # what the test had counted is looked at when it ends


def test_what_is_no_database_address_is_a_sentence_without_the_password():
    for address in ("desk.db", "oracle://x", "nothing://a:secret@b/c"):
        with pytest.raises(StoreError, match="names no database that can be used here") as refused:
            Database(address)
        assert "secret" not in str(refused.value)
    assert "secret" not in Database("postgresql+psycopg://a:secret@nowhere/b").name


def test_a_postgresql_that_does_not_answer_is_a_sentence(tmp_path):
    database = Database(f"postgresql+psycopg://briefing@/desk?host={tmp_path}")
    with pytest.raises(StoreError, match="desk"), database.read() as connection:
        connection.execute(text("SELECT 1"))
