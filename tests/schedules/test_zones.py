"""One slot on each local date, whatever the clocks do, in every zone there is."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from briefing.schedules import DaysOff, Schedule

ZONES = sorted(available_timezones() - {"localtime"})
YEARS = range(2024, 2035)
#: Around midnight and the small hours, when clocks are set, and the hour of most briefings.
TIMES = ("00:00", "00:30", "01:30", "02:00", "02:30", "06:30", "23:30")
DAY = timedelta(days=1)


def wall_of(zone, changed):
    """Which minute each local time of two days stands for, by looking at the wall: a function of it."""
    start = datetime.combine(changed, time(), UTC) - timedelta(hours=27)
    shown, jumps, earlier = {}, [], None
    for moment in looks(zone, start, start + timedelta(hours=27 + 48 + 27)):
        local = shown_at(moment, zone)
        shown.setdefault(local, moment)
        if earlier is not None and local - shown_at(earlier, zone) > moment - earlier:
            jumps.append((shown_at(earlier, zone), local, moment))
        earlier = moment

    def first(nominal):
        """The first minute at which the wall shows the time, or the first after it was jumped over."""
        jumped = (moment for early, late, moment in jumps if early < nominal < late)
        return shown.get(nominal) or next(jumped)

    return first


def shown_at(moment, zone):
    return moment.astimezone(zone).replace(tzinfo=None)


def looks(zone, start, end):
    """Each quarter of an hour, and each minute of those in which the clocks are set."""
    quarter = timedelta(minutes=15)
    while start < end:
        following = start + quarter
        is_set = shown_at(following, zone) - shown_at(start, zone) != quarter
        yield from (start + timedelta(minutes=count) for count in range(15 if is_set else 1))
        start = following


def dues(at, days, zone, first, last):
    """The slots of local days, by name."""
    found = list(
        Schedule.daily(at, days, zone).between(midnight(first - DAY), midnight(last + 3 * DAY))
    )
    inside = [due for due in found if f"{first}" <= due.slot[:10] <= f"{last}"]
    assert len({due.slot for due in inside}) == len(inside), "a slot came twice"
    assert all(one.at < other.at for one, other in pairwise(inside)), "two slots at one moment"
    return {due.slot: due.at for due in inside}


def midnight(day):
    return datetime.combine(day, time(), UTC)


def days_of_change(name):
    """The local days on which the clocks of a zone are set, in the years looked at."""
    zone = ZoneInfo(name)
    moment, end = datetime(YEARS[0], 1, 1, tzinfo=UTC), datetime(YEARS[-1] + 1, 1, 1, tzinfo=UTC)
    while moment < end:
        following = moment + DAY
        if moment.astimezone(zone).utcoffset() != following.astimezone(zone).utcoffset():
            yield moment.astimezone(zone).date()
        moment = following


def rules(name):
    """What tells two zones apart."""
    zone = ZoneInfo(name)
    start = datetime(YEARS[0], 1, 1, tzinfo=UTC)
    return tuple(
        (start + timedelta(days=7 * week)).astimezone(zone).utcoffset() for week in range(574)
    )


@given(
    zone=st.sampled_from(ZONES),
    year=st.sampled_from(YEARS),
    at=st.times().map(lambda when: f"{when:%H:%M}"),
    days=st.sets(st.integers(0, 6), min_size=1),
)
@example(zone="Europe/London", year=2026, at="01:30", days=set(range(7)))
@example(zone="America/New_York", year=2027, at="00:00", days=set(range(7)))
@example(zone="Africa/Cairo", year=2027, at="00:00", days=set(range(7)))
@example(zone="Australia/Lord_Howe", year=2026, at="02:15", days=set(range(7)))
@settings(deadline=None, max_examples=150)
def test_a_year_has_one_slot_on_each_day_that_matches(zone, year, at, days):
    first, last = date(year, 1, 1), date(year, 12, 31)
    found = dues(at, ",".join(map(str, sorted(days))), zone, first, last)
    matching = [first + count * DAY for count in range((last - first).days + 1)]
    expected = {f"{day}T{at} {zone}" for day in matching if day.isoweekday() % 7 in days}
    assert set(found) == expected


def test_on_the_days_the_clocks_are_set_each_time_stands_for_the_minute_the_wall_shows_it():
    different = {rules(name): name for name in ZONES}.values()
    assert len(different) > 50
    looked_at = 0
    for name in different:
        for changed in list(days_of_change(name))[:2]:
            first = wall_of(ZoneInfo(name), changed)
            for at in ("00:00", "00:30", "01:30", "02:30", "23:30"):
                for slot, moment in dues(at, "mon-sun", name, changed, changed + DAY).items():
                    assert moment == first(datetime.fromisoformat(slot[:16])), slot
                    looked_at += 1
    assert looked_at > 500


@pytest.mark.parametrize(
    ("at", "day", "moment"),
    [
        ("01:30", "2026-03-29", "2026-03-29T01:00"),  # jumped over: the first minute after
        ("00:59", "2026-03-29", "2026-03-29T00:59"),  # the last minute before the gap
        ("02:00", "2026-03-29", "2026-03-29T01:00"),  # the first minute after it
        ("01:30", "2026-10-25", "2026-10-25T00:30"),  # comes twice: the first
        ("02:00", "2026-10-25", "2026-10-25T02:00"),
        ("06:30", "2026-10-24", "2026-10-24T05:30"),
        ("06:30", "2026-10-25", "2026-10-25T06:30"),
    ],
)
def test_london_at_its_gap_and_its_fold(at, day, moment):
    day = date.fromisoformat(day)
    found = dues(at, "mon-sun", "Europe/London", day, day)
    expected = datetime.fromisoformat(moment).replace(tzinfo=UTC)
    assert found == {f"{day}T{at} Europe/London": expected}


def test_a_holiday_has_no_slot_and_the_days_beside_it_have():
    closed = DaysOff(frozenset({date(2026, 12, 25)}))
    schedule = Schedule.daily("06:30", "mon-fri", "Europe/London", closed)
    found = schedule.between(midnight(date(2026, 12, 24)), midnight(date(2026, 12, 29)))
    assert [due.slot[:10] for due in found] == ["2026-12-24", "2026-12-28"]


def test_a_slot_belongs_to_the_stretch_that_ends_with_it():
    schedule = Schedule.daily("06:30", "mon-sun", "Europe/London")
    due = schedule.after(midnight(date(2026, 7, 1)))
    assert list(schedule.between(due.at - DAY / 24, due.at)) == [due]
    assert list(schedule.between(due.at, due.at + DAY / 24)) == []


def test_a_leap_day_is_found_across_a_century_that_has_none():
    leap = Schedule.cron("30 6 29 2 *", "UTC").after(midnight(date(2096, 3, 1)))
    assert leap.slot == "2104-02-29T06:30 UTC"
