"""At the hour of a slot: whatever strangers do to the pages, the edition leaves and health answers.

`make chaos` plays it with 2,000 connections and prints its figures.
"""

import os
import re
import signal
import time
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from tests.faults.attacked import (
    BOMBS,
    FEW_FILES,
    FILES,
    LONGEST,
    ask,
    attacked,
    drafted,
    filled,
    follow_bombs,
    half_open,
    in_half_an_hour,
    keep_hour,
    many_files,
    moved,
    own_disk,
    sent_after,
)
from tests.faults.feed_server import FeedServer
from tests.faults.relay import Relay
from tests.served import OFTEN, ServedHouse, wait_for

from briefing.model.schedule_slot import Course

#: Seconds until an edition leaves whose hour is moved.
SOON = 8 if "CONNECTIONS" in os.environ else 4

pytestmark = pytest.mark.usefixtures("many_files")


@pytest.fixture(name="many_files")
def may_open_many_files():
    """This process opens all those connections itself."""
    with many_files():
        yield


def hour_of_slot():
    """When it is due by the timetable, and more settings; `make chaos` waits for that hour."""
    if "CONNECTIONS" not in os.environ:
        return None, *in_half_an_hour()
    hour = datetime.now(UTC).replace(second=0, microsecond=0) + timedelta(minutes=4)
    return hour.timestamp(), f'"{hour:%H:%M}"', {}


def test_the_edition_leaves_at_its_hour_while_strangers_hold_every_connection(tmp_path):
    due, at, zone = hour_of_slot()
    with Relay(tmp_path / "mail.jsonl") as relay, FeedServer() as feeds:
        house, health, desk, _ = attacked(tmp_path / "house", relay, at, zone)
        follow_bombs(house, feeds)
        with house.serve("attacked", "-c", FEW_FILES) as (_, log):
            wait_for(lambda: "Keeping the schedule" in log.read_text())
            (pages,) = re.findall(r"Serving \S+ on http://127.0.0.1:(\d+);", log.read_text())
            with half_open([int(pages), int(pages), desk]) as held:
                drafted(house, log)
                due = due or moved(house, SOON)
                left = due - time.time()
                took = sent_after(house, due)
                answers = [ask(health, path) for path in ("/healthz", "/readyz")]
            assert [status for status, _ in answers] == [200, 200]
            assert len(house.letters()) == len(set(house.letters())) == 8
            wait_for(lambda: ask(int(pages), "/archive")[0] == 200)
            assert "too many open files" not in log.read_text().lower()
            assert {path.rpartition("/")[2] for path, _ in feeds.requests} >= set(BOMBS) - {"loop"}
    slowest = max(seconds for _, seconds in answers) * 1_000
    print(
        f"{len(held)} connections, {FILES} files: drafted {left:.0f} s before the hour, sent {took:.1f} s "
        f"after it, health {slowest:.0f} ms"
    )
    assert took < LONGEST


def test_a_disk_that_is_full_at_the_hour_keeps_no_letter_back(tmp_path):
    with Relay(tmp_path / "mail.jsonl") as relay, own_disk(tmp_path / "disk", 200) as disk:
        house, health, desk, _ = attacked(disk / "house", relay, *in_half_an_hour())
        with house.serve("full", "-c", FEW_FILES) as (process, log):
            drafted(house, log)
            wait_for((house.folder / "var" / "reserve").exists)
            due = moved(house, SOON)
            filler = filled(disk)
            with half_open([desk]):
                assert ask(health, "/readyz")[0] == 503
                assert ask(health, "/healthz")[0] == 200
                took = sent_after(house, due)
                assert ask(health, "/healthz")[0] == 200
            assert ask(health, "/readyz")[0] == 503
            filler.unlink()
            assert ask(health, "/readyz")[0] == 200
            assert "What was kept free for this goes to the letters" in log.read_text()
            assert process.poll() is None
        assert len(house.letters()) == len(set(house.letters())) == 8
    print(f"a disk that is full at the hour: sent {took:.1f} s after it")
    assert took < LONGEST


def test_without_room_kept_back_an_edition_leaves_once_there_is_room(tmp_path):
    with Relay(tmp_path / "mail.jsonl") as relay, own_disk(tmp_path / "disk", 60) as disk:
        at = datetime.now(UTC) + timedelta(hours=5)
        house, health, _, due = attacked(disk / "house", relay, f'"{at:%H:%M}"')
        with house.serve("full", "-c", OFTEN, "serve", "--port", "0") as (process, log):
            wait_for(lambda: "Keeping the schedule" in log.read_text())
            keep_hour(house, due)
            filler = filled(disk)
            wait_for(lambda: ask(health, "/readyz")[0] == 503)
            assert house.letters() == []
            filler.unlink()
            began = time.time()
            took = sent_after(house, began)
            assert ask(health, "/readyz")[0] == 200
            assert process.poll() is None
        assert len(house.letters()) == len(set(house.letters())) == 8
    print(f"a full disk and nothing kept back: drafted and sent {took:.1f} s after there was room")


def test_a_database_that_is_restarted_at_the_hour_costs_no_letter_and_no_second_one(
    tmp_path, postgresql_server, postgresql_url
):
    with Relay(tmp_path / "mail.jsonl") as relay:
        hour, zone = in_half_an_hour()
        more = {**zone, "BRIEFING_DATABASE__URL": f'"{postgresql_url}"'}
        house, health, desk, _ = attacked(tmp_path / "house", relay, hour, more)
        with house.serve("restarted", "-c", FEW_FILES) as (process, log):
            drafted(house, log)
            due = moved(house, SOON)
            with half_open([desk]):
                wait_for(lambda: time.time() > due - 0.3)
                postgresql_server.crash()
                took = sent_after(house, due)
                answers = [ask(health, path)[0] for path in ("/healthz", "/readyz")]
            assert answers == [200, 200]
            assert process.poll() is None
        assert len(house.letters()) == len(set(house.letters())) == 8
    print(f"a database that is restarted at the hour: sent {took:.1f} s after it")
    assert took < LONGEST


def test_the_web_is_started_again_when_it_dies_and_the_sender_is_not_stopped_by_it(tmp_path):
    with Relay(tmp_path / "mail.jsonl") as relay:
        house = ServedHouse(tmp_path / "house", relay)
        with house.serve("all") as (process, log):
            wait_for(lambda: "Keeping the schedule" in log.read_text())
            web = _listens_at(_pages(log))
            os.kill(web, 9)
            wait_for(lambda: "is started again" in log.read_text())
            wait_for(lambda: log.read_text().count("Serving") == 2)
            wait_for(lambda: house.slot() is Course.SENT)
            again = _listens_at(_pages(log))
            wait_for(lambda: ask(_pages(log), "/archive")[0] == 200)
            process.send_signal(signal.SIGTERM)
            assert process.wait(60) == 0, log.read_text()
        assert len({process.pid, web, again}) == 3
        assert "ended by itself, so all end" not in log.read_text()


def _pages(log):
    """The port of the public pages, as they were started last."""
    *_, port = re.findall(r"Serving \S+ on http://127.0.0.1:(\d+);", log.read_text())
    return int(port)


def _listens_at(port):
    """The process that listens at a port of this machine."""
    lines = [line.split() for line in Path("/proc/net/tcp").read_text().splitlines()]
    (socket,) = (
        f"socket:[{one[9]}]" for one in lines if one[1:4:2] == [f"0100007F:{port:04X}", "0A"]
    )
    for file in Path("/proc").glob("[0-9]*/fd/*"):
        with suppress(OSError):
            if str(file.readlink()) == socket:
                return int(file.parts[2])
    raise AssertionError(f"nobody listens at {port}")
