"""Schedules in words mean the dates that a reader of them would write down."""

from calendar import monthrange
from datetime import UTC, date, datetime, timedelta
from itertools import islice, pairwise
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.schedules import DaysOff, Schedule, refuse_unknown_place

ZONES = sorted(available_timezones() - {"localtime"})
SCOTLAND = DaysOff(place="GB-SCT")


def days(every, *, start="2026-12-01", count=5, off=None, at="06:30"):
    begin = datetime.fromisoformat(start).replace(tzinfo=UTC)
    found = Schedule.said(every, at, "Europe/London", off).next_days(begin, count)
    return [due.slot[:10] for due in found]


@pytest.mark.parametrize(
    ("every", "dates"),
    [
        ("second monday", "2026-12-14 2027-01-11 2027-02-08 2027-03-08 2027-04-12"),
        ("first friday", "2026-12-04 2027-01-01 2027-02-05 2027-03-05 2027-04-02"),
        (
            "every last friday of the month",
            "2026-12-25 2027-01-29 2027-02-26 2027-03-26 2027-04-30",
        ),
        ("first and third tuesday", "2026-12-01 2026-12-15 2027-01-05 2027-01-19 2027-02-02"),
        ("fifth thursday", "2026-12-31 2027-04-29 2027-07-29 2027-09-30 2027-12-30"),
        ("weekdays", "2026-12-01 2026-12-02 2026-12-03 2026-12-04 2026-12-07"),
        ("weekends", "2026-12-05 2026-12-06 2026-12-12 2026-12-13 2026-12-19"),
        ("Monday and Thursday", "2026-12-03 2026-12-07 2026-12-10 2026-12-14 2026-12-17"),
        ("mon, wed and fri", "2026-12-02 2026-12-04 2026-12-07 2026-12-09 2026-12-11"),
        ("1st and 15th", "2026-12-01 2026-12-15 2027-01-01 2027-01-15 2027-02-01"),
        ("last day", "2026-12-31 2027-01-31 2027-02-28 2027-03-31 2027-04-30"),
        ("other monday from 2026-12-07", "2026-12-07 2026-12-21 2027-01-04 2027-01-18 2027-02-01"),
        ("last day or next working day", "2026-12-31 2027-02-01 2027-03-01 2027-03-31 2027-04-30"),
        ("15th or previous working day", "2026-12-15 2027-01-15 2027-02-15 2027-03-15 2027-04-15"),
        (
            "saturday or previous working day",
            "2026-12-04 2026-12-11 2026-12-18 2026-12-25 2027-01-01",
        ),
        ("first working day", "2026-12-01 2027-01-01 2027-02-01 2027-03-01 2027-04-01"),
        ("last working day", "2026-12-31 2027-01-29 2027-02-26 2027-03-31 2027-04-30"),
    ],
)
def test_words_mean_these_dates(every, dates):
    assert days(every) == dates.split()


@pytest.mark.parametrize(
    ("every", "start", "dates"),
    [
        # 25 and 28 December (26 is a Saturday), 1 and 4 January (2 is one) are holidays in Scotland.
        (
            "weekdays except holidays",
            "2026-12-24",
            "2026-12-24 2026-12-29 2026-12-30 2026-12-31 2027-01-05",
        ),
        ("first friday or next working day", "2026-12-30", "2027-01-05 2027-02-05 2027-03-05"),
        ("friday or previous working day", "2026-12-23", "2026-12-24 2026-12-31 2027-01-08"),
        ("first working day", "2026-12-02", "2027-01-05 2027-02-01 2027-03-01"),
        ("first friday except holidays", "2026-12-30", "2027-02-05 2027-03-05"),
    ],
)
def test_holidays_are_left_out_or_made_good(every, start, dates):
    wanted = dates.split()
    assert days(every, start=start, count=len(wanted), off=SCOTLAND) == wanted


def test_a_region_has_holidays_of_its_own():
    assert "2026-11-30" in days("weekdays", start="2026-11-30")
    assert "2026-11-30" not in days("weekdays", start="2026-11-29", off=SCOTLAND)
    assert "2026-11-30" in days("weekdays", start="2026-11-29", off=DaysOff(place="GB-ENG"))


def test_a_countrys_weekend_is_its_own():
    emirates = DaysOff(place="IL")
    assert days("working days", start="2026-12-03", count=3, off=emirates) == [
        "2026-12-03",
        "2026-12-06",
        "2026-12-07",
    ]


def test_a_newsrooms_own_dates_count_as_holidays():
    off = DaysOff(own=frozenset({date(2026, 12, 14)}))
    assert days("second monday or next working day", off=off)[0] == "2026-12-15"


@pytest.mark.parametrize(
    ("every", "said"),
    [
        ("sometimes", "is not a schedule in words"),
        ("", "is not a schedule in words"),
        ("sixth monday", "is not a schedule in words"),
        ("second mooday", "is not a schedule in words"),
        ("32nd", "is not a schedule in words"),
        ("31st of february", "is not a schedule in words"),
        ("other monday", "is not a schedule in words"),
        ("other monday from 2026-12-08", "2026-12-08 is a Tuesday; the next Monday is 2026-12-14"),
        ("other monday from 2026-02-30", "2026-02-30 is not a date"),
        ("weekdays except holidays or next working day", "keep one"),
    ],
)
def test_words_that_mean_no_schedule_are_refused_with_a_sentence(every, said):
    with pytest.raises(ValueError, match=said):
        Schedule.said(every, "06:30", "Europe/London")


@pytest.mark.parametrize(
    ("place", "said"),
    [("XX", "a country's code"), ("GB-ZZ", "GB-SCT"), ("gb sct", "country's code")],
)
def test_a_place_without_holidays_is_refused_with_those_that_could_stand_there(place, said):
    with pytest.raises(ValueError, match=said):
        refuse_unknown_place(place)


def test_several_hours_are_a_slot_each_in_order():
    found = Schedule.said("monday", ["17:00", "06:30"], "Europe/London")
    slots = [due.slot[:16] for due in found.next_days(datetime(2026, 12, 1, tzinfo=UTC), 3)]
    assert slots == ["2026-12-07T06:30", "2026-12-07T17:00", "2026-12-14T06:30"]


def test_of_hours_that_the_clocks_jump_over_together_one_slot_comes():
    schedule = Schedule.daily(["01:00", "01:30", "02:00"], "sun", "Europe/London")
    (due,) = schedule.on(date(2026, 3, 29))
    assert due.slot == "2026-03-29T02:00 Europe/London"
    assert due.at == datetime(2026, 3, 29, 1, tzinfo=UTC)


WORDS = (
    "day", "weekdays", "second monday", "last friday", "last day", "15th or next working day",
    "first working day", "other sunday from 2026-01-04", "weekdays except holidays",
)  # fmt: skip


@given(
    zone=st.sampled_from(ZONES),
    year=st.integers(2026, 2034),
    every=st.sampled_from(WORDS),
    hours=st.sets(st.times().map(lambda when: f"{when:%H:%M}"), min_size=1, max_size=4),
)
@settings(deadline=None)
def test_in_every_zone_each_local_time_of_a_meant_day_has_one_slot(zone, year, every, hours):
    start, end = datetime(year, 1, 1, tzinfo=UTC), datetime(year + 1, 1, 1, tzinfo=UTC)
    off = DaysOff(place="GB")
    schedule = Schedule.said(every, sorted(hours), zone, off)
    found = list(schedule.between(start, end))
    assert all(one.at < other.at for one, other in pairwise(found))
    assert len({due.slot for due in found}) == len(found)
    assert {due.slot[11:16] for due in found} <= hours
    by_day = {}
    for due in found:
        by_day.setdefault(due.slot[:10], []).append(due)
    meant = {due.slot[:10] for due in Schedule.said(every, "12:00", "UTC", off).between(start, end)}
    whole = {day for day in by_day if f"{year}-01-02" < day < f"{year}-12-30"}
    assert whole == {day for day in meant if f"{year}-01-02" < day < f"{year}-12-30"}
    for day in whole:
        for due in by_day[day]:
            wall = due.at.astimezone(ZoneInfo(zone))
            jumped = not due.slot.startswith(f"{wall:%Y-%m-%dT%H:%M}")
            assert not jumped or wall.replace(tzinfo=None) > due.wall.replace(tzinfo=None)
        assert len(by_day[day]) == len(hours) or changes(zone, date.fromisoformat(day))


def changes(zone, day):
    """True when the clocks of a zone are set on a day or next to it."""
    noon = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
    around = [noon + timedelta(hours=12 * n) for n in range(-4, 5)]
    return len({one.astimezone(ZoneInfo(zone)).utcoffset() for one in around}) > 1


@given(st.text(max_size=60) | st.sampled_from(WORDS).flatmap(lambda w: st.just(w[::-1])))
def test_whatever_the_words_the_answer_is_a_schedule_or_a_sentence(every):
    try:
        schedule = Schedule.said(every, "06:30", "UTC")
    except ValueError as error:
        assert len(str(error)) > 20  # noqa: PT017 - both ways are right
    else:
        assert list(
            islice(
                schedule.between(
                    datetime(2026, 1, 1, tzinfo=UTC), datetime(2036, 1, 1, tzinfo=UTC)
                ),
                1,
            )
        )


def test_months_end_where_they_end():
    assert [int(day[8:]) for day in days("last day", count=14)] == [
        monthrange(*divmod(2026 * 12 + 11 + n, 12)[:1], (11 + n) % 12 + 1)[1] for n in range(14)
    ]
