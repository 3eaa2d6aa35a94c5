"""A house under attack: half-open connections, bombs as feeds, a page of points, a disk that fills."""

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
from tests.served import ServedHouse, free_port, wait_for

from briefing.actions.context import open_desk
from briefing.actions.schedule.slot_orders import move
from briefing.clock import time_zone
from briefing.config import load_config
from briefing.errors import Busy, StoreError
from briefing.model.schedule_slot import Course

CONNECTIONS = int(os.environ.get("CONNECTIONS", "300"))
#: Open files of each process; more connections are opened than that.
FILES = int(os.environ.get("FILES", "256"))
#: Seconds within which the edition leaves once it is due.
PATIENCE = 5.0
#: The same where the tests of other processes take turns with these.
LONGEST = PATIENCE if "CONNECTIONS" in os.environ else 4 * PATIENCE
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


@contextmanager
def many_files():
    """As many open files as those connections take in this process."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, max(soft, 4 * CONNECTIONS)), hard))
    try:
        yield
    finally:
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
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=60) as answer:
            return answer.status, time.monotonic() - began
    except urllib.error.HTTPError as refusal:
        return refusal.code, time.monotonic() - began
    except OSError:
        return 0, time.monotonic() - began


def in_half_an_hour():
    """When a slot is due whose edition is drafted now, and a zone in which that is about noon."""
    now = datetime.now(UTC) + timedelta(minutes=30)
    zone = f"Etc/GMT{now.hour - 12:+d}"  # the sign is POSIX's: east is minus
    local = now.astimezone(time_zone(zone))
    return f'"{local:%H:%M}"', {"BRIEFING_BRIEFINGS__STAGGERS__TIME_ZONE": f'"{zone}"'}


def attacked(folder, relay, at, more=None):
    """A house of which config.toml says when it sends, and a page with very many points."""
    health, desk = free_port(), free_port()
    house = ServedHouse(
        folder,
        relay,
        BRIEFING_HEALTH__LISTEN=f'"127.0.0.1:{health}"',
        **{"BRIEFING_DESK__LISTEN": f'"127.0.0.1:{desk}"'} | (more or {}),
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


@contextmanager
def own_disk(folder, size):
    """A file system of its own, so that it can be filled."""
    folder.mkdir()
    done = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={size}m", "tmpfs", str(folder)],
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


def course_of(house):
    """How far its slot is; None while the database is not to be asked."""
    with suppress(StoreError):
        return house.slot()
    return None


def drafted(house, log):
    """Wait until the edition of half an hour from now is there."""
    wait_for(lambda: "Keeping the schedule" in log.read_text())
    wait_for(lambda: course_of(house) in (Course.DRAFTED, Course.SENDING, Course.SENT), 180)


def moved(house, seconds):
    """Let the drafted edition leave so soon; says when, in seconds since 1970."""
    config = load_config(house.folder / "config.toml", house.settings)
    slot = house.newest().slot

    def move_it():
        at = datetime.now(UTC).replace(microsecond=0) + timedelta(seconds=seconds)
        local = at.astimezone(time_zone(config.briefing("staggers").time_zone))
        with suppress(Busy), open_desk(config) as desk:
            move(desk, "staggers", slot, f"{local:%H:%M:%S}", actor="ops")
            return at.timestamp()

    return wait_for(move_it)


def sent_after(house, due):
    """Seconds from its time until the last letter of the edition had left."""
    wait_for(lambda: course_of(house) is Course.SENT, due + 180 - time.time())
    return time.time() - due
