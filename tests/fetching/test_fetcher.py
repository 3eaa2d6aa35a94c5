"""The fetcher goes where it may, stops where it must, and says why."""

import asyncio
import ipaddress
import socket
import threading
import time
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from tests.faults.feed_server import FeedServer, reply, rss

from briefing.errors import SourceError
from briefing.fetching.allowlist import Allowed
from briefing.fetching.fetcher import Ask, Fetcher, Reach

AGENT = "briefing/0.1 (+https://desk.example; desk@example.org)"


@pytest.fixture
def server():
    with FeedServer() as running:
        yield running


def get(server, path, *, resolve=None, **asked):
    """Read a path of the server, which is on the allow-list."""
    reach = Reach(user_agent=AGENT, allowed=Allowed.parse([f"127.0.0.1:{server.port}"]))
    url = path if "://" in path else server.url(path)
    return fetch(reach, Ask(url=url, **asked), resolve)


def fetch(reach, ask, resolve=None):
    async def work():
        more = {"resolve": resolve} if resolve else {}
        async with Fetcher(reach, **more) as fetcher:
            return await fetcher.get(ask)

    return asyncio.run(work())


def refusal(*arguments, **asked):
    with pytest.raises(SourceError) as caught:
        get(*arguments, **asked)
    return caught.value


def test_a_feed_is_read_under_an_honest_name(server):
    found = get(server, "/alpha")
    assert found.body == rss("alpha").encode()
    assert found.media_type == "application/rss+xml"
    assert server.asked("/alpha")[0]["user-agent"] == AGENT


def test_both_validators_go_back_word_for_word(server):
    first = get(server, "/alpha/validators")
    assert first.body == rss("alpha").encode()  # unpacked
    again = get(server, "/alpha/validators", etag=first.etag, last_modified=first.last_modified)
    assert again.unchanged
    assert again.body == b""
    asked = server.asked("/alpha/validators")[1]
    assert asked["if-none-match"] == 'w/"alpha-1"'
    assert asked["if-modified-since"] == first.last_modified.lower()


def test_a_move_for_good_is_named(server):
    assert get(server, "/alpha/moved").moved == server.url("/alpha")


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        ("huge", "more than the 200,000 bytes"),
        ("bomb", "more than the 200,000 bytes"),
        ("429", "asked too often"),
        ("loop", "in a circle"),
        ("304", "says that nothing has changed"),
        ("cut-off", "broke off"),
        ("private", "leads to 10.11.12.13, a private address"),
        ("nothing", "404 Not Found"),
    ],
)
def test_a_fault_is_a_sentence(server, fault, words):
    assert words in str(refusal(server, f"/alpha/{fault}", largest=200_000))


def test_a_server_that_drips_is_left_at_the_limit(server):
    begun = time.monotonic()
    assert "took longer than 1 s;" in str(refusal(server, "/alpha/slow", seconds=1))
    assert time.monotonic() - begun < 20


def test_retry_after_is_kept_as_seconds_or_as_a_date(server):
    assert refusal(server, "/alpha/429").wait == 3600
    date = "Retry-After: Sun, 01 Jan 2006 00:00:00 GMT\r\n"
    server.pages["/past"] = reply("", status="503 Busy", headers=date)
    assert refusal(server, "/past").wait == 0
    server.pages["/junk"] = reply("", status="503 Busy", headers="Retry-After: soon\r\n")
    assert refusal(server, "/junk").wait is None


def test_a_body_packed_as_something_else_is_refused(server):
    server.pages["/br"] = reply(b"xx", headers="Content-Encoding: br\r\n")
    server.pages["/twice"] = reply(b"xx", headers="Content-Encoding: gzip, gzip\r\n")
    server.pages["/lie"] = reply(b"plain", headers="Content-Encoding: gzip\r\n")
    assert "'br'" in str(refusal(server, "/br"))
    assert "'gzip, gzip'" in str(refusal(server, "/twice"))
    assert "it is not" in str(refusal(server, "/lie"))


def test_robots_are_heeded_for_pages_and_asked_once(server):
    rules = "User-agent: *\nDisallow: /closed\n\nUser-agent: other\nDisallow: /"
    server.pages["/robots.txt"] = reply(rules, "text/plain")
    server.pages["/open"] = reply("<p>Hello", "text/html")
    assert get(server, "/open", robots=True).body == b"<p>Hello"
    assert "closed to programs" in str(refusal(server, "/closed/page", robots=True))
    assert server.asked("/closed/page") == []
    assert get(server, "/alpha").body  # a feed is published for programs


def test_a_site_without_robots_is_open_and_one_that_fails_is_not(server):
    server.pages["/page"] = reply("<p>Hello", "text/html")
    assert get(server, "/page", robots=True).body
    server.pages["/robots.txt"] = reply("", status="500 Broken")
    assert "RFC 9309" in str(refusal(server, "/page", robots=True))
    assert len(server.asked("/page")) == 1


#: As a browser, a feed or a redirect might spell a way inside. PORT is a server that counts.
HOSTILE = [
    "http://127.0.0.1:PORT/",
    "http://localhost:PORT/",
    "http://LOCALHOST.:PORT/",
    "http://127.1:PORT/",
    "http://2130706433:PORT/",
    "http://0x7f000001:PORT/",
    "http://0x7f.1:PORT/",
    "http://0177.0.0.1:PORT/",
    "http://017700000001:PORT/",
    "http://0.0.0.0:PORT/",
    "http://0:PORT/",
    "http://[::1]:PORT/",
    "http://[::]:PORT/",
    "http://[::ffff:127.0.0.1]:PORT/",
    "http://[::ffff:7f00:1]:PORT/",
    "http://[::127.0.0.1]:PORT/",
    "http://[64:ff9b::7f00:1]:PORT/",
    "http://[64:ff9b:1::a00:1]/",
    "http://[2002:7f00:1::]/",
    "http://[2001:0:53aa:64c:0:fbff:80ff:fffe]/",
    "http://[fd00::1]/",
    "http://[fe80::1]/",
    "http://[fec0::1]/",
    "http://[ff02::1]/",
    "http://169.254.169.254/latest/meta-data/",
    "http://100.64.0.1/",
    "http://10.0.0.1/",
    "http://172.31.255.254/",
    "http://192.168.1.1/",
    "http://224.0.0.1/",
    "http://127。0。0。1:PORT/",
    "http://user@127.0.0.1:PORT/",
    "file:///etc/passwd",
    "gopher://127.0.0.1:PORT/_",
    "http://\uff11\uff12\uff17.0.0.1:PORT/",
]


def test_thirty_five_hostile_addresses_are_refused_without_one_connection():
    reach = Reach(user_agent=AGENT)
    assert len(set(HOSTILE)) == 35
    with FeedServer() as counting:
        for address in HOSTILE:
            with pytest.raises(SourceError) as caught:
                fetch(reach, Ask(url=address.replace("PORT", str(counting.port)), seconds=10))
            assert "cannot be reached" not in str(caught.value), address
        assert counting.connections == 0


@pytest.mark.parametrize(
    "answers", [["127.0.0.1"], ["93.184.216.34", "10.0.0.1"], ["fd00::5%eth0"]]
)
def test_a_name_is_refused_when_any_of_its_addresses_is_inside(answers):
    async def resolve(host, port):
        return answers

    with pytest.raises(SourceError, match=r"leads to .*nothing was asked"):
        fetch(Reach(user_agent=AGENT), Ask(url="http://news.example/"), resolve)


def test_a_name_that_changes_its_answer_gains_nothing(server):
    """Each connection has one look-up, and that very answer is vetted."""
    asked = []

    async def resolve(host, port):
        asked.append(host)
        return ["10.0.0.1"] if len(asked) == 1 else ["127.0.0.1"]

    said = str(refusal(server, f"http://rebinding.example:{server.port}/", resolve=resolve))
    assert "leads to 10.0.0.1, a private address" in said
    assert server.connections == 0


def test_a_connection_goes_to_the_very_address_that_was_vetted(server):
    asked = []

    async def resolve(host, port):
        asked.append(host)
        return ["127.0.0.1"] if len(asked) == 1 else ["10.0.0.1"]

    reach = Reach(user_agent=AGENT, allowed=Allowed.parse([f"wiki.example:{server.port}"]))
    assert fetch(reach, Ask(url=f"http://wiki.example:{server.port}/alpha"), resolve).body
    assert asked == ["wiki.example"]


def test_a_redirect_is_vetted_like_the_first_address(server):
    closed = FeedServer()
    with closed:
        where = f"Location: http://127.0.0.1:{closed.port}/secret\r\n"
        server.pages["/out"] = reply("", status="302 Found", headers=where)
        assert "this machine" in str(refusal(server, "/out"))
        assert closed.connections == 0


def test_a_strangers_feed_does_not_lead_to_hosts_of_our_own(server):
    assert get(server, "/alpha", led_by=server.url("/feed")).body
    before = server.connections
    said = str(refusal(server, "/alpha", led_by="http://stranger.example/feed"))
    assert "no stranger's page may lead there" in said
    assert server.connections == before


def test_a_host_is_our_own_by_what_ops_wrote_and_never_by_where_its_name_points_today(server):
    """A stranger's feed whose name is later pointed into our network must not lead anybody there."""

    async def resolve(host, port):
        return ["127.0.0.1"]

    reach = Reach(user_agent=AGENT, allowed=Allowed.parse([f"127.0.0.0/8:{server.port}"]))
    url, here = f"http://feed.example:{server.port}/alpha", f"http://127.0.0.1:{server.port}/alpha"
    assert fetch(reach, Ask(url=url), resolve).body, "what config names may be asked there"
    with pytest.raises(SourceError, match=r"leads to 127\.0\.0\.1"):
        fetch(reach, Ask(url=here, led_by=url), resolve)
    assert fetch(reach, Ask(url=here, led_by=here), resolve).body, "an address was written itself"


def test_a_port_of_a_public_host_that_is_none_of_the_webs_is_refused():
    async def resolve(host, port):
        return ["93.184.216.34"]

    with pytest.raises(SourceError, match="only 80 and 443"):
        fetch(Reach(user_agent=AGENT), Ask(url="http://news.example:6379/"), resolve)


@pytest.mark.parametrize(
    ("entry", "host", "address", "port", "open_"),
    [
        ("wiki.example", "wiki.example", "10.0.0.1", 443, True),
        ("wiki.example", "wiki.example", "10.0.0.1", 8080, False),
        ("wiki.example:8080", "WIKI.example", "10.0.0.1", 8080, True),
        ("10.2.0.0/16", "other.example", "10.2.3.4", 80, True),
        ("10.2.0.0/16", "other.example", "10.3.3.4", 80, False),
        ("[fd00::/8]:8080", "other.example", "fd12::1", 8080, True),
        ("fd00::/8", "other.example", "fd12::1", 443, True),
    ],
)
def test_the_allow_list_opens_what_it_names(entry, host, address, port, open_):
    allowed = Allowed.parse([entry])
    found = allowed.names(host, port) or allowed.holds(ipaddress.ip_address(address), port)
    assert found is open_


@pytest.mark.parametrize(
    "entry", ["", "a b:99999", "http://wiki.example", "10.0.0.0/99", "10.1.2.3/8"]
)
def test_an_entry_of_the_allow_list_that_means_nothing_is_refused(entry):
    with pytest.raises(ValueError, match=r"neither|does not appear|host bits"):
        Allowed.parse([entry])


def test_a_server_that_is_not_there_is_named_so():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    reach = Reach(user_agent=AGENT, allowed=Allowed.parse([f"127.0.0.1:{port}"]))
    with pytest.raises(SourceError, match="cannot be reached: Connection refused"):
        fetch(reach, Ask(url=f"http://127.0.0.1:{port}/"))


def test_a_form_is_posted_as_a_mailbox_posts_its_one_click():
    heard = []

    class OneClick(BaseHTTPRequestHandler):
        def do_POST(self):
            length = int(self.headers["Content-Length"])
            heard.append((self.headers["Content-Type"], self.rfile.read(length)))
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_):
            """Say nothing."""

    with HTTPServer(("127.0.0.1", 0), OneClick) as server:
        thread = threading.Thread(target=server.handle_request)
        thread.start()
        port = server.server_address[1]
        reach = Reach(user_agent=AGENT, allowed=Allowed.parse([f"127.0.0.1:{port}"]))
        url = f"http://127.0.0.1:{port}/unsubscribe/1"
        fetch(reach, Ask(url=url, form="List-Unsubscribe=One-Click"))
        thread.join()
    assert heard == [("application/x-www-form-urlencoded", b"List-Unsubscribe=One-Click")]
