"""At the hour of a slot: whatever strangers do to the pages, the edition leaves and health answers.

`make chaos` plays it with 2,000 connections and prints its figures.
"""

import os
import re
import resource
import socket
import threading
import time
import urllib.request
from contextlib import ExitStack, closing, contextmanager, suppress
from datetime import UTC, datetime, timedelta

import pytest
from tests.faults.relay import Relay
from tests.served import House, free_port, wait_for

from briefing.model.schedule_slot import Course

CONNECTIONS = int(os.environ.get("CONNECTIONS", "300"))
#: Open files of each process; more connections are opened than that.
FILES = int(os.environ.get("FILES", "256"))
#: Seconds within which the edition leaves once it is due.
PATIENCE = 5.0
FIRST_STORY = "Levy vote fails in the Lords\n\nBy Ann Quill\n\nThe levy failed by four votes.\n\n"


@contextmanager
def half_open(ports):
    """Connections that send half a header and then nothing, or a byte now and then."""
    held, over = [], threading.Event()

    def drip():
        while not over.wait(0.5):
            for one in held[::7]:
                with suppress(OSError):
                    one.send(b"x")

    with ExitStack() as opened:
        for number in range(CONNECTIONS):
            with suppress(OSError):
                address = ("127.0.0.1", ports[number % len(ports)])
                one = opened.enter_context(closing(socket.create_connection(address, timeout=2)))
                one.sendall(b"GET /archive HTTP/1.1\r\nHost: localhost\r\nX-Slow: ")
                held.append(one)
        thread = threading.Thread(target=drip)
        thread.start()
        try:
            yield held
        finally:
            over.set()
            thread.join()


@pytest.fixture(autouse=True)
def many_files():
    """This process opens all those connections itself."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, max(soft, 4 * CONNECTIONS)), hard))
    yield
    resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


#: Starts `briefing serve` with few open files to each of its processes.
FEW_FILES = (
    f"import resource, runpy, sys; resource.setrlimit(resource.RLIMIT_NOFILE, ({FILES}, {FILES}));"
    "sys.argv = ['briefing', 'serve', '--port', '0'];"
    "runpy.run_module('briefing', run_name='__main__')"
)


def ask(port, path):
    """The answer, and how long it took."""
    began = time.monotonic()
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=10) as answer:
            return answer.status, time.monotonic() - began
    except OSError:
        return 0, time.monotonic() - began


def attacked(folder, relay, at):
    """A house of which config.toml says when it sends, and a page with very many points."""
    health, desk = free_port(), free_port()
    house = House(
        folder,
        relay,
        BRIEFING_HEALTH__LISTEN=f'"127.0.0.1:{health}"',
        BRIEFING_DESK__LISTEN=f'"127.0.0.1:{desk}"',
    )
    due = house.settings.pop("BRIEFING_BRIEFINGS__STAGGERS__AT")
    keep_hour(house, at)
    (house.folder / "seeds" / "99-points.txt").write_text(FIRST_STORY + "a. " * 30_000)
    return house, health, desk, due


def keep_hour(house, at):
    config = house.folder / "config.toml"
    config.write_text(
        re.sub(r"^(# )?at +=.*$", f"at = {at}", config.read_text(), flags=re.MULTILINE)
    )


def test_the_edition_leaves_at_its_hour_while_strangers_hold_every_connection(tmp_path):
    """Without the environment's CONNECTIONS the hour is brought here: config.toml is changed."""
    hour = datetime.now(UTC).replace(second=0) + timedelta(minutes=2)
    waits = "CONNECTIONS" in os.environ
    with Relay(tmp_path / "mail.jsonl") as relay:
        at = hour if waits else hour + timedelta(hours=5)
        house, health, desk, due = attacked(tmp_path / "house", relay, f'"{at:%H:%M}"')
        with house.serve("attacked", "-c", FEW_FILES) as (_, log):
            wait_for(lambda: "Keeping the schedule" in log.read_text(), 90)
            (pages,) = re.findall(r"Serving \S+ on http://127.0.0.1:(\d+);", log.read_text())
            with half_open([int(pages), int(pages), desk]) as held:
                if not waits:
                    keep_hour(house, due)
                began = max(time.time(), hour.timestamp()) if waits else time.time()
                wait_for(lambda: house.slot() is Course.SENT, 180)
                took = time.time() - began
                answers = [ask(health, path) for path in ("/healthz", "/readyz")]
            assert [status for status, _ in answers] == [200, 200]
            assert len(house.letters()) == len(set(house.letters())) == 8
            wait_for(lambda: ask(int(pages), "/archive")[0] == 200)
            assert "too many open files" not in log.read_text().lower()
    slowest = max(seconds for _, seconds in answers) * 1_000
    print(
        f"{len(held)} connections, {FILES} files: sent after {took:.1f} s, health {slowest:.0f} ms"
    )
    assert took < (PATIENCE if waits else 60), "drafting comes before the hour, but here"


def test_the_web_is_started_again_when_it_dies_and_the_sender_is_not_stopped_by_it(tmp_path):
    with Relay(tmp_path / "mail.jsonl") as relay:
        house = House(tmp_path / "house", relay)
        with house.serve("all") as (process, log):
            wait_for(lambda: "Keeping the schedule" in log.read_text(), 90)
            children = f"/proc/{process.pid}/task/{process.pid}/children"
            web = wait_for(lambda: next(iter(_web_of(children)), None))
            os.kill(web, 9)
            wait_for(lambda: "is started again" in log.read_text())
            wait_for(lambda: log.read_text().count("Serving") == 2, 60)
            wait_for(lambda: house.slot() is Course.SENT)
            assert process.poll() is None


def _web_of(children):
    with open(children) as listed:  # noqa: PTH123 - of the kernel
        for number in listed.read().split():
            with open(f"/proc/{number}/cmdline", "rb") as command:  # noqa: PTH123
                if b"web_process" in command.read():
                    yield int(number)
