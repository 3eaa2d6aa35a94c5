"""One slot on each local day that matches, whatever the clocks do."""

from datetime import UTC, date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.schedules import DaysOff, Schedule

ZONES = sorted(zone for zone in available_timezones() if zone != "localtime")


def year(schedule, start=2026):
    return list(
        schedule.between(datetime(start, 1, 1, tzinfo=UTC), datetime(start + 1, 1, 1, tzinfo=UTC))
    )


def local(due):
    return due.slot.split()[0]


def test_the_hour_that_the_clocks_jump_over_stands_for_the_first_minute_after_it():
    night = [
        due
        for due in year(Schedule.daily("01:30", "mon-sun", "Europe/London"))
        if "03-29" in due.slot
    ]
    assert [(local(due), due.at) for due in night] == [
        ("2026-03-29T01:30", datetime(2026, 3, 29, 1, 0, tzinfo=UTC))
    ]


def test_the_hour_that_comes_twice_stands_for_the_first():
    night = [
        due
        for due in year(Schedule.daily("01:30", "mon-sun", "Europe/London"))
        if "10-25" in due.slot
    ]
    assert [(local(due), due.at) for due in night] == [
        ("2026-10-25T01:30", datetime(2026, 10, 25, 0, 30, tzinfo=UTC))
    ]


def test_the_morning_hour_is_the_same_by_the_clock_on_the_wall_all_year():
    slots = year(Schedule.daily("06:30", "mon-sun", "Europe/London"))
    assert len(slots) == 365
    assert {due.at.astimezone(ZoneInfo("Europe/London")).strftime("%H:%M") for due in slots} == {
        "06:30"
    }


def shown_all_year(zone):
    """The offsets of each day, and of every second hour of the days on which they change."""
    clock, start = ZoneInfo(zone), datetime(2026, 1, 1, tzinfo=UTC)

    def offset(hours):
        return (start + timedelta(hours=hours)).astimezone(clock).utcoffset()

    days = [offset(24 * day) for day in range(366)]
    changed = [day for day in range(365) if days[day] != days[day + 1]]
    return (*days, *(offset(24 * day + hour) for day in changed for hour in range(0, 24, 2)))


@cache
def different():
    """Of zones whose clocks show the same all year, one: most names share theirs with others."""
    shown = {shown_all_year(zone): zone for zone in ZONES}
    assert len(shown) > 50
    return shown.values()


@pytest.mark.parametrize("hour", ["00:00", "00:30", "02:30", "06:30"])
def test_in_every_zone_each_day_of_a_year_has_exactly_one_slot(hour):
    for zone in different():
        slots = year(Schedule.daily(hour, "mon-sun", zone))
        days = [local(due)[:10] for due in slots]
        assert len(days) == len(set(days)), zone
        assert len(days) in (364, 365, 366), zone
        moments = [due.at for due in slots]
        assert moments == sorted(set(moments)), zone


@settings(max_examples=300, deadline=None)
@given(
    st.sampled_from(ZONES),
    st.integers(2024, 2034),
    st.integers(0, 23),
    st.integers(0, 59),
    st.sampled_from(["*", "mon-fri", "1-5", "0", "7", "sat,sun", "tue"]),
)
def test_days_are_neither_missed_nor_doubled(zone, start, hour, minute, weekdays):
    schedule = Schedule.cron(f"{minute} {hour} * * {weekdays}", zone)
    slots = year(schedule, start)
    numbers = {"*": 7, "mon-fri": 5, "1-5": 5, "0": 1, "7": 1, "sat,sun": 2, "tue": 1}
    # Zones that moved across the date line have lost or gained a day.
    assert abs(len(slots) - 52.2 * numbers[weekdays]) <= 3
    days = [local(due)[:10] for due in slots]
    assert len(days) == len(set(days))
    if weekdays in ("0", "7"):
        assert {date.fromisoformat(day).weekday() for day in days} == {6}


@given(st.sampled_from(ZONES), st.integers(0, 3_650 * 24 * 60))
@settings(max_examples=150, deadline=None)
def test_the_next_slot_is_the_first_of_those_between(zone, minutes):
    moment = datetime(2024, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
    schedule = Schedule.daily("02:15", "mon,thu", zone)
    due = schedule.after(moment)
    assert due.at > moment
    assert next(schedule.between(moment, moment + timedelta(days=30))) == due


def test_a_holiday_has_no_slot():
    christmas = DaysOff(frozenset({date(2026, 12, 25)}))
    slots = year(Schedule.daily("06:30", "mon-fri", "Europe/London", christmas))
    assert not any(due.slot.startswith("2026-12-25") for due in slots)
    assert any(due.slot.startswith("2026-12-24") for due in slots)


@pytest.mark.parametrize(
    ("cron", "said"),
    [
        ("30 6 * *", "five fields"),
        ("0 0 31 2 *", "never comes"),
        ("* 6 * * *", "more than once a day"),
        ("0 6,18 * * *", "more than once a day"),
        ("*/5 6 * * *", "more than once a day"),
        ("30 6 1 * mon", "two ways"),
        ("61 6 * * *", "is not a schedule"),
        ("30 24 * * *", "is not a schedule"),
        ("30 6 * * foo", "is not a schedule"),
        ("", "five fields"),
    ],
)
def test_a_cron_expression_that_is_none_is_a_sentence(cron, said):
    with pytest.raises(ValueError, match=said):
        Schedule.cron(cron, "Europe/London")


@pytest.mark.parametrize("at", ["6:30", "24:00", "06:60", "half past six", ""])
def test_a_time_of_the_day_that_is_none_is_a_sentence(at):
    with pytest.raises(ValueError, match="write it as 06:30"):
        Schedule.daily(at, "mon-fri", "Europe/London")
