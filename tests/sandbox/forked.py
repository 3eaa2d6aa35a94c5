"""Confined processes of tests, forked from one that has imported what they need and read a page.

To start one as the program does takes half a second of computing, and every command and daemon of the tests
that drafts needs one. Limits, frames and jobs are the same. Started as the program does it are those of the
tests of confinement itself (`started`), of a daemon's web process, of `is_started=True`, and of the wheel.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing import forkserver
from multiprocessing.connection import Connection
from subprocess import Popen
from typing import cast

import pytest
from tests.commands import SERVER

from briefing.sandbox import pool, spares
from briefing.sandbox.child import Child
from briefing.sandbox.worker import serve

#: Seconds that a job may wait for a processor: how busy this machine is says nothing about a page. The seconds of
#: computing that it may take are the program's.
_GRACE = 600


class ForkedChild(Child):
    """As its base, which starts a Python of its own."""

    def __init__(self, _module: str, *limits: str, is_silent: bool = False) -> None:
        """Fork it; `limits` are the seconds and megabytes of the confined process, the only module of these."""
        asked, its_asked = SERVER.Pipe(duplex=False)
        its_answers, answers = SERVER.Pipe(duplex=False)
        seconds, megabytes = map(int, limits)
        given = SERVER.Process(target=_confined, args=(asked, answers, seconds, megabytes))
        # Not `given.start()`: nobody may have children of its own in a process that a command is run in, and
        # whoever starts a process there asks all others whether they have ended, in whatever thread.
        self._process = cast("Popen[bytes]", given._Popen(given))
        self._asked = os.fdopen(os.dup(its_asked.fileno()), "wb")
        self._answers = os.fdopen(os.dup(its_answers.fileno()), "rb")
        for end in (asked, its_asked, its_answers, answers):
            end.close()


def _confined(asked: Connection, answers: Connection, seconds: int, megabytes: int) -> None:
    os.setsid()
    nothing = os.open(os.devnull, os.O_RDWR)
    for descriptor in range(3):
        os.dup2(nothing, descriptor)
    with (
        os.fdopen(os.dup(asked.fileno()), "rb") as questions,
        os.fdopen(os.dup(answers.fileno()), "wb") as told,
    ):
        asked.close()
        answers.close()
        serve(questions, told, seconds, megabytes)


def fork_in_a_forked_process(kind: type[ForkedChild]) -> None:
    """In a process that was forked from the server: confined ones are of that kind, and that server forks them."""
    _is_there()
    vars(spares)["Child"] = kind
    vars(pool)["_GRACE"] = _GRACE


def share_the_server() -> None:
    """In a process that will be forked: what comes of it asks the server of this one."""
    forkserver.ensure_running()
    _is_there()


def _is_there() -> None:
    # As long as we are; what would look whether it is knows only of one that we have started.
    forkserver._forkserver.ensure_running = lambda: None  # type: ignore[method-assign]


@contextmanager
def forking(kind: type[ForkedChild]) -> Iterator[None]:
    """In pytest's own process: confined processes are of that kind."""
    if "PYTEST_XDIST_WORKER" in os.environ:
        # Each worker of a whole run needs the server, which finds `tests` from the folder we are in now only.
        forkserver.ensure_running()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(spares, "Child", kind)
        patch.setattr(pool, "_GRACE", _GRACE)
        yield


@contextmanager
def started() -> Iterator[None]:
    """Inside of `forking`: each is started as the program does it; those that wait are ended, before and after."""
    spares.SPARES.end_old(0.0)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(spares, "Child", Child)
        yield
    spares.SPARES.end_old(0.0)
