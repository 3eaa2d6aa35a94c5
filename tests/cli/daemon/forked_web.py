"""The web process of a daemon of tests, forked as the daemon was, from a process that has imported all.

To start it as the program does takes more than a second of computing for each daemon. What it is told, and the
pipes between both, are the same.
"""

import os
import sys
import threading
from collections.abc import Sequence
from multiprocessing.connection import Connection, wait
from pathlib import Path
from subprocess import PIPE, TimeoutExpired
from types import SimpleNamespace
from typing import Any

from tests.commands import SERVER
from tests.sandbox.forked import fork_in_a_forked_process
from tests.sandbox.remembered import RememberingChild

import briefing.web.desk  # noqa: F401 - for whoever is forked: the web process alone imports it
from briefing.cli.console import run_app
from briefing.cli.daemon import web_process

_MODULE = "briefing.cli.daemon.web_process"


class ForkedWeb:
    """As much of `subprocess.Popen` as `WebProcess` asks for."""

    def __init__(
        self, command: Sequence[str], *, stdin: int, pass_fds: tuple[int], env: dict[str, str]
    ) -> None:
        """Fork it; `command` is what Python would be started with."""
        _python, _m, module, *words = command
        assert (module, stdin) == (_MODULE, PIPE)
        its_asked, self.stdin = SERVER.Pipe(duplex=False)
        given = [Connection(os.dup(file), readable=False) for file in (1, 2, *pass_fds)]
        told = (words, str(Path.cwd()), env, its_asked, given)
        process = SERVER.Process(target=_serve, args=told)
        self._process: Any = process._Popen(process)
        self._asking = threading.Lock()
        self.pid: int = self._process.pid
        for end in (its_asked, *given):
            end.close()

    def poll(self) -> int | None:
        with self._asking:  # only the first to ask is told how it ended
            code: int | None = self._process.poll()
            return code

    def wait(self, timeout: float | None = None) -> int | None:
        if not wait([self._process.sentinel], timeout):
            raise TimeoutExpired(_MODULE, timeout or 0.0)
        return self.poll()

    def terminate(self) -> None:
        if self.poll() is None:
            self._process.terminate()

    def kill(self) -> None:
        if self.poll() is None:
            self._process.kill()


def fork_the_web_too() -> None:
    """In a process that was forked: a daemon that runs there forks its web process as well."""
    forked = SimpleNamespace(Popen=ForkedWeb, PIPE=PIPE, TimeoutExpired=TimeoutExpired)
    vars(web_process)["subprocess"] = forked


def _serve(
    words: list[str],
    folder: str,
    environment: dict[str, str],
    asked: Connection,
    given: list[Connection],
) -> None:
    *printed, ready = given
    for descriptor, end in enumerate((asked, *printed)):
        os.dup2(end.fileno(), descriptor)
        end.close()
    sys.stdin = open(0, closefd=False)  # noqa: SIM115 - to the end, as a process has it
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    fork_in_a_forked_process(RememberingChild)
    at = words.index("--ready") + 1
    words[at] = str(os.dup(ready.fileno()))
    ready.close()
    sys.argv = [_MODULE, *words]
    run_app(web_process.app)
