"""Tasks in PostgreSQL, handed out to several processes by Procrastinate.

Its queue is on the same database as the ledger. So an edition is frozen and its tasks are queued in
one transaction, a backup holds both, and there is no second thing to keep alive.
"""

import asyncio
import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from procrastinate import App, PsycopgConnector, SyncPsycopgConnector
from procrastinate.exceptions import AlreadyEnqueued, ConnectorException
from procrastinate.jobs import DeleteJobCondition, Job, Status
from procrastinate.schema import SchemaManager
from psycopg import Error as DriverError
from sqlalchemy import Connection, text

from briefing.errors import BriefingError, StoreError
from briefing.store.dispatchers.base import Deliver, Task, Waiting
from briefing.store.engine.database import Database
from briefing.store.engine.postgresql import ALIVE, for_a_session, limits_of

_LOG = logging.getLogger("briefing.worker")
#: Others may use Procrastinate on this database too; its workers and ours leave each other alone.
_TASK, _QUEUE = "briefing.deliver", "briefing"
#: Seconds between two sweeps (two leases, where that is less), and between two looks at whether to stop.
_SWEEP, _LOOK = 60.0, 0.25
#: Seconds: between two looks at what stands still, what the server has to answer within, how long a
#: task may wait while we have nothing at hand, and how long one may be at hand (it lasts a minute).
_WATCH, _ANSWER, _STANDS, _AT_HAND = 5.0, 5.0, 30.0, 300.0
#: Seconds that a stop takes at most, so that the process can end within ten.
_STOP = 8.0
#: How often the queue is asked where its server cannot call; seconds.
_ASKED = 1.0
_LIVE = text(
    "SELECT args->>'edition', (args->>'shard')::int FROM procrastinate_jobs "
    "WHERE task_name = :name AND status IN ('todo', 'doing') ORDER BY id"
)
#: How long the oldest task waits by the database's clock, and which are at hand for too long.
_OLDEST = text(
    "SELECT extract(epoch FROM clock_timestamp() - min(e.at))::float8 FROM procrastinate_jobs j "
    "JOIN procrastinate_events e ON e.job_id = j.id AND e.type = 'deferred' "
    "WHERE j.task_name = :name AND j.status = 'todo'"
)
_STUCK = text(
    "SELECT id FROM procrastinate_jobs j WHERE task_name = :name AND status = 'doing' AND NOT EXISTS "
    "(SELECT FROM procrastinate_events e WHERE e.job_id = j.id "
    "AND e.at > clock_timestamp() - make_interval(secs => :seconds))"
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
        #: Tasks at hand, and when the last one ended or there was none to be had.
        self._at_hand, self._idle_since = 0, time.monotonic()
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
        self._at_hand, self._idle_since = 0, time.monotonic()
        working = asyncio.create_task(self._until_one_ends(deliver, waiting))
        while not until() and not working.done():
            await asyncio.sleep(_LOOK)
        if not working.done():
            working.cancel()
            await asyncio.wait({working}, timeout=_STOP)
            if not working.done():
                raise StoreError(
                    f"{self._database.name}: the queue did not let go within {_STOP:.0f} seconds "
                    "of being told to. What is at hand is handed out again after its lease."
                )
        if not working.cancelled():
            working.result()

    async def _until_one_ends(self, deliver: Deliver, waiting: Waiting) -> None:
        """Work, sweep and watch until one of them fails; cancelled, it finishes the task at hand."""
        is_pooled = self._database.is_pooled
        app = App(connector=self._connector(is_pooled=is_pooled))
        self._register(app, deliver)
        async with app.open_async():
            parts = [
                asyncio.create_task(part)
                for part in (
                    app.run_worker_async(
                        queues=[_QUEUE],
                        concurrency=1,
                        install_signal_handlers=False,
                        delete_jobs=DeleteJobCondition.ALWAYS.value,
                        update_heartbeat_interval=self._lease / 3,
                        stalled_worker_timeout=self._lease,
                        # A pooler gives the session that listens to somebody else.
                        listen_notify=not is_pooled,
                        fetch_job_polling_interval=_ASKED if is_pooled else _WATCH,
                    ),
                    self._sweeping(app, waiting),
                    self._watching(),
                )
            ]
            try:
                await asyncio.wait(parts, return_when=asyncio.FIRST_COMPLETED)
            finally:
                for part in parts:
                    part.cancel()
                ends = await asyncio.gather(*parts, return_exceptions=True)
            for end in ends:
                if isinstance(end, Exception):
                    raise end
            _LOG.warning("The queue's worker ended by itself; it begins again")

    def _register(self, app: App, deliver: Deliver) -> None:
        @app.task(name=_TASK, queue=_QUEUE)
        async def task(*, edition: str, shard: int) -> None:
            self._at_hand += 1
            try:
                more = await asyncio.to_thread(deliver, edition, shard)
            except BriefingError as error:
                _LOG.error("Later: %s", error)
                return
            finally:
                self._at_hand -= 1
                self._idle_since = time.monotonic()
            if more:
                await _defer(app, Task(edition, shard))

    def _connector(self, *, is_pooled: bool) -> PsycopgConnector:
        """The queue's own connections, told what ours are told."""

        async def configure(connection: Any) -> None:
            await connection.set_autocommit(True)
            if is_pooled:
                connection.prepare_threshold = None
            else:
                await connection.execute(for_a_session(limits_of(connection, _ANSWER)))

        address = self._database.engine.url.set(drivername="postgresql")
        return PsycopgConnector(
            conninfo=address.render_as_string(hide_password=False),
            kwargs=dict(ALIVE),
            configure=configure,
            timeout=_ANSWER,
        )

    async def _watching(self) -> None:
        """Notice that tasks wait and none is taken, which no error tells.

        Raises:
            StoreError: when that is so.
        """
        while True:
            await asyncio.sleep(_WATCH)
            age = await asyncio.to_thread(self._oldest)
            idle = time.monotonic() - self._idle_since
            if age > _STANDS and idle > _STANDS and not self._at_hand:
                raise StoreError(
                    f"{self._database.name}: a task of the queue has waited for {age:.0f} seconds, "
                    f"and for {idle:.0f} this worker took none. It begins again."
                )

    def _oldest(self) -> float:
        with self._database.read() as connection:
            return connection.execute(_OLDEST, {"name": _TASK}).scalar() or 0.0

    def _stuck(self) -> frozenset[int]:
        asked = {"name": _TASK, "seconds": _AT_HAND}
        with self._database.read() as connection:
            return frozenset(connection.execute(_STUCK, asked).scalars())

    async def _sweeping(self, app: App, waiting: Waiting) -> None:
        while True:
            await self._sweep(app, await asyncio.to_thread(lambda: list(waiting())))
            await asyncio.sleep(min(_SWEEP, 2 * self._lease))

    async def _sweep(self, app: App, editions: list[str]) -> None:
        """Hand out again what died, and give every edition that waits the tasks it lacks."""
        jobs = app.job_manager
        stalled = await jobs.get_stalled_jobs(task_name=_TASK, seconds_since_heartbeat=self._lease)
        dead = {job.id for job in stalled} | await asyncio.to_thread(self._stuck)
        live = list(await jobs.list_jobs_async(task=_TASK))
        for job in (job for job in live if job.id in dead):
            _LOG.warning("%s is handed out again: its worker died", job.task_kwargs.get("edition"))
            await jobs.finish_job(job, Status.FAILED, delete_job=True)
            await _defer(app, _task(job))
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
            self._refuse_unsettled(connection)
            if found is None:
                driver: Any = connection.connection.driver_connection
                driver.execute(SchemaManager.get_schema())

    def _refuse_unsettled(self, connection: Connection) -> None:
        """Behind a pooler the queue cannot set its isolation, and with another its workers fail.

        Raises:
            StoreError: when the database's own default is not the one that it needs.
        """
        default = connection.execute(text("SHOW default_transaction_isolation")).scalar_one()
        if self._database.is_pooled and default != "read committed":
            raise StoreError(
                f"{self._database.name}: behind a pooler the queue has the database's own isolation, "
                f"which is {default!r}. Run `ALTER DATABASE … SET default_transaction_isolation = "
                "'read committed'`, or leave [send] engine out."
            )


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
    except (ConnectorException, DriverError) as error:
        raise StoreError(
            f"{name}: the queue cannot be reached: {error.__cause__ or error}."
        ) from error
