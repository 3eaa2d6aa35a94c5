"""What somebody must know is told once, with the next step in it, and again when it comes again."""

from datetime import timedelta

import pytest
from tests.desks import act, approve_rendered
from tests.faults import sourced
from tests.faults.feed_server import reply, rss
from tests.faults.relay import Faults, Relay
from tests.faults.sourced import feed
from tests.weeks import Week, at

from briefing.actions.editions.draft import draft
from briefing.actions.open_store import the_store
from briefing.actions.schedule.run_slot import run_slot
from briefing.actions.sending.steer_mailing import steer
from briefing.config import load_config
from briefing.model.mailing import MailingStatus
from briefing.model.schedule_slot import Course

EDITION = "staggers-2026-11-23"


@pytest.fixture
def house(tmp_path):
    return Week(tmp_path)


def test_an_edition_nobody_has_approved_is_spoken_of_half_an_hour_before_once(tmp_path):
    house = Week(tmp_path, approval='"required"')
    house.page("monday", "Harbour Bridge")
    house.live(at(0, 5, 45))
    assert house.told == []
    house.live(at(0, 7))
    (said,) = house.told
    assert f"Nobody has approved {EDITION}" in said
    assert f"`briefing approve {EDITION}`" in said


def test_an_edition_that_was_approved_and_changed_since_is_spoken_of_too(tmp_path):
    house = Week(tmp_path, approval='"required"')
    house.page("monday", "Harbour Bridge")
    house.live(at(0, 5, 45))
    approve_rendered(house.config, EDITION, yes=True, actor="ada", note="", clock=lambda: house.now)
    house.page("late", "Northern Ferry")
    act(draft, house.config, "staggers", clock=lambda: house.now)
    house.live(at(0, 6, 30))
    (said,) = house.told
    assert f"Nobody has approved {EDITION} as it stands" in said


def test_an_edition_that_is_approved_in_time_is_not_spoken_of(tmp_path):
    house = Week(tmp_path, approval='"required"')
    house.page("monday", "Harbour Bridge")
    house.live(at(0, 5, 45))
    approve_rendered(house.config, EDITION, yes=True, actor="ada", note="", clock=lambda: house.now)
    house.live(at(0, 9))
    assert house.slots() == {"2026-11-23": Course.SENT}
    assert house.told == []


def test_a_missed_slot_is_told_once_with_the_command_that_makes_it(house):
    house.page("monday", "Harbour Bridge")
    house.live(at(0, 7))
    house.page("tuesday", "Northern Ferry")
    house.live(at(2, 4), down=(at(1, 4), at(1, 12)))
    (said,) = house.told
    assert "2026-11-24T06:30 Europe/London: missed. the desk was not running at its hour" in said
    assert "`briefing run staggers --slot 2026-11-24` makes it after all" in said


def test_an_edition_too_thin_is_not_made_and_told_once_with_both_numbers(tmp_path):
    house = Week(tmp_path, min_items="3")
    house.page("monday", "Harbour Bridge")
    house.live(at(0, 12))
    assert house.slots() == {"2026-11-23": Course.SKIPPED}
    assert house.letters() == {}
    (said,) = house.told
    assert "has 1 story for 23 November 2026 and min_items asks for 3" in said
    assert "Add pages or lower min_items. `briefing run staggers --slot 2026-11-23`" in said


def test_a_relay_that_refuses_everybody_is_told_once_and_again_only_after_a_resume(house, tmp_path):
    house.page("monday", "Harbour Bridge")
    folder = house.config
    with Relay(tmp_path / "log", Faults(greeting_554=1)) as relay:
        house.slot_runner.config = house.config = house.by(relay)
        house.live(at(0, 9))
        house.slot_runner.carry_on()
        (said,) = house.told
        assert f"{EDITION} is paused: " in said
        assert f"`briefing resume {EDITION}`" in said
        act(steer, house.config, EDITION, MailingStatus.SENDING, "", clock=lambda: house.now)
        house.live(at(0, 10))
        assert len(house.told) == 2
    house.slot_runner.config = house.config = folder
    act(steer, house.config, EDITION, MailingStatus.SENDING, "", clock=lambda: house.now)
    house.live(at(0, 11))
    assert house.slots() == {"2026-11-23": Course.SENT}
    assert house.letters() == {EDITION: 8}
    assert len(house.told) == 2


def test_a_relay_that_is_down_is_told_once_an_outage_and_the_letters_leave_by_themselves(
    house, tmp_path
):
    house.page("monday", "Harbour Bridge")
    folder = house.config
    with Relay(tmp_path / "log") as relay:
        down = house.by(relay)  # and nobody listens there once it is closed
    house.slot_runner.config = down
    house.live(at(0, 6, 30))
    house.slot_runner.carry_on()
    (said,) = house.told
    assert f"The letters of {EDITION} wait: " in said
    assert "They leave by themselves" in said
    with the_store(house.config, house.now) as store:
        (record,) = store.slots.newest("staggers", 9)
    assert record.course is Course.SENDING
    assert record.reason in said
    house.slot_runner.config = folder
    house.live(at(0, 8))
    assert house.slots() == {"2026-11-23": Course.SENT}
    assert house.letters() == {EDITION: 8}
    assert len(house.told) == 1


def test_a_relay_that_refuses_letters_begun_by_hand_is_told_too(tmp_path):
    house = Week(tmp_path, unscheduled=True)
    house.page("monday", "Harbour Bridge")
    with Relay(tmp_path / "log", Faults(rcpt_451=1)) as relay:
        by_relay = house.by(relay)
        house.now = at(0, 9)
        act(run_slot, by_relay, "staggers", clock=lambda: house.now)
    with Relay(tmp_path / "log2", Faults(greeting_554=1)) as relay:
        house.slot_runner.config = house.by(relay)
        house.now += timedelta(minutes=6)
        house.slot_runner.carry_on()
        house.slot_runner.carry_on()
    (said,) = house.told
    assert f"{EDITION} is paused: " in said


def test_a_mailing_that_somebody_aborts_closes_its_slot_and_troubles_nobody(house, tmp_path):
    house.page("monday", "Harbour Bridge")
    with Relay(tmp_path / "log", Faults(rcpt_451=1)) as relay:
        house.slot_runner.config = house.by(relay)
        house.live(at(0, 6, 30))
        assert house.slots() == {"2026-11-23": Course.SENDING}
        act(
            steer,
            house.config,
            EDITION,
            MailingStatus.ABORTED,
            "by hand (ada)",
            clock=lambda: house.now,
        )
        house.live(at(0, 9))
    assert house.slots() == {"2026-11-23": Course.SKIPPED}
    assert house.told == []


class Feeds(Week):
    """A house that prints feeds, at the same hour."""

    def __init__(self, folder, server, **tables):
        made = sourced.SourcedHouse(folder, server, tables)
        keys = {"AT": "06:30", "DAYS": "mon-fri", "MIN_ITEMS": "1"}
        written = {f"BRIEFING_BRIEFINGS__STAGGERS__{key}": keys[key] for key in keys}
        self.folder, self.now, self.told = folder, at(0, 0), []
        self.config = load_config(made.folder / "config.toml", written)
        self.slot_runner = self.start()

    def morning(self, day):
        """A look before the hour and one after it."""
        for hour in (6, 7):
            self.now = at(day, hour)
            self.slot_runner.attend("staggers")


@pytest.fixture
def feeds(tmp_path, server):
    return Feeds(tmp_path, server, desk=feed(server, "/desk"), other=feed(server, "/other"))


def test_a_feed_silent_for_more_than_twice_its_longest_pause_is_told_once(feeds, server):
    for day in range(8):  # of which the weekend has no edition
        server.pages["/desk"] = reply(rss(f"desk{day}", 1))
        server.pages["/other"] = reply(rss(f"other{day}", 1))
        feeds.morning(day)
    assert feeds.told == []
    for day in range(8, 16):
        server.pages["/other"] = reply(rss(f"other{day}", 1))
        feeds.morning(day)
    (said,) = feeds.told
    assert "desk has brought nothing new since 30 November 2026" in said
    assert "never for more than 3 days" in said
    assert "`briefing sources add`" in said


def test_a_dead_feed_is_told_once_and_again_when_it_dies_again(feeds, server):
    dead = reply("", status="503 Gone", kind="text/plain")
    told = []
    for day, is_dead in enumerate([False, True, True, False, True]):
        server.pages["/other"] = reply(rss(f"other{day}", 1))
        server.pages["/desk"] = dead if is_dead else reply(rss(f"desk{day}", 1))
        feeds.morning(day)
        told.append(len(feeds.told))
    assert told == [0, 1, 1, 1, 2]
    assert "staggers-2026-11-24 was made without what could not be read: desk: " in feeds.told[0]
    assert "`briefing sources` shows how each source stands" in feeds.told[0]
    assert set(feeds.slots().values()) == {Course.SENT}
