"""PostgreSQL as those who keep it run it: isolation, limits, sessions that end, standbys."""

import asyncio
import threading
import time
from contextlib import closing, contextmanager

import pytest
from procrastinate import App
from sqlalchemy import text
from tests.store.conftest import opened

from briefing.errors import StoreError
from briefing.store.dispatchers import procrastinate
from briefing.store.dispatchers.procrastinate import ProcrastinateDispatcher
from briefing.store.engine import postgresql
from briefing.store.engine.database import Database
from briefing.store.engine.lock import only_one

#: Seconds that anything may take here before it is called stuck.
PATIENCE = 60.0
LIMITS = (
    "statement_timeout",
    "idle_in_transaction_session_timeout",
    "idle_session_timeout",
    "transaction_timeout",
)
#: What ends every session of this database but the one that asks.
END_OTHERS = (
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
    "WHERE datname = current_database() AND pid <> pg_backend_pid()"
)


def tell(url, setting, value):
    """Give the database a default, as those who keep it do."""
    with closing(Database(url)) as database, database.write() as connection:
        name = connection.execute(text("SELECT current_database()")).scalar_one()
        connection.exec_driver_sql(f"ALTER DATABASE {name} SET {setting} = '{value}'")


def end_others(url):
    with closing(Database(url)) as database, database.session() as session:
        session.connection.exec_driver_sql(END_OTHERS)


class Queue:
    """The queue of a database, and workers at it."""

    def __init__(self, url, folder):
        self.url, self.done, self.errors = url, [], []
        self.store = opened(url, folder)
        self.over = threading.Event()
        self.dispatcher = ProcrastinateDispatcher(self.store.database, shards=1, lease=2.0)

    def dispatch(self, *editions):
        with self.store.database.write() as connection:
            for edition in editions:
                self.dispatcher.dispatch(connection, edition)

    @contextmanager
    def at_work(self, workers=1):
        threads = [threading.Thread(target=self._work) for _ in range(workers)]
        for thread in threads:
            thread.start()
        try:
            yield
        finally:
            self.over.set()
            for thread in threads:
                thread.join(PATIENCE)

    def _work(self):
        """As `briefing worker` does: what fails is said, and begun again."""
        with closing(Database(self.url)) as database:
            while not self.over.is_set():
                try:
                    mine = ProcrastinateDispatcher(database, shards=1, lease=2.0)
                    mine.work(self._deliver, lambda: (), self.over.is_set)
                except StoreError as error:
                    self.errors.append(str(error))

    def _deliver(self, edition, shard):
        self.done.append(edition)
        return False

    def wait_for(self, count):
        until = time.monotonic() + PATIENCE
        while len(self.done) < count and time.monotonic() < until:
            time.sleep(0.01)
        return len(self.done)


@pytest.fixture
def queue(postgresql_url, tmp_path):
    found = Queue(postgresql_url, tmp_path)
    yield found
    found.store.close()


@pytest.mark.parametrize("isolation", ["serializable", "repeatable read"])
def test_workers_do_every_job_whatever_the_databases_isolation(postgresql_url, tmp_path, isolation):
    tell(postgresql_url, "default_transaction_isolation", isolation)
    queue = Queue(postgresql_url, tmp_path)
    queue.dispatch(*(f"edition-{number}" for number in range(60)))
    with queue.at_work(3):
        assert queue.wait_for(60) == 60
    queue.store.close()
    assert (len(set(queue.done)), queue.errors) == (60, [])


def test_two_ledgers_take_and_commit_side_by_side_on_a_serializable_database(
    postgresql_url, tmp_path
):
    tell(postgresql_url, "default_transaction_isolation", "serializable")
    with closing(Database(postgresql_url)) as one:
        two = one.side_by_side()
        for database in (one, two):
            with database.write() as connection:
                said = connection.exec_driver_sql("SHOW transaction_isolation").scalar()
            assert said == "read committed"
        with two.line() as line:
            assert line.exec_driver_sql("SHOW transaction_isolation").scalar() == "read committed"
        with one.read() as connection:
            said = connection.exec_driver_sql("SHOW transaction_isolation").scalar()
        assert said == "repeatable read"
        two.close()


def test_the_servers_limits_for_others_cut_nothing_of_ours(postgresql_url, tmp_path):
    for limit in LIMITS:
        tell(postgresql_url, limit, "100ms")
    with (
        closing(Database(postgresql_url)) as database,
        only_one(database, tmp_path, "sending", "sending") as held,
    ):
        with database.write() as connection:
            connection.exec_driver_sql("SELECT pg_sleep(0.2)")
            threading.Event().wait(0.2)
            connection.exec_driver_sql("SELECT 1")
        assert not held.is_lost()


def test_a_connection_that_the_server_ended_while_it_rested_is_replaced(
    postgresql_url, monkeypatch
):
    monkeypatch.setattr(postgresql, "_REST", 0.0)
    with closing(Database(postgresql_url)) as database:
        for _ in range(2):
            with database.read() as connection:
                assert connection.exec_driver_sql("SELECT 1").scalar() == 1
            end_others(postgresql_url)


def test_a_worker_whose_sessions_the_server_ends_goes_on_and_stops_when_told(queue):
    with queue.at_work():
        queue.dispatch("before")
        assert queue.wait_for(1) == 1
        end_others(queue.url)
        queue.store.database.close()
        queue.dispatch("after", "and after that")
        assert queue.wait_for(3) == 3
        told = time.monotonic()
    assert time.monotonic() - told < 10


def test_a_worker_that_stands_still_says_so_and_ends(queue, monkeypatch):
    monkeypatch.setattr(procrastinate, "_WATCH", 0.1)
    monkeypatch.setattr(procrastinate, "_STANDS", 0.3)

    async def idle(*_, **__):
        await asyncio.Event().wait()

    monkeypatch.setattr(App, "run_worker_async", idle)
    queue.dispatch("waits")
    with pytest.raises(StoreError, match="this worker took none"):
        queue.dispatcher.work(lambda *_: False, lambda: (), lambda: False)


def test_a_queue_that_does_not_let_go_is_cut_off(queue, monkeypatch):
    monkeypatch.setattr(procrastinate, "_STOP", 0.2)
    released = []

    async def deaf(*_, **__):
        try:
            await asyncio.Event().wait()
        finally:
            await asyncio.shield(asyncio.sleep(1.0))
            released.append(True)

    monkeypatch.setattr(App, "run_worker_async", deaf)
    looks = iter([False, False, True])
    with pytest.raises(StoreError, match="did not let go"):
        queue.dispatcher.work(lambda *_: False, lambda: (), lambda: next(looks, True))


def test_a_task_that_is_at_hand_for_too_long_is_handed_out_again(queue, monkeypatch):
    monkeypatch.setattr(procrastinate, "_AT_HAND", -1.0)
    queue.dispatch("stuck")
    with queue.store.database.write() as connection:
        alive = "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now()) RETURNING id"
        worker = connection.execute(text(alive)).scalar_one()
        taken = "UPDATE procrastinate_jobs SET status = 'doing', worker_id = :worker"
        connection.execute(text(taken), {"worker": worker})
    with queue.at_work():
        assert queue.wait_for(1) == 1


def test_a_database_that_only_reads_is_a_sentence_with_the_next_step(postgresql_url):
    tell(postgresql_url, "default_transaction_read_only", "on")
    with (
        closing(Database(postgresql_url)) as database,
        pytest.raises(StoreError, match="it only reads now: a standby after a failover"),
        database.write() as connection,
    ):
        connection.exec_driver_sql("CREATE TABLE never (id int)")
