"""The `briefing` command in a process of its own that need not import the program again.

It is forked from a server that has imported everything, which takes a test two seconds less than
`python -m briefing` does. That one is started in `tests/test_wheel.py`, and by `tests/served.py` where it is
asked for.
"""

import multiprocessing
import os
import pkgutil
import signal
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import briefing.cli
from briefing.cli.main import run as run_briefing

_PATIENCE = 60
#: Forks processes that have imported the program; a function of a module of ours may be run in one.
SERVER = multiprocessing.get_context("forkserver")
#: Of a name that is not there the server says nothing.
PRELOADED = [
    "tests.sandbox.warm",
    "tests.sandbox.forked",
    "tests.sandbox.remembered",
    "tests.cli.daemon.forked_web",
    "tests.servers.warm_house",
    *(found.name for found in pkgutil.walk_packages(briefing.cli.__path__, "briefing.cli.")),
]
SERVER.set_forkserver_preload(PRELOADED)


class Begun:
    """A command that runs, with as much of `subprocess.Popen` as a test asks of one."""

    def __init__(self, folder, command, log, **environment):
        """Begin it.

        Args:
            folder: where.
            command: what Python is told: `-m briefing` and its words, or `-c`, a program and its words.
            log: the file for whatever it prints.
            environment: all of it.
        """
        given = (str(folder), command, environment, [str(log)] * 2)
        self._process = SERVER.Process(target=_run, args=given)
        self._process.start()
        self.pid = self._process.pid or 0

    def poll(self):
        return self._process.exitcode

    def wait(self, timeout=None):
        self._process.join(timeout)
        if self.poll() is None:
            raise subprocess.TimeoutExpired(str(self.pid), timeout)
        return self.poll()

    def send_signal(self, number):
        if self.poll() is None:
            os.kill(self.pid, number)

    def kill(self):
        self.send_signal(signal.SIGKILL)


def run(folder, *arguments, **environment):
    """Run it in a folder, with no terminal and 200 columns; what it printed and its exit code."""
    environment = {**os.environ, "COLUMNS": "200", "NO_COLOR": "1", **environment}
    with TemporaryDirectory() as printed:
        said = [Path(printed, name) for name in ("out", "err")]
        command = ("-m", "briefing", *arguments)
        given = (str(folder), command, environment, [str(path) for path in said])
        process = SERVER.Process(target=_run, args=given, daemon=True)
        process.start()
        process.join(_PATIENCE)
        if process.exitcode is None:
            process.kill()
            raise subprocess.TimeoutExpired(arguments, _PATIENCE)
        out, err = (path.read_text("utf-8") for path in said)
        return subprocess.CompletedProcess(arguments, process.exitcode, out, err)


def _run(folder, command, environment, said):
    for descriptor, path in enumerate(said, 1):
        file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        os.dup2(file, descriptor)
        os.close(file)
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    from tests.cli.daemon.forked_web import fork_the_web_too  # noqa: PLC0415 - it needs the server
    from tests.sandbox.forked import fork_in_a_forked_process  # noqa: PLC0415 - as that one
    from tests.sandbox.remembered import RememberingChild  # noqa: PLC0415 - as that one

    fork_in_a_forked_process(RememberingChild)
    fork_the_web_too()
    how, what, *words = command
    if how == "-c":
        sys.argv = [how, *words]
        exec(what, {"__name__": "__main__"})
    else:
        sys.argv = [what, *words]
        run_briefing()
