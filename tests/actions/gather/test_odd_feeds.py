"""What feeds do to their readers costs no story, has a sentence each, and keeps no edition waiting."""

import gzip
import time
from collections import Counter
from datetime import timedelta

from tests.desks import act
from tests.faults.feed_server import prose, reply
from tests.faults.sourced import NOW, feed, make

from briefing.actions.editions.draft import draft
from briefing.actions.gather.entries import list_entries
from briefing.actions.gather.refresh_sources import read_now
from briefing.actions.gather.source_status import states
from briefing.model.source_record import EntryQuery, EntryState

TODAY = "Mon, 23 Nov 2026 05:00:00 GMT"


def item(name, guid, date=TODAY, link=None):
    where = f"https://gazette.example/{name}" if link is None else link
    return (
        f"<item><title>{name} votes</title><link>{where}</link><guid isPermaLink='false'>{guid}</guid>"
        f"<pubDate>{date}</pubDate><description>{prose(name, 1)}</description></item>"
    )


def shown(*items):
    return reply(f'<rss version="2.0"><channel><title>Feed</title>{"".join(items)}</channel></rss>')


def states_of(house, name):
    found = act(list_entries, house.config, EntryQuery(sources=(name,)))
    return Counter(one.entry.state for one in found)


def remarks(house, name):
    return next(one.remarks for one in act(states, house.config) if one.name == name)


def test_new_ids_at_each_reading_make_no_new_entries_and_are_told(tmp_path, server):
    house = make(tmp_path, server, {"odd": feed(server, "/odd")})
    names = ("Alder", "Birch", "Cedar", "Dunmore")
    for reading in range(4):
        server.pages["/odd"] = shown(*(item(name, f"{name}-{reading}", link="") for name in names))
        act(read_now, house.config, clock=lambda reading=reading: NOW + timedelta(hours=reading))
    assert states_of(house, "odd") == {EntryState.NEW: 4}
    (said,) = remarks(house, "odd")
    assert "gave 4 of its entries other ids than before; they are known again by" in said


def test_dates_that_cannot_be_true_lead_no_edition_and_are_told(tmp_path, server):
    future = "Tue, 23 Nov 2032 05:00:00 GMT"
    house = make(tmp_path, server, {"odd": feed(server, "/odd")})
    server.pages["/odd"] = shown(item("Alder", "a", future), item("Birch", "b"))
    edition = act(draft, house.config, "staggers", clock=lambda: NOW).edition
    assert [one.headline for one in edition.items] == ["Birch votes", "Alder votes"]
    (said,) = remarks(house, "odd")
    assert f"dates 1 of its entries in the future or long ago, such as '{future}'" in said
    assert states_of(house, "odd") == {EntryState.USED: 2}


def test_one_entry_in_two_feeds_with_two_dates_is_one_story_that_the_other_names(tmp_path, server):
    house = make(tmp_path, server, {"one": feed(server, "/one"), "two": feed(server, "/two")})
    server.pages["/one"] = shown(item("Alder", "1"))
    server.pages["/two"] = shown(item("Alder", "2", "Sun, 22 Nov 2026 09:00:00 GMT"))
    edition = act(draft, house.config, "staggers", clock=lambda: NOW).edition
    assert [one.headline for one in edition.items] == ["Alder votes"]
    assert states_of(house, "one") + states_of(house, "two") == {
        EntryState.USED: 1,
        EntryState.REPEATED: 1,
    }
    said = [one.said for one in act(list_entries, house.config)]
    assert "the same as another piece: “Alder votes” (staggers-2026-11-23)" in said


def test_an_edition_leaves_on_time_next_to_every_odd_feed_at_once(tmp_path, server):
    names = ("new-ids", "future", "ten-thousand", "error-page", "good")
    house = make(tmp_path, server, {name: feed(server, f"/{name}") for name in names})
    server.pages["/new-ids"] = shown(*(item(f"Alder{n}", f"{n}") for n in range(3)))
    server.pages["/future"] = shown(item("Birch", "b", "Tue, 23 Nov 2032 05:00:00 GMT"))
    one = (
        "<item><title>Notice</title><guid>n{n}</guid><description>Notice {n}.</description></item>"
    )
    server.pages["/ten-thousand"] = shown(*(one.replace("{n}", str(n)) for n in range(10_000)))
    server.pages["/error-page"] = reply("<html><title>Back soon</title></html>", "text/html")
    server.pages["/good"] = shown(item("Cedar", "c"))
    begun = time.monotonic()
    edition = act(draft, house.config, "staggers", clock=lambda: NOW).edition
    assert time.monotonic() - begun < 60
    assert "Cedar votes" in [one.headline for one in edition.items]
    assert "has 10,000 entries, and the newest" in remarks(house, "ten-thousand")[0]
    assert "a web page named 'Back soon'" in remarks(house, "error-page")[0]
    for name in names:
        reading = house.state(name).reading
        assert reading.found == sum(states_of(house, name).values())


def test_whatever_is_newest_under_one_id_and_address_is_each_time_a_story_of_its_own(
    tmp_path, server
):
    house = make(tmp_path, server, {"odd": feed(server, "/odd")})
    for hour, name in enumerate(("Alder", "Birch", "Cedar", "Dunmore")):
        server.pages["/odd"] = shown(item(name, "latest", link="https://gazette.example/"))
        act(read_now, house.config, clock=lambda hour=hour: NOW + timedelta(hours=hour))
    edition = act(draft, house.config, "staggers", clock=lambda: NOW + timedelta(hours=5)).edition
    assert {one.headline.split()[0] for one in edition.items} == {
        "Alder",
        "Birch",
        "Cedar",
        "Dunmore",
    }
    assert states_of(house, "odd") == {EntryState.USED: 4}


def test_entries_of_a_headline_alone_are_known_again_and_each_is_kept(tmp_path, server):
    house = make(tmp_path, server, {"odd": feed(server, "/odd")})
    server.pages["/odd"] = shown(
        *(f"<item><title>Episode {n}: the harbour of Hale</title></item>" for n in range(3))
    )
    for hour in range(3):
        act(read_now, house.config, clock=lambda hour=hour: NOW + timedelta(hours=hour))
    assert states_of(house, "odd") == {EntryState.NEW: 3}
    edition = act(draft, house.config, "staggers", clock=lambda: NOW + timedelta(hours=4)).edition
    assert len(edition.items) == 3


def test_ids_and_addresses_of_a_session_make_no_new_entries(tmp_path, server):
    house = make(tmp_path, server, {"odd": feed(server, "/odd")})
    for hour in range(4):
        server.pages["/odd"] = shown(
            *(
                item(
                    name,
                    f"{name}{hour}",
                    link=f"https://gazette.example/s/{hour}7/{name};jsessionid={hour}",
                )
                for name in ("Alder", "Birch", "Cedar")
            )
        )
        act(read_now, house.config, clock=lambda hour=hour: NOW + timedelta(hours=hour))
    assert states_of(house, "odd") == {EntryState.NEW: 3}


def test_two_caches_that_answer_in_turns_make_no_second_story_of_an_edited_one(tmp_path, server):
    house = make(tmp_path, server, {"odd": feed(server, "/odd")})
    old = item("Alder", "a")
    new = old.replace("</description>", " The desk added a sentence at noon.</description>")
    for hour in range(6):
        server.pages["/odd"] = shown(old) if hour % 2 else shown(new, item("Birch", "b"))
        act(read_now, house.config, clock=lambda hour=hour: NOW + timedelta(hours=hour))
    assert states_of(house, "odd") == {EntryState.NEW: 2}
    edition = act(draft, house.config, "staggers", clock=lambda: NOW + timedelta(hours=7)).edition
    assert len(edition.items) == 2


def test_a_feed_that_is_packed_and_does_not_say_so_is_read(tmp_path, server):
    house = make(tmp_path, server, {"odd": feed(server, "/odd")})
    _, _, body = shown(item("Alder", "a")).partition(b"\r\n\r\n")
    server.pages["/odd"] = reply(gzip.compress(body), "application/octet-stream")
    act(read_now, house.config, clock=lambda: NOW)
    assert states_of(house, "odd") == {EntryState.NEW: 1}
