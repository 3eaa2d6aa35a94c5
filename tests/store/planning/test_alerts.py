"""What people were told: by one, once, and again when it comes again."""


def test_of_all_who_want_to_tell_something_one_does(house):
    alerts = house.store.alerts
    assert alerts.first("relay down", "The relay is down.", 1.0)
    assert not alerts.first("relay down", "The relay is down, still.", 2.0)
    assert alerts.newest(9) == ((1.0, "The relay is down."),)


def test_what_is_over_may_be_told_again_and_stays_on_record(house):
    alerts = house.store.alerts
    for moment in (1.0, 2.0, 3.0):
        assert alerts.first("relay down", f"Down at {moment}.", moment)
        alerts.settle("relay", moment)
    assert [sentence for _, sentence in alerts.newest(9)] == [
        "Down at 3.0.",
        "Down at 2.0.",
        "Down at 1.0.",
    ]


def test_only_what_it_is_about_is_over_and_what_still_stands_is_not(house):
    alerts = house.store.alerts
    long = "a unread " + "x" * 300
    for subject in ("a unread one", "a unread two", long, "b unread one", "a%unread", "ab"):
        assert alerts.first(subject, subject, 1.0)
    alerts.settle("a unread ", 2.0, but=["a unread two", long])
    assert alerts.first("a unread one", "again", 3.0)
    for subject in ("a unread two", long, "b unread one", "a%unread", "ab"):
        assert not alerts.first(subject, "again", 3.0)
    alerts.settle("a%", 4.0)
    assert not alerts.first("ab", "a sign that means anything means itself", 5.0)
