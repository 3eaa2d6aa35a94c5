"""Counts of what readers say of an edition, on both databases."""

from concurrent.futures import ThreadPoolExecutor

from briefing.store import OpinionCount


def test_what_is_said_is_counted_by_edition(house):
    opinions = house.store.opinions
    for edition, good in (
        ("staggers-1", True),
        ("staggers-1", False),
        ("staggers-1", True),
        ("staggers-2", False),
    ):
        opinions.add(edition, good=good)
    assert opinions.of("staggers-1") == OpinionCount(good=2, bad=1)
    assert opinions.of("staggers-2") == OpinionCount(good=0, bad=1)
    assert opinions.of("staggers-3") == OpinionCount()


def test_no_opinion_is_lost_when_many_come_at_once(house):
    opinions = house.store.opinions
    with ThreadPoolExecutor(8) as pool:
        for _ in range(40):
            pool.submit(opinions.add, "staggers-1", good=True)
    assert opinions.of("staggers-1").good == 40
