"""The supervisor: all parts or none, and an end that comes whatever a part is at."""

import json
import signal
import threading
import urllib.request
from contextlib import contextmanager
from queue import SimpleQueue

import pytest
from tests.faults.relay import Faults, Relay
from tests.served import ServedHouse, free_port, wait_for

from briefing.actions.admin.init import make_house
from briefing.actions.process_end import ending_in_time
from briefing.cli.daemon.http_servers import public_pages
from briefing.cli.daemon.supervisor import Supervisor, supervise
from briefing.config import load_config
from briefing.errors import ConfigError

#: `briefing serve` that has no patience.
IMPATIENT = """
import sys
import briefing.actions.process_end as process_end
from briefing.cli.main import run
process_end.PATIENCE = 0.5
sys.argv = ["briefing", "serve", "--port", "0"]
run()
"""


@pytest.fixture
def path(tmp_path):
    make_house(tmp_path)
    return tmp_path / "config.toml"


def boom():
    raise OSError("the disk is gone")


def test_a_signal_stops_nothing_in_the_thread_that_it_interrupts_which_may_hold_the_lock_for_it():
    over, told = threading.Event(), SimpleQueue()
    with ending_in_time(lambda: told.put(threading.current_thread()), over, str):
        signal.raise_signal(signal.SIGTERM)
        told_in = [told.get()]
    while not told.empty():
        told_in.append(told.get())
    assert threading.main_thread() not in told_in


@pytest.mark.parametrize("ends", [boom, lambda: None])
def test_a_part_that_fails_or_ends_by_itself_ends_the_others_and_the_process_as_a_failure(
    path, caplog, ends
):
    supervisor, other = Supervisor(path, load_config(path, {})), threading.Event()
    supervisor.work("broken", ends, lambda: None)
    supervisor.work("other", other.wait, other.set)
    assert supervisor.run() is False
    assert other.is_set()
    assert "'broken' ended by itself" in caplog.text


@pytest.mark.parametrize("is_helper", [False, True])
def test_the_end_is_told_by_the_process_that_was_told_and_not_again_by_its_helper(
    path, caplog, is_helper
):
    supervisor = Supervisor(path, load_config(path, {}), is_helper=is_helper)
    supervisor.stop()
    with caplog.at_level("INFO"):
        supervisor.run()
    assert ("Stopping" in caplog.text, "Stopped" in caplog.text) == (not is_helper, not is_helper)


def test_a_stop_that_comes_before_the_start_ends_everything_without_a_fault(path):
    supervisor, other = Supervisor(path, load_config(path, {})), threading.Event()
    supervisor.work("other", other.wait, other.set)
    supervisor.stop()
    assert supervisor.run() is True


def test_unless_all_parts_can_be_opened_none_starts(path):
    ran, handlers = [], {one: signal.getsignal(one) for one in (signal.SIGTERM, signal.SIGINT)}

    @contextmanager
    def first(supervisor):
        supervisor.work("first", lambda: ran.append("first"), lambda: None)
        yield
        ran.append("closed")

    port = free_port()
    taken = public_pages("127.0.0.1", port)
    try:
        with pytest.raises(ConfigError, match=f"{port} cannot be listened on"):
            supervise(path, (taken, first, taken))
    finally:
        for one, handler in handlers.items():
            signal.signal(one, handler)
    assert ran == []


def test_a_letter_whose_reply_never_comes_holds_no_stop_up(
    tmp_path,
):
    with Relay(tmp_path / "mail.jsonl", Faults(hang_after_dot_accepted=1)) as relay:
        house = ServedHouse(tmp_path / "house", relay)
        with house.serve("stuck", "-c", IMPATIENT) as (process, log):
            wait_for(lambda: len(house.letters()) == 8)
            process.send_signal(signal.SIGTERM)
            assert process.wait(90) == 1, "without the limit it waits for ten minutes"
    said = [json.loads(line) for line in log.read_text().splitlines() if line.startswith("{")]
    assert any("schedule loop did not end within" in one["say"] for one in said), (
        "two processes write it"
    )


def test_a_configuration_that_comes_into_force_empties_the_pages_that_are_kept_ready(path):
    port, said = free_port(), []
    supervisor = Supervisor(path, load_config(path, {}))

    def archive():
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/archive", timeout=60) as answer:
            return answer.read().decode()

    def edit():
        said.extend((archive(), archive()))
        path.write_text(path.read_text().replace("The Staggers Weekly", "Another House"))
        wait_for(lambda: supervisor.config.site.name == "Another House")
        wait_for(lambda: "Another House" in archive())
        supervisor.stop()
        supervisor.over.wait()

    with public_pages("127.0.0.1", port)(supervisor):
        supervisor.work("editor", edit, lambda: None)
        assert supervisor.run() is True
    assert said[0] == said[1]
    assert "The Staggers Weekly" in said[0]
