"""At the hour of a slot: whatever strangers do to the pages, the edition leaves and health answers.

`make chaos` plays it with 2,000 connections and prints its figures.
"""

import os
import re
import resource
import socket
import subprocess
import threading
import time
import urllib.error
import urllib.request
from contextlib import ExitStack, closing, contextmanager, suppress
from datetime import UTC, datetime, timedelta

import pytest
from tests.faults.feed_server import FeedServer
from tests.faults.relay import Relay
from tests.served import House, free_port, wait_for
from tests.servers.postgresql import Missing, running

from briefing.model.schedule_slot import Course

CONNECTIONS = int(os.environ.get("CONNECTIONS", "300"))
#: Open files of each process; more connections are opened than that.
FILES = int(os.environ.get("FILES", "256"))
#: Seconds within which the edition leaves once it is due.
PATIENCE = 5.0
#: Points in one page of the sources.
POINTS = int(os.environ.get("POINTS", "1000000" if "CONNECTIONS" in os.environ else "30000"))
#: Feeds that are as bad as the web.
BOMBS = ("bomb", "huge", "loop", "cut-off", "wrong-type", "deep")
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
    except urllib.error.HTTPError as refusal:
        return refusal.code, time.monotonic() - began
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
    (house.folder / "seeds" / "99-points.txt").write_text(FIRST_STORY + "a. " * POINTS)
    return house, health, desk, due


def follow_bombs(house, feeds):
    """Let the briefing follow feeds that no reader of feeds should live through."""
    config = house.folder / "config.toml"
    names = [f"bomb_{number}" for number in range(len(BOMBS))]
    tables = [
        f'[sources.{name}]\nkind = "feed"\nurl = "{feeds.url(f"/{name}/{fault}")}"\n'
        for name, fault in zip(names, BOMBS, strict=True)
    ]
    named = ", ".join(f'"{name}"' for name in ("saved_pages", *names))
    text = re.sub(
        r"^sources += .*$", f"sources = [{named}]", config.read_text(), flags=re.MULTILINE
    )
    text = re.sub(r"^allow += .*$", f'allow = ["127.0.0.1:{feeds.port}"]', text, flags=re.MULTILINE)
    config.write_text(text + "\n" + "\n".join(tables))


def keep_hour(house, at):
    config = house.folder / "config.toml"
    config.write_text(
        re.sub(r"^(# )?at +=.*$", f"at = {at}", config.read_text(), flags=re.MULTILINE)
    )


def test_the_edition_leaves_at_its_hour_while_strangers_hold_every_connection(tmp_path):
    """Without the environment's CONNECTIONS the hour is brought here: config.toml is changed."""
    hour = datetime.now(UTC).replace(second=0) + timedelta(minutes=4)
    waits = "CONNECTIONS" in os.environ
    with Relay(tmp_path / "mail.jsonl") as relay, FeedServer() as feeds:
        at = hour if waits else hour + timedelta(hours=5)
        house, health, desk, due = attacked(tmp_path / "house", relay, f'"{at:%H:%M}"')
        follow_bombs(house, feeds)
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
            assert {path.rpartition("/")[2] for path, _ in feeds.requests} >= set(BOMBS) - {"loop"}
    slowest = max(seconds for _, seconds in answers) * 1_000
    print(
        f"{len(held)} connections, {FILES} files: sent after {took:.1f} s, health {slowest:.0f} ms"
    )
    assert took < (PATIENCE if waits else 150), "drafting comes before the hour, but here"


@contextmanager
def small_disk(folder):
    """A file system of its own with little room, so that it can be filled."""
    folder.mkdir()
    done = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=24m", "tmpfs", str(folder)],
        check=False,
        capture_output=True,
    )
    if done.returncode:
        pytest.skip("a file system of its own needs root")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=False)


def filled(folder):
    """Leave no byte."""
    path = folder / "filler"
    with suppress(OSError), path.open("wb") as file:
        while True:
            file.write(bytes(65_536))
            file.flush()
    return path


def test_a_disk_that_is_full_at_the_hour_is_told_and_the_edition_leaves_once_there_is_room(
    tmp_path,
):
    with Relay(tmp_path / "mail.jsonl") as relay, small_disk(tmp_path / "disk") as disk:
        at = datetime.now(UTC) + timedelta(hours=5)
        house, health, _, due = attacked(disk / "house", relay, f'"{at:%H:%M}"')
        with house.serve("full") as (process, log):
            wait_for(lambda: "Keeping the schedule" in log.read_text(), 90)
            keep_hour(house, due)
            filler = filled(disk)
            wait_for(lambda: ask(health, "/readyz")[0] == 503)
            assert ask(health, "/healthz")[0] == 200
            assert house.letters() == []
            filler.unlink()
            began = time.monotonic()
            wait_for(lambda: house.slot() is Course.SENT, 180)
            took = time.monotonic() - began
            assert ask(health, "/readyz")[0] == 200
            assert process.poll() is None
        assert len(house.letters()) == len(set(house.letters())) == 8
    print(f"a full disk: sent {took:.1f} s after there was room")


def test_a_database_that_is_restarted_at_the_hour_costs_no_letter_and_no_second_one(tmp_path):
    try:
        with running() as server, server.database() as url, Relay(tmp_path / "mail.jsonl") as relay:
            at = datetime.now(UTC) + timedelta(hours=5)
            health = free_port()
            house = House(
                tmp_path / "house",
                relay,
                BRIEFING_HEALTH__LISTEN=f'"127.0.0.1:{health}"',
                BRIEFING_DATABASE__URL=f'"{url}"',
            )
            due = house.settings.pop("BRIEFING_BRIEFINGS__STAGGERS__AT")
            keep_hour(house, f'"{at:%H:%M}"')
            with house.serve("restarted") as (process, log):
                wait_for(lambda: "Keeping the schedule" in log.read_text(), 90)
                keep_hour(house, due)
                began = time.monotonic()
                server.crash()
                wait_for(lambda: house.slot() is Course.SENT, 180)
                took = time.monotonic() - began
                assert process.poll() is None
                assert [ask(health, path)[0] for path in ("/healthz", "/readyz")] == [200, 200]
            assert len(house.letters()) == len(set(house.letters())) == 8
    except Missing as missing:
        pytest.skip(str(missing))
    print(f"a database that was restarted: sent {took:.1f} s after it began to fall")


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
