"""`briefing serve` as a real process: the hour, a second process, signals, ops' answers."""

import json
import mailbox
import os
import random
import signal
import socket
import threading
import time
import urllib.request
from contextlib import closing, suppress
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from tests.desks import act
from tests.faults.relay import Faults, Relay
from tests.served import PATIENCE, ServedHouse, edited, ended, free_port, wait_for
from tests.servers.serve import serve

from briefing.actions.admin.backup import nightly_backup
from briefing.actions.admin.init import make_house
from briefing.actions.open_store import the_keys, the_store
from briefing.actions.readers.import_list import sync_list
from briefing.actions.schedule.alert import alert
from briefing.config import load_config
from briefing.config.reload import WatchedConfig
from briefing.model.schedule_slot import Course
from briefing.sends.letters.verp import return_path


@pytest.fixture
def house(tmp_path):
    with Relay(tmp_path / "mail.jsonl") as relay:
        yield ServedHouse(tmp_path / "house", relay)


def test_a_slot_missed_for_a_minute_is_sent_once_and_sigterm_ends_it_cleanly(house):
    with house.serve("first") as (process, log):
        wait_for(lambda: house.slot() is Course.SENT)
        process.send_signal(signal.SIGTERM)
        assert process.wait(60) == 0, log.read_text()
    with house.serve("second") as (process, log):
        wait_for(lambda: "Keeping the schedule" in log.read_text())
        process.send_signal(signal.SIGTERM)
        assert process.wait(60) == 0, log.read_text()
    assert sorted(house.letters()) == sorted(set(house.letters()))
    assert len(house.letters()) == 8


def test_serve_reads_the_bounce_mailbox_and_posts_whatever_that_says(house):
    box = mailbox.Maildir(str(house.folder / "bounces"))
    box.add(b"From: nobody@example.net\r\nAuto-Submitted: auto-replied\r\n\r\nAway.\r\n")
    act(sync_list, house.config, "readers")

    def reader():
        with the_store(house.config, datetime.now(UTC)) as store:
            return store.subscribers.find("zoe@example.com")[0]

    path = return_path("b@example.org", "other", reader().ref, the_keys(house.config)[-1])
    box.add(f"To: {path}\r\nSubject: unsubscribe\r\n\r\nunsubscribe\r\n".encode())
    with house.serve("bounces", BRIEFING_BOUNCES__MAILBOX="bounces") as (process, log):
        wait_for(lambda: reader().standing == "unsubscribed")
        wait_for(lambda: house.slot() is Course.SENT)
        process.send_signal(signal.SIGTERM)
        assert process.wait(60) == 0, log.read_text()


def test_a_scheduler_and_a_sender_each_alone_send_what_one_process_would(house):
    with house.serve("scheduler", "-m", "briefing", "scheduler") as (scheduler, log):
        wait_for(lambda: house.slot() is Course.SENDING)
        assert house.letters() == [], "letters are the sender's"
        with house.serve("sender", "-m", "briefing", "sender") as (sender, said):
            wait_for(lambda: house.slot() is Course.SENT)
            for process, words in ((scheduler, log), (sender, said)):
                process.send_signal(signal.SIGTERM)
                assert process.wait(60) == 0, words.read_text()
    assert len(house.letters()) == len(set(house.letters())) == 8


def test_serve_opens_the_desk_by_a_link_and_the_desk_heeds_a_changed_config(house):
    def answer(address):
        with urllib.request.urlopen(address, timeout=60) as got:
            return got.read().decode()

    with house.serve("all", **house.without_slot()) as (process, log):
        path = house.folder / "var" / "sign-in.link"
        wait_for(path.exists)
        link = path.read_text().strip()
        assert "link=" not in log.read_text(), "a journal is read by others"
        assert "The Staggers Weekly" in answer(link)
        config = house.folder / "config.toml"
        config.write_text(config.read_text().replace("The Staggers Weekly", "Another House"))
        wait_for(lambda: "Another House" in answer(link))
        process.send_signal(signal.SIGTERM)
        assert ended(process, log), log.read_text()


def test_of_two_processes_one_keeps_the_schedule_and_the_other_takes_over_when_it_is_killed(house):
    with house.serve("one") as (first, one), house.serve("two") as (second, two):
        logs = {first: one, second: two}
        wait_for(lambda: any("Keeping the schedule" in log.read_text() for log in logs.values()))
        (leader,) = (p for p, log in logs.items() if "Keeping the schedule" in log.read_text())
        (other,) = set(logs) - {leader}
        wait_for(lambda: "Standing by" in logs[other].read_text())
        leader.send_signal(signal.SIGKILL)
        killed = time.monotonic()
        wait_for(lambda: "Keeping the schedule" in logs[other].read_text())
        assert time.monotonic() - killed < 20
        wait_for(lambda: house.slot() is Course.SENT)
    copies = house.letters()
    with the_store(house.config, datetime.now(UTC)) as store:
        doubtful = sum(store.ledger(one.number).doubtful() for one in store.mailings.all())
    assert len(set(copies)) == 8
    assert len(copies) - 8 <= doubtful


def test_systemd_hears_that_it_is_ready_alive_and_stopping(house):
    with closing(socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)) as listener:
        place = str(house.folder / "notify")
        listener.bind(place)
        listener.settimeout(PATIENCE)
        with house.serve("watched", NOTIFY_SOCKET=place, **house.without_slot()) as (process, log):
            heard = {listener.recv(64), listener.recv(64), listener.recv(64)}
            assert {b"READY=1", b"WATCHDOG=1"} <= heard
            process.send_signal(signal.SIGTERM)
            while listener.recv(64) != b"STOPPING=1":
                pass
            assert ended(process, log), log.read_text()


def test_a_backup_that_fails_is_told_once_a_night_and_nothing_else_stops(house):
    (house.folder / "var" / "backups").write_text("in the way")
    with house.serve("night", BRIEFING_DATA__BACKUP_AT='"00:00"') as (process, log):
        wait_for(lambda: "Tonight's backup was not made" in log.read_text())
        wait_for(lambda: house.slot() is Course.SENT)
        process.send_signal(signal.SIGTERM)
        assert process.wait(60) == 0, log.read_text()
    assert log.read_text().count("Tonight's backup was not made") == 1
    assert "then `briefing backup`" in log.read_text()


def test_a_sender_gives_signs_of_life_while_a_long_mailing_leaves(tmp_path):
    slow = {"BRIEFING_SEND__SMTP__CONNECTIONS": "1"}
    with (
        Relay(tmp_path / "mail.jsonl", Faults(slow=1, delay=0.15)) as relay,
        closing(socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)) as listener,
    ):
        house = ServedHouse(tmp_path / "house", relay, **slow)
        with house.serve("scheduler", "-m", "briefing", "scheduler"):
            wait_for(lambda: house.slot() is Course.SENDING)
        place = str(house.folder / "notify")
        listener.bind(place)
        listener.settimeout(PATIENCE)
        with house.serve("sender", "-m", "briefing", "sender", NOTIFY_SOCKET=place) as (_, log):
            wait_for(house.letters)
            listener.settimeout(0)
            with suppress(BlockingIOError):
                while listener.recv(64):  # what it said before there was a letter
                    pass
            listener.settimeout(PATIENCE)
            assert listener.recv(64) == b"WATCHDOG=1"
            assert len(house.letters()) < 8, log.read_text()


def test_ops_get_their_answers_on_an_address_of_their_own(house):
    port = free_port()
    with house.serve("healthy", BRIEFING_HEALTH__LISTEN=f'"127.0.0.1:{port}"'):

        def ask(path):
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=60) as answer:
                    return answer.read().decode()
            except OSError:
                return ""

        wait_for(lambda: ask("/healthz"))
        wait_for(lambda: house.slot() is Course.SENT)
        assert ask("/readyz") == "ready\n"
        figures = ask("/metrics")
    assert 'briefing_readers{list="readers",standing="active"} 8.0' in figures
    assert 'state="posted"} 8.0' in figures
    assert "@" not in figures


def test_no_edit_of_the_config_ends_the_watch_or_brings_a_bad_one_into_force(tmp_path, caplog):
    make_house(tmp_path)
    path = tmp_path / "config.toml"
    good = path.read_text()
    watched = WatchedConfig(path, load_config(path, {}))
    chance, in_force, refused = random.Random(5), 0, 0
    for number in range(40):
        path.write_text(edited(good, chance, f"House {number}"))
        os.utime(path, ns=(number, number))
        before = watched.config
        if watched.look():
            in_force += 1
            assert watched.config == load_config(path)
        else:
            refused += 1
            assert watched.config is before
    assert in_force > 6
    assert refused > 6
    assert "not in order; the old one holds" in caplog.text


def test_a_change_of_what_is_open_waits_for_the_next_start_and_the_rest_comes_into_force(
    tmp_path, caplog
):
    make_house(tmp_path)
    path = tmp_path / "config.toml"
    watched = WatchedConfig(path, load_config(path, {}))
    text = path.read_text().replace('path = "var"', 'path = "elsewhere"', 1)
    path.write_text(text.replace("The Staggers Weekly", "Another House"))
    assert watched.look()
    assert watched.config.data.path == "var"
    assert watched.config.site.name == "Another House"
    assert "start the process again" in caplog.text


def clock():
    return datetime(2026, 11, 23, 6, 30, tzinfo=UTC)


def test_an_alert_goes_by_mail_and_webhook_and_a_dead_way_stops_nothing(tmp_path):
    make_house(tmp_path / "house")
    posts = []

    class Hook(BaseHTTPRequestHandler):
        def do_POST(self):
            posts.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(204)
            self.end_headers()

        def log_message(self, *_):
            pass

    keep = tmp_path / "kept"
    keep.mkdir()
    hook = HTTPServer(("127.0.0.1", 0), Hook)
    thread = threading.Thread(target=serve, args=(hook,))
    thread.start()
    try:
        with Relay(tmp_path / "mail.jsonl", keep=keep) as relay:
            settings = {
                "BRIEFING_ALERTS__EMAIL": '"ops@example.org"',
                "BRIEFING_ALERTS__WEBHOOK": f'"http://127.0.0.1:{hook.server_port}/"',
                "BRIEFING_SEND__TRANSPORT": "smtp",
                "BRIEFING_SEND__SMTP__HOST": "127.0.0.1",
                "BRIEFING_SEND__SMTP__PORT": str(relay.port),
                "BRIEFING_SEND__SMTP__SECURITY": "none",
            }
            config = load_config(tmp_path / "house" / "config.toml", settings)
            alert(config, ".staggers is paused: 535. `briefing resume`.", clock)
            assert relay.violations == []
    finally:
        hook.shutdown()
        thread.join()
        hook.server_close()
    (letter,) = keep.iterdir()
    assert b"Auto-Submitted: auto-generated" in letter.read_bytes()
    assert b"briefing resume" in letter.read_bytes()
    assert posts[0]["text"].startswith(".staggers is paused")
    alert(config, "Now both ways are gone.", clock)


def test_a_copy_is_made_once_a_night_and_the_oldest_are_let_go(tmp_path):
    make_house(tmp_path)
    config = load_config(tmp_path / "config.toml", {"BRIEFING_DATA__BACKUPS": "3"})
    made = []
    for hour in range(0, 24 * 6, 3):
        now = datetime(2026, 11, 23, 0, 30, tzinfo=UTC) + timedelta(hours=hour)
        made += [copy for copy in [act(nightly_backup, config, clock=lambda now=now: now)] if copy]
    assert len(made) == 6
    kept = sorted(path.name for path in (tmp_path / "var" / "backups").glob("nightly-*"))
    assert kept == [f"nightly-202611{day}.db" for day in (26, 27, 28)]
