"""The alarm clock when its own clock is set, when a look fails, and when it is stopped."""

import threading
import time
from datetime import UTC, datetime, timedelta

import pytest
from apscheduler.schedulers import base
from apscheduler.triggers import interval
from tests.actions.noted import Noted

import briefing.scheduler
from briefing.scheduler import AlarmClock, WallTrigger
from briefing.schedules import Due, Schedule

NIGHTLY = Schedule.daily("06:30", "mon-sun", "Europe/London")
NO_LEAD = timedelta(0)
PATIENCE = 60


class InMoments(Schedule):
    """A schedule that is due at set moments."""

    def __init__(self, *moments: datetime) -> None:
        self.moments = moments

    def after(self, moment):
        return next((Due(f"{one}", one) for one in self.moments if one > moment), None)


class Woken:
    """Notes who was woken, and lets a test wait for it."""

    def __init__(self):
        self.names, self.changed = [], threading.Condition()

    def __call__(self, name="sweep"):
        with self.changed:
            self.names.append(name)
            self.changed.notify_all()

    def wait(self, name, times=1):
        with self.changed:
            return self.changed.wait_for(lambda: self.names.count(name) >= times, PATIENCE)


@pytest.fixture
def woken():
    return Woken()


@pytest.fixture
def alarm(woken):
    clock = AlarmClock(woken, woken)
    clock.start()
    yield clock
    clock.stop()


@pytest.fixture
def set_clock(monkeypatch):
    """Lets a test set the clock that both the desk and APScheduler read."""
    shift = timedelta(0)

    class Shifted(datetime):
        @classmethod
        def now(cls, tz=None):
            return datetime.now(tz) + shift

    def called(by):
        nonlocal shift
        shift = by

    monkeypatch.setattr(base, "datetime", Shifted)
    monkeypatch.setattr(interval, "datetime", Shifted)
    return Noted(called, read=lambda: Shifted.now(UTC))


def soon(seconds):
    return datetime.now(UTC) + timedelta(seconds=seconds)


def test_a_clock_that_was_ahead_for_a_day_and_is_set_right_wakes_people_again(set_clock, woken):
    set_clock(timedelta(days=1))
    clock = AlarmClock(woken, woken, set_clock.read)
    clock.set({"staggers": (InMoments(soon(0.7), soon(86_400 * 3)), NO_LEAD)})
    clock.start()
    assert woken.wait("sweep")
    set_clock(timedelta(0))
    clock.heed_clock()
    assert woken.wait("sweep", 2), "at once"
    assert woken.wait("staggers"), "at the hour that is still to come after all"
    clock.stop()


def test_a_clock_that_runs_on_is_left_alone(alarm, woken):
    assert woken.wait("sweep")
    for _ in range(3):
        alarm.heed_clock()
    assert alarm._scheduler.get_job("sweep").next_run_time > soon(10)


def test_a_briefing_is_woken_for_its_draft_and_at_its_hour(alarm, woken):
    due = soon(0.6)
    alarm.set({"staggers": (InMoments(due), timedelta(seconds=0.3))})
    assert woken.wait("staggers", 2)
    assert datetime.now(UTC) >= due


def test_a_fault_of_one_look_does_not_end_the_looking(monkeypatch, woken):
    monkeypatch.setattr(briefing.scheduler, "SWEEP", 0.05)

    def fail():
        woken()
        raise OSError

    clock = AlarmClock(woken, fail)
    clock.start()
    assert woken.wait("sweep", 3)
    clock.stop()


def test_stopping_waits_for_whoever_is_at_work():
    began, done = threading.Event(), []

    def work():
        began.set()
        time.sleep(0.2)
        done.append("work")

    clock = AlarmClock(lambda _: None, work)
    clock.start()
    assert began.wait(PATIENCE)
    clock.stop()
    assert done == ["work"]


def test_after_a_long_sleep_the_trigger_goes_on_from_now():
    trigger = WallTrigger(NIGHTLY)
    slept = datetime(2026, 7, 1, 5, 30, tzinfo=UTC)
    found = trigger.get_next_fire_time(slept, slept + timedelta(days=30))
    assert found == slept + timedelta(days=31)
