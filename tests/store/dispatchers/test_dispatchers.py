"""The contract of dispatchers: the same tasks, whether they wait in memory or in PostgreSQL."""

import threading
from dataclasses import dataclass
from typing import Any

import pytest
from sqlalchemy import text
from tests.store.conftest import opened

from briefing.errors import SendError, StoreError
from briefing.store import LocalDispatcher, Task
from briefing.store.dispatchers.procrastinate import ProcrastinateDispatcher

EDITION = "staggers-2026-11-23"
#: Seconds that anything may take here before it is called stuck.
PATIENCE = 20.0


@dataclass
class TaskQueue:
    """A dispatcher, and the one edition that it is asked to deliver."""

    dispatcher: Any
    database: Any

    def dispatch(self, *editions: str, fails: bool = False) -> None:
        with self.database.write() as connection:
            for edition in editions or (EDITION,):
                self.dispatcher.dispatch(connection, edition)
            if fails:
                raise KeyError("the transaction is undone")

    def run(self, deliver, *, waiting=(), tasks=1, more=()):
        """Work until so many tasks were done; those done."""
        done: list[Task] = []
        answers, enough = iter(more), threading.Timer(PATIENCE, lambda: None)
        enough.start()

        def noting(edition: str, shard: int) -> bool:
            done.append(Task(edition, shard))
            deliver(edition, shard)
            return next(answers, False)

        self.dispatcher.work(
            noting, lambda: waiting, lambda: len(done) >= tasks or not enough.is_alive()
        )
        enough.cancel()
        return done


@pytest.fixture
def store_of(request, tmp_path):
    """Opens a store of one kind."""
    stores = []

    def of(kind: str):
        url = f"sqlite:///{tmp_path}/desk.db"
        if kind == "postgresql":
            url = request.getfixturevalue("postgresql_url")
        stores.append(opened(url, tmp_path))
        return stores[-1]

    yield of
    for store in stores:
        store.close()


@pytest.fixture(params=["local", "procrastinate"])
def desk(request, store_of, tmp_path):
    """A desk of each kind; the engine's needs PostgreSQL."""
    if request.param == "local":
        return TaskQueue(LocalDispatcher(), store_of("sqlite").database)
    database = store_of("postgresql").database
    return TaskQueue(ProcrastinateDispatcher(database, shards=1, lease=2.0), database)


def nothing(edition, shard):
    """Deliver nothing."""


def test_a_committed_dispatch_is_worked_at_and_then_gone(desk):
    desk.dispatch()
    assert desk.dispatcher.tasks() == (Task(EDITION, 0),)
    assert desk.run(nothing) == [Task(EDITION, 0)]
    assert desk.dispatcher.tasks() == ()


def test_a_dispatch_whose_transaction_is_undone_was_never_asked_for(desk):
    with pytest.raises(KeyError):
        desk.dispatch(fails=True)
    assert desk.dispatcher.tasks() == ()


def test_what_waits_already_is_not_asked_for_twice(desk):
    desk.dispatch(EDITION, EDITION)
    desk.dispatch(EDITION, "other")
    assert desk.dispatcher.tasks() == (Task(EDITION, 0), Task("other", 0))


def test_a_task_with_more_to_do_comes_again(desk):
    desk.dispatch()
    assert desk.run(nothing, tasks=3, more=[True, True]) == [Task(EDITION, 0)] * 3
    assert desk.dispatcher.tasks() == ()


def test_a_task_that_is_refused_ends_and_the_next_goes_on(desk):
    def refuse(edition, shard):
        if edition == EDITION:
            raise SendError("the key cannot be read")

    desk.dispatch(EDITION, "other")
    assert desk.run(refuse, tasks=2) == [Task(EDITION, 0), Task("other", 0)]
    assert desk.dispatcher.tasks() == ()


def test_a_lost_task_is_made_again_by_the_sweep(desk):
    desk.dispatch()
    forget(desk)
    assert desk.dispatcher.tasks() == ()
    assert desk.run(nothing, waiting=[EDITION]) == [Task(EDITION, 0)]


def test_while_it_is_worked_at_it_may_be_asked_for_again(desk):
    def ask(edition, shard):
        if not asked:
            asked.append(edition)
            desk.dispatch()

    asked: list[str] = []
    desk.dispatch()
    assert desk.run(ask, tasks=2) == [Task(EDITION, 0)] * 2


def forget(desk):
    """Lose every task, as a process that dies or a table that is emptied does."""
    if isinstance(desk.dispatcher, LocalDispatcher):
        desk.dispatcher = LocalDispatcher()
        return
    with desk.database.write() as connection:
        connection.execute(text("DELETE FROM procrastinate_jobs"))


@pytest.fixture
def engine(store_of):
    """The engine for two shards, whose workers are dead after two seconds."""
    database = store_of("postgresql").database
    return TaskQueue(ProcrastinateDispatcher(database, shards=2, lease=2.0), database)


def test_the_engine_gives_an_edition_as_many_tasks_as_are_to_work_side_by_side(engine):
    engine.dispatch()
    assert engine.dispatcher.tasks() == (Task(EDITION, 0), Task(EDITION, 1))


def test_the_engine_hands_out_anew_what_a_dead_worker_had(engine):
    engine.dispatch()
    with engine.database.write() as connection:
        dead = (
            "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - interval '1 hour')"
        )
        worker = connection.execute(text(f"{dead} RETURNING id")).scalar_one()
        connection.execute(
            text("UPDATE procrastinate_jobs SET status = 'doing', worker_id = :worker"),
            {"worker": worker},
        )
    done = engine.run(nothing, tasks=2)
    assert sorted(task.shard for task in done) == [0, 1]
    assert engine.dispatcher.tasks() == ()


def test_a_task_of_the_engine_carries_no_reader(engine):
    engine.dispatch()
    with engine.database.read() as connection:
        carried = connection.execute(text("SELECT args FROM procrastinate_jobs")).scalars().all()
    assert carried == [{"edition": EDITION, "shard": 0}, {"edition": EDITION, "shard": 1}]


def test_the_engine_leaves_the_jobs_of_others_alone(engine):
    with engine.database.write() as connection:
        connection.execute(
            text(
                "INSERT INTO procrastinate_jobs (queue_name, task_name, args) "
                "VALUES ('billing', 'invoice', '{}')"
            )
        )
    engine.dispatch()
    engine.run(nothing, tasks=2)
    with engine.database.read() as connection:
        left = connection.execute(text("SELECT queue_name, status FROM procrastinate_jobs")).all()
    assert [tuple(row) for row in left] == [("billing", "todo")]


def test_the_engine_is_refused_over_a_file(store_of):
    with pytest.raises(StoreError, match="needs PostgreSQL"):
        ProcrastinateDispatcher(store_of("sqlite").database, shards=1, lease=2.0)
