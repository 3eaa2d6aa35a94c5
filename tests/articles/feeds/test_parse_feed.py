"""Feeds of every kind and every fault become entries, or a sentence; never a crash."""

import asyncio
import json
import time
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.faults.feed_server import prose, rss

from briefing.articles.feeds.feed import entry_page, read_feed
from briefing.articles.feeds.parse_feed import read_feed as read_values
from briefing.articles.make_articles import with_declared
from briefing.articles.split_page import split_page
from briefing.errors import SourceError
from briefing.fetching.fetcher import Fetched
from briefing.model.article import Verdict
from briefing.sandbox.pool import Workers

pytestmark = pytest.mark.usefixtures("started_sandbox")
NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
URL = "https://site.example/feed.xml"
ATOM = """<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Desk</title>
<link href="https://site.example/"/><entry><id>tag:1</id><title type="html">Trams &amp;amp; buses</title>
<link href="/trams?utm_source=feed&amp;id=7"/><author><name>Jo Bloggs</name></author>
<updated>2026-11-20T08:00:00Z</updated><content type="html">&lt;p&gt;TEXT&lt;/p&gt;</content></entry></feed>"""
RDF = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="x"><title>Old</title></channel>
<item rdf:about="https://site.example/1"><title>One</title><link>https://site.example/1</link>
<dc:date>2026-11-20T08:00:00Z</dc:date><description>TEXT</description></item></rdf:RDF>"""
JSON = {
    "version": "https://jsonfeed.org/version/1.1",
    "title": "Desk",
    "items": [
        {
            "id": 7,
            "url": "https://site.example/trams",
            "title": "Trams",
            "content_text": "TEXT\n\nAnd more.",
            "date_published": "2026-11-20T08:00:00Z",
            "authors": [{"name": "Jo Bloggs"}],
            "tags": ["Sponsored"],
        }
    ],
}


def read(body, url=URL, **limits):
    body = body.encode() if isinstance(body, str) else body

    async def work():
        async with Workers(at_once=1, **limits) as workers:
            return await read_feed(Fetched(url=url, body=body), workers, NOW)

    return asyncio.run(work())


def item(inside):
    return f'<rss version="2.0"><channel><title>T</title><item>{inside}</item></channel></rss>'


@pytest.mark.parametrize("body", [rss("alpha", 1), ATOM, RDF, json.dumps(JSON)])
def test_every_kind_of_feed_gives_entries(body):
    (entry,) = read(body).entries
    assert entry.title
    assert entry.url.startswith("https://")
    assert entry.moment == datetime(2026, 11, 20, 8, tzinfo=UTC)
    assert entry.html


def test_a_relative_link_is_resolved_and_a_title_is_plain_text():
    (entry,) = read(ATOM).entries
    assert entry.url == "https://site.example/trams?utm_source=feed&id=7"
    assert entry.title == "Trams & buses"
    assert entry.authors == ("Jo Bloggs",)


def test_a_change_is_no_publication_but_where_the_format_has_one_date_only():
    assert read(ATOM).entries[0].published.moment is None
    assert read(ATOM).entries[0].updated.moment is not None
    assert read(RDF).entries[0].published.basis == "feed"


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("", "nothing at all"),
        ("<!doctype html><html><title>Hello &amp; bye</title>", "a web page named 'Hello & bye'"),
        (b"\x89PNG\r\n\x1a\n" + bytes(300), "not a feed"),
        ("{", "broken JSON"),
        ('{"version": "2"}', "not a JSON Feed"),
        ("[" * 200_000, "nested too deeply"),
    ],
)
def test_what_is_no_feed_is_named(body, words):
    with pytest.raises(SourceError, match=words):
        read(body)


def test_bytes_under_the_wrong_encoding_are_read_and_the_fault_is_a_warning():
    text = rss("alpha", 1).replace("council", "café “council”")
    found = read(text.encode("cp1252"))
    assert "café “council”" in found.entries[0].title
    assert found.warning


def test_a_feed_that_ends_in_the_middle_gives_what_there_is():
    found = read(rss("alpha", 3)[:2500])
    assert 1 <= len(found.entries) <= 3
    assert found.warning


def test_half_a_pair_of_surrogates_becomes_something_that_can_be_stored():
    entry = read(json.dumps(JSON).replace("Trams", "Tr\\ud800ms")).entries[0]
    assert entry.title.encode() == b"Tr?ms"


@pytest.mark.parametrize(("words", "whole"), [(199, False), (200, True)])
def test_a_long_description_is_the_article(words, whole):
    said = read(item(f"<title>A</title><description>{'word ' * words}</description>"))
    assert said.entries[0].whole is whole


def test_an_id_or_address_that_all_entries_share_names_none_of_them():
    shared = "<guid>same</guid><link>https://site.example/</link>"
    body = rss("alpha", 3).replace("<guid>", "<!--").replace("</guid>", "-->")
    for number in range(3):
        body = body.replace(f"<link>https://alpha.example/{number}</link>", shared)
    entries = read(body).entries
    assert [entry.guid for entry in entries] == ["", "", ""]
    assert len({entry.url for entry in entries}) == 3
    assert all(entry.url.startswith("https://site.example/#") for entry in entries)


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("jo@site.example (Jo Bloggs)", ("Jo Bloggs",)),
        ("Jo Bloggs", ("Jo Bloggs",)),
        ("jo@site.example", ()),
        ("Politics", ()),
        ("Jean-Luc O’Neil", ("Jean-Luc O’Neil",)),
    ],
)
def test_an_author_is_somebody_with_a_name(written, name):
    assert read(item(f"<title>A</title><author>{written}</author>")).entries[0].authors == name


def articles(entry):
    page = entry_page(entry, "alpha", NOW)
    assert page.declared is not None
    return with_declared(split_page(page), page.declared)


def test_an_entry_goes_the_way_of_a_page_and_keeps_what_its_feed_says():
    (entry,) = read(rss("alpha", 1)).entries
    (article,) = articles(entry)
    assert article.headline == "alpha 0: council votes on the harbour"
    assert article.published.isoformat() == "2026-11-20"
    assert article.date_basis == "feed"
    assert article.canonical_url == "https://alpha.example/0"
    assert "summary only" in article.flags
    assert article.verdict is Verdict.EDITORIAL


@pytest.mark.parametrize(
    "inside",
    [
        "<title>[Sponsor] A bank speaks to savers</title>",
        "<title>A bank speaks to savers</title><category>Sponsored</category>",
        "<title>Sponsored: A bank speaks to savers</title>",
    ],
)
def test_what_a_feed_says_of_a_payer_is_a_label(inside):
    text = prose("alpha", 1)
    (entry,) = read(item(f"{inside}<description>&lt;p&gt;{text}&lt;/p&gt;</description>")).entries
    (article,) = articles(entry)
    assert article.verdict is Verdict.SPONSORED


def test_a_json_feeds_tag_is_a_label_too():
    body = json.dumps(JSON).replace("TEXT", prose("alpha", 1))
    (article,) = articles(read(body).entries[0])
    assert article.verdict is Verdict.SPONSORED
    assert [author.name for author in article.byline] == ["Jo Bloggs"]


def test_an_entry_without_a_title_is_named_by_its_first_words():
    (entry,) = read(item(f"<description>{prose('alpha', 1)}</description>")).entries
    assert entry_page(entry, "alpha", NOW).declared.headline is None
    assert articles(entry)[0].headline.startswith("Members of alpha said")


#: Each was measured to take an ordinary reader many seconds, or to blow it up.
BOMBS = {
    "entities in entities": '<!DOCTYPE r [<!ENTITY a "ha">'
    + "".join(
        f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True)
    )
    + "]>"
    + item("<title>&i;</title>"),
    "a file of this machine": '<!DOCTYPE r [<!ENTITY f SYSTEM "file:///etc/passwd">]>'
    + item("<title>&f;</title>"),
    "tags in tags": "<rss><channel>" + "<a>" * 300_000,
    "attributes": f"<rss><channel {' '.join(f'a{n}=' + chr(34) * 2 for n in range(100_000))}>",
    "a large one": item("<description>" + "x" * 4_500_000 + "</description>"),
    "many entries": item("").replace("<item></item>", "<item><title>x</title></item>" * 150_000),
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_stays_within_its_limits_and_the_next_feed_is_read(name):
    async def work():
        async with Workers(at_once=1, seconds=1) as workers:
            begun = time.monotonic()
            try:
                bomb = Fetched(url=URL, body=BOMBS[name].encode())
                said = str(await read_feed(bomb, workers, NOW))
            except SourceError as error:
                said = str(error)
            took = time.monotonic() - begun
            after = await read_feed(Fetched(url=URL, body=rss("alpha").encode()), workers, NOW)
            return said, took, after

    said, took, after = asyncio.run(work())
    assert "root:" not in said
    assert took < 20, said
    assert len(after.entries) == 3


def test_a_feed_that_wants_more_memory_than_it_may_is_refused():
    body = json.dumps({**JSON, "items": [{"tags": [[]] * 1_500_000}]})
    with pytest.raises(SourceError, match=r"memory|ended"):
        read(body, megabytes=120)


FRAGMENTS = st.sampled_from(
    ["<rss>", "<item>", "</item>", "<title>", "&amp;", "&#0;", "<![CDATA[", "]]>", "<guid>", "<a b=",
     "<link>", "http://[", "<pubDate>", "1763625600", "\x00", "é", "<feed>", "<entry>", "{", '"items":[']
)  # fmt: skip


@settings(max_examples=2 * settings.default.max_examples, deadline=None)
@given(
    st.one_of(
        st.binary(max_size=400), st.lists(FRAGMENTS, max_size=25).map(lambda x: "".join(x).encode())
    )
)
def test_any_bytes_at_all_are_entries_or_a_sentence(body):
    said = read_values(body, {"url": URL, "type": "text/xml"})
    assert ("fault" in said) != ("entries" in said)
    json.dumps(said)


def test_a_feed_that_breaks_the_parser_itself_is_named_as_damaged():
    body = (  # found by `make fuzz`
        b"<feed xmlns='http://www.w3.org/20" + b"\xff" * 35 + b"\xfe" + b"\xff" * 5 + b"05/Atom'>"
        b"<title>,ost</title><entry><id>1</id><title>A</title><updated>2025-11-20T08:00:00Z</updated>"
        b"<content type='html'>Text</content></entry></feed>"
    )
    assert str(read_values(body, {})["fault"]).startswith("is a feed too damaged to be read (")


def test_a_paid_box_in_an_entry_leaves_its_text_by_a_label_that_readers_never_see():
    """feedparser 6.0.14 strips aria-label, role and data-* from what it hands on."""
    told = (
        "<p>The council agreed the plan for the new bridge on Tuesday, and the town will pay for it.</p>"
        '<div role="note" aria-label="Advertisement"><p>Open an account with Tern Bank today and get a '
        "better rate on all of your savings for the next year.</p></div>"
        "<p>Members asked for the figures, which will be printed in March.</p>"
        "<details><summary>Key points</summary>Rates rise in March.</details><script>var words = 1</script>"
    )
    body = item(f"<title>Bridge plan agreed</title><description><![CDATA[{told}]]></description>")
    (entry,) = read(body).entries
    (article,) = articles(entry)
    assert "Tern Bank" not in article.text
    assert any(line.text.startswith("Advertisement: Open") for line in article.removed)
    assert "pointsRates" not in article.text
    assert "var words" not in article.text + entry.text


def test_the_text_of_a_picture_is_not_the_article():
    """Media RSS 1.5.1: it describes the media object; feedparser 6.0.14 puts it where the article is."""
    media = 'xmlns:media="http://search.yahoo.com/mrss/"'
    caption = "<media:description type='plain'>Members on the steps of the hall after the vote</media:description>"
    for inside in (
        f"{caption}<description>They agreed.</description>",
        f"<description>They agreed.</description>{caption}",
    ):
        body = item(f"<title>Vote</title>{inside}").replace("<rss ", f"<rss {media} ")
        (entry,) = read(body).entries
        assert (entry.html, entry.whole) == ("They agreed.", False)


def test_an_entry_with_no_other_text_has_that_of_its_film():
    media = 'xmlns:media="http://search.yahoo.com/mrss/"'
    inside = "<title>Vote</title><media:group><media:description>They agreed.</media:description></media:group>"
    (entry,) = read(item(inside).replace("<rss ", f"<rss {media} ")).entries
    assert (entry.html, entry.whole) == ("<p>They agreed.</p>", False)


@pytest.mark.parametrize(
    ("language", "place"), [("en", "en"), ("fr-CA", "fr"), ("cy", "fr"), ("", "fr")]
)
def test_of_pages_in_several_languages_the_feeds_own_is_taken_else_the_first(language, place):
    """RFC 4287 section 4.1.2 allows one alternate link a language; feedparser 6.0.14 takes the last of them."""
    links = "".join(
        f'<link rel="alternate" hreflang="{tag}" href="https://site.example/{tag}/1"/>'
        for tag in ("fr", "en", "de")
    )
    body = ATOM.replace('<link href="/trams?utm_source=feed&amp;id=7"/>', links)
    body = body.replace("<feed ", f'<feed xml:lang="{language}" ')
    (entry,) = read(body).entries
    assert entry.url == f"https://site.example/{place}/1"


@pytest.mark.parametrize(
    ("written", "names"),
    [
        ("Ann Lee, Bo Ray and Cy Day", ("Ann Lee", "Bo Ray", "Cy Day")),
        ("Ann Lee &amp; Bo Ray", ("Ann Lee", "Bo Ray")),
        ("Ann Lee, and Bo Ray", ("Ann Lee", "Bo Ray")),
        ("Ann Lee, Political Editor", ("Ann Lee",)),
        ("José Ortega y Gasset", ("José Ortega y Gasset",)),
        ("Lee, Ann", ()),
    ],
)
def test_one_field_may_name_several_authors(written, names):
    body = item(
        f"<title>Vote</title><dc:creator>{written}</dc:creator><description>x</description>"
    )
    body = body.replace("<rss ", '<rss xmlns:dc="http://purl.org/dc/elements/1.1/" ')
    assert read(body).entries[0].authors == names


def test_an_entry_of_another_feed_has_that_feeds_author():
    """RFC 4287 section 4.2.1: an entry without an author has those of its source."""
    source = "<source><title>Other</title><author><name>Cy Day</name></author></source>"
    body = ATOM.replace("<author><name>Jo Bloggs</name></author>", source)
    assert read(body).entries[0].authors == ("Cy Day",)


@pytest.mark.parametrize("kind", ["text/xml", "text/xml; charset=us-ascii", "application/xml", ""])
@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig"])
def test_a_byte_order_mark_says_more_of_the_encoding_than_the_header(kind: str, encoding: str):
    text = item("<title>Café opens</title><description>Tea — and cake.</description>")
    (entry,) = entries_of(text.encode(encoding), kind)
    assert entry["title"] == "Café opens"


def test_text_xml_without_a_charset_is_in_the_encoding_that_it_declares():
    text = f'<?xml version="1.0" encoding="iso-8859-1"?>{item("<title>Café</title>")}'
    said = read_values(text.encode("latin-1"), {"type": "text/xml", "url": URL})
    assert said["warning"] == ""
    assert entries_of(text.encode("latin-1"), "text/xml")[0]["title"] == "Café"


def entries_of(body: bytes, kind: str) -> list[dict[str, str]]:
    said = read_values(body, {"type": kind, "url": URL})
    assert isinstance(said["entries"], list)
    return said["entries"]


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        (
            "&amp;lt;p&amp;gt;It &amp;lt;b&amp;gt;was&amp;lt;/b&amp;gt;.&amp;lt;/p&amp;gt;",
            "<p>It <b>was</b>.</p>",
        ),
        (
            "&lt;p&gt;Write &amp;lt;p&amp;gt; and &amp;lt;/p&amp;gt;.&lt;/p&gt;",
            "<p>Write &lt;p&gt; and &lt;/p&gt;.</p>",
        ),
        ("Less is &amp;lt; more, as a &amp;lt;p&amp;gt; says.", None),
    ],
)
def test_markup_that_was_escaped_once_too_often_is_markup_and_what_is_meant_stays(
    written: str, shown: str | None
):
    (entry,) = read(item(f"<title>T</title><description>{written}</description>")).entries
    assert (entry.html == shown) if shown else ("&lt;" in entry.html)


def test_a_title_whose_markup_was_escaped_twice_is_plain_text():
    title = "Quay &amp;lt;b&amp;gt;opens&amp;lt;/b&amp;gt; at 5 &amp;lt; 6"
    assert read(item(f"<title>{title}</title>")).entries[0].title == "Quay opens at 5 < 6"


@pytest.mark.parametrize(
    ("inside", "hub", "topic"),
    [
        ('<a:link rel="hub" href="https://hub.example/"/>', "https://hub.example/", URL),
        (
            '<a:link rel="hub" href="https://hub.example/"/><a:link rel="self" href="/all.xml"/>',
            "https://hub.example/",
            "https://site.example/all.xml",
        ),
        ('<a:link rel="self" href="/all.xml"/>', "", ""),
        ('<a:link rel="hub" href="javascript:alert(1)"/>', "", ""),
    ],
)
def test_a_feed_names_its_hub_and_itself(inside: str, hub: str, topic: str):
    found = read(
        '<rss version="2.0" xmlns:a="http://www.w3.org/2005/Atom"><channel><title>T</title>'
        f"<link>https://site.example/</link>{inside}<item><title>A</title></item></channel></rss>"
    )
    assert (found.hub, found.topic) == (hub, topic)


def test_a_json_feed_names_its_hub_among_others():
    hubs = [
        {"type": "rssCloud", "url": "https://a.example/"},
        {"type": "WebSub", "url": "https://b.example/"},
    ]
    found = read(json.dumps({**JSON, "hubs": hubs, "feed_url": "https://site.example/feed.json"}))
    assert (found.hub, found.topic) == ("https://b.example/", "https://site.example/feed.json")
