"""Nobody floods a stranger's mailbox through the form."""

from briefing.store import SignupLimits

DAY, HOUR = 86_400.0, 3_600.0
WIDE = SignupLimits(address_a_day=99, address_a_month=99, network_an_hour=99, all_an_hour=99)


def admitted(house, limits, asks):
    admit = house.store.signups.admit
    return [admit(a, n, limits, house.now + at) is None for a, n, at in asks]


def test_an_address_gets_one_mail_a_day_and_three_a_month(house):
    asks = [("ada", f"n{n}", n * DAY / 2) for n in range(10)]
    assert admitted(house, SignupLimits(), asks) == [True, False] * 3 + [False] * 4
    assert admitted(house, SignupLimits(), [("ada", "n", 31 * DAY), ("ada", "n", 31.5 * DAY)]) == [
        True,
        False,
    ]


def test_a_network_may_ask_five_times_an_hour(house):
    asks = [(f"a{n}", "net", n) for n in range(7)]
    assert admitted(house, SignupLimits(), asks) == [True] * 5 + [False] * 2
    assert admitted(house, SignupLimits(), [("b", "net", HOUR + 10), ("c", "other", 8)]) == [
        True,
        True,
    ]


def test_all_together_may_ask_so_often_and_no_more(house):
    limits = SignupLimits(all_an_hour=3)
    asks = [(f"a{n}", f"n{n}", n) for n in range(5)]
    assert admitted(house, limits, asks) == [True] * 3 + [False] * 2


def test_what_is_refused_does_not_count(house):
    limits = SignupLimits(network_an_hour=1)
    assert admitted(house, limits, [("a", "n", 0), ("b", "n", 1)]) == [True, False]
    assert admitted(house, limits, [("b", "m", 2)]) == [True]


def test_marks_are_kept_no_longer_than_the_limits_look_back(house):
    admitted(house, WIDE, [(f"a{n}", "n", n) for n in range(5)] + [("z", "n", 31 * DAY)])
    with house.store.database.read() as connection:
        kept = connection.exec_driver_sql("SELECT address FROM signups").scalars().all()
    assert kept == ["z"]


def test_a_confirmation_mail_waits_until_it_is_due_once_a_reader_and_oldest_first(house):
    signups = house.store.signups
    for reader, asked_at, due in (("a", 1.0, 50.0), ("b", 2.0, 40.0), ("a", 3.0, 30.0)):
        signups.wait(reader, asked_at, due)
    assert signups.waiting(29.0, 9) == ()
    assert signups.waiting(30.0, 9) == (("a", 3.0),)
    assert signups.waiting(99.0, 9) == (("a", 3.0), ("b", 2.0))
    assert signups.waiting(99.0, 1) == (("a", 3.0),)
    signups.settle("a")
    signups.settle("nobody")
    assert signups.waiting(99.0, 9) == (("b", 2.0),)
