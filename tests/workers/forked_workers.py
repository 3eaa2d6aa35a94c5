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
from mmap import mmap
from multiprocessing.connection import Connection, wait
from multiprocessing.context import ForkProcess
from pathlib import Path

import pytest

#: A place in the list of all shares of the tests, in the pipe that the workers take them from, or of all tests.
_PLACE = struct.Struct("=I")
#: Seconds that a worker may take to put away what its last tests stood on.
_PATIENCE = 60
_FORK = multiprocessing.get_context("fork")


class _Running:
    """Which test each worker runs, in memory that it shares with us: it need not say so."""

    def __init__(self, count: int) -> None:
        self._memory = mmap(-1, _PLACE.size * count)

    def __setitem__(self, worker: int, test: int) -> None:
        _PLACE.pack_into(self._memory, _PLACE.size * worker, test + 1)

    def get(self, worker: int) -> int | None:
        """Its place among all tests; None before the first, and once the last has been put away."""
        (following,) = _PLACE.unpack_from(self._memory, _PLACE.size * worker)
        return following - 1 if following else None


@dataclass(frozen=True)
class _Worker:
    number: int
    process: ForkProcess


@dataclass(frozen=True)
class _Shared:
    """What the workers have in common with the process that all were forked from."""

    session: pytest.Session
    #: The places of tests among all, a module at a time.
    shares: list[list[int]]
    queues: list[int]
    running: _Running


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
        places = range(len(session.items))
        shares = [
            list(tests) for _, tests in groupby(places, lambda place: session.items[place].path)
        ]
        queues = [
            _queue(sorted(part, key=lambda share: not self._waits(session.items[shares[share][0]])))
            for part in _parts(len(shares), self._count)
        ]
        shared = _Shared(session, shares, queues, _Running(self._count))
        workers: dict[Connection, _Worker] = {}
        try:
            for number in range(self._count):
                heard, told = _FORK.Pipe(duplex=False)
                process = _FORK.Process(target=_work, args=(shared, number, told))
                process.start()
                told.close()
                workers[heard] = _Worker(number, process)
            _report(shared, workers)
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


def _report(shared: _Shared, workers: dict[Connection, _Worker]) -> None:
    """Hand pytest what the workers tell, until each has ended."""
    session = shared.session
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
                if (place := shared.running.get(worker.number)) is not None:
                    hook.pytest_runtest_logreport(report=_cut_off(worker, session.items[place]))
                continue
            for report in told:
                hook.pytest_runtest_logreport(report=report)
            if session.shouldfail:
                for queue in shared.queues:
                    os.read(queue, 1 << 16)  # what nobody has begun is left


def _cut_off(worker: _Worker, test: pytest.Item) -> pytest.TestReport:
    """The failure of a test in which its process ended."""
    worker.process.join(_PATIENCE)
    why = (
        f"The process that ran it ended with code {worker.process.exitcode}. What else it had begun of "
        f"{test.location[0]} was not run; run that module by itself."
    )
    return pytest.TestReport(test.nodeid, test.location, {}, "failed", why, "call")


def _end(processes: list[ForkProcess]) -> None:
    for process in processes:
        process.join(_PATIENCE)
        process.kill()


class _Telling:
    """Tells the process that all were forked from what became of a test, in one piece."""

    def __init__(self, told: Connection) -> None:
        self._told = told
        self._reports: list[pytest.TestReport] = []

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        self._reports.append(report)

    def pytest_runtest_logfinish(self) -> None:
        self._told.send(self._reports)
        self._reports = []


def _work(shared: _Shared, number: int, told: Connection) -> None:
    session = shared.session
    config = session.config
    _have_own(config, number)
    config.pluginmanager.unregister(name="terminalreporter")
    config.pluginmanager.register(_Telling(told))
    queues = [*shared.queues[number:], *shared.queues[:number]]
    try:
        for place, following in pairwise(chain(_taken(shared.shares, queues), [None])):
            assert place is not None
            shared.running[number] = place
            item = session.items[place]
            after = None if following is None else session.items[following]
            item.config.hook.pytest_runtest_protocol(item=item, nextitem=after)
            if session.shouldfail:
                break
        shared.running[number] = -1
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


def _taken(shares: list[list[int]], queues: list[int]) -> Iterator[int]:
    """The tests of its own part, and then of those of others that are left."""
    for queue in queues:
        while place := os.read(queue, _PLACE.size):
            yield from shares[_PLACE.unpack(place)[0]]
