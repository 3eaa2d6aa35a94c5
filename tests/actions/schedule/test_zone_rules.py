"""A new release of the time zone rules that moves an edition is told once, with both hours."""

import json
from datetime import UTC, datetime

import pytest

from briefing.actions.admin.init import make_house
from briefing.actions.schedule.zone_rules import moved_slots, old_rules, rules_sentence
from briefing.clock import ZoneRules
from briefing.config import load_config

OLD = ZoneRules(release="2025b", source="system")
NEW = ZoneRules(release="2026c", source="package")


def clock():
    return datetime(2026, 11, 29, 12, tzinfo=UTC)


@pytest.fixture
def config(tmp_path):
    make_house(tmp_path)
    told = {
        "BRIEFING_BRIEFINGS__STAGGERS__AT": "06:30",
        "BRIEFING_BRIEFINGS__STAGGERS__TIME_ZONE": "America/Vancouver",
    }
    return load_config(tmp_path / "config.toml", told)


def kept(config):
    return config.path(config.data.path) / "time-zones.json"


def test_a_slot_that_new_rules_move_is_told_once_with_both_times(config):
    assert moved_slots(config, clock, OLD) == ()
    # What the rules of 2025b had said of winter in Vancouver: an hour later in UTC.
    plan = json.loads(kept(config).read_text())
    slots = plan["slots"]["staggers"]
    plan["slots"]["staggers"] = {slot: at.replace("T13:", "T14:") for slot, at in slots.items()}
    kept(config).write_text(json.dumps(plan))
    (said,) = moved_slots(config, clock, NEW)
    assert "(2026c instead of 2025b) move staggers" in said
    assert "leaves at 13:30 UTC and not at 14:30 UTC, and so do" in said
    assert moved_slots(config, clock, NEW) == ()


def test_new_rules_that_move_nothing_are_not_told(config):
    moved_slots(config, clock, OLD)
    assert moved_slots(config, clock, NEW) == ()


@pytest.mark.parametrize("content", ["", "{", "[]", '{"release": 3}'])
def test_a_plan_that_cannot_be_read_is_made_again(config, content):
    kept(config).parent.mkdir(parents=True, exist_ok=True)
    kept(config).write_text(content)
    assert moved_slots(config, clock, NEW) == ()
    assert json.loads(kept(config).read_text())["release"] == "2026c"


def test_old_rules_are_told_with_what_to_do():
    assert "release 2025b" in old_rules(clock, OLD)
    assert "Upgrade the package tzdata" in old_rules(clock, OLD)
    assert old_rules(clock, NEW) == ""
    assert rules_sentence(NEW) == "Time zones by release 2026c of the package tzdata."
