"""A process that has done its jobs waits a while for more, and only a sound one is asked again."""

import asyncio
import os
import signal
from collections.abc import Iterator

import pytest
from tests.faults.feed_server import rss

from briefing.sandbox import spares
from briefing.sandbox.child import Child
from briefing.sandbox.pool import Workers
from briefing.sandbox.spares import SPARES

pytestmark = pytest.mark.usefixtures("started_sandbox")
LIMITS = (7, 256)


@pytest.fixture(autouse=True)
def nobody_waits() -> Iterator[None]:
    SPARES.end_old(0.0)
    yield
    SPARES.end_old(0.0)


def read_a_feed() -> None:
    async def work() -> None:
        async with Workers(at_once=1, seconds=60, megabytes=256) as workers:
            answer = await workers.do("feed", rss("alpha").encode(), url="", type="text/xml")
            assert "entries" in answer

    asyncio.run(work())


def waiting() -> list[Child]:
    return [one.child for one in SPARES._waiting]


def test_the_next_job_with_the_same_limits_goes_to_the_process_that_waits() -> None:
    read_a_feed()
    first = waiting()
    read_a_feed()
    assert waiting() == first
    assert len(first) == 1


def test_a_process_that_was_killed_while_it_waited_is_not_asked() -> None:
    read_a_feed()
    (first,) = waiting()
    os.kill(first._process.pid, signal.SIGKILL)
    first._process.wait()
    read_a_feed()
    assert [one for one in waiting() if one.is_alive] != [first]


def test_a_process_that_has_waited_its_time_is_ended() -> None:
    read_a_feed()
    (first,) = waiting()
    SPARES.end_old(60.0)
    assert first.is_alive
    SPARES.end_old(0.0)
    assert (first.is_alive, waiting()) == (False, [])


def test_a_process_that_has_done_much_does_not_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spares, "_JOBS", 1)
    read_a_feed()
    assert waiting() == []


def test_no_more_than_a_few_wait() -> None:
    some = [SPARES.take(LIMITS) for _ in range(5)]
    SPARES.keep(some)
    assert [one.child.is_alive for one in some] == [False, False, True, True, True]
