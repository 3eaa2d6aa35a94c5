"""A briefing whose store fails at its hour is looked after again at once, not at the next sweep."""

from typing import cast

import pytest

from briefing.actions.admin.init import make_house
from briefing.actions.context import Desk
from briefing.actions.open_store import attending
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
    found._slot_runner.unsettled.add("staggers")
    found._look_again()
    found._look_again()
    assert looks == ["before", "before", "staggers"]


def test_a_briefing_that_somebody_else_was_at_is_looked_after_as_soon_as_they_have_done(
    tmp_path, monkeypatch
):
    make_house(tmp_path)
    monkeypatch.setattr(schedule_loop, "_AGAIN", 0.0)
    config, looks = load_config(tmp_path / "config.toml", {}), []
    found = ScheduleLoop(config)
    monkeypatch.setattr(found._slot_runner, "_attend", looks.append)
    with attending(config, "staggers"):
        found._wake("staggers")
        found._look_again()
    assert looks == []
    found._look_again()
    found._look_again()
    assert looks == ["staggers"]


def test_an_edition_whose_letters_met_a_store_that_failed_goes_on_soon(tmp_path, monkeypatch):
    make_house(tmp_path)
    monkeypatch.setattr(schedule_loop, "_AGAIN", 0.0)
    found, looks = ScheduleLoop(load_config(tmp_path / "config.toml", {})), []
    runner = found._slot_runner

    def fails(_desk, edition):
        looks.append(edition)
        raise StoreError("the disk is full")

    def carry_on():
        runner._dispatcher.sweep(["staggers-2026-11-23"] * (len(looks) < 2))
        runner._work_off(cast("Desk", None))

    monkeypatch.setattr(runner, "_post", fails)
    monkeypatch.setattr(runner, "carry_on", carry_on)
    found._carry_on()
    for _ in range(3):
        found._look_again()
    assert looks == ["staggers-2026-11-23"] * 2
