"""Told to stop, a process ends in time, whatever it waits for: each way of waiting for ever, really made."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
from contextlib import ExitStack, closing, contextmanager, suppress
from pathlib import Path

import pytest
from tests.desks import act
from tests.faults.relay import Faults, Relay
from tests.served import ServedHouse, wait_for
from tests.servers.pgbouncer import pooled, program

from briefing.actions.schedule.upcoming import standing

#: `briefing` that waits for nothing when it is told to stop. Nine seconds are what others have.
IMPATIENT = """
import sys
import briefing.actions.process_end as process_end
from briefing.cli.main import run
process_end.PATIENCE = 1.0
sys.argv = ["briefing", *sys.argv[1:]]
run()
"""
SERVE = ("-c", IMPATIENT, "serve", "--port", "0")
WORKER = ("-c", IMPATIENT, "worker")
#: Seconds that no end takes; without the limit these waits have none.
LONG = 90
#: Name servers that take every question and give no answer.
MUTE = {"database": "127.0.0.77", "relay": "127.0.0.78"}
RELAY = "relay.example.org"


def below(pid):
    """A process and all that it started."""
    found = [pid]
    for tasks in Path(f"/proc/{pid}/task").glob("*/children"):
        with suppress(OSError):
            for child in tasks.read_text().split():
                found += below(int(child))
    return found


@contextmanager
def frozen(*pids):
    """Processes that stand still, as on a machine whose disk hangs."""
    try:
        for pid in pids:
            with suppress(ProcessLookupError):  # the server's own helpers come and go
                os.kill(pid, signal.SIGSTOP)
        yield
    finally:
        for pid in pids:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGCONT)


def stop(process, log):
    """Tell it to stop; its exit code, and what it said."""
    process.send_signal(signal.SIGTERM)
    code = process.wait(LONG)
    lines = log.read_text().splitlines()
    assert "Traceback (most recent call last):" not in lines
    said = [json.loads(line) for line in lines if line.startswith("{")]
    # Of a session that ends in the midst of a transaction the pool's own log has one; we say a sentence.
    assert {one["from"] for one in said if "trace" in one} <= {"sqlalchemy.pool.impl.NullPool"}
    return code, [one["say"] for one in said]


def cut_off(said):
    return any("did not end within 1 seconds and is cut off" in line for line in said)


@pytest.fixture
def server(postgresql_server):
    return postgresql_server


@pytest.fixture
def relay(tmp_path):
    with Relay(tmp_path / "mail.jsonl") as found:
        yield found


@pytest.fixture
def house(server, relay, tmp_path):
    """Makes a house over PostgreSQL."""
    with ExitStack() as stack:

        def of(engine="local", url=""):
            url = url or stack.enter_context(server.database("stopping"))
            more = {"BRIEFING_DATABASE__URL": f'"{url}"', "BRIEFING_SEND__ENGINE": engine}
            return ServedHouse(tmp_path / "house", relay, **more)

        yield of


@contextmanager
def at_work(house, command):
    with house.serve("stuck", *command) as (process, log):
        if command is WORKER:
            wait_for(lambda: act(standing, house.config).senders, LONG)
        else:
            wait_for(lambda: "Keeping the schedule" in log.read_text(), LONG)
        yield process, log


def postmaster(server):
    pid = (server.folder / "data" / "postmaster.pid").read_text().split()[0]
    return below(int(pid))


@pytest.mark.parametrize(
    ("command", "engine"), [(WORKER, "local"), (WORKER, "procrastinate"), (SERVE, "local")]
)
def test_a_database_that_is_frozen_holds_no_stop_up(house, server, command, engine):
    with at_work(house(engine), command) as (process, log), frozen(*postmaster(server)):
        code, said = stop(process, log)
    assert (code, cut_off(said)) == (1, True)


@pytest.mark.parametrize(("command", "engine"), [(WORKER, "procrastinate"), (SERVE, "local")])
def test_sessions_that_the_server_ended_hold_no_stop_up(house, server, command, engine):
    with at_work(house(engine), command) as (process, log):
        server.command(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'stopping'"
        )
        _, said = stop(process, log)
    assert said[-1] == "Stopped" or cut_off(said)


@pytest.mark.skipif(not program(), reason="needs Debian's package pgbouncer")
@pytest.mark.parametrize("command", [WORKER, SERVE])
def test_a_pooler_that_is_frozen_holds_no_stop_up(house, server, command):
    with server.database("pooled"), pooled(server, "transaction") as (port, pooler):
        url = f"postgresql+psycopg://briefing@127.0.0.1:{port}/pooled"
        with at_work(house(url=url), command) as (process, log), frozen(pooler):
            code, said = stop(process, log)
    assert (code, cut_off(said)) == (1, True)


def test_a_relay_that_takes_the_call_and_says_nothing_holds_no_stop_up(relay, tmp_path):
    house = ServedHouse(tmp_path / "house", relay)
    with closing(socket.create_server(("127.0.0.1", 0))) as mute:
        port = {"BRIEFING_SEND__SMTP__PORT": str(mute.getsockname()[1])}
        with house.serve("stuck", *SERVE, **port) as (process, log):
            mute.settimeout(LONG)
            with closing(mute.accept()[0]):
                code, said = stop(process, log)
    assert code == 0 or cut_off(said)
    assert house.letters() == []


def test_a_send_by_hand_whose_relay_never_answers_ends_too_and_the_letter_is_in_doubt(tmp_path):
    with Relay(tmp_path / "mail.jsonl", Faults(hang_after_dot_accepted=1)) as relay:
        house = ServedHouse(tmp_path / "house", relay)
        for word in ("draft", "render"):
            with house.serve(word, "-m", "briefing", word) as (process, log):
                assert process.wait(LONG) in (0, 1), log.read_text()
        with house.serve("send", "-c", IMPATIENT, "send") as (process, log):
            wait_for(lambda: len(house.letters()) == 8, LONG)
            process.send_signal(signal.SIGTERM)
            assert process.wait(LONG) == 1
        assert "Letters on the wire did not end" in log.read_text()


def test_a_reader_of_pages_that_stands_still_holds_no_stop_up(relay, tmp_path):
    house = ServedHouse(tmp_path / "house", relay)

    def readers(pid):
        lines = {one: Path(f"/proc/{one}/cmdline") for one in below(pid)}
        return [
            one for one, line in lines.items() if b"briefing.sandbox.worker" in line.read_bytes()
        ]

    with house.serve("stuck", *SERVE, is_started=True) as (process, log):
        (reader, *_) = wait_for(lambda: readers(process.pid), LONG)
        with frozen(reader):
            code, said = stop(process, log)
            os.kill(reader, signal.SIGKILL)
    assert code == 0 or cut_off(said)


def without_names(folder, mute):
    """What a command is started with where no name server answers: a look of its own at one file."""
    (folder / "resolv.conf").write_text(f"nameserver {mute}\noptions timeout:30 attempts:5\n")
    script = f'mount --bind {folder}/resolv.conf /etc/resolv.conf && exec "$@"'
    return ("unshare", "--mount", "sh", "-c", script, "sh")


@pytest.mark.parametrize("asked", ["database", "relay"])
def test_a_name_server_that_does_not_answer_holds_no_stop_up(relay, tmp_path, asked):
    house = ServedHouse(tmp_path / "house", relay)
    prefix = without_names(tmp_path, MUTE[asked])
    told = {
        "database": {"BRIEFING_DATABASE__URL": f'"postgresql+psycopg://briefing@{RELAY}/desk"'},
        "relay": {
            "BRIEFING_SEND__SMTP__HOST": RELAY,
            "BRIEFING_SEND__SMTP__SECURITY": "starttls",
        },
    }[asked]
    if not shutil.which("unshare") or subprocess.run([*prefix, "true"], check=False).returncode:
        pytest.skip("a look of its own at /etc/resolv.conf takes root")
    with closing(socket.socket(socket.AF_INET, socket.SOCK_DGRAM)) as mute:
        mute.bind((MUTE[asked], 53))
        mute.settimeout(LONG)
        log = tmp_path / "log"
        with log.open("w") as file:
            process = subprocess.Popen(
                [*prefix, sys.executable, *SERVE],
                cwd=house.folder,
                env=os.environ | house.settings | told,
                stdout=file,
                stderr=file,
            )
        try:
            assert b"relay" in mute.recv(512)
            code, said = stop(process, log)
        finally:
            process.kill()
            process.wait()
    assert code == 0 or cut_off(said)
