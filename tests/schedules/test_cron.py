"""Cron expressions mean what cron means by them, or are refused with a sentence."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from apscheduler.triggers.cron import CronTrigger

from briefing.schedules import DaysOff, Schedule
from briefing.schedules.cron_days import ScheduleDays

SUNDAY = datetime(2026, 3, 1, tzinfo=UTC)
DAYS = ("sun", "mon", "tue", "wed", "thu", "fri", "sat")


def week(schedule):
    found = schedule.between(SUNDAY, SUNDAY + timedelta(days=7))
    return " ".join(f"{due.at:%a}".lower() for due in found)


@pytest.mark.parametrize(
    ("field", "days"),
    [
        ("*", "sun mon tue wed thu fri sat"),
        ("0-7", "sun mon tue wed thu fri sat"),
        ("0", "sun"),
        ("7", "sun"),
        ("1-5", "mon tue wed thu fri"),
        ("0-4", "sun mon tue wed thu"),
        ("sun-thu", "sun mon tue wed thu"),
        ("fri-mon", "sun mon fri sat"),
        ("5-7", "sun fri sat"),
        ("*/2", "sun tue thu sat"),
        ("1-5/2", "mon wed fri"),
        ("MON,wed,5", "mon wed fri"),
    ],
)
def test_days_of_the_week_are_counted_as_cron_counts_them(field, days):
    assert week(Schedule.cron(f"30 6 * * {field}", "UTC")) == days
    assert week(Schedule.daily("06:30", field, "UTC")) == days


@pytest.mark.parametrize("first", range(8))
@pytest.mark.parametrize("last", range(8))
def test_every_range_of_days_runs_from_its_first_to_its_last(first, last):
    expected, day = {DAYS[first % 7]}, first
    while day < last if first <= last else day % 7 != last % 7:
        day += 1
        expected.add(DAYS[day % 7])
    assert set(week(Schedule.cron(f"30 6 * * {first}-{last}", "UTC")).split()) == expected


@pytest.mark.parametrize(
    ("cron", "sentence"),
    [
        ("30 6 * *", "five fields"),
        ("@daily", "five fields"),
        ("*/5 6 * * *", "more than once a day"),
        ("30 6,18 * * *", "more than once a day"),
        ("30 6 1 * mon", "which programs read in two ways"),
        ("30 6 31 2 *", "there is no such day"),
        ("30 6 31 2,4,6 *", "there is no such day"),
        ("60 6 * * *", "must be in 0.."),
        ("30 24 * * *", "must be in 0.."),
        ("30 6 * * 8", "is not days of the week"),
        ("30 6 * * 01", "is not days of the week"),
        ("30 6 * * mon#1", "is not days of the week"),
        ("30 6 * * mon/2", "is not days of the week"),
        ("30 6 * * *-3", "is not days of the week"),
        ("30 6 * * mon,,fri", "is not days of the week"),
        ("30 6 * * wen", "'wen' is not a day of the week"),
        ("30 6 * jan/2 *", "not a day or month"),
        ("30 6 lastly * *", "not a day or month"),
        ("30 6 * janx *", "not a day or month"),
    ],
)
def test_what_is_no_schedule_is_refused_with_a_sentence(cron, sentence):
    with pytest.raises(ValueError, match=sentence):
        Schedule.cron(cron, "UTC")


@pytest.mark.parametrize("at", ["6:30", "24:00", "06:60", "06.30", "", "06:30:00"])
def test_what_is_no_time_of_the_day_is_refused(at):
    with pytest.raises(ValueError, match="write it as 06:30"):
        Schedule.daily(at, "mon-fri", "UTC")


@pytest.mark.parametrize("days", ["", "monday", "weekdays", "mon fri"])
def test_what_is_no_days_of_the_week_is_refused(days):
    with pytest.raises(ValueError, match="days of the week; write mon-fri"):
        Schedule.daily("06:30", days, "UTC")


@pytest.mark.parametrize(
    "fields",
    ["* * *", "1,15 * *", "*/9 2,3 *", "last * *", "29 2 *", "* jan-mar mon,fri", "* */5 sun"],
)
def test_the_days_are_those_of_the_trigger_that_reads_the_fields(fields):
    """They are asked day by day, which takes a twentieth of what its own way from moment to moment does."""
    first, last = date(2027, 1, 1), date(2028, 12, 31)
    trigger = CronTrigger.from_crontab(f"0 0 {fields}", timezone=UTC)
    found, moment = [], datetime.combine(first, time(), UTC)
    while (moment := trigger.get_next_fire_time(None, moment)) and moment.date() <= last:
        found.append(moment.date())
        moment += timedelta(days=1)
    assert list(ScheduleDays(fields.split()).between(first, last, DaysOff())) == found
    assert found
