"""A briefing whose store fails at its hour is looked after again at once, not at the next sweep."""

import pytest

from briefing.actions.admin.init import make_house
from briefing.cli.daemon import schedule_loop
from briefing.cli.daemon.schedule_loop import ScheduleLoop
from briefing.config import load_config
from briefing.errors import StoreError


@pytest.fixture
def loop(tmp_path, monkeypatch):
    """A schedule loop whose store fails twice; and who was looked after."""
    make_house(tmp_path)
    monkeypatch.setattr(schedule_loop, "_AGAIN", 0.0)
    found, looks = ScheduleLoop(load_config(tmp_path / "config.toml", {})), []

    def attend(name):
        looks.append(name)
        if len(looks) <= 2:
            raise StoreError("the disk is full")

    monkeypatch.setattr(found._slot_runner, "attend", attend)
    return found, looks


def test_it_is_looked_after_until_it_goes_well_and_then_no_more(loop):
    found, looks = loop
    found._wake("staggers")
    for _ in range(4):
        found._look_again()
    assert looks == ["staggers"] * 3


def test_between_two_looks_there_is_a_pause(loop, monkeypatch):
    found, looks = loop
    monkeypatch.setattr(schedule_loop, "_AGAIN", 60.0)
    found._wake("staggers")
    for _ in range(4):
        found._look_again()
    assert looks == ["staggers"] * 2


def test_a_slot_whose_store_failed_is_looked_at_again_though_the_look_itself_went_well(loop):
    found, looks = loop
    looks += ["before"] * 2
    found._slot_runner.failed.add("staggers")
    found._look_again()
    found._look_again()
    assert looks == ["before", "before", "staggers"]
