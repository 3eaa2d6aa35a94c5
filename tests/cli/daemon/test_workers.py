"""What deploy/compose.postgresql.yaml starts, as real processes over a real PostgreSQL."""

import json
import re
import signal
import sys
from contextlib import ExitStack
from pathlib import Path

import pytest
from tests.desks import act
from tests.faults.relay import Relay
from tests.served import OFTEN, ServedHouse, wait_for

from briefing.actions.schedule.upcoming import standing
from briefing.model.schedule_slot import Course

COMPOSE = (Path(__file__).parents[3] / "deploy" / "compose.postgresql.yaml").read_text("utf-8")
#: Of the containers, what each runs and what it is told.
COMMANDS = [json.loads(one) for one in re.findall(r"command: (\[\"briefing\".*\])", COMPOSE)]
TOLD = dict(re.findall(r'(?m)^ +(BRIEFING_SEND__(?:ENGINE|PARALLEL)): "?(\w+)"?$', COMPOSE))
REPLICAS = int(re.search(r"replicas: (\d+)", COMPOSE)[1])


@pytest.fixture
def house(tmp_path, postgresql_url):
    database = {"BRIEFING_DATABASE__URL": f'"{postgresql_url}"'}
    with Relay(tmp_path / "mail.jsonl") as relay:
        yield ServedHouse(tmp_path / "house", relay, **database, **TOLD)


def command(words):
    """A container's command on this machine, on a port that is free."""
    return ("-m", *(" ".join(words).replace("8080", "0").replace("0.0.0.0", "127.0.0.1").split()))


def test_a_desk_and_two_workers_send_a_slots_edition_once_and_stop_when_told(house):
    desk, worker = COMMANDS
    assert (worker, REPLICAS) == (["briefing", "worker"], 2)
    with ExitStack() as stack:
        workers = [
            stack.enter_context(
                house.serve(f"worker{number}", *command(worker), is_started=number == 0)
            )
            for number in range(REPLICAS)
        ]
        wait_for(lambda: len(act(standing, house.config).senders) == REPLICAS)
        served = stack.enter_context(house.serve("desk", "-c", OFTEN, *command(desk)[2:]))
        wait_for(lambda: house.slot() is Course.SENT)
        wait_for(lambda: sum(one.posted for one in act(standing, house.config).senders) == 8)
        for process, log in (*workers, served):
            process.send_signal(signal.SIGTERM)
            assert process.wait(60) == 0, log.read_text()
    assert len(house.letters()) == len(set(house.letters())) == 8
    assert act(standing, house.config).senders == ()


def test_a_worker_over_a_file_says_what_it_needs(tmp_path):
    with Relay(tmp_path / "mail.jsonl") as relay:
        house = ServedHouse(tmp_path / "house", relay)
        with house.serve("worker", "-m", "briefing", "worker") as (process, log):
            assert process.wait(30) == 1
    assert "briefing db copy" in log.read_text()
    assert "Traceback" not in log.read_text()
    assert sys.executable not in log.read_text()
