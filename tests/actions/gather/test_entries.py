"""Nothing that a source has shown is lost: it is used, or has a state and a reason."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from tests.desks import act
from tests.faults.feed_server import reply
from tests.faults.hourly import TOWNS, item, states_of, window
from tests.faults.sourced import NOW, feed, make

from briefing.actions.editions.draft import draft
from briefing.actions.gather.entries import (
    as_record,
    count_entries,
    entry_page,
    list_entries,
)
from briefing.actions.gather.read_sources import SourceReader
from briefing.actions.gather.refresh_sources import read_now
from briefing.actions.open_store import the_store
from briefing.model.edition import Treatment
from briefing.model.source_record import EntryQuery, EntryState


def read_hourly_window(server, house, readings=(0, 4, 8, 12, 16, 20)):
    for hours in readings:
        server.pages["/hourly"] = window(range(max(0, hours - 5), hours))
        at = NOW - timedelta(hours=24 - hours)
        act(read_now, house.config, clock=lambda at=at: at)
    server.pages["/hourly"] = window(range(18, 23))


def test_what_left_a_feed_of_five_between_two_readings_is_still_drafted(tmp_path, server):
    house = make(tmp_path, server, {"hourly": feed(server, "/hourly", first_run=40)})
    read_hourly_window(server, house)
    edition = act(draft, house.config, "staggers", clock=lambda: NOW).edition
    assert {one.headline.split()[0] for one in edition.items} == set(TOWNS)
    assert states_of(house) == {EntryState.USED: 23}


def test_of_every_source_found_is_the_sum_of_what_became_of_its_entries(tmp_path, server):
    table = feed(server, "/hourly", first_run=3, most=9)
    house = make(tmp_path, server, {"hourly": table, "desk": feed(server, "/desk")})
    server.pages["/hourly"] = window(range(5))
    act(read_now, house.config, clock=lambda: NOW - timedelta(hours=18))
    read_hourly_window(server, house, (8, 12, 16, 20))
    act(draft, house.config, "staggers", clock=lambda: NOW)
    for name in ("hourly", "desk"):
        reading = house.state(name).reading
        assert reading.found == reading.used + sum(count for _, count in reading.dropped)
        assert sum(states_of(house, name).values()) == reading.found
        assert all(one.said for one in act(list_entries, house.config, EntryQuery(sources=(name,))))
    assert dict(house.state("hourly").reading.dropped) == {
        "more than 9 at one reading": 12,
        "there before the source was followed (first_run)": 2,
    }


def test_an_entry_that_an_edition_sent_is_told_as_printed_and_not_drafted_again(tmp_path, server):
    house = make(tmp_path, server, {"hourly": feed(server, "/hourly")})
    server.pages["/hourly"] = window(range(3))
    edition = act(draft, house.config, "staggers", clock=lambda: NOW).edition
    with the_store(house.config, NOW) as store:
        printed = [(one, Treatment.PRINTED) for one in edition.items]
        store.memory.remember("staggers", edition.id, printed, NOW.timestamp())
    server.pages["/hourly"] = window(range(2, 5))
    later = NOW + timedelta(days=1)
    act(draft, house.config, "staggers", clock=lambda: later)
    found = act(list_entries, house.config)
    assert Counter(one.entry.state for one in found) == {
        EntryState.PRINTED: 3,
        EntryState.USED: 2,
    }
    told = next(one for one in found if one.entry.state is EntryState.PRINTED)
    assert told.said == "printed by an earlier edition (staggers-2026-11-23)"


def test_new_ids_and_a_new_address_for_all_entries_bring_none_of_them_again(tmp_path, server):
    house = make(tmp_path, server, {"hourly": feed(server, "/hourly", first_run=2)})
    server.pages["/hourly"] = window(range(5))
    act(read_now, house.config, clock=lambda: NOW)
    server.pages["/hourly"] = reply(
        '<rss version="2.0"><channel><title>Hourly</title>'
        + "".join(item(n, guid=f"new{n}", link=f"https://moved.example/{n}") for n in range(5))
        + "</channel></rss>"
    )
    act(read_now, house.config, clock=lambda: NOW + timedelta(hours=1))
    assert states_of(house) == {EntryState.NEW: 2, EntryState.PASSED: 3}


def test_a_changed_entry_says_since_when_and_its_new_words_are_drafted(tmp_path, server):
    house = make(tmp_path, server, {"hourly": feed(server, "/hourly")})
    server.pages["/hourly"] = window([3])
    act(read_now, house.config, clock=lambda: NOW)
    server.pages["/hourly"] = reply(
        '<rss version="2.0"><channel><title>Hourly</title>'
        + item(3).replace("</description>", " The mayor has resigned over it.</description>")
        + "</channel></rss>"
    )
    later = NOW + timedelta(hours=2)
    act(read_now, house.config, clock=lambda: later)
    server.pages["/hourly"] = window([4])
    last = NOW + timedelta(hours=4)
    edition = act(draft, house.config, "staggers", clock=lambda: last).edition
    assert any("mayor has resigned" in one.article.text for one in edition.items)
    (record,) = [
        as_record(one) for one in act(list_entries, house.config) if one.entry.guid == "w3"
    ]
    assert record["changed"] == later.isoformat(timespec="seconds")


def test_two_readings_at_once_write_one_row_for_each_entry(tmp_path, server):
    house = make(tmp_path, server, {"hourly": feed(server, "/hourly")})
    server.pages["/hourly"] = window(range(5))

    with the_store(house.config, NOW) as store, ThreadPoolExecutor(4) as readers:

        def read(_):
            SourceReader(house.config, store, NOW, at_once=True).read(["hourly"])

        list(readers.map(read, range(4)))
    assert sum(states_of(house).values()) == 5


def test_what_has_not_been_seen_for_90_days_is_forgotten_and_its_page_after_a_month(
    tmp_path, server
):
    house = make(tmp_path, server, {"hourly": feed(server, "/hourly")})
    server.pages["/hourly"] = window([3])
    act(read_now, house.config, clock=lambda: NOW)
    server.pages["/hourly"] = window([4])
    for days, known in (
        (30, [True, True]),
        (40, [False, True]),
        (89, [False, False]),
        (91, [False]),
    ):
        act(read_now, house.config, clock=lambda days=days: NOW + timedelta(days=days))
        entries = act(list_entries, house.config)
        assert [
            one.entry.kept for one in sorted(entries, key=lambda one: one.entry.moment)
        ] == known


def test_other_news_in_a_frame_that_a_feed_has_shown_before_is_an_entry_of_its_own(
    tmp_path, server
):
    house = make(tmp_path, server, {"wards": feed(server, "/wards", first_run=1)})
    frame = (
        "Objections can be sent to the inspector within six weeks, by letter or on the site of the council. "
        "The next meeting is on 17 December in the town hall, and members of the public may speak there for three "
        "minutes each if they ask by noon on the day before. Papers are published five working days ahead of it."
    )

    def ward(name, number, what):
        return (
            f"<item><title>Committee on {name} ward</title><guid>{name}</guid>"
            f"<link>https://courier.example/{name}</link><description>The committee decided {number} "
            f"applications in {name} ward and refused {what}. {frame}</description></item>"
        )

    told = [
        ward("Harbour", 14, "a tower"),
        ward("Mill", 61, "a school"),
        ward("Park", 29, "a clinic"),
    ]
    for shown in (told[:2], told[1:]):
        server.pages["/wards"] = reply(
            f'<rss version="2.0"><channel>{"".join(shown)}</channel></rss>'
        )
        act(read_now, house.config, clock=lambda: NOW)
    assert states_of(house) == {EntryState.NEW: 2, EntryState.PASSED: 1}


def read_two_sources(tmp_path, server):
    house = make(
        tmp_path, server, {"hourly": feed(server, "/hourly", first_run=3), "b": feed(server, "/b")}
    )
    server.pages["/hourly"], server.pages["/b"] = window(range(5)), window(range(10, 14))
    act(read_now, house.config, clock=lambda: NOW)
    return house


def test_the_counts_of_every_source_add_up_to_all_that_is_listed(tmp_path, server):
    house = read_two_sources(tmp_path, server)
    hourly, other = act(count_entries, house.config)
    assert hourly.states == {EntryState.NEW: 3, EntryState.PASSED: 2}
    assert (hourly.found, other.states) == (5, {EntryState.NEW: 4})
    assert len(act(list_entries, house.config)) == hourly.found + other.found


def test_entries_are_looked_for_by_words_state_source_and_time_a_page_at_a_time(tmp_path, server):
    house = read_two_sources(tmp_path, server)

    def towns(**asked):
        found = act(list_entries, house.config, EntryQuery(**asked))
        return [one.entry.headline.split()[0] for one in found]

    assert towns(words="DUNMERE") == [TOWNS[3]]
    assert towns(words="gazette.example/1%") == []
    assert towns(states=[EntryState.PASSED]) == [TOWNS[1], TOWNS[0]]
    whole = towns()
    assert whole == TOWNS[13:9:-1] + TOWNS[4::-1]
    assert [*towns(most=4), *towns(most=9, skip=4)] == whole
    assert towns(since=NOW.timestamp() + 1) == []


def test_an_entry_of_a_day_to_come_does_not_stand_before_those_seen_after_it(tmp_path, server):
    house = make(tmp_path, server, {"hourly": feed(server, "/hourly")})
    later = item(3).replace("23 Nov 2026", "23 Nov 2031").replace("22 Nov 2026", "22 Nov 2031")
    for at, shown in (
        (0, later),
        (2, item(4).replace("<pubDate>", "<x>").replace("</pubDate>", "</x>")),
    ):
        server.pages["/hourly"] = reply(f'<rss version="2.0"><channel>{shown}</channel></rss>')
        act(read_now, house.config, clock=lambda at=at: NOW + timedelta(hours=at))
    found = act(list_entries, house.config)
    assert [one.entry.headline.split()[0] for one in found] == [TOWNS[4], TOWNS[3]]


def test_an_entry_has_its_page_as_it_was_read(tmp_path, server):
    house = read_two_sources(tmp_path, server)
    newest = act(list_entries, house.config, EntryQuery(sources=("b",)))[0]
    assert TOWNS[13].encode() in act(entry_page, house.config, newest).body
