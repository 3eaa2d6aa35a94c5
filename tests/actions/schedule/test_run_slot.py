"""By hand and by the clock: one slot, one record, one letter a reader."""

from datetime import timedelta

import pytest
from tests.desks import act, approve_rendered
from tests.faults.relay import Faults, Relay
from tests.weeks import Week, at
from typer.testing import CliRunner

from briefing.actions.open_store import attending, the_store
from briefing.actions.schedule.run_slot import run_slot
from briefing.cli import console
from briefing.cli.main import app
from briefing.errors import Busy, EditionError, EditionHeld
from briefing.model.schedule_slot import Course


def run(house, slot=None, **others):
    return act(run_slot, house.config, "staggers", slot=slot, **others, clock=lambda: house.now)


def test_what_was_run_by_hand_is_not_sent_again_by_the_clock(tmp_path):
    house = Week(tmp_path)
    house.page("monday", "Harbour Bridge")
    house.now = at(0, 5)
    ran = run(house)
    assert ran.slot == "2026-11-23T06:30 Europe/London"
    assert house.letters() == {"staggers-2026-11-23": 8}
    house.live(at(0, 9))
    assert house.slots() == {"2026-11-23": Course.SENT}
    assert house.letters() == {"staggers-2026-11-23": 8}
    assert house.told == []


def test_what_the_clock_has_sent_is_not_sent_again_by_hand(tmp_path):
    house = Week(tmp_path)
    house.page("monday", "Harbour Bridge")
    house.live(at(0, 9))
    ran = run(house)
    assert ran.drafted is None
    assert ran.sent.now == 0
    assert house.letters() == {"staggers-2026-11-23": 8}


@pytest.mark.parametrize(
    "slot", ["2026-11-24", "2026-11-24T06:30", "2026-11-24T06:30 Europe/London"]
)
def test_a_missed_slot_is_made_good_by_hand_a_day_later(tmp_path, slot):
    house = Week(tmp_path)
    house.page("monday", "Harbour Bridge")
    house.live(at(1, 0))
    house.page("tuesday", "Northern Ferry")
    house.live(at(2, 0), down=(at(1, 5), at(1, 12)))
    assert house.slots()["2026-11-24"] is Course.MISSED
    run(house, slot)
    assert house.slots()["2026-11-24"] is Course.SENT
    assert house.letters() == {"staggers-2026-11-23": 8, "staggers-2026-11-24": 8}


def test_a_skipped_slot_is_made_good_by_hand_once_there_is_something_to_print(tmp_path):
    house = Week(tmp_path)
    house.live(at(0, 7))
    assert house.slots() == {"2026-11-23": Course.SKIPPED}
    house.page("monday", "Harbour Bridge")
    run(house)
    assert house.slots() == {"2026-11-23": Course.SENT}


def test_an_edition_that_cannot_be_made_by_hand_leaves_its_slot_to_the_clock(tmp_path):
    house = Week(tmp_path)
    house.now = at(0, 4)
    with pytest.raises(
        EditionError, match=r"nothing to print; in .* there are no pages\. Save one there"
    ):
        run(house)
    house.page("monday", "Harbour Bridge")
    house.live(at(0, 7))
    assert house.slots() == {"2026-11-23": Course.SENT}


@pytest.mark.parametrize(
    ("slot", "sentence"),
    [
        ("2026-11-24", "is still to come, and today is 2026-11-23"),
        ("2026-11-22", "no slot '2026-11-22'; the nearest are 2026-11-20T06:30"),
        ("2026-11-20T07:30", "no slot '2026-11-20T07:30'"),
        ("2025-11-20", "more than 31 days ago"),
        ("9999-12-31", "is still to come"),
        ("0001-01-01", "more than 31 days ago"),
        ("monday", "begins with no day; write it as 2026-11-23"),
        ("", "begins with no day"),
    ],
)
def test_a_slot_that_is_none_is_refused_with_a_sentence(tmp_path, slot, sentence):
    house = Week(tmp_path)
    house.page("monday", "Harbour Bridge")
    house.now = at(0, 5)
    with pytest.raises(EditionError, match=sentence):
        run(house, slot)
    assert house.letters() == {}


def test_on_a_day_without_a_slot_the_nearest_are_named(tmp_path):
    house = Week(tmp_path, holidays='["2026-11-23"]')
    house.page("monday", "Harbour Bridge")
    house.now = at(0, 5)
    with pytest.raises(
        EditionError, match=r"2026-11-20T06:30 .*, 2026-11-24T06:30 .*`briefing draft"
    ):
        run(house)


def test_without_approval_it_is_refused_and_with_it_exactly_that_is_sent(tmp_path):
    house = Week(tmp_path, approval='"required"')
    house.page("monday", "Harbour Bridge")
    house.now = at(0, 5)
    with pytest.raises(EditionHeld, match="nobody has approved it"):
        run(house)
    assert house.slots() == {"2026-11-23": Course.DRAFTED}
    approve_rendered(
        house.config,
        "staggers-2026-11-23",
        yes=True,
        actor="ada",
        note="",
        clock=lambda: house.now,
    )
    house.page("tuesday", "Northern Ferry")
    ran = run(house)
    assert ran.drafted is None
    assert [item.headline for item in ran.rendered.edition.items] == [
        "Harbour Bridge divides the assembly"
    ]
    assert house.letters() == {"staggers-2026-11-23": 8}


def test_while_somebody_else_looks_after_the_briefing_it_says_so_and_changes_nothing(tmp_path):
    house = Week(tmp_path)
    house.page("monday", "Harbour Bridge")
    house.now = at(0, 6, 30)
    with attending(house.config, "staggers"):
        with pytest.raises(Busy, match="looking after staggers already"):
            run(house)
        house.slot_runner.attend("staggers")
    assert house.slots() == {}


def test_letters_that_wait_after_a_run_without_a_schedule_close_its_slot_when_they_leave(tmp_path):
    house = Week(tmp_path / "house", unscheduled=True)
    house.page("monday", "Harbour Bridge")
    house.now = at(0, 9)
    folder = house.config
    with Relay(tmp_path / "log", Faults(rcpt_451=1)) as relay:
        house.config = house.by(relay)
        run(house)
    house.config = folder
    assert house.slots() == {"2026-11-23": Course.SENDING}
    house.now += timedelta(minutes=6)
    house.slot_runner.carry_on()
    house.slot_runner.attend("staggers")
    assert house.slots() == {"2026-11-23": Course.SENT}
    assert house.letters() == {"staggers-2026-11-23": 8}


def test_two_evenings_of_which_the_clocks_push_one_past_midnight_are_two_editions(tmp_path):
    house = Week(tmp_path, time_zone='"America/Nuuk"', at="23:30", days="mon-sun")
    house.page("saturday", "Harbour Bridge")
    house.now = at(124, 23)
    house.slot_runner = house.start()
    house.live(at(125, 12))
    house.page("sunday", "Northern Ferry")
    house.live(at(126, 12))
    assert house.letters() == {"staggers-2027-03-27": 8, "staggers-2027-03-28": 8}
    assert set(house.slots().values()) == {Course.SENT}


def test_the_command_says_what_it_did_and_refuses_in_a_sentence(tmp_path, monkeypatch):
    house = Week(tmp_path)
    house.page("monday", "Harbour Bridge")
    house.now = at(0, 5)
    monkeypatch.setattr(console, "utc_now", lambda: house.now)
    for name, value in house.environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.chdir(tmp_path)
    first, second = (CliRunner().invoke(app, ["run", "staggers"]) for _ in range(2))
    assert (first.exit_code, second.exit_code) == (0, 0), first.output + second.output
    assert "Slot      2026-11-23T06:30 Europe/London" in first.output
    assert "8 posted by folder just now" in first.output
    assert "is not drafted again: its sending has begun before" in second.output
    assert "nobody gets two" in second.output
    with the_store(house.config, house.now) as store:
        assert len(store.slots.newest("staggers", 9)) == 1
