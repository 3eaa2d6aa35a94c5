"""`briefing worker`: one of several senders."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from briefing.cli.console import ConfigOption, say
from briefing.cli.daemon.systemd import notify
from briefing.clock import utc_now
from briefing.errors import BriefingError

if TYPE_CHECKING:
    from briefing.cli.daemon.supervisor import Supervisor
    from briefing.config import Config

_LOG = logging.getLogger("briefing.worker")
#: Seconds to wait when the database cannot be reached.
_LOOK = 1.0


def worker(config: ConfigOption = Path("config.toml")) -> None:
    """Post letters next to other workers, on this machine or another, over one PostgreSQL.

    [send] engine says who hands out the work: each worker looks for it ("local"), or Procrastinate
    does. Each holds a few hundred deliveries on a lease of [send] lease seconds; when one dies, the others
    take over what it held. Begin editions with `briefing scheduler`, `run` or the desk.
    """
    from briefing.cli.daemon.http_servers import answering_ops
    from briefing.cli.daemon.supervisor import supervise

    say("Posting letters next to other workers; Ctrl+C stops.")
    supervise(config, (answering_ops, _working))


@contextmanager
def _working(supervisor: Supervisor) -> Iterator[None]:
    """The part that posts."""
    from briefing.actions.sending.worker import Worker

    mine = Worker(supervisor.config, utc_now)
    over = threading.Event()

    def heed(config: Config) -> None:
        mine.config = config

    def is_over() -> bool:
        notify("WATCHDOG=1")
        return over.is_set()

    def run() -> None:
        _LOG.info("Worker %s posts the letters of editions whose sending began", mine.name)
        while not over.is_set():
            try:
                mine.work(is_over)
            except BriefingError as error:
                _LOG.error("Later: %s", error)
            over.wait(_LOOK)

    def stop() -> None:
        over.set()
        mine.stop_signal.pull("it was told to stop")

    with mine.at_work():
        supervisor.heed(heed)
        supervisor.work("worker", run, stop)
        yield
