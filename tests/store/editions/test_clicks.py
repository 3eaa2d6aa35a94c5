"""Counts of followed links, on both databases."""

from concurrent.futures import ThreadPoolExecutor

from briefing.store.editions.clicks import LinkCount

ADDRESSES = ("https://harbour-news.example/ferries", "https://harbour-news.example/levy")


def test_a_link_leads_where_the_edition_last_said(house):
    clicks = house.store.clicks
    clicks.keep("staggers-1", ("https://harbour-news.example/old", *ADDRESSES))
    clicks.keep("staggers-1", ADDRESSES)
    assert [clicks.address("staggers-1", number) for number in (1, 2, 3)] == [*ADDRESSES, None]
    assert clicks.address("staggers-2", 1) is None


def test_counts_are_summed_over_hours_with_machines_apart(house):
    clicks = house.store.clicks
    clicks.keep("staggers-1", ADDRESSES)
    for hour in (7, 7, 8):
        clicks.count("staggers-1", 2, hour, machine=False)
    clicks.count("staggers-1", 2, 8, machine=True)
    clicks.count("staggers-1", 2, 7, machine=False, by=-1)
    clicks.count("staggers-2", 2, 7, machine=False)
    assert clicks.of("staggers-1") == (
        LinkCount(number=1, url=ADDRESSES[0], people=0, machines=0),
        LinkCount(number=2, url=ADDRESSES[1], people=2, machines=1),
    )


def test_no_click_is_lost_when_many_come_at_once(house):
    clicks = house.store.clicks
    clicks.keep("staggers-1", ADDRESSES)
    with ThreadPoolExecutor(8) as pool:
        for _ in range(40):
            pool.submit(clicks.count, "staggers-1", 1, 7, machine=False)
    assert clicks.of("staggers-1")[0].people == 40
