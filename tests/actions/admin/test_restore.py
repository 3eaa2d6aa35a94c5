"""The restore drill: a house comes back from a copy, and nobody gets a letter twice by itself."""

import shutil
from copy import copy as copy_of
from datetime import timedelta

import pytest
from tests.desks import act
from tests.faults.relay import Faults, Relay
from tests.weeks import Week, at

from briefing.actions.admin.backup import nightly_backup
from briefing.actions.admin.restore import restore_backup
from briefing.actions.open_store import leading, the_store
from briefing.actions.schedule.run_slot import run_slot
from briefing.actions.sending.steer_mailing import steer
from briefing.config import load_config
from briefing.errors import Busy, SendError
from briefing.model.mailing import MailingStatus
from briefing.model.schedule_slot import Course

TUESDAY = "2026-11-24T06:30 Europe/London"


def copied(house):
    """Tonight's copy."""
    copy = act(nightly_backup, house.config, clock=lambda: house.now)
    assert copy is not None
    return copy


def elsewhere(house, folder, relay):
    """The house on another machine, without its database."""
    shutil.copytree(house.folder, folder, ignore=shutil.ignore_patterns("*.db*"))
    there = copy_of(house)
    there.folder, there.told = folder, []
    there.config = load_config(folder / "config.toml", house.environment)
    there.config = there.by(relay)
    there.slot_runner = there.start()
    return there


def test_what_was_sent_after_the_copy_was_made_is_not_sent_again_by_the_clock(tmp_path):
    house = Week(tmp_path / "house")
    with Relay(tmp_path / "log") as relay:
        house.slot_runner.config = house.config = house.by(relay)
        house.page("monday", "Harbour Bridge")
        house.live(at(1, 3))
        copy = copied(house)
        house.page("tuesday", "Northern Ferry")
        house.live(at(1, 7))
        assert len(relay.accepted()) == 16
        (house.folder / "var" / "briefing.db").write_bytes(b"a disk has died" * 999)
        restored = restore_backup(house.config, copy, lambda: house.now)
        assert restored.missed == (("staggers", TUESDAY),)
        assert restored.kept.read_bytes().startswith(b"a disk has died")
        house.slot_runner = house.start()
        house.live(at(1, 12))
        assert house.slots() == {"2026-11-23": Course.SENT, "2026-11-24": Course.MISSED}
        assert len(relay.accepted()) == 16
        house.page("wednesday", "Salt Marsh")
        house.live(at(2, 7))
        assert house.slots()["2026-11-25"] is Course.SENT
        assert len(relay.accepted()) == 24
    assert house.told == [], "ops were told by the restore itself"


def test_a_draft_that_waited_in_the_copy_waits_for_a_person_once_its_hour_is_over(tmp_path):
    house = Week(tmp_path)
    house.page("monday", "Harbour Bridge")
    house.live(at(0, 6))
    copy = copied(house)
    house.live(at(0, 7))
    assert restore_backup(house.config, copy, lambda: house.now).missed == (
        ("staggers", "2026-11-23T06:30 Europe/London"),
    )
    assert house.slots() == {"2026-11-23": Course.MISSED}
    act(run_slot, house.config, "staggers", slot="2026-11-23", clock=lambda: house.now)
    assert house.slots() == {"2026-11-23": Course.SENT}


def test_a_draft_whose_hour_is_still_to_come_goes_on_after_the_restore(tmp_path):
    house = Week(tmp_path)
    house.page("monday", "Harbour Bridge")
    house.live(at(0, 6))
    assert restore_backup(house.config, copied(house), lambda: house.now).missed == ()
    house.live(at(0, 7))
    assert house.slots() == {"2026-11-23": Course.SENT}


def test_on_another_machine_a_mailing_cut_in_half_waits_and_then_reaches_everybody_once(tmp_path):
    house = Week(tmp_path / "here")
    house.page("monday", "Harbour Bridge")
    with Relay(tmp_path / "log", Faults(rcpt_451=0.5, seed=3)) as relay:
        house.slot_runner.config = house.config = house.by(relay)
        house.live(at(0, 6, 30))
        first = {entry["recipient"] for entry in relay.accepted()}
        assert 0 < len(first) < 8
        copy = copied(house)
        there = elsewhere(house, tmp_path / "there", relay)
        restore_backup(there.config, copy, lambda: there.now)
        there.live(at(0, 12))
        (said,) = there.told
        assert "restored from a backup" in said
        with pytest.raises(SendError, match="restored from a backup"):
            act(run_slot, there.config, "staggers", clock=lambda: there.now)
        act(
            steer,
            there.config,
            "staggers-2026-11-23",
            MailingStatus.SENDING,
            "",
            clock=lambda: there.now,
        )
        # Letters that the relay put off are tried again whenever somebody looks.
        there.live(at(1, 0), step=timedelta(minutes=15))
        assert there.slots() == {"2026-11-23": Course.SENT}
        recipients = [str(entry["recipient"]) for entry in relay.accepted()]
    assert sorted(recipients) == sorted(set(recipients))
    assert len(recipients) == 8


def test_while_somebody_keeps_the_schedule_nothing_is_restored(tmp_path):
    house = Week(tmp_path)
    house.page("monday", "Harbour Bridge")
    house.live(at(0, 7))
    copy = copied(house)
    with leading(house.config), pytest.raises(Busy, match="keeping the schedule already"):
        restore_backup(house.config, copy, lambda: house.now)
    with the_store(house.config, house.now) as store:
        assert store.slots.last("staggers", house.now.timestamp()).course is Course.SENT
