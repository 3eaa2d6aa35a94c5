"""What ops are answered: alive, ready, and figures that name nobody."""

from tests.desks import act
from tests.web.asking import Client
from tests.weeks import Week

from briefing.actions.gather.refresh_sources import read_now
from briefing.actions.schedule.run_slot import run_slot
from briefing.clock import utc_now
from briefing.web.health import make_health


def figures(house):
    """Every figure by its name and labels."""
    answer = Client(make_health(lambda: house.config), "http://127.0.0.1").get("/metrics")
    assert answer.status_code == 200
    lines = [line for line in answer.text.splitlines() if not line.startswith("#")]
    assert "@" not in answer.text
    return {name: float(value) for name, _, value in (line.rpartition(" ") for line in lines)}


def test_the_figures_tell_what_was_due_last_what_is_due_next_and_which_source_fails(tmp_path):
    house = Week(tmp_path, days='"mon-sun"')
    house.page("monday", "Harbour Bridge")
    house.now = utc_now()
    act(run_slot, house.config, "staggers", clock=lambda: house.now)
    found = figures(house)
    assert found['briefing_readers{list="readers",standing="active"}'] == 8
    (letters,) = (value for name, value in found.items() if name.startswith("briefing_letters{"))
    assert letters == 8
    now = utc_now().timestamp()
    assert found["briefing_alerts_total"] == 0, "nothing was wrong"
    assert 0 < found['briefing_next_slot_timestamp_seconds{briefing="staggers"}'] - now < 25 * 3600
    assert found['briefing_next_slot_timestamp_seconds{briefing="staggers"}'] % 3600 == 1800, (
        "06:30"
    )
    assert found['briefing_source_failing{source="saved_pages"}'] == 0
    assert 0 <= now - found['briefing_source_read_timestamp_seconds{source="saved_pages"}'] < 60
    for page in (house.folder / "seeds").iterdir():
        page.unlink()
    (house.folder / "seeds").rmdir()
    act(read_now, house.config)
    assert figures(house)['briefing_source_failing{source="saved_pages"}'] == 1


def test_metrics_come_with_type_and_meaning_in_the_format_that_was_asked_for(tmp_path):
    house = Week(tmp_path)
    client = Client(make_health(lambda: house.config), "http://127.0.0.1")
    plain = client.get("/metrics")
    assert plain.headers["content-type"] == "text/plain; version=0.0.4; charset=utf-8"
    assert "# TYPE briefing_alerts_total counter\n" in plain.text
    assert "# HELP briefing_readers Readers of a list, by standing.\n" in plain.text
    asked = client.get("/metrics", headers={"Accept": "application/openmetrics-text"})
    assert asked.headers["content-type"].startswith("application/openmetrics-text")
    assert asked.text.endswith("# EOF\n")


def test_ready_and_figures_say_so_when_the_database_does_not_answer(tmp_path):
    house = Week(tmp_path)
    client = Client(make_health(lambda: house.config), "http://127.0.0.1")
    assert (client.get("/readyz").status_code, client.get("/readyz").text) == (200, "ready\n")
    (tmp_path / "var" / "briefing.db").write_bytes(b"no database " * 5_000)
    for path in ("/readyz", "/metrics"):
        answer = client.get(path)
        assert answer.status_code == 503
        assert "briefing.db" in answer.text
    assert client.get("/healthz").status_code == 200
