"""The `briefing` command in a process of its own that need not import the program again.

It is forked from a server that has imported everything, which takes a test two seconds less than
`python -m briefing` does. That is what `tests.served` and `tests/test_wheel.py` start.
"""

import multiprocessing
import os
import pkgutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import briefing.cli
from briefing.cli.main import run as run_briefing

_PATIENCE = 60
#: Forks processes that have imported the program; a function of a module of ours may be run in one.
SERVER = multiprocessing.get_context("forkserver")
SERVER.set_forkserver_preload(
    [
        "briefing.digests.desk_engine",
        *(found.name for found in pkgutil.walk_packages(briefing.cli.__path__, "briefing.cli.")),
    ]
)


def run(folder, *arguments, **environment):
    """Run it in a folder, with no terminal and 200 columns; what it printed and its exit code."""
    environment = {**os.environ, "COLUMNS": "200", "NO_COLOR": "1", **environment}
    with TemporaryDirectory() as printed:
        said = [Path(printed, name) for name in ("out", "err")]
        given = (str(folder), arguments, environment, [str(path) for path in said])
        process = SERVER.Process(target=_run, args=given, daemon=True)
        process.start()
        process.join(_PATIENCE)
        if process.exitcode is None:
            process.kill()
            raise subprocess.TimeoutExpired(arguments, _PATIENCE)
        out, err = (path.read_text("utf-8") for path in said)
        return subprocess.CompletedProcess(arguments, process.exitcode, out, err)


def _run(folder, arguments, environment, said):
    for descriptor, path in enumerate(said, 1):
        file = os.open(path, os.O_WRONLY | os.O_CREAT)
        os.dup2(file, descriptor)
        os.close(file)
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    sys.argv = ["briefing", *arguments]
    run_briefing()
