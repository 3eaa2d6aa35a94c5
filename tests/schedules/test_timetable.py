"""What `briefing schedule` shows: the days asked for, and what each slot waits for."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from tests.desks import act, approve_rendered
from tests.newsrooms import new_house
from typer.testing import CliRunner

from briefing.actions.context import open_desk
from briefing.actions.open_store import the_store
from briefing.actions.rendering.render import render_edition
from briefing.actions.resolve_name import the_draft
from briefing.actions.schedule.run_due_slots import SlotRunner
from briefing.actions.schedule.upcoming import coming
from briefing.actions.sending.send import send_edition
from briefing.cli.main import app
from briefing.model.schedule_slot import Course

NIGHT = datetime(2026, 11, 20, tzinfo=UTC)
SLOT = "2026-11-20T06:30 Europe/London"


def house(folder, **keys):
    keys = {"AT": "06:30", "DAYS": "mon-sun", "TIME_ZONE": "Europe/London", **keys}
    return new_house(folder, staggers=keys)


@pytest.mark.parametrize("zone", ["Europe/London", "Pacific/Kiritimati", "Pacific/Pago_Pago"])
@pytest.mark.parametrize("at", ["00:00", "06:30", "23:59"])
def test_the_whole_of_the_last_local_day_is_shown_and_nothing_after_it(tmp_path, zone, at):
    config = house(tmp_path, TIME_ZONE=zone, AT=at)
    found = act(coming, config, date(2026, 11, 23), clock=lambda: NIGHT)
    days = [one.slot[:10] for one in found]
    assert days[-3:] == ["2026-11-21", "2026-11-22", "2026-11-23"]


def test_a_day_that_is_over_has_no_slots_to_come(tmp_path):
    assert act(coming, house(tmp_path), date(2026, 11, 1), clock=lambda: NIGHT) == ()


def test_without_a_day_the_next_five_of_each_briefing_are_shown(tmp_path):
    assert len(act(coming, house(tmp_path), clock=lambda: NIGHT)) == 5


def test_a_slot_says_what_it_waits_for(tmp_path):
    config, now = house(tmp_path, APPROVAL="required"), NIGHT

    def clock():
        return now

    def waits_for():
        return act(coming, config, clock=clock)[0].waits_for

    assert waits_for() == "its draft"
    now = NIGHT.replace(hour=5, minute=30)
    SlotRunner(config, clock, lambda _: None).attend("staggers")
    assert waits_for() == "approval, then its hour"
    approve_rendered(config, "staggers-2026-11-20", yes=True, actor="ada", note="", clock=clock)
    assert waits_for() == "its hour"
    site = config.site.model_copy(update={"name": "Another House"})
    act(render_edition, config.model_copy(update={"site": site}), "staggers-2026-11-20")
    assert waits_for() == "approval, then its hour", "an edit voids the approval"
    approve_rendered(
        config,
        "staggers-2026-11-20",
        yes=False,
        actor="ben",
        note="A better lead",
        clock=clock,
    )
    assert waits_for() == "approval, then its hour"

    def drafted(**changes):
        with open_desk(config, lambda: NIGHT) as desk:
            edition = replace(the_draft(desk, "staggers-2026-11-20"), **changes)
            desk.store.drafts.begin(edition, said="drafted", actor="test", at=NIGHT.timestamp())
            return edition

    edition = drafted(subject="Another subject")
    assert waits_for() == "approval, then its hour", "its hour would render it"
    drafted(held=edition.items[:1])
    assert waits_for() == "a decision on who speaks in it, then its hour"


def test_what_has_left_before_its_hour_does_not_come_again(tmp_path):
    config, morning = house(tmp_path), NIGHT.replace(hour=5, minute=30)
    first = act(coming, config, clock=lambda: morning)[0]
    SlotRunner(config, lambda: morning, lambda _: None).attend("staggers")
    approve_rendered(
        config, "staggers-2026-11-20", yes=True, actor="ada", note="", clock=lambda: morning
    )
    assert act(coming, config, clock=lambda: morning)[0].slot == first.slot
    act(send_edition, config, "staggers-2026-11-20", clock=lambda: morning)
    assert act(coming, config, clock=lambda: morning)[0].slot > first.slot


@pytest.mark.parametrize("ended", [Course.SKIPPED, Course.MISSED])
def test_a_slot_that_is_given_up_before_its_hour_waits_for_nothing(tmp_path, ended):
    config = house(tmp_path)
    with the_store(config, NIGHT) as store:
        store.slots.claim("staggers", SLOT, NIGHT.timestamp() + 23_400, NIGHT.timestamp())
        store.slots.note("staggers", SLOT, ended, NIGHT.timestamp(), reason="nothing to print")
    assert act(coming, config, clock=lambda: NIGHT)[0].waits_for == f"nothing: it is {ended}"


def test_as_json_each_slot_has_its_local_name_and_its_moment(tmp_path, monkeypatch):
    house(tmp_path)
    monkeypatch.setenv("BRIEFING_BRIEFINGS__STAGGERS__AT", "06:30")
    config = tmp_path / "config.toml"
    called = CliRunner().invoke(app, ["schedule", "--json", "--config", str(config)])
    assert called.exit_code == 0, called.output
    first = json.loads(called.stdout)[0]
    assert first["slot"].endswith("T06:30 Europe/London")
    assert datetime.fromisoformat(first["at"]).tzinfo is not None


def test_the_day_on_the_command_line_is_among_those_shown(tmp_path, monkeypatch):
    house(tmp_path)
    for key, value in {"AT": "06:30", "DAYS": "mon-sun"}.items():
        monkeypatch.setenv(f"BRIEFING_BRIEFINGS__STAGGERS__{key}", value)
    monkeypatch.setattr("briefing.cli.console.utc_now", lambda: NIGHT)
    options = ["--json", "--until", "2026-11-22", "--config", str(tmp_path / "config.toml")]
    called = CliRunner().invoke(app, ["schedule", *options])
    assert [one["slot"][:10] for one in json.loads(called.stdout)] == [
        "2026-11-20",
        "2026-11-21",
        "2026-11-22",
    ]


def test_status_shows_what_comes_slots_mailings_readers_sources_and_alerts_on_one_screen(
    tmp_path, monkeypatch
):
    config = house(tmp_path)
    now = NIGHT
    slot_runner = SlotRunner(config, lambda: now, tell=lambda _: None)
    for hour, day in ((5, 20), (7, 20), (5, 21)):
        now = NIGHT.replace(day=day, hour=hour, minute=30)
        slot_runner.attend("staggers")
    monkeypatch.setenv("BRIEFING_BRIEFINGS__STAGGERS__AT", "06:30")
    path = str(tmp_path / "config.toml")
    shown = CliRunner().invoke(app, ["status", "--config", path]).output
    assert len(shown.splitlines()) < 24
    for words in (
        "8 active readers",
        "Europe/London staggers: waits for",
        "2026-11-20T06:30  staggers  sent",
        "2026-11-21T06:30  staggers  skipped",
        "staggers-2026-11-20  sent",
        "8 posted",
        "saved_pages  ok",
        "skipped. staggers has nothing new to print",
    ):
        assert words in shown, shown
    told = json.loads(CliRunner().invoke(app, ["status", "--json", "--config", path]).output)
    assert [slot["course"] for slot in told["slots"]] == ["skipped", "sent"]
    assert told["sources"][0]["state"] == "ok"
    assert told["next"][0]["briefing"] == "staggers"
