"""A day with several hours has an edition of its own for each, by the clock and by hand."""

from datetime import UTC, datetime

import pytest
from tests.desks import act
from tests.newsrooms import Clock, make_newsroom, settled

from briefing.actions.context import open_desk
from briefing.actions.editions.draft import draft
from briefing.actions.review.readiness import readiness
from briefing.actions.schedule.run_due_slots import SlotRunner
from briefing.actions.schedule.run_slot import run_slot
from briefing.config import load_config

MORNING, EVENING = "staggers-2026-11-24-0630", "staggers-2026-11-24-1700"


@pytest.fixture
def config(tmp_path):
    make_newsroom(tmp_path)
    for page in (tmp_path / "seeds").glob("08-*.txt"):
        page.unlink()
    path = tmp_path / "config.toml"
    text = path.read_text().replace('# at      = "06:30" ', 'at = ["17:00", "06:30"] ', 1)
    path.write_text(text)
    return load_config(path, {})


def test_by_the_clock_each_hour_has_its_edition(config):
    clock = Clock()
    runner = SlotRunner(config, clock)
    for hour in (6, 16, 18):
        clock.now = datetime(2026, 11, 24, hour, tzinfo=UTC)
        runner.attend("staggers")
    with open_desk(config, clock) as desk:
        slots = {
            one.slot[:16]: (one.edition, one.reason)
            for one in desk.store.slots.newest("staggers", 9)
        }
    assert slots["2026-11-24T06:30"][0] == MORNING
    assert "2026-11-24T17:00" in slots


def test_a_draft_by_hand_is_for_the_next_hour_of_the_day(config):
    clock = Clock()
    # At 20 the evening's hour is missed: two hours after it, nobody waits for it any more.
    for hour, edition, leaves in ((5, MORNING, "0630"), (12, EVENING, "1700"), (20, EVENING, "")):
        clock.now = datetime(2026, 11, 24, hour, tzinfo=UTC)
        drafted = act(draft, config, "staggers", repeat=True, clock=clock).edition
        assert drafted.id == edition
        with open_desk(config, clock) as desk:
            when = readiness(desk, drafted).leaves
            assert (when.strftime("%H%M") if when else "") == leaves


def test_a_run_by_hand_is_of_the_hour_that_came_last(config):
    clock = Clock()
    clock.now = datetime(2026, 11, 24, 12, tzinfo=UTC)
    assert (
        act(run_slot, config, "staggers", repeat=True, clock=clock).slot[:16] == "2026-11-24T06:30"
    )
    clock.now = datetime(2026, 11, 24, 18, tzinfo=UTC)
    assert (
        act(run_slot, config, "staggers", repeat=True, clock=clock).slot[:16] == "2026-11-24T17:00"
    )


def test_one_hour_keeps_the_name_of_the_day(tmp_path):
    make_newsroom(tmp_path)
    clock = Clock()
    drafted = act(draft, settled(tmp_path), "staggers", repeat=True, clock=clock)
    assert drafted.edition.id == "staggers-2026-11-23"
