"""Two hosts over one PostgreSQL: one leads, and every letter leaves once."""

import signal
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import text
from tests.faults.relay import Relay
from tests.served import ServedHouse, wait_for
from tests.weeks import Week, at

from briefing.actions.open_store import the_store
from briefing.config import load_config
from briefing.model.delivery import State
from briefing.model.schedule_slot import Course
from briefing.store import Database

ENDED = (
    "SELECT pg_terminate_backend(pid) FROM pg_locks"
    " WHERE locktype = 'advisory' AND pid <> pg_backend_pid()"
)


@pytest.fixture
def hosts(tmp_path, postgresql_url):
    """Two folders of one house, as two machines would have them."""
    shared = {"BRIEFING_DATABASE__URL": f'"{postgresql_url}"'}
    with Relay(tmp_path / "mail.jsonl") as relay:
        one = ServedHouse(tmp_path / "one", relay, **shared)
        two = ServedHouse(tmp_path / "two", relay, beside=one, **one.settings)
        yield one, two


def test_one_of_two_hosts_leads_and_another_takes_over_when_its_session_ends(hosts, postgresql_url):
    one, two = hosts
    with one.serve("one") as (first, log), two.serve("two") as (second, other):
        wait_for(lambda: one.slot() is Course.SENT)
        logs = {first: log, second: other}
        led = "Keeping the schedule"
        leaders = [process for process, said in logs.items() if led in said.read_text()]
        assert len(leaders) == 1
        (waits,) = set(logs) - set(leaders)
        wait_for(lambda: "Standing by: Another process" in logs[waits].read_text())
        database = Database(postgresql_url)
        with database.session() as ruler:
            ruler.connection.execute(text(ENDED))
        database.close()
        wait_for(lambda: "ended our lead" in logs[leaders[0]].read_text())
        # Whoever is quicker leads now, and one stands by.
        wait_for(lambda: sum(said.read_text().count(led) for said in logs.values()) == 2)
        for process, said in logs.items():
            process.send_signal(signal.SIGTERM)
            assert process.wait(60) == 0, said.read_text()
    assert len(one.letters()) == len(set(one.letters())) == 8


def test_of_four_schedulers_over_eight_slots_each_slot_becomes_one_edition(
    tmp_path, postgresql_url
):
    database = {"BRIEFING_DATABASE__URL": f'"{postgresql_url}"'}
    house = Week(tmp_path, days='"mon-sun"', draft_at="30")
    house.config = load_config(house.folder / "config.toml", house.environment | database)
    four = [house.start() for _ in range(4)]
    for day in range(8):
        house.page(f"day{day}", f"Harbour {day}")
        for minutes in (6 * 60 + 15, 6 * 60 + 30):
            house.now = at(day, 0, minutes)
            with ThreadPoolExecutor(4) as pool:
                for each in [pool.submit(one.attend, "staggers") for one in four]:
                    each.result()
    with the_store(house.config, house.now) as store:
        courses = [record.course for record in store.slots.newest("staggers", 99)]
        editions = store.mailings.all()
        sums = [store.ledger(each.number).counts() for each in editions]
    # What ops were told says why a slot was missed, so it comes first.
    assert house.told == []
    assert courses == [Course.SENT] * 8
    assert len(editions) == 8
    assert sums == [{State.POSTED: 8}] * 8
    assert house.letters() == {each.edition: 8 for each in editions}
