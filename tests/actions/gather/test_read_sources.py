"""Sources of every kind are read; a dead one is named, and costs the edition nothing but itself."""

import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from tests.desks import act
from tests.faults.feed_server import prose, reply, rss
from tests.faults.sourced import NOW, article_page, feed, make

from briefing.actions.editions.draft import draft
from briefing.actions.gather.read_sources import SourceReader
from briefing.actions.gather.refresh_sources import read_now
from briefing.actions.gather.source_status import source_faults
from briefing.actions.open_store import the_store
from briefing.actions.schedule.run_due_slots import SlotRunner
from briefing.errors import ConfigError, EditionError
from briefing.model.edition import Treatment

TWELVE = [
    "slow", "huge", "bomb", "wrong-type", "429", "loop", "304", "cut-off", "html", "empty",
    "wrong-encoding", "private",
]  # fmt: skip
#: What an editor is told of each; wrong bytes under a right name can still be read.
SAID = {
    "slow": "took longer than 3 s",
    "huge": "more than the 5,242,880 bytes",
    "bomb": "more than the 5,242,880 bytes",
    "wrong-type": "that is not a feed",
    "429": "asked too often; it asks to be left alone for 3,600 seconds",
    "loop": "redirects in a circle",
    "304": "nothing has changed",
    "cut-off": "broke off",
    "html": "a web page named 'Hello'",
    "empty": "nothing at all",
    "private": "10.11.12.13, a private address",
}


def test_thirty_sources_with_twelve_faults_leave_an_edition_of_the_rest(tmp_path, server):
    faults = [*TWELVE, *TWELVE]
    # Only the slow one meets its limit of time, however busy the machine is.
    tables = {
        f"bad{number}": feed(server, f"/bad{number}/{fault}")
        | ({"seconds": 3} if fault == "slow" else {})
        for number, fault in enumerate(faults)
    }
    tables |= {f"good{number}": feed(server, f"/good{number}") for number in range(6)}
    assert len(tables) == 30
    house = make(tmp_path, server, tables)
    begun = time.monotonic()
    drafted = act(draft, house.config, "staggers", clock=lambda: NOW)
    assert time.monotonic() - begun < 120
    sources = {item.article.source for item in drafted.edition.items}
    assert {f"good{number}" for number in range(6)} <= sources
    refusals = [page.refusal for page in drafted.pages if page.refusal]
    for number, fault in enumerate(faults):
        if fault == "wrong-encoding":
            assert f"bad{number}" in sources
            assert "breaks the rules" in house.state(f"bad{number}").remarks[0]
            continue
        (said,) = [text for text in refusals if text.startswith(f"bad{number}: ")]
        assert SAID[fault] in said
        assert house.state(f"bad{number}").state == "failing"


def test_however_many_sources_hang_the_edition_waits_no_longer_than_its_limit(tmp_path, server):
    tables = {
        f"slow{number}": feed(server, f"/s{number}/slow") | {"seconds": 60} for number in range(12)
    }
    house = make(tmp_path, server, tables | {"good": feed(server, "/good")})
    with the_store(house.config, NOW) as store:
        begun = time.monotonic()
        reader = SourceReader(house.config, store, NOW, asking=2.0)
        read = reader.read(list(house.config.sources))
        assert time.monotonic() - begun < 40
        assert sum("all sources have together" in source.faults[0] for source in read) == 13
        # Eight hung on to every turn. Whose turn never came goes first next time.
        again = SourceReader(house.config, store, NOW, asking=2.0, at_once=True)
        assert {source.name: len(source.pages) for source in again.read(["slow0", "good"])} == {
            "slow0": 0,
            "good": 3,
        }
    assert (house.state("good").failures, house.state("slow0").failures) == (0, 2)


def test_a_source_that_dies_later_is_named_and_its_last_good_copy_still_serves(tmp_path, server):
    server.pages["/desk"] = reply(rss("desk"))
    house = make(tmp_path, server, {"desk": feed(server, "/desk")})
    before = house.headlines()
    server.pages["/desk"] = reply("", status="500 Broken")
    (read,) = act(read_now, house.config)
    assert "500 Broken" in read.faults[0] or "500 Internal" in read.faults[0]
    assert house.headlines() == before
    state = house.state("desk")
    assert (state.state, state.failures) == ("failing", 1)
    assert state.next_try - state.reading.at == 900


def test_a_feed_is_not_asked_again_before_it_is_due(tmp_path, server):
    house = make(tmp_path, server, {"desk": feed(server, "/desk/validators")})
    assert house.headlines() == house.headlines()
    assert len(server.asked("/desk/validators")) == 1
    act(read_now, house.config)  # a person asks: with what the server said of its copy
    assert server.asked("/desk/validators")[1]["if-none-match"]
    assert len(house.headlines()) == 3


def test_a_server_that_asks_to_be_left_alone_is_even_when_a_person_asks(tmp_path, server):
    house = make(tmp_path, server, {"desk": feed(server, "/desk/429")})
    house.gather()
    act(read_now, house.config)
    house.gather()
    assert len(server.asked("/desk/429")) == 1


def test_the_first_reading_takes_the_newest_and_never_the_rest(tmp_path, server):
    dates = [
        "Wed, 18 Nov 2026 08:00 GMT",
        "Fri, 20 Nov 2026 08:00 GMT",
        "Thu, 19 Nov 2026 08:00 GMT",
    ]
    parts = [rss("desk", 3).split("<item>")[n + 1].split("</item>")[0] for n in range(3)]
    items = [
        part.replace("Fri, 20 Nov 2026 08:00:00 GMT", date)
        for part, date in zip(parts, dates, strict=True)
    ]
    server.pages["/desk"] = reply(whole(items))
    house = make(tmp_path, server, {"desk": feed(server, "/desk", first_run=1)})
    assert house.headlines() == ["desk 1: council votes on the harbour"]
    new = parts[0].replace(prose("desk", 0), prose("gazette", 7)).replace("desk 0", "desk 7")
    new = new.replace("desk-0", "desk-7").replace("/0", "/7")
    items[0] = items[0].replace("desk-0", "another-guid")  # known by its address and words
    server.pages["/desk"] = reply(whole([new, *items]))
    act(read_now, house.config)
    assert set(house.headlines()) == {
        "desk 1: council votes on the harbour",
        "desk 7: council votes on the harbour",
    }


def whole(items):
    inside = "".join(f"<item>{item}</item>" for item in items)
    return f'<rss version="2.0"><channel><title>T</title>{inside}</channel></rss>'


def test_what_is_too_old_or_too_much_is_counted_by_its_rule(tmp_path, server):
    old = rss("old", 2, date="Fri, 20 Nov 2020 08:00:00 GMT")
    server.pages["/old"] = reply(old)
    house = make(
        tmp_path,
        server,
        {"old": feed(server, "/old", days=7), "many": feed(server, "/many", most=2)},
    )
    act(draft, house.config, "staggers", clock=lambda: NOW)
    assert house.state("old").reading.dropped == (("older than 7 days", 2),)
    assert house.state("many").reading.dropped == (("more than 2 at one reading", 1),)
    assert house.state("many").reading.used == 2


def test_a_feed_of_more_entries_than_are_read_says_so_at_its_source(tmp_path, server):
    items = [f"<title>Vote {n}</title><guid>{n}</guid>" for n in range(1004)]
    server.pages["/long"] = reply(whole(items))
    house = make(tmp_path, server, {"long": feed(server, "/long", most=2)})
    house.gather()
    assert "has 1,004 entries, and the newest 1,000 were read" in house.state("long").remarks[0]


def test_a_saved_feed_gives_a_folder_its_stories_once(tmp_path, server):
    (tmp_path / "saved").mkdir()
    (tmp_path / "saved" / "desk.xml").write_text(rss("desk", 2))
    table = {"kind": "pages", "path": "saved", "first_run": 5}
    house = make(tmp_path, server, {"saved": table})
    assert house.headlines() == [f"desk {n}: council votes on the harbour" for n in range(2)]
    (tmp_path / "saved" / "desk.xml").write_text(rss("desk", 3))
    assert "desk 2: council votes on the harbour" in house.headlines()


def test_a_second_draft_of_another_day_counts_what_was_printed(tmp_path, server):
    house = make(tmp_path, server, {"desk": feed(server, "/desk")})
    gathered = act(draft, house.config, "staggers", clock=lambda: NOW)
    with the_store(house.config, NOW) as store:
        printed = [(item, Treatment.PRINTED) for item in gathered.edition.items]
        store.memory.remember("staggers", gathered.edition.id, printed, NOW.timestamp())
    with pytest.raises(EditionError, match="nothing new"):
        act(draft, house.config, "staggers", clock=lambda: NOW.replace(day=24))
    assert house.state("desk").reading.dropped == (("printed by an earlier edition", 3),)
    assert house.state("desk").reading.used == 0


def test_full_text_is_read_only_where_the_source_allows_it_and_robots_do(tmp_path, server):
    linked = rss("desk", 2).replace("https://desk.example/0", server.url("/open/page"))
    linked = linked.replace("https://desk.example/1", server.url("/closed/page"))
    server.pages["/feed"] = reply(linked)
    server.pages["/robots.txt"] = reply("User-agent: *\nDisallow: /closed", "text/plain")
    server.pages["/open/page"] = reply(article_page("minister"), "text/html; charset=utf-8")
    plain = make(tmp_path / "plain", server, {"desk": feed(server, "/feed")})
    assert len(plain.headlines()) == 2
    assert server.asked("/open/page") == []
    house = make(tmp_path / "full", server, {"desk": feed(server, "/feed", full_text=True)})
    articles = [article for page in house.gather().pages for article in page.articles]
    assert {article.headline for article in articles} == {
        "minister speaks",
        "desk 1: council votes on the harbour",
    }
    flags = {article.headline: " ".join(article.flags) for article in articles}
    assert "summary only" not in flags["minister speaks"]
    assert "summary only: is closed to programs" in flags["desk 1: council votes on the harbour"]
    house.gather()
    assert len(server.asked("/open/page")) == 1


def test_addresses_are_read_as_pages_and_each_dead_one_is_named(tmp_path, server):
    server.pages["/news/harbour-vote.html"] = reply(article_page("harbour"), "text/html")
    server.pages["/picture"] = reply(b"\x89PNG", "image/png")
    server.pages["/latin"] = reply(
        article_page("café").encode("iso-8859-2"), "text/html; charset=iso-8859-2"
    )
    urls = [
        server.url(path) for path in ("/news/harbour-vote.html", "/picture", "/x/gone", "/latin")
    ]
    house = make(tmp_path, server, {"list": {"kind": "urls", "urls": urls, "seconds": 3}})
    gathered = house.gather()
    found = [article for page in gathered.pages for article in page.articles]
    assert [article.headline for article in found] == ["harbour speaks", "café speaks"]
    assert found[0].page.startswith("list-harbour-vote-")
    assert found[0].url == urls[0]
    faults = gathered.sources[0].faults
    assert "'image/png', which is neither HTML nor text" in faults[0]
    assert "404 Not Found" in faults[1]
    assert server.asked("/robots.txt")


def test_a_sources_own_furniture_is_taken_out_and_on_record_but_never_a_label(tmp_path, server):
    body = article_page("harbour").replace(
        "</h1>",
        '</h1><p class="promo">Join our club of readers.</p><p>Photo call: Tuesday at ten.</p>'
        '<p class="promo">Advertisement feature</p>',
    )
    server.pages["/page"] = reply(body, "text/html")
    table = {
        "kind": "urls",
        "urls": [server.url("/page")],
        "remove_css": [".promo"],
        "remove_lines": ["^Photo call:"],
        "language": "cy",
    }
    house = make(tmp_path, server, {"list": table})
    (page,) = house.gather().pages
    (article,) = page.articles
    assert article.language == "cy"
    assert article.verdict == "sponsored"
    assert "club" not in article.text
    assert "Tuesday" not in article.text
    reasons = {line.text: line.reason for line in article.removed}
    assert reasons["Join our club of readers."] == "furniture of this source: .promo"
    assert "^Photo call:" in reasons["Photo call: Tuesday at ten."]


def test_a_folder_that_is_gone_costs_only_itself(tmp_path, server):
    (tmp_path / "saved").mkdir()
    tables = {"desk": feed(server, "/desk"), "saved": {"kind": "pages", "path": "saved"}}
    house = make(tmp_path, server, tables)
    (tmp_path / "saved").rmdir()
    drafted = act(draft, house.config, "staggers", clock=lambda: NOW)
    assert len(drafted.edition.items) == 3
    assert "cannot be read" in house.state("saved").remarks[0]


def test_a_folder_is_watched_and_its_first_run_kept(tmp_path, server):
    (tmp_path / "saved").mkdir()
    for name in ("one", "two"):
        (tmp_path / "saved" / f"{name}.html").write_text(article_page(name))
    table = {"kind": "pages", "path": "saved", "first_run": 1}
    house = make(tmp_path, server, {"saved": table})
    assert len(house.headlines()) == 1
    (tmp_path / "saved" / "three.html").write_text(article_page("three"))
    assert "three speaks" in house.headlines()
    assert len(house.headlines()) == 2


def test_reading_a_source_that_is_not_there_names_those_that_are(tmp_path, server):
    house = make(tmp_path, server, {"desk": feed(server, "/desk")})
    with pytest.raises(ConfigError, match=r"no source 'desc'; config\.toml has: desk"):
        act(read_now, house.config, ["desc"])


def test_every_source_that_fails_leaves_no_edition_and_all_reasons(tmp_path, server):
    house = make(tmp_path, server, {"a": feed(server, "/a/html"), "b": feed(server, "/b/empty")})
    with pytest.raises(EditionError) as caught:
        act(draft, house.config, "staggers", clock=lambda: NOW)
    assert "a web page named 'Hello'" in str(caught.value)
    assert "nothing at all" in str(caught.value)


def test_a_source_is_read_in_any_thread(tmp_path, server):
    """The schedule and the desk in the browser draft in threads of their own."""
    house = make(tmp_path, server, {"desk": feed(server, "/desk")})
    with ThreadPoolExecutor(1) as pool:
        assert len(pool.submit(house.headlines).result(60)) == 3


def test_the_schedule_sends_what_there_is_and_tells_of_the_dead_source_once(tmp_path, server):
    house = make(
        tmp_path, server, {"desk": feed(server, "/desk"), "dead": feed(server, "/dead/html")}
    )
    briefing = house.config.briefing("staggers").model_copy(update={"at": "06:30"})
    config = house.config.model_copy(update={"briefings": {"staggers": briefing}})
    told, now = [], NOW
    slot_runner = SlotRunner(config, lambda: now, tell=told.append)
    for minute in range(0, 60, 10):
        now = NOW + timedelta(minutes=minute)
        slot_runner.attend("staggers")
    with the_store(config, NOW) as store:
        (slot,) = store.slots.newest("staggers", 9)
        assert slot.course == "sent"
    (fault,) = act(source_faults, config, "staggers", clock=lambda: NOW)
    assert len(told) == 1
    assert f"made without what could not be read: {fault} `briefing sources`" in told[0]


def test_a_file_in_the_house_does_not_pass_for_a_library(tmp_path, server, monkeypatch):
    house = make(tmp_path, server, {"desk": feed(server, "/desk")})
    (tmp_path / "feedparser.py").write_text("raise SystemExit('read from the house')")
    monkeypatch.chdir(tmp_path)
    assert len(house.headlines()) == 3
