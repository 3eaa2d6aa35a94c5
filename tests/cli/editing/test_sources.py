"""`briefing sources` as somebody at a terminal sees it."""

import json
import tomllib

import pytest
from tests.faults.feed_server import FeedServer, reply, rss
from tests.faults.sourced import article_page, feed, make
from typer.testing import CliRunner

from briefing.articles.feeds.opml import read_opml
from briefing.cli.main import app


@pytest.fixture
def server():
    with FeedServer() as running:
        yield running


@pytest.fixture
def call():
    """Call the command in a house, with the server on its allow-list."""

    def run(house, server, *arguments):
        config = house.folder / "config.toml"
        first, *others = arguments or ("",)
        parts = [first, "--config", str(config), *others] if first else ["--config", str(config)]
        return CliRunner().invoke(app, ["sources", *parts])

    return run


def three_kinds(tmp_path, server):
    (tmp_path / "saved").mkdir()
    (tmp_path / "saved" / "one.html").write_text(article_page("one"))
    server.pages["/page"] = reply(article_page("minister"), "text/html")
    return make(
        tmp_path,
        server,
        {
            "saved": {"kind": "pages", "path": "saved"},
            "council": feed(server, "/council", first_run=2),
            "dead": feed(server, "/dead/html"),
            "speeches": {"kind": "urls", "urls": [server.url("/page"), server.url("/x/gone")]},
        },
    )


def test_the_table_shows_state_numbers_rules_and_faults(tmp_path, server, call):
    house = three_kinds(tmp_path, server)
    assert "new" in call(house, server).output
    asked = call(house, server, "read")
    assert asked.exit_code == 1
    assert "dead: " in asked.stderr
    assert "a web page named 'Hello'" in asked.stderr
    shown = call(house, server).output
    assert "dropped 1: there before the source was followed (first_run)" in shown
    assert "404 Not Found" in shown
    assert [line.split()[:3] for line in shown.splitlines()[1:5]] == [
        ["saved", "pages", "ok"],
        ["council", "feed", "ok"],
        ["dead", "feed", "failing"],
        ["speeches", "urls", "partly"],
    ]


def test_json_has_the_same_for_programs(tmp_path, server, call):
    house = three_kinds(tmp_path, server)
    call(house, server, "read", "council")
    states = {state["name"]: state for state in json.loads(call(house, server, "--json").output)}
    assert states["council"]["state"] == "ok"
    assert states["council"]["reading"]["found"] == 3
    assert states["council"]["next_try"].endswith("+00:00")
    assert states["dead"]["reading"] is None


def test_add_finds_the_feed_a_site_names_and_prints_a_table_that_works(tmp_path, server, call):
    house = three_kinds(tmp_path, server)
    page = (
        "<html><head><title>The council</title>"
        '<link rel="alternate" type="application/rss+xml" href="/harbour">'
        '<link rel="alternate" type="application/rss+xml" href="/comments/nothing"></head>'
    )
    server.pages["/"] = reply(page, "text/html")
    server.pages["/harbour"] = reply(rss("council"))
    found = call(house, server, "add", server.url("/"))
    assert found.exit_code == 0
    table = tomllib.loads(found.stdout)
    assert table == {
        "sources": {"council_2": {"kind": "feed", "url": server.url("/harbour")}},
    }
    assert "council 0: council votes on the harbour" in found.stdout


def test_add_takes_a_feed_itself_or_one_in_a_usual_place(tmp_path, server, call):
    house = three_kinds(tmp_path, server)
    assert server.url("/gazette") in call(house, server, "add", server.url("/gazette")).stdout
    server.pages["/"] = reply("<p>Nothing named here", "text/html")
    server.pages["/feed"] = reply("", status="404 Not Found")
    server.pages["/rss.xml"] = reply(rss("gazette"))
    assert server.url("/rss.xml") in call(house, server, "add", server.url("/")).stdout


def test_a_site_without_a_feed_is_a_sentence(tmp_path, server, call):
    house = three_kinds(tmp_path, server)
    server.pages["/"] = reply("<p>Nothing named here", "text/html")
    for usual in ("feed", "rss.xml", "feed.xml", "rss", "atom.xml", "index.xml", "feed.json"):
        server.pages[f"/{usual}"] = reply("", status="404 Not Found")
    answer = call(house, server, "add", server.url("/"))
    assert "names no feed" in str(answer.exception)


def test_a_title_cannot_leave_its_line(tmp_path, server, call):
    house = three_kinds(tmp_path, server)
    evil = rss("x").replace("<title>x</title>", "<title>a&#10;[send]&#27;[2J\n# b</title>")
    server.pages["/evil"] = reply(evil)
    found = call(house, server, "add", server.url("/evil"))
    assert set(tomllib.loads(found.stdout)) == {"sources"}
    assert "\x1b" not in found.stdout


def test_opml_goes_out_and_comes_in_without_what_is_followed_already(tmp_path, server, call):
    house = three_kinds(tmp_path, server)
    exported = call(house, server, "export").stdout
    assert {feed.url for feed in read_opml(exported.encode())} == {
        server.url("/council"),
        server.url("/dead/html"),
    }
    other = '<outline text="Folder"><outline text="Ports &amp; piers" xmlUrl="https://p.example/f"/></outline>'
    path = tmp_path / "feeds.opml"
    path.write_text(exported.replace("</body>", f"{other}</body>"))
    answer = call(house, server, "import", str(path))
    assert tomllib.loads(answer.stdout) == {
        "sources": {"ports_piers": {"kind": "feed", "url": "https://p.example/f"}},
    }


def test_a_file_that_is_no_opml_is_a_sentence(tmp_path, server, call):
    house = three_kinds(tmp_path, server)
    (tmp_path / "page.html").write_text("<p>Hello</p>")
    assert "not OPML" in str(call(house, server, "import", str(tmp_path / "page.html")).exception)
    assert "cannot be read" in str(call(house, server, "import", str(tmp_path / "no")).exception)


def test_a_config_named_before_the_verb_is_not_silently_another(tmp_path, server):
    house = three_kinds(tmp_path, server)
    config = str(house.folder / "config.toml")
    answer = CliRunner().invoke(app, ["sources", "--config", config, "read"])
    assert answer.exit_code == 2
    assert "after 'read'" in answer.stderr
