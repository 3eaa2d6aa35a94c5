"""The alarm clock: it wakes in time, and forgets what it is told to forget."""

import threading
from datetime import UTC, datetime, timedelta

from briefing.scheduler import AlarmClock, WallTrigger
from briefing.schedules import Schedule

NOW = datetime(2026, 11, 23, 5, 0, tzinfo=UTC)


def test_the_trigger_fires_at_the_hour_or_some_time_before():
    schedule = Schedule.daily("06:30", "mon-sun", "UTC")
    assert WallTrigger(schedule).get_next_fire_time(None, NOW) == NOW.replace(hour=6, minute=30)
    early = WallTrigger(schedule, timedelta(minutes=45)).get_next_fire_time(None, NOW)
    assert early == NOW.replace(hour=5, minute=45)


def test_the_trigger_never_fires_twice_for_one_slot():
    trigger = WallTrigger(Schedule.daily("06:30", "mon-sun", "Europe/London"), timedelta(hours=1))
    fired: list[datetime] = []
    now = NOW
    for _ in range(400):
        last = fired[-1] if fired else None
        later = trigger.get_next_fire_time(last, now)
        assert later is not None
        now = later
        fired.append(now)
    assert len(set(fired)) == 400
    assert len({moment.date() for moment in fired}) == 400


def test_it_wakes_when_the_moment_comes_and_sweeps_in_between():
    woken = threading.Event()
    names = []

    def wake(name):
        names.append(name)
        woken.set()

    class Soon(Schedule):
        def after(self, moment):
            due = super().after(moment)
            return type(due)(
                due.slot, max(due.at.replace(year=2000), moment + timedelta(seconds=0.05))
            )

    swept = threading.Event()
    clock = AlarmClock(wake, swept.set)
    clock.set({"staggers": (Soon.daily("06:30", "mon-sun", "UTC"), timedelta(0))})
    clock.start()
    try:
        assert woken.wait(60)
        assert swept.wait(60)
    finally:
        clock.stop()
    assert set(names) == {"staggers"}


def test_a_briefing_that_left_the_config_is_forgotten():
    clock = AlarmClock(lambda name: None, lambda: None)
    schedule = Schedule.daily("06:30", "mon-sun", "UTC")
    clock.set({"a": (schedule, timedelta(0)), "b": (schedule, timedelta(0))})
    clock.start()
    try:
        clock.set({"b": (schedule, timedelta(0))})
        jobs = {job.id.split(":")[0] for job in clock._scheduler.get_jobs()}
        assert jobs == {"b", "sweep"}
    finally:
        clock.stop()
