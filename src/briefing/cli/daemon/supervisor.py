"""The supervisor: one process, several parts, one config.toml, and a clean end."""

import logging
import threading
from collections.abc import Callable
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass
from pathlib import Path

import typer

from briefing.actions.process_end import ending_in_time
from briefing.cli.console import REFUSED, configuration
from briefing.cli.daemon.logs import log_to_stderr
from briefing.cli.daemon.systemd import notify
from briefing.config import Config
from briefing.config.reload import WatchedConfig
from briefing.errors import BriefingError

_LOG = logging.getLogger("briefing")
#: Seconds between two looks at config.toml and at the parts.
_LOOK = 0.5


@dataclass(frozen=True, slots=True)
class _Worker:
    """A thread of a part, and how it is told to end."""

    thread: threading.Thread
    stop: Callable[[], object]


class Supervisor:
    """Runs parts until somebody asks the process to end, or one of them ends by itself."""

    def __init__(self, path: Path, config: Config, *, is_helper: bool = False) -> None:
        """Be ready to run the parts of a house.

        Args:
            path: its config.toml, which is looked at for changes.
            config: what it says now.
            is_helper: another process starts and stops this one, and says so.
        """
        self._level = logging.DEBUG if is_helper else logging.INFO
        self._watched = WatchedConfig(path, config)
        self._heeders: list[Callable[[Config], None]] = []
        self._workers: list[_Worker] = []
        #: Set by whoever wants the end: a signal, or a part that failed.
        self.over, self._failed = threading.Event(), False

    @property
    def config(self) -> Config:
        """The configuration in force."""
        return self._watched.config

    def heed(self, heeder: Callable[[Config], None]) -> None:
        """Hand this every configuration that comes into force from now on."""
        self._heeders.append(heeder)

    def work(self, name: str, run: Callable[[], object], stop: Callable[[], object]) -> None:
        """Run this in a thread of its own once every part is open; `stop` must make it return."""

        def guarded() -> None:
            try:
                run()
            except BaseException:  # noqa: BLE001 - whatever it is, the process must not go on without a part
                _LOG.exception("The part %r failed", name)
                self._failed = True
            if not self.over.is_set():
                _LOG.error("The part %r ended by itself, so all end; start the process again", name)
                self._failed = True
                self.over.set()

        self._workers.append(_Worker(threading.Thread(target=guarded, name=name), stop))

    def run(self) -> bool:
        """Start everything, heed changes until told to stop, end everything; False if a part failed."""
        for worker in self._workers:
            worker.thread.start()
        notify("READY=1")
        while not self.over.wait(_LOOK):
            changed = self._watched.look()
            for heeder in self._heeders if changed else ():
                self._tell(heeder)
        notify("STOPPING=1")
        _LOG.log(self._level, "Stopping: letters on the wire and answers under way finish first")
        self._end()
        _LOG.log(self._level, "Stopped")
        return not self._failed

    def stop(self) -> None:
        """Ask for the end; may be called by a signal, and before the start."""
        self.over.set()

    def _tell(self, heeder: Callable[[Config], None]) -> None:
        try:
            heeder(self.config)
        except BriefingError as error:
            _LOG.error("A part cannot heed the new config.toml and goes on as it was: %s", error)

    def _end(self) -> None:
        for worker in self._workers:
            worker.stop()
        for worker in self._workers:
            worker.thread.join()

    def busy(self) -> str:
        """The parts that have not ended; what closes them, when all have."""
        stuck = [worker.thread.name for worker in self._workers if worker.thread.is_alive()]
        return " and ".join(stuck) or "What closes its parts"


#: Opens what a part needs and gives the supervisor its work; closed when all work has ended.
Part = Callable[[Supervisor], AbstractContextManager[None]]


def supervise(path: Path, parts: tuple[Part, ...], *, is_helper: bool = False) -> None:
    """Run these parts in this process until SIGTERM or SIGINT. Unless all can be opened, none starts.

    Ten seconds after it was told to end, or a part failed, the process is gone, whatever it waits for.

    Raises:
        BriefingError: when a part cannot be opened.
    """
    checked = configuration(path)
    log_to_stderr()
    supervisor = Supervisor(path, checked, is_helper=is_helper)
    stop, over = supervisor.stop, supervisor.over
    with ending_in_time(stop, over, supervisor.busy), ExitStack() as opened:
        for part in parts:
            opened.enter_context(part(supervisor))
        whole = supervisor.run()
    if not whole:
        raise typer.Exit(REFUSED)
