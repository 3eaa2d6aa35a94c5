"""Tasks within one process: a queue in memory, made good from the ledger whenever it is swept."""

import logging
import threading
import time
from collections.abc import Callable, Iterable

from sqlalchemy import Connection, event

from briefing.errors import BriefingError
from briefing.store.dispatchers.base import Deliver, Task, Waiting

_LOG = logging.getLogger("briefing.worker")
#: Seconds between two sweeps: what other processes began is found by looking at the ledger.
_SWEEP = 1.0


class LocalDispatcher:
    """One worker in this process. A task is lost with it, and found again by the next one's sweep."""

    def __init__(self) -> None:
        self._waiting: dict[Task, None] = {}
        self._at_hand: Task | None = None
        self._news = threading.Event()

    def dispatch(self, connection: Connection, edition: str) -> None:
        """See `Dispatcher.dispatch`."""
        event.listen(connection, "commit", lambda _: self._add(edition), once=True)

    def work(self, deliver: Deliver, waiting: Waiting, until: Callable[[], bool]) -> None:
        """See `Dispatcher.work`."""
        swept = float("-inf")
        while not until():
            now = time.monotonic()
            if now - swept >= _SWEEP:
                swept = now
                self.sweep(waiting())
            if self._waiting:
                self._do(deliver)
            else:
                self._news.wait(_SWEEP / 4)
                self._news.clear()

    def tasks(self) -> tuple[Task, ...]:
        """See `Dispatcher.tasks`."""
        return (*((self._at_hand,) if self._at_hand else ()), *self._waiting)

    def sweep(self, editions: Iterable[str]) -> None:
        """Give these a task, unless one waits."""
        for edition in editions:
            self._add(edition)

    def _add(self, edition: str) -> None:
        self._waiting[Task(edition, 0)] = None
        self._news.set()

    def _do(self, deliver: Deliver) -> None:
        task = self._at_hand = next(iter(self._waiting))
        del self._waiting[task]
        try:
            if deliver(task.edition, task.shard):
                self._waiting[task] = None
        except BriefingError as error:
            _LOG.error("Later: %s", error)
        finally:
            self._at_hand = None
