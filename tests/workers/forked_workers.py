"""Tests that are run side by side by processes which are forked from the one that has collected them.

Workers of pytest-xdist collect for themselves: with ten thousand tests, that takes each of them five seconds
of computing before its first test. These have collected when they begin.
"""

import multiprocessing
import os
import struct
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, groupby, pairwise
from multiprocessing.connection import Connection, wait
from multiprocessing.context import ForkProcess
from pathlib import Path
from typing import Any

import pytest

#: A place in the list of all shares of the tests, in the pipe that the workers take them from.
_PLACE = struct.Struct("=I")
#: Seconds that a worker may take to put away what its last tests stood on.
_PATIENCE = 60
_FORK = multiprocessing.get_context("fork")


@dataclass
class _Worker:
    process: ForkProcess
    #: Its test, by name and place, from when it begins until it has been put away.
    runs: tuple[str, Any] | None = None


class ForkedWorkers:
    """A plugin of pytest: so many workers run the tests, a module at a time each."""

    def __init__(
        self,
        count: int,
        share: Callable[[Path], object],
        waits: Callable[[pytest.Item], bool] = lambda _: False,
    ) -> None:
        """So many workers.

        Args:
            count: how many.
            share: begins what they have in common, in the folder it is given.
            waits: whether a module, by its first test, waits more than it computes. Each worker takes such
                modules of its part first: at the end one of them would leave all others idle.
        """
        self._count, self._share, self._waits = count, share, waits

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool | None:
        """Run them; pytest itself says what it has to of tests that cannot be collected, or only are."""
        if session.testsfailed or session.config.getoption("collectonly"):
            return None
        self._share(session.config._tmp_path_factory.getbasetemp())  # type: ignore[attr-defined]
        shares = [list(tests) for _, tests in groupby(session.items, lambda item: item.path)]
        queues = [
            _queue(sorted(part, key=lambda place: not self._waits(shares[place][0])))
            for part in _parts(len(shares), self._count)
        ]
        workers: dict[Connection, _Worker] = {}
        try:
            for number in range(self._count):
                heard, told = _FORK.Pipe(duplex=False)
                process = _FORK.Process(target=_work, args=(session, number, shares, queues, told))
                process.start()
                told.close()
                workers[heard] = _Worker(process)
            _report(session, workers, queues)
        finally:
            _end([worker.process for worker in workers.values()])
        if session.shouldfail:
            raise session.Failed(session.shouldfail)
        return True


def _parts(length: int, count: int) -> Iterator[range]:
    """So many ranges, one after the other: a worker goes on where it has a browser or a database already."""
    ends = [length * number // count for number in range(count + 1)]
    return (range(*ends_of_one) for ends_of_one in pairwise(ends))


def _queue(places: Iterable[int]) -> int:
    """The end of a pipe that holds these places of shares: whoever reads from it takes the next one."""
    taken, written = os.pipe()
    os.write(written, b"".join(map(_PLACE.pack, places)))
    os.close(written)
    return taken


def _report(session: pytest.Session, workers: dict[Connection, _Worker], queues: list[int]) -> None:
    """Hand pytest what the workers tell, until each has ended."""
    hook = session.config.hook
    open_ends = set(workers)
    while open_ends:
        for heard in wait(list(open_ends)):
            assert isinstance(heard, Connection)
            worker = workers[heard]
            try:
                told = heard.recv()
            except EOFError:
                open_ends.remove(heard)
                if worker.runs:
                    hook.pytest_runtest_logreport(report=_cut_off(worker))
                continue
            if isinstance(told, dict):
                report = hook.pytest_report_from_serializable(config=session.config, data=told)
                hook.pytest_runtest_logreport(report=report)
            else:
                worker.runs = told
            if session.shouldfail:
                for queue in queues:
                    os.read(queue, 1 << 16)  # what nobody has begun is left


def _cut_off(worker: _Worker) -> pytest.TestReport:
    """The failure of a test in which its process ended."""
    assert worker.runs
    name, place = worker.runs
    worker.process.join(_PATIENCE)
    why = (
        f"The process that ran it ended with code {worker.process.exitcode}. What else it had begun of "
        f"{place[0]} was not run; run that module by itself."
    )
    return pytest.TestReport(name, place, {}, "failed", why, "call")


def _end(processes: list[ForkProcess]) -> None:
    for process in processes:
        process.join(_PATIENCE)
        process.kill()


class _Telling:
    """Tells the process that all were forked from what becomes of tests."""

    def __init__(self, config: pytest.Config, told: Connection) -> None:
        self._config, self._told = config, told

    def pytest_runtest_logstart(self, nodeid: str, location: Any) -> None:
        self._told.send((nodeid, location))

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        hook = self._config.hook
        self._told.send(hook.pytest_report_to_serializable(config=self._config, report=report))

    def pytest_runtest_logfinish(self) -> None:
        self._told.send(None)


def _work(
    session: pytest.Session,
    number: int,
    shares: list[list[pytest.Item]],
    queues: list[int],
    told: Connection,
) -> None:
    config = session.config
    _have_own(config, number)
    config.pluginmanager.unregister(name="terminalreporter")
    config.pluginmanager.register(_Telling(config, told))
    try:
        for item, following in pairwise(
            chain(_taken(shares, [*queues[number:], *queues[:number]]), [None])
        ):
            assert item
            item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
            if session.shouldfail:
                break
    finally:
        session._setupstate.teardown_exact(None)


def _have_own(config: pytest.Config, number: int) -> None:
    """What a worker may not have in common with another: the files of its output, and its folders."""
    capture = config.pluginmanager.getplugin("capturemanager")
    capture.stop_global_capturing()
    capture.start_global_capturing()
    capture.suspend_global_capture()
    factory = config._tmp_path_factory  # type: ignore[attr-defined]
    factory._basetemp = factory.getbasetemp() / f"worker-{number}"
    factory._basetemp.mkdir(mode=0o700)


def _taken(shares: list[list[pytest.Item]], queues: list[int]) -> Iterator[pytest.Item]:
    """The tests of its own part, and then of those of others that are left."""
    for queue in queues:
        while place := os.read(queue, _PLACE.size):
            yield from shares[_PLACE.unpack(place)[0]]
