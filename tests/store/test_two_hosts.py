"""Two hosts over one PostgreSQL: one leads, and every letter leaves once."""

import signal

import pytest
from sqlalchemy import text
from tests.faults.relay import Relay
from tests.served import House, wait_for

from briefing.model.slot_record import Course
from briefing.store import Database

ENDED = (
    "SELECT pg_terminate_backend(pid) FROM pg_locks"
    " WHERE locktype = 'advisory' AND pid <> pg_backend_pid()"
)


@pytest.fixture
def hosts(tmp_path, postgresql_url):
    """Two folders of one house, as two machines would have them."""
    shared = {"BRIEFING_DATA__DATABASE": f'"{postgresql_url}"'}
    with Relay(tmp_path / "mail.jsonl") as relay:
        one = House(tmp_path / "one", relay, **shared)
        two = House(tmp_path / "two", relay, **one.settings)
        key = one.folder / "var" / "signing.key"
        (two.folder / "var").mkdir(exist_ok=True)
        (two.folder / "var" / "signing.key").write_bytes(key.read_bytes())
        yield one, two


def test_one_of_two_hosts_leads_and_another_takes_over_when_its_session_ends(hosts, postgresql_url):
    one, two = hosts
    with one.serve("one") as (first, log), two.serve("two") as (second, other):
        wait_for(lambda: one.slot() is Course.SENT, 60)
        logs = {first: log, second: other}
        led = "Keeping the schedule"
        leaders = [process for process, said in logs.items() if led in said.read_text()]
        assert len(leaders) == 1
        (waits,) = set(logs) - set(leaders)
        wait_for(lambda: "Standing by: Another process" in logs[waits].read_text())
        database = Database(postgresql_url)
        with database.session() as ruler:
            ruler.execute(text(ENDED))
        database.close()
        wait_for(lambda: "ended our lead" in logs[leaders[0]].read_text())
        # Whoever is quicker leads now, and one stands by.
        wait_for(lambda: sum(said.read_text().count(led) for said in logs.values()) == 2)
        for process, said in logs.items():
            process.send_signal(signal.SIGTERM)
            assert process.wait(15) == 0, said.read_text()
    assert len(one.letters()) == len(set(one.letters())) == 8
