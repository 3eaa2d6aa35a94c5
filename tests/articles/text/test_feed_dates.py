"""What feeds write as a date, and what it means."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.articles.text.feed_dates import read_date

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
EIGHT = "2026-11-20T08:00:00+00:00"


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        # Wrong in one reader or another that was measured: research, section 5.1.
        ("2026/11/20 08:00:00", EIGHT),
        ("2016/6/29", "2016-06-29T00:00:00+00:00"),
        ("1763625600", "2025-11-20T08:00:00+00:00"),
        ("1763625600000", "2025-11-20T08:00:00+00:00"),
        ("Fri, 20 Nov 2026 08:00:00 BST", "2026-11-20T07:00:00+00:00"),
        ("Fr, 20 Nov 2026", "2026-11-20T00:00:00+00:00"),
        ("20/11/2026 08:00", EIGHT),
        ("20 novembre 2026", "2026-11-20T00:00:00+00:00"),
        # As the standards write them.
        ("Fri, 20 Nov 2026 08:00:00 GMT", EIGHT),
        ("Fri, 20 Nov 2026 08:00:00 +0100", "2026-11-20T07:00:00+00:00"),
        ("20 Nov 26 08:00 EST", "2026-11-20T13:00:00+00:00"),
        ("2026-11-20T08:00:00Z", EIGHT),
        ("2026-11-20T08:00:00.123456Z", EIGHT),
        ("2026-11-20T09:30:00+01:30", EIGHT),
        ("2026-11-20", "2026-11-20T00:00:00+00:00"),
        ("2026-W47-5", "2026-11-20T00:00:00+00:00"),
        ("2026-W47-5T08:00:00Z", EIGHT),
        # feedparser 6.0.14 makes it the first of the month, and knows no hour of 24 and no second of 60.
        ("2026-W46-7", "2026-11-15T00:00:00+00:00"),
        ("2026W475", "2026-11-20T00:00:00+00:00"),
        ("Thu, 19 Nov 2026 24:00:00 GMT", "2026-11-20T00:00:00+00:00"),
        ("2026-11-19T24:00:00Z", "2026-11-20T00:00:00+00:00"),
        ("20261119T240000Z", "2026-11-20T00:00:00+00:00"),
        ("2026-11-20T07:59:60Z", "2026-11-20T07:59:59+00:00"),
        ("Fri, 20 Nov 2026 07:59:60 GMT", "2026-11-20T07:59:59+00:00"),
        # As they are met.
        ("2026-11-20 08:00:00", EIGHT),
        ("20261120T080000Z", EIGHT),
        ("20-Nov-2026 08:00:00 UTC", EIGHT),
        ("November 20, 2026 8:00 am", EIGHT),
        ("Nov 20, 2026 8:00pm CET", "2026-11-20T19:00:00+00:00"),
        ("Fri Nov 20 2026 08:00:00 GMT+0000 (Coordinated Universal Time)", EIGHT),
        ("20.11.2026, 08:00 CET", "2026-11-20T07:00:00+00:00"),
        ("11/20/2026 08:00", EIGHT),
        ("Freitag, 20. November 2026", "2026-11-20T00:00:00+00:00"),
        ("  Fri,\n 20 Nov 2026\t08:00:00   GMT ", EIGHT),
    ],
)
def test_a_date_that_can_be_read_in_one_way_is_declared(written, moment):
    found = read_date(written, NOW)
    assert found.moment == datetime.fromisoformat(moment), found
    assert (found.basis, found.flag) == ("feed", "")


@pytest.mark.parametrize(
    ("written", "day", "why"),
    [
        ("04/05/2026 08:00", "2026-05-04", "the other way round"),
        ("Fri, 20 Nov 2026 08:00:00 QZT", "2026-11-20", "zone 'QZT' is not known"),
        ("Fri, 20 Nov 2026 08:00:00 IST", "2026-11-20", "zone 'IST' is not known"),
    ],
)
def test_a_date_with_two_readings_is_guessed_and_says_so(written, day, why):
    found = read_date(written, NOW)
    assert found.moment.date().isoformat() == day
    assert found.basis == "guessed"
    assert why in found.flag


@pytest.mark.parametrize(
    "written",
    [
        "Sun, 22 Nov 2048 08:00:00 GMT",  # the future
        "Thu, 01 Jan 1970 00:00:00 GMT",  # a zero
        "0001-01-01T00:00:00Z",
        "yesterday",
        "31/31/2026",
        "2026-02-30",
        "99999999999999",
    ],
)
def test_a_date_that_cannot_be_true_is_none_and_flagged(written):
    found = read_date(written, NOW)
    assert (found.moment, found.basis) == (None, "none")
    assert repr(written) in found.flag


def test_the_day_is_that_of_the_zone_it_was_written_in():
    late = read_date("Fri, 20 Nov 2026 23:30:00 -0500", NOW)
    assert late.moment.date().isoformat() == "2026-11-20"


def test_another_readers_opinion_is_taken_as_a_guess():
    other = datetime(2026, 11, 20, tzinfo=UTC)
    found = read_date("20 tachwedd", NOW, other)
    assert (found.moment, found.basis) == (other, "guessed")


def test_no_date_is_no_fault():
    assert read_date(" ", NOW).flag == ""


@given(st.text(max_size=120))
def test_any_text_is_read_without_an_exception(written):
    read_date(written, NOW)


NAIVE = st.datetimes(datetime(1996, 1, 1), datetime(2026, 11, 1))  # noqa: DTZ001 - hypothesis asks for it


@given(NAIVE, st.integers(-12, 14))
def test_every_standard_writing_of_a_moment_is_that_moment(naive, hours):
    sign = "-" if hours < 0 else "+"
    zone = f"{sign}{abs(hours):02}"
    whole = naive.replace(microsecond=0)
    moment = datetime.fromisoformat(f"{whole.isoformat()}{zone}:00")
    for written in (
        moment.isoformat(),
        moment.strftime("%a, %d %b %Y %H:%M:%S ") + f"{zone}00",
        moment.strftime("%Y/%m/%d %H:%M:%S") + f"{zone}:00",
    ):
        assert read_date(written, NOW).moment == moment
