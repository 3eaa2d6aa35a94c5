"""Tasks in PostgreSQL, handed out to several processes by Procrastinate.

Its queue is on the same database as the ledger. So an edition is frozen and its tasks are queued in
one transaction, a backup holds both, and there is no second thing to keep alive.
"""

import asyncio
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from procrastinate import App, PsycopgConnector, SyncPsycopgConnector
from procrastinate.exceptions import AlreadyEnqueued, ConnectorException
from procrastinate.jobs import DeleteJobCondition, Job, Status
from procrastinate.schema import SchemaManager
from sqlalchemy import Connection, text

from briefing.errors import BriefingError, StoreError
from briefing.store.dispatchers.base import Deliver, Task, Waiting
from briefing.store.engine.database import Database

_LOG = logging.getLogger("briefing.worker")
#: Others may use Procrastinate on this database too; its workers and ours leave each other alone.
_TASK, _QUEUE = "briefing.deliver", "briefing"
#: Seconds between two sweeps (two leases, where that is less), and between two looks at whether to stop.
_SWEEP, _LOOK = 60.0, 0.25
_LIVE = text(
    "SELECT args->>'edition', (args->>'shard')::int FROM procrastinate_jobs "
    "WHERE task_name = :name AND status IN ('todo', 'doing') ORDER BY id"
)


class ProcrastinateDispatcher:
    """Tasks for any number of workers, on this machine or others."""

    def __init__(self, database: Database, *, shards: int, lease: float) -> None:
        """Use the queue of that database; its tables are made when they are not there.

        Args:
            database: PostgreSQL.
            shards: how many workers are to deliver one edition side by side.
            lease: seconds after which a worker that gives no sign of life is taken for dead.

        Raises:
            StoreError: for SQLite, and when the tables cannot be made.
        """
        if database.is_sqlite:
            raise StoreError(
                f'{database.name} is a file; [send] engine = "procrastinate" needs PostgreSQL. '
                "`briefing db copy` moves the house, [database] url then names it."
            )
        self._database, self._shards, self._lease = database, shards, lease
        self._make_tables()

    def dispatch(self, connection: Connection, edition: str) -> None:
        """See `Dispatcher.dispatch`."""
        driver: Any = connection.connection.driver_connection
        app = App(connector=SyncPsycopgConnector())
        for shard in range(self._shards):
            task = Task(edition, shard)
            try:
                # A task that waits already is a row that cannot be added; the rest must still be.
                with connection.begin_nested():
                    options = {"queueing_lock": _lock(task), "connection": driver}
                    app.configure_task(_TASK, queue=_QUEUE, **options).defer(**_args(task))
            except AlreadyEnqueued:
                continue

    def work(self, deliver: Deliver, waiting: Waiting, until: Callable[[], bool]) -> None:
        """See `Dispatcher.work`."""
        with _sentences(self._database.name):
            asyncio.run(self._work(deliver, waiting, until))

    def tasks(self) -> tuple[Task, ...]:
        """See `Dispatcher.tasks`."""
        with self._database.read() as connection:
            rows = connection.execute(_LIVE, {"name": _TASK}).all()
        return tuple(Task(edition, shard) for edition, shard in rows)

    async def _work(self, deliver: Deliver, waiting: Waiting, until: Callable[[], bool]) -> None:
        address = self._database.engine.url.set(drivername="postgresql")
        connector = PsycopgConnector(conninfo=address.render_as_string(hide_password=False))
        app = App(connector=connector)

        @app.task(name=_TASK, queue=_QUEUE)
        async def task(*, edition: str, shard: int) -> None:
            try:
                more = await asyncio.to_thread(deliver, edition, shard)
            except BriefingError as error:
                _LOG.error("Later: %s", error)
                return
            if more:
                await _defer(app, Task(edition, shard))

        async with app.open_async():
            worker = asyncio.create_task(
                app.run_worker_async(
                    queues=[_QUEUE],
                    concurrency=1,
                    install_signal_handlers=False,
                    delete_jobs=DeleteJobCondition.ALWAYS.value,
                    update_heartbeat_interval=self._lease / 3,
                    stalled_worker_timeout=self._lease,
                )
            )
            sweeper = asyncio.create_task(self._sweeping(app, waiting))
            try:
                while not until() and not worker.done() and not sweeper.done():
                    await asyncio.sleep(_LOOK)
            finally:
                sweeper.cancel()
                worker.cancel()  # it finishes the task at hand
                ends = await asyncio.gather(worker, sweeper, return_exceptions=True)
            for end in ends:
                if isinstance(end, Exception):
                    raise end

    async def _sweeping(self, app: App, waiting: Waiting) -> None:
        while True:
            await self._sweep(app, await asyncio.to_thread(lambda: list(waiting())))
            await asyncio.sleep(min(_SWEEP, 2 * self._lease))

    async def _sweep(self, app: App, editions: list[str]) -> None:
        """Hand out again what died, and give every edition that waits the tasks it lacks."""
        jobs = app.job_manager
        stalled = await jobs.get_stalled_jobs(task_name=_TASK, seconds_since_heartbeat=self._lease)
        dead = {job.id for job in stalled}
        for job in stalled:
            _LOG.warning("%s is handed out again: its worker died", job.task_kwargs.get("edition"))
            await jobs.finish_job(job, Status.FAILED, delete_job=True)
            await _defer(app, _task(job))
        live = await jobs.list_jobs_async(task=_TASK)
        known = {_task(job) for job in live if job.id not in dead}
        for edition in editions:
            for shard in range(self._shards):
                if (task := Task(edition, shard)) not in known:
                    await _defer(app, task)

    def _make_tables(self) -> None:
        """Make the queue's tables, once; two who come at the same moment take turns."""
        with self._database.write() as connection:
            Database.take_turn(connection)
            found = connection.execute(text("SELECT to_regclass('procrastinate_jobs')")).scalar()
            if found is None:
                driver: Any = connection.connection.driver_connection
                driver.execute(SchemaManager.get_schema())


async def _defer(app: App, task: Task) -> None:
    try:
        configured = app.configure_task(_TASK, queue=_QUEUE, queueing_lock=_lock(task))
        await configured.defer_async(**_args(task))
    except AlreadyEnqueued:
        return


def _lock(task: Task) -> str:
    return f"deliver:{task.edition}:{task.shard}"


def _args(task: Task) -> dict[str, Any]:
    return {"edition": task.edition, "shard": task.shard}


def _task(job: Job) -> Task:
    return Task(str(job.task_kwargs["edition"]), int(str(job.task_kwargs["shard"])))


@contextmanager
def _sentences(name: str) -> Iterator[None]:
    try:
        yield
    except ConnectorException as error:
        raise StoreError(
            f"{name}: the queue cannot be reached: {error.__cause__ or error}."
        ) from error
