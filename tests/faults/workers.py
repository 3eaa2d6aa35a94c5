"""Three workers on one PostgreSQL, killed and stopped at random, and a bad relay: who has what?

`make chaos` does it with 200 blows, `tests/store/deliveries/test_workers.py` with a few.
"""

import json
import logging
import multiprocessing
import os
import random
import signal
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from multiprocessing.process import BaseProcess
from pathlib import Path

from tests.desks import act
from tests.faults.chaos import FAULTS, Figures, bad_relay, compare, make_mailing, sum_of

from briefing.actions.open_store import the_store
from briefing.actions.sending.send import begin_sending
from briefing.actions.sending.worker import Worker
from briefing.clock import utc_now
from briefing.config import Config
from briefing.errors import BriefingError, StoreError
from briefing.model.mailing import MailingStatus

WORKERS, LEASE = 3, 2.0
#: How many deliveries a worker takes at a time.
_SLICE = 500
_STOPS = 0.3


@dataclass(frozen=True)
class Way:
    """What is struck, and how."""

    readers: int
    kills: int
    on_doubt: str
    engine: str = "local"
    #: Of the blows, this share stops a worker for longer than its lease; it wakes among the others.
    stops: float = 0.3
    #: Makes the database crash and come back; with it, every third blow is that one.
    crash: Callable[[], None] | None = None


def run(folder: Path, url: str, way: Way) -> Figures:
    """Send to everybody with three workers, striking one of them again and again on the way."""
    began = time.monotonic()
    with begun(folder, url, way, FAULTS) as (config, edition, log):
        wrong = _strike(config, edition, log, way)
    figures = compare(config, edition, log, way.readers, way.kills)
    return replace(figures, sums_wrong=wrong, seconds=time.monotonic() - began)


def oversleep(folder: Path, url: str, way: Way) -> Figures:
    """Stop a worker at its first letters, and wake it when another has sent much of what it held."""
    with begun(folder, url, way, {}) as (config, edition, log):
        sleeper = start(config)
        other = None
        try:
            _wait(log, _SLICE // 10, config, edition)
            os.kill(sleeper.pid or 0, signal.SIGSTOP)
            other = start(config)
            _wait(log, way.readers - _SLICE // 2, config, edition)
            os.kill(sleeper.pid or 0, signal.SIGCONT)
            _until_done(config, edition, [])
        finally:
            for worker in (sleeper, other):
                if worker is not None:
                    worker.kill()
                    worker.join()
    return compare(config, edition, log, way.readers, 0)


def side_by_side(folder: Path, url: str, way: Way, rate: str) -> list[float]:
    """Send to everybody with three workers and a limit; when the relay took each letter."""
    more = {"BRIEFING_SEND__SMTP__RATE": rate}
    with begun(folder, url, way, {}, more) as (config, edition, log):
        workers = [start(config) for _ in range(WORKERS)]
        try:
            _until_done(config, edition, [])
        finally:
            for worker in workers:
                worker.kill()
                worker.join()
    return sorted(json.loads(line)["at"] for line in log.read_text().splitlines())


@contextmanager
def begun(
    folder: Path,
    url: str,
    way: Way,
    faults: Mapping[str, float],
    more: Mapping[str, str] | None = None,
) -> Iterator[tuple[Config, str, Path]]:
    """A mailing that began, over a relay that behaves so badly; and what the relay took."""
    log = folder / "mail.jsonl"
    with bad_relay(log, faults) as port:
        shared = {
            **(more or {}),
            "BRIEFING_DATABASE__URL": url,
            "BRIEFING_SEND__LEASE": str(LEASE),
            "BRIEFING_SEND__ENGINE": way.engine,
            "BRIEFING_SEND__PARALLEL": str(WORKERS),
        }
        house = folder / "house"
        config, edition = make_mailing(house, way.readers, port, way.on_doubt, **shared)
        act(begin_sending, config, edition)
        yield config, edition, log


def _strike(config: Config, edition: str, log: Path, way: Way) -> int:
    """Kill or stop a worker after random numbers of letters; returns sums that were wrong."""
    chance, wrong, letters = random.Random(3), 0, 0
    workers = [start(config) for _ in range(WORKERS)]
    everyone = list(workers)
    asleep: list[tuple[float, BaseProcess]] = []
    try:
        for blow in range(way.kills):
            letters += chance.randint(1, 2 * way.readers // (way.kills + 2))
            _wait(log, letters, config, edition, asleep)
            if way.crash is not None and blow % 3 == 0:
                way.crash()
            else:
                place = chance.randrange(WORKERS)
                _hit(workers[place], asleep, chance, way.stops)
                workers[place] = start(config)
                everyone.append(workers[place])
            _wake(asleep, time.monotonic())
            wrong += _sum(config, edition, asleep) != way.readers
        _until_done(config, edition, asleep)
    finally:
        for worker in everyone:
            worker.kill()
            worker.join()
    return wrong


def _hit(
    struck: BaseProcess,
    asleep: list[tuple[float, BaseProcess]],
    chance: random.Random,
    stops: float,
) -> None:
    """Kill a worker, or stop it for about its lease."""
    if chance.random() < stops:
        os.kill(struck.pid or 0, signal.SIGSTOP)
        asleep.append((time.monotonic() + LEASE * chance.uniform(0.3, 1.6), struck))
    else:
        os.kill(struck.pid or 0, signal.SIGKILL)
        struck.join()


def _sum(config: Config, edition: str, asleep: Sequence[tuple[float, BaseProcess]]) -> int:
    """As `sum_of`. A worker may have been stopped within a transaction: then nobody writes until it wakes."""
    try:
        return sum_of(config, edition)
    except StoreError:
        for _, one in asleep:
            os.kill(one.pid or 0, signal.SIGCONT)
        return sum_of(config, edition)


def _wait(
    log: Path,
    letters: int,
    config: Config,
    edition: str,
    asleep: Sequence[tuple[float, BaseProcess]] = (),
) -> None:
    end = time.monotonic() + 3 * LEASE
    while time.monotonic() < end:
        with log.open("rb") as file:
            if sum(1 for _ in file) >= letters:
                return
        time.sleep(0.01)
    # So few are open that all of them wait for leases to end; the blow comes all the same.
    assert _sum(config, edition, asleep)


def _wake(asleep: list[tuple[float, BaseProcess]], now: float) -> None:
    for entry in list(asleep):
        if entry[0] <= now - LEASE:
            # It has had time to find out; three are to work, not more and more.
            entry[1].kill()
            entry[1].join()
            asleep.remove(entry)
        elif entry[0] <= now:
            os.kill(entry[1].pid or 0, signal.SIGCONT)


def _until_done(config: Config, edition: str, asleep: list[tuple[float, BaseProcess]]) -> None:
    end = time.monotonic() + 120
    while time.monotonic() < end:
        for _, one in asleep:
            os.kill(one.pid or 0, signal.SIGCONT)
        with the_store(config, utc_now()) as store:
            if store.mailings.get(edition).status is MailingStatus.SENT:
                return
        time.sleep(0.3)
    raise AssertionError("the workers did not get done within two minutes")


def start(config: Config) -> BaseProcess:
    worker = multiprocessing.get_context("fork").Process(target=_work, args=(config,), daemon=True)
    worker.start()
    return worker


def _work(config: Config) -> None:
    logging.disable()
    worker = Worker(config, utc_now)
    while True:
        try:
            with worker.at_work():
                worker.work(lambda: False)
        except BriefingError:  # it was stopped so long that the database hung up
            worker = Worker(config, utc_now)
            time.sleep(0.05)
