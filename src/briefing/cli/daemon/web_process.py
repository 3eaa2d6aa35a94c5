"""The web in a process of its own.

Whatever strangers do to it, the sender has its own files, memory and event loop, and posts at the hour.
`briefing serve` is the sender. It starts this next to itself, starts it again when it dies, and is not
stopped by it. When the sender goes, however that happens, this one ends too.
"""

import logging
import os
import select
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Annotated

import typer

from briefing.cli.console import ConfigOption, run_app
from briefing.cli.daemon.supervisor import Part, Supervisor, supervise
from briefing.cli.daemon.systemd import unwatched

_LOG = logging.getLogger("briefing")
#: Seconds between two looks at the other process, and the longest wait before it is started again.
_LOOK, _LONGEST_WAIT = 0.2, 30.0
#: Seconds after which the other process, told to end, is killed: it ends us no later than we would.
_PATIENCE = 8.5


class WebProcess:
    """The other process, as the sender sees it."""

    def __init__(self, host: str, port: int, config: Path) -> None:
        self._command = (sys.executable, "-m", "briefing.cli.daemon.web_process", host, str(port))
        self._config = config
        self._process: subprocess.Popen[bytes] | None = None
        self._ready = -1
        self._over = threading.Event()

    @contextmanager
    def starting(self, supervisor: Supervisor) -> Iterator[None]:
        """The part that starts it, so that both begin at once."""
        self._ready = self._start()
        supervisor.work("web", self._watch, self._stop)
        try:
            yield
        finally:
            self._end()

    @contextmanager
    def started(self, supervisor: Supervisor) -> Iterator[None]:  # noqa: ARG002 - as all parts
        """The part that waits until it answers; the last one, because the others wait meanwhile.

        Raises:
            typer.Exit: when it does not come up, with its own exit code. It has said why.
        """
        with os.fdopen(self._ready, "rb") as ready:
            is_up = bool(ready.read(1))
        if not is_up and self._process is not None:
            raise typer.Exit(self._process.wait() or 1)
        yield

    def _start(self) -> int:
        mine, its = os.pipe()
        self._process = subprocess.Popen(  # noqa: S603 - our own program
            (*self._command, "--ready", str(its), "--config", str(self._config)),
            stdin=subprocess.PIPE,
            pass_fds=(its,),
            env=unwatched(),
        )
        os.close(its)
        return mine

    def _watch(self) -> None:
        wait = 0.5
        while not self._over.is_set():
            began = time.monotonic()
            code = self._wait_for_end()
            if self._over.is_set():
                break
            has_lived = time.monotonic() - began > _LONGEST_WAIT
            wait = 1.0 if has_lived else min(2 * wait, _LONGEST_WAIT)
            _LOG.error(
                "The web's process ended by itself (%s) and is started again in %.0f s; letters go on",
                code,
                wait,
            )
            if not self._over.wait(wait):
                os.close(self._start())
        self._end()

    def _wait_for_end(self) -> int | None:
        assert self._process is not None
        while self._process.poll() is None and not self._over.wait(_LOOK):
            pass
        return self._process.poll()

    def _stop(self) -> None:
        self._over.set()
        if self._process is not None:
            self._process.terminate()

    def _end(self) -> None:
        self._stop()
        if self._process is not None:
            try:
                self._process.wait(_PATIENCE)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()


def _beside_the_sender(ready: int) -> Part:
    """The part that says that all listen, and ends the process when the sender is gone."""

    @contextmanager
    def part(supervisor: Supervisor) -> Iterator[None]:
        over = threading.Event()

        def run() -> None:
            with suppress(BrokenPipeError):  # nobody waits for one that is started again
                os.write(ready, b"1")
            os.close(ready)
            while not over.is_set():
                readable, _, _ = select.select([sys.stdin], [], [], _LOOK)
                if readable and not os.read(sys.stdin.fileno(), 1):
                    supervisor.stop()
                    over.wait()

        supervisor.work("sender", run, over.set)
        yield

    return part


app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)


@app.command()
def web(
    host: str,
    port: int,
    ready: Annotated[int, typer.Option("--ready")],
    config: ConfigOption = Path("config.toml"),
) -> None:
    """Serve the public pages, health and the editors' desk. `briefing serve` starts this."""
    # The sender imports this module too, and serves nothing itself.
    from briefing.cli.daemon.editors_desk import editors_desk
    from briefing.cli.daemon.http_servers import answering_ops, public_pages

    parts = (public_pages(host, port), answering_ops, editors_desk, _beside_the_sender(ready))
    supervise(config, parts, is_helper=True)


if __name__ == "__main__":
    run_app(app)
