"""The desk and its table of slots, before a clock that is driven, set, and stopped for a while."""

from datetime import UTC, datetime, timedelta

import pytest
from tests.newsrooms import new_house

from briefing.actions.open_store import the_store
from briefing.actions.schedule.run_due_slots import SlotRunner
from briefing.actions.sending import deliver
from briefing.model.delivery import State
from briefing.model.schedule_slot import Course


class Attended:
    """A house with one briefing at 06:30, its clock and what its people were told."""

    def __init__(self, folder, **keys):
        self.config = new_house(folder, staggers={"at": "06:30", "time_zone": "UTC", **keys})
        self.now, self.told = datetime(2026, 11, 20, tzinfo=UTC), []
        self.slot_runner = SlotRunner(self.config, self.clock, self.told.append)

    def clock(self):
        return self.now

    def looks(self, *moments):
        for moment in moments:
            self.now = datetime.fromisoformat(f"2026-11-{moment}").replace(tzinfo=UTC)
            self.slot_runner.attend("staggers")

    def restarts(self):
        self.slot_runner = SlotRunner(self.config, self.clock, self.told.append)

    def slots(self):
        with the_store(self.config, self.now) as store:
            rows = store.slots.newest("staggers", 40)
        return {row.slot[8:10]: row.course for row in reversed(rows)}

    def posted(self, edition):
        with the_store(self.config, self.now) as store:
            mailing = store.mailings.get(edition)
            return store.ledger(mailing.number).counts().get(State.POSTED, 0)


@pytest.fixture
def house(tmp_path):
    return Attended(tmp_path)


def test_a_plain_day(house):
    house.looks("20T05:30", "20T06:29")
    assert house.slots() == {"20": Course.DRAFTED}
    house.looks("20T06:30", "20T06:31")
    assert (house.slots(), house.posted("staggers-2026-11-20")) == ({"20": Course.SENT}, 8)


def test_three_days_away_give_no_late_edition(house):
    house.looks("20T05:30", "20T06:30", "23T09:00")
    missed = dict.fromkeys(("21", "22", "23"), Course.MISSED)
    assert house.slots() == {"20": Course.SENT, **missed}
    assert len(house.told) == 3


def test_a_briefing_that_is_drafted_at_its_very_hour_is_sent(tmp_path):
    house = Attended(tmp_path, DRAFT_AT="0")
    house.looks("20T06:29:50", "20T06:30:10")
    assert house.slots() == {"20": Course.SENT}


@pytest.mark.parametrize("back", ["20T06:35", "20T12:00"])
def test_letters_that_had_begun_to_leave_go_on_however_late(house, monkeypatch, back):
    house.looks("20T05:30")

    def dies(_):
        raise KeyboardInterrupt

    monkeypatch.setattr(deliver, "in_loop", dies)
    with pytest.raises(KeyboardInterrupt):
        house.looks("20T06:30")
    monkeypatch.undo()
    house.restarts()
    house.looks(back)
    assert (house.slots(), house.posted("staggers-2026-11-20")) == ({"20": Course.SENT}, 8)
    assert house.told == []


def test_a_clock_that_was_a_year_ahead_and_is_set_right_silences_nothing(house):
    house.looks("20T05:30", "20T06:30")
    house.now += timedelta(days=365)
    house.slot_runner.attend("staggers")
    house.looks("21T05:30")
    assert Course.MISSED in house.slots().values()
    with the_store(house.config, house.now) as store:
        assert store.slots.get("staggers", "2026-11-21T06:30 UTC") is not None


def test_what_a_clock_that_was_ahead_took_for_missed_is_made_after_all(house):
    house.looks("20T05:00", "22T12:00")
    house.looks("20T05:00", "20T05:30", "20T06:30")
    assert house.slots()["20"] is Course.SENT
