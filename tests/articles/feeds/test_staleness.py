"""A feed is silent when it has brought nothing for longer than twice its longest pause."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.articles.feeds.staleness import silence
from briefing.model.source_record import Seen

DAY = 86_400.0
MORNINGS = [0, 1, 2, 3, 4, 7, 8]  # weekdays of a week, and two of the next


def seen(*days):
    return [Seen(guid=f"{day} {number}", first=day * DAY) for day in days for number in range(3)]


@pytest.mark.parametrize(("now", "is_silent"), [(9, False), (11, False), (14, False), (14.1, True)])
def test_weekends_belong_to_the_norm_and_twice_as_long_does_not(now, is_silent):
    found = silence(seen(*MORNINGS), now * DAY)
    assert (found is not None) == is_silent
    if found:
        assert (found.since, found.longest) == (8 * DAY, 3 * DAY)


def test_nobody_knows_the_norm_of_a_feed_that_has_brought_something_four_times():
    assert silence(seen(0, 1, 2, 3), 400 * DAY) is None
    assert silence([], 400 * DAY) is None


def test_a_feed_of_every_few_minutes_may_sleep_for_a_day():
    often = [Seen(guid=str(n), first=n * 600.0) for n in range(50)]
    assert silence(often, 49 * 600.0 + DAY) is None
    assert silence(often, 49 * 600.0 + DAY + 1) is not None


@given(st.lists(st.floats(0, 90 * DAY), min_size=1), st.floats(0, 900 * DAY))
def test_what_has_just_come_is_never_silent_and_silence_does_not_end_by_waiting(firsts, later):
    rows = [Seen(guid=str(number), first=first) for number, first in enumerate(firsts)]
    assert silence(rows, max(firsts)) is None
    if silence(rows, max(firsts) + later):
        assert silence(rows, max(firsts) + later + DAY)
