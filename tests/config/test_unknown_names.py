"""A name that is not known is answered with the nearest that are, nearest first."""

import pytest

from briefing.config.shape_faults import unknown

MANY = [f"Africa/{name}" for name in ("Abidjan", "Accra", "Algiers", "Bamako", "Bangui", "Cairo")]
MANY += [f"Europe/{name}" for name in ("Berlin", "Lisbon", "London", "Oslo", "Paris", "Rome")]


@pytest.mark.parametrize(
    ("written", "nearest"),
    [
        ("Europe/Londn", "Europe/London"),
        ("london", "Europe/London"),
        ("EUROPE/BERLIN", "Europe/Berlin"),
        ("Europa/Lisboa", "Europe/Lisbon"),
        ("Cairo", "Africa/Cairo"),
    ],
)
def test_of_many_names_the_nearest_come_first(written, nearest):
    told = unknown("time zone", written, MANY)
    assert f"did you mean {nearest!r}? known: {nearest}, " in told
    assert told.endswith(", …")


def test_few_names_stand_in_the_order_of_the_alphabet():
    told = unknown("key", "nmae", ["title", "name", "about"])
    assert told == "there is no such key; did you mean 'name'? known: about, name, title"


def test_nothing_is_offered_where_nothing_is_near():
    assert "did you mean" not in unknown("key", "xxxx", ["title", "name"])
    assert unknown("list", "readers", []) == "there is no such list; known: none"
