"""A driven clock: what is due is done once, and what is not done is told once."""

import threading
from datetime import timedelta

import pytest
from tests.desks import act, approve_rendered
from tests.faults.relay import Faults, Relay
from tests.weeks import Week, at

from briefing.actions.editions.draft import draft
from briefing.actions.open_store import the_store
from briefing.actions.rendering.render import render_edition
from briefing.actions.sending.send import send_edition
from briefing.config import load_config
from briefing.model.schedule_slot import Course


def test_a_week_of_mornings(tmp_path):
    house = Week(tmp_path, holidays='["2026-11-25"]')
    house.page("monday", "Harbour Bridge")
    house.live(at(1, 0))
    house.page("tuesday", "Northern Ferry")
    house.live(at(2, 0), down=(at(1, 5), at(1, 7, 15)))  # back inside latest_start
    house.live(at(3, 0))  # Wednesday is a holiday
    house.page("thursday", "Salt Marsh")
    house.live(at(4, 0), down=(at(3, 5), at(3, 12)))  # back too late
    house.page("friday", "Quarry Road")
    house.live(at(7, 0))
    assert house.slots() == {
        "2026-11-23": Course.SENT,
        "2026-11-24": Course.SENT,
        "2026-11-26": Course.MISSED,
        "2026-11-27": Course.SENT,
    }
    assert house.letters() == {
        "staggers-2026-11-23": 8,
        "staggers-2026-11-24": 8,
        "staggers-2026-11-27": 8,
    }
    assert len(house.told) == 1
    assert "missed" in house.told[0]
    assert "was not running" in house.told[0]


def test_three_days_down_never_give_three_late_editions(tmp_path):
    house = Week(tmp_path)
    house.page("monday", "Harbour Bridge")
    house.live(at(0, 7))
    house.page("friday", "Quarry Road")
    house.live(at(4, 7), down=(at(0, 8), at(4, 6)))
    assert list(house.slots().values()).count(Course.SENT) == 2
    assert list(house.slots().values()).count(Course.MISSED) == 3
    assert len(house.letters()) == 2
    assert len(house.told) == 3


def test_the_draft_is_there_before_the_hour_and_no_letter_is(tmp_path):
    house = Week(tmp_path)
    house.page("monday", "Harbour Bridge")
    house.live(at(0, 6))
    assert house.slots() == {"2026-11-23": Course.DRAFTED}
    assert house.letters() == {}
    house.live(at(0, 6, 30))
    assert house.slots() == {"2026-11-23": Course.SENT}


def test_a_clock_set_back_or_forward_doubles_nothing(tmp_path):
    house = Week(tmp_path)
    house.page("monday", "Harbour Bridge")
    house.live(at(0, 7))
    house.now = at(0, 5)
    house.live(at(0, 8))
    house.now = at(0, 23)
    house.live(at(1, 0))
    assert house.slots() == {"2026-11-23": Course.SENT}
    assert house.letters() == {"staggers-2026-11-23": 8}
    assert house.told == []


def test_an_edition_nobody_approved_is_held_reminded_of_once_and_missed_in_the_end(tmp_path):
    house = Week(tmp_path, approval='"required"')
    house.page("monday", "Harbour Bridge")
    house.live(at(0, 7))
    assert house.slots() == {"2026-11-23": Course.DRAFTED}
    assert len(house.told) == 1
    assert "Nobody has approved staggers-2026-11-23" in house.told[0]
    house.live(at(0, 12))
    assert house.slots() == {"2026-11-23": Course.MISSED}
    assert house.letters() == {}
    assert len(house.told) == 2


def test_an_approval_that_comes_late_but_in_time_lets_it_go(tmp_path):
    house = Week(tmp_path, approval='"required"')
    house.page("monday", "Harbour Bridge")
    house.live(at(0, 7))
    approve_rendered(
        house.config,
        "staggers-2026-11-23",
        yes=True,
        actor="ada",
        note="",
        clock=lambda: house.now,
    )
    house.live(at(0, 7, 15))
    assert house.slots() == {"2026-11-23": Course.SENT}
    assert house.letters() == {"staggers-2026-11-23": 8}


def test_on_unapproved_skip_ends_the_slot_at_its_hour(tmp_path):
    house = Week(tmp_path, approval='"required"', on_unapproved='"skip"')
    house.page("monday", "Harbour Bridge")
    house.live(at(0, 6, 45))
    assert house.slots() == {"2026-11-23": Course.SKIPPED}


def test_a_day_with_nothing_new_is_skipped_and_told_once(tmp_path):
    house = Week(tmp_path)
    house.page("monday", "Harbour Bridge")
    house.live(at(2, 0))
    assert house.slots() == {"2026-11-23": Course.SENT, "2026-11-24": Course.SKIPPED}
    assert len(house.told) == 1
    assert "nothing new to print" in house.told[0]


def test_a_crash_while_drafting_is_made_good_by_the_next_look(tmp_path):
    house = Week(tmp_path)
    house.page("monday", "Harbour Bridge")
    house.now = at(0, 5, 35)
    schedule = house.config.briefings["staggers"].schedule
    due = schedule.after(house.now)
    with the_store(house.config, house.now) as store:
        assert store.slots.claim("staggers", due.slot, due.at.timestamp(), house.now.timestamp())
    house.live(at(0, 7))
    assert house.slots() == {"2026-11-23": Course.SENT}


def test_of_many_who_claim_a_slot_one_gets_it(tmp_path):
    house = Week(tmp_path)
    with the_store(house.config, house.now) as store:
        won = [store.slots.claim("staggers", "2026-11-23T06:30 X", 1.0, 1.0) for _ in range(50)]
    assert won.count(True) == 1


@pytest.mark.parametrize("value", ['"25:00"', '"6"'])
def test_a_schedule_that_is_none_is_a_fault_with_its_key(tmp_path, value):
    with pytest.raises(Exception, match=r"briefings\.staggers\.at"):
        Week(tmp_path, at=value)


def test_letters_refused_for_now_leave_when_they_are_due_whoever_began_the_mailing(tmp_path):
    house = Week(tmp_path / "house")
    house.page("monday", "Harbour Bridge")
    house.now = at(0, 9)
    edition = act(draft, house.config, "staggers", clock=lambda: house.now).edition.id
    act(render_edition, house.config, edition)
    with Relay(tmp_path / "log", Faults(rcpt_451=1)) as relay:
        act(send_edition, house.by(relay), edition, clock=lambda: house.now)
    house.slot_runner.carry_on()
    assert house.letters() == {}
    house.now += timedelta(minutes=6)
    house.slot_runner.carry_on()
    assert house.letters() == {edition: 8}


def test_two_threads_that_look_at_once_do_the_work_once_and_tell_nobody(tmp_path):
    house = Week(tmp_path)
    house.page("monday", "Harbour Bridge")
    house.now = at(0, 5, 45)
    house.slot_runner.attend("staggers")
    house.now = at(0, 6, 30)
    looks = [threading.Thread(target=house.slot_runner.attend, args=["staggers"]) for _ in range(8)]
    looks += [threading.Thread(target=house.slot_runner.carry_on) for _ in range(4)]
    for look in looks:
        look.start()
    for look in looks:
        look.join()
    house.live(at(0, 7))
    assert house.letters() == {"staggers-2026-11-23": 8}
    assert house.told == []


def test_a_relay_that_refuses_us_pauses_the_mailing_and_is_told_of_once_with_the_way_on(tmp_path):
    house = Week(tmp_path / "house")
    house.page("monday", "Harbour Bridge")
    with Relay(tmp_path / "log", tls=True, auth=("desk", "right")) as relay:
        smtp = {
            "TRANSPORT": "smtp",
            "SMTP__HOST": "127.0.0.1",
            "SMTP__PORT": str(relay.port),
            "SMTP__SECURITY": "starttls",
            "SMTP__CA_FILE": str(relay.certificate),
            "SMTP__USERNAME": "desk",
            "SMTP__PASSWORD": "wrong",
        }
        environment = {f"BRIEFING_SEND__{key}": value for key, value in smtp.items()}
        house.config = load_config(house.folder / "config.toml", house.environment | environment)
        house.slot_runner = house.start()
        house.live(at(0, 8))
        (told,) = house.told
        assert told.startswith("staggers-2026-11-23 is paused: ")
        assert "`briefing resume staggers-2026-11-23` lets it go on" in told
        assert ".." not in told
        assert "wrong" not in told
        assert house.slots() == {"2026-11-23": Course.SENDING}
