"""Limits that all senders share: what is given out, kept, taken back and given again."""

import threading

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import text
from tests.store.conftest import opened

from briefing.model.limit import STEP, Limit, Rate
from briefing.store.deliveries.rate_limits import Tokens

SCOPE = "mail.example"


@pytest.fixture
def tokens(house):
    """The tokens of each kind of database."""
    return Tokens(house.store.database)


def pass_time(house, seconds):
    """Let that much time pass for every token and step."""
    house.now += seconds
    if not house.store.database.is_sqlite:
        with house.store.database.write() as connection:
            for table, column in (("rate_tokens", "free_at"), ("rate_shares", "at")):
                connection.execute(text(f"UPDATE {table} SET {column} = {column} - {seconds}"))


def got(house, tokens, limit):
    """How many letters are given out until nothing is."""
    count = 0
    while tokens.take(limit, house.now).granted:
        count += limit.lot
    return count


def test_all_of_a_limit_is_given_out_at_once_and_again_when_its_time_is_over(house, tokens):
    limit = Limit(SCOPE, Rate(100, 60.0))
    assert got(house, tokens, limit) == 100
    refused = tokens.take(limit, house.now)
    assert 55 < refused.wait <= limit.taken_for
    pass_time(house, limit.taken_for)
    assert got(house, tokens, limit) == 100


def test_each_limit_has_tokens_of_its_own(house, tokens):
    assert got(house, tokens, Limit(SCOPE, Rate(3, 60.0))) == 3
    assert got(house, tokens, Limit("relay", Rate(2, 60.0))) == 2


def test_a_limit_that_was_raised_gives_out_the_difference(house, tokens):
    assert got(house, tokens, Limit(SCOPE, Rate(3, 60.0))) == 3
    assert got(house, tokens, Limit(SCOPE, Rate(5, 60.0))) == 2


def test_senders_side_by_side_never_get_more_than_there_is(house, tokens):
    limit, counts = Limit(SCOPE, Rate(40, 3_600.0)), []

    def take():
        shared = house.store.database
        beside = shared if shared.is_sqlite else shared.side_by_side()
        mine, missed, count = Tokens(beside), 0, 0
        while missed < 20:
            granted = mine.take(limit, house.now).granted
            missed, count = (0, count + 1) if granted else (missed + 1, count)
        counts.append(count)
        if beside is not shared:
            beside.close()

    threads = [threading.Thread(target=take) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(counts) == 40


def test_a_restart_forgets_nothing(house, tmp_path):
    limit = Limit(SCOPE, Rate(8, 3_600.0))
    assert got(house, Tokens(house.store.database), limit) == 8
    again = opened(house.url, tmp_path)
    assert not Tokens(again.database).take(limit, house.now + 1).granted
    again.close()


def test_who_asks_for_less_gets_half_once_a_step_and_a_little_more_again_later(house, tokens):
    limit = Limit(SCOPE, Rate(40, 3_600.0))
    tokens.slow(SCOPE, house.now)
    tokens.slow(SCOPE, house.now)
    assert tokens.slowed() == ((SCOPE, 0.5),)
    assert got(house, tokens, limit) == 20
    pass_time(house, STEP)
    tokens.quicken(SCOPE, house.now)
    tokens.quicken(SCOPE, house.now)
    assert tokens.slowed() == ((SCOPE, 0.55),)
    assert got(house, tokens, limit) == 2
    for _ in range(10):
        pass_time(house, STEP)
        tokens.quicken(SCOPE, house.now)
    assert tokens.slowed() == ()
    assert got(house, tokens, limit) == 18


def test_however_often_it_is_slowed_something_leaves(house, tokens):
    for _ in range(12):
        tokens.slow(SCOPE, house.now)
        pass_time(house, STEP)
    assert got(house, tokens, Limit(SCOPE, Rate(14, 1.0))) == 1


def test_tokens_long_free_leave_no_row(house, tokens):
    got(house, tokens, Limit(SCOPE, Rate(5, 60.0)))
    pass_time(house, 100_000.0)
    tokens.take(Limit("relay", Rate(5, 60.0)), house.now)
    tokens.forget(house.now)
    with house.store.database.read() as connection:
        rows = connection.execute(text("SELECT scope FROM rate_tokens")).scalars().all()
    assert rows == ["relay"]


@settings(max_examples=settings.default.max_examples // 4, deadline=None)
@given(
    count=st.integers(1, 130),
    pauses=st.lists(st.floats(0.0, 4.0), min_size=1, max_size=60),
)
def test_no_stretch_of_time_holds_more_than_the_limit(tmp_path_factory, count, pauses):
    folder = tmp_path_factory.mktemp("tokens")
    store = opened(f"sqlite:///{folder}/desk.db", folder)
    limit, now, taken = Limit(SCOPE, Rate(count, 10.0)), 1_000.0, []
    for pause in pauses:
        now += pause
        for _ in range(20):
            if Tokens(store.database).take(limit, now).granted:
                taken += [now] * limit.lot
    store.close()
    for first, beyond in zip(taken, taken[count:], strict=False):
        assert beyond - first >= 10.0
