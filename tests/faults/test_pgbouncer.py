"""A real PgBouncer before PostgreSQL: what holds by transaction, and what is refused by statement.

Runs where Debian's package pgbouncer is installed, as in CI.
"""

import subprocess
import sys
import threading
from contextlib import ExitStack, closing

import pytest
from tests.faults.workers import Way, run
from tests.servers.pgbouncer import pooled, program
from tests.store.conftest import opened

from briefing.errors import Busy, StoreError
from briefing.store.dispatchers.procrastinate import ProcrastinateDispatcher
from briefing.store.engine.database import Database
from briefing.store.engine.lock import one_of_many, only_one

pytestmark = pytest.mark.skipif(not program(), reason="needs Debian's package pgbouncer")
HOLD = """\
import sys
from pathlib import Path
from briefing.store.engine.database import Database
from briefing.store.engine.lock import only_one
with only_one(Database(sys.argv[1]), Path(), "sending", "sending"):
    print("held", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def address(postgresql_server):
    """Makes the address of an empty database, by a pooler in that mode."""
    with ExitStack() as stack:

        def of(mode, more=""):
            stack.enter_context(postgresql_server.database("pooled"))
            port, _ = stack.enter_context(pooled(postgresql_server, mode, more))
            return f"postgresql+psycopg://briefing@127.0.0.1:{port}/pooled"

        yield of


@pytest.mark.parametrize("engine", ["local", "procrastinate"])
def test_killed_workers_lose_and_double_nothing_behind_a_pooler_by_transaction(
    address, tmp_path, engine
):
    figures = run(tmp_path, address("transaction"), Way(300, 4, "hold", engine, stops=0.0))
    assert (figures.lost, figures.extra, figures.extra_unmarked) == (0, 0, 0)


def test_what_is_said_again_and_again_is_prepared_nowhere(address, tmp_path):
    """Six times the same makes psycopg prepare a statement; the next connection would not know it."""
    url = address("transaction", "pool_size=3")
    opened(url, tmp_path).close()
    failed = []

    def ask(database):
        try:
            for _ in range(40):
                with database.write() as connection:
                    connection.exec_driver_sql(
                        "SELECT count(*) FROM mailings WHERE number = %s", (1,)
                    )
        except StoreError as error:
            failed.append(error)

    with closing(Database(url)) as one, closing(one.side_by_side()) as other:
        threads = [threading.Thread(target=ask, args=(each,)) for each in (one, other) * 4]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert failed == []


def test_limits_and_isolation_hold_in_each_transaction_and_leak_into_none(address):
    url = address("transaction", "pool_size=1")
    with closing(Database(url, busy_seconds=7)) as ours, closing(ours.side_by_side()) as other:
        assert ours.is_pooled
        for database, silence in ((ours, "0"), (other, "10s")):
            with database.write() as connection:
                asked = (
                    "SELECT current_setting('lock_timeout'), "
                    "current_setting('idle_in_transaction_session_timeout')"
                )
                found = connection.exec_driver_sql(asked).one()
            assert found[1] == silence
    import psycopg  # noqa: PLC0415

    stranger = url.replace("+psycopg", "")
    with psycopg.connect(stranger, autocommit=True) as connection:
        (left,) = connection.execute("SHOW lock_timeout").fetchone()
    assert left == "0"


def test_a_lock_is_held_by_one_and_free_when_its_holder_ends_or_is_killed(address, tmp_path):
    url = address("transaction")
    with closing(Database(url)) as database:
        with only_one(database, tmp_path, "sending", "sending") as held:
            with (
                pytest.raises(Busy),
                closing(Database(url)) as other,
                only_one(other, tmp_path, "sending", "sending"),
            ):
                pass
            assert not held.is_lost()
        with (
            one_of_many(database, "sending", "sending"),
            one_of_many(database, "sending", "sending"),
        ):
            pass
        with subprocess.Popen(
            [sys.executable, "-c", HOLD, url], stdin=subprocess.PIPE, stdout=subprocess.PIPE
        ) as process:
            assert process.stdout.readline() == b"held\n"
            with pytest.raises(Busy), only_one(database, tmp_path, "sending", "sending"):
                pass
            process.kill()
        for _ in range(200):
            try:
                with only_one(database, tmp_path, "sending", "sending"):
                    return
            except Busy:
                threading.Event().wait(0.05)
        pytest.fail("the lock of a killed process is not free after ten seconds")


def test_a_pooler_by_session_is_used_as_one_by_transaction(address, tmp_path):
    store = opened(address("session"), tmp_path)
    assert store.database.is_pooled
    with store.database.write() as connection:
        said = connection.exec_driver_sql("SHOW transaction_isolation").scalar()
    assert said == "read committed"
    store.close()


def test_a_pooler_by_statement_is_refused_at_the_start(address, tmp_path):
    with pytest.raises(StoreError, match="pool_mode = transaction or session"):
        opened(address("statement"), tmp_path)


def test_behind_a_pooler_the_queue_refuses_an_isolation_that_it_cannot_set(
    address, postgresql_server
):
    url = address("transaction")
    direct = f"postgresql+psycopg://briefing@/pooled?host={postgresql_server.folder}"
    with closing(Database(direct)) as keeper, keeper.write() as connection:
        connection.exec_driver_sql(
            "ALTER DATABASE pooled SET default_transaction_isolation = 'serializable'"
        )
    with closing(Database(url)) as database, pytest.raises(StoreError, match="ALTER DATABASE"):
        ProcrastinateDispatcher(database, shards=1, lease=2.0)
