"""A hub on loopback tells us of a feed's news, and nobody else makes us do anything."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

import pytest
import uvicorn
from tests.desks import act
from tests.faults.feed_server import FeedServer, reply
from tests.faults.hourly import item
from tests.faults.hub import Hub, call
from tests.faults.sourced import NOW, SourcedHouse, feed

from briefing.actions.context import Desk, open_desk
from briefing.actions.gather.poll_sources import Poller
from briefing.actions.gather.source_status import state
from briefing.cli.daemon.connections import Doorkeeper, server_settings
from briefing.config import Config
from briefing.model.network.hub_subscription import HubStanding, HubSubscription
from briefing.model.source_record import EntryState
from briefing.web import make_app

MINUTE = timedelta(minutes=1)


def told_of(hub: Hub, entries: int, *, header: bool = False, topic: str = "") -> bytes:
    """A feed that names a hub."""
    inside = "".join(item(number) for number in range(entries))
    own = f'<a:link rel="self" href="{topic}"/>' if topic else ""
    link = "" if header else f'<a:link rel="hub" href="{hub.url}"/>{own}'
    linked = f'Link: <{hub.url}>; rel="hub", <{topic}>; rel="self"\r\n' if header else ""
    text = (
        f'<rss version="2.0" xmlns:a="http://www.w3.org/2005/Atom"><channel><title>Hourly</title>{link}'
        f"{inside}</channel></rss>"
    )
    return reply(text, headers=linked)


@dataclass
class Followed:
    """A house, the feed it follows, and the feed's hub."""

    config: Config
    server: FeedServer
    hub: Hub
    #: What the clock of the public pages shows.
    times: list[datetime]
    poller: Poller = field(default_factory=Poller)

    def poll(self, after: timedelta = timedelta()) -> int:
        """Look after sources so long after the beginning; says how many were read."""
        self.times[0] = NOW + after
        return act(self.poller.poll, self.config, clock=lambda: NOW + after)

    def tells(self, after: timedelta, body: bytes = b"<rss/>", **more: str) -> list[int]:
        """The hub tells of news, so long after the beginning."""
        self.times[0] = NOW + after
        return self.hub.publish(body, **more)

    def subscriptions(self) -> tuple[HubSubscription, ...]:
        return act(_all, self.config)

    def only(self) -> HubSubscription:
        (one,) = self.subscriptions()
        return one


def _all(desk: Desk) -> tuple[HubSubscription, ...]:
    return desk.store.hubs.all()


@contextmanager
def following(folder: Path, **more: object) -> Iterator[Followed]:
    """A house whose public pages and feed are on loopback, and may be asked."""
    listener = socket.create_server(("127.0.0.1", 0))
    with FeedServer() as server, Hub() as hub:
        house = SourcedHouse(folder, server, {"hourly": feed(server, "/hourly", every=30, **more)})
        site = house.config.site.model_copy(
            update={"public_url": f"http://127.0.0.1:{listener.getsockname()[1]}"}
        )
        allow = (*house.config.fetch.allow, f"127.0.0.1:{hub.port}")
        fetch = house.config.fetch.model_copy(update={"allow": allow})
        config = house.config.model_copy(update={"site": site, "fetch": fetch})
        server.pages["/hourly"] = told_of(hub, 3)
        times = [NOW]
        with open_desk(config, lambda: times[0]) as desk:
            settings = server_settings(make_app(desk), Doorkeeper(100))
            settings.log_level = "critical"
            pages = uvicorn.Server(settings)
            thread = threading.Thread(target=pages.run, kwargs={"sockets": [listener]})
            thread.start()
            try:
                yield Followed(config, server, hub, times)
            finally:
                pages.should_exit = True
                thread.join(20)
                listener.close()


@pytest.fixture
def followed(tmp_path: Path) -> Iterator[Followed]:
    with following(tmp_path / "house") as one:
        yield one


def test_a_hub_that_a_feed_names_is_asked_and_verifies_that_it_was_us(followed: Followed):
    followed.poll()
    (form,), one = followed.hub.forms, followed.only()
    assert form["hub.mode"] == "subscribe"
    assert form["hub.topic"] == followed.server.url("/hourly")
    assert form["hub.callback"].endswith(f"/websub/{one.callback}")
    assert len(one.callback) >= 32
    assert 32 <= len(form["hub.secret"]) < 200
    assert one.standing is HubStanding.ACTIVE
    assert one.until == NOW.timestamp() + 864_000


@pytest.mark.parametrize("where", ["in the feed", "in a Link header"])
def test_the_name_a_feed_gives_itself_is_the_topic(followed: Followed, where: str):
    is_header, topic = where == "in a Link header", "https://gazette.example/all.xml"
    followed.server.pages["/hourly"] = told_of(followed.hub, 3, header=is_header, topic=topic)
    followed.poll()
    assert followed.hub.forms[0]["hub.topic"] == "https://gazette.example/all.xml"
    assert followed.only().standing is HubStanding.ACTIVE


@pytest.mark.parametrize("method", ["sha1", "sha256", "sha384", "sha512"])
def test_told_of_news_the_feed_itself_is_asked_before_it_was_due(followed: Followed, method: str):
    followed.poll()
    followed.server.pages["/hourly"] = told_of(followed.hub, 4)
    assert followed.poll(5 * MINUTE) == 0
    assert followed.tells(6 * MINUTE, method=method) == [202]
    assert followed.poll(6 * MINUTE) == 1
    assert len(followed.server.asked("/hourly")) == 2


def test_a_second_delivery_is_another_look_and_no_second_entry(followed: Followed):
    followed.poll()
    followed.server.pages["/hourly"] = told_of(followed.hub, 4)
    for minutes in (5, 5, 6, 6, 6, 7):
        followed.tells(minutes * MINUTE)
        followed.poll(minutes * MINUTE)
    # Not twice in a minute, however often it is told.
    assert len(followed.server.asked("/hourly")) == 4
    assert sum(act(_counted, followed.config).values()) == 4


def _counted(desk: Desk) -> dict[EntryState, int]:
    return desk.store.entries.counts()["hourly"]


@pytest.mark.parametrize(
    "headers",
    [{}, {"X-Hub-Signature": "sha256=00"}, {"X-Hub-Signature": "md5=00"}, {"X-Hub-Signature": "é"}],
    ids=str,
)
def test_what_is_not_signed_is_forgotten_and_nobody_told_so(followed: Followed, headers):
    followed.poll()
    callback = followed.hub.forms[0]["hub.callback"]
    encoded = {name: value.encode("utf-8") for name, value in headers.items()}
    assert call("POST", callback, b"<rss/>", encoded)[0] == 202
    assert followed.tells(5 * MINUTE, secret="another") == [202]
    assert followed.poll(6 * MINUTE) == 0
    assert followed.only().heard == 0


def test_a_body_of_more_than_a_feed_is_refused_and_changes_nothing(followed: Followed):
    followed.poll()
    assert followed.tells(5 * MINUTE, b"x" * (5 * 1024 * 1024 + 1)) == [413]
    assert followed.only().heard == 0


@pytest.mark.parametrize(
    "changed",
    [
        {"topic": "https://other.example/feed"},
        {"mode": "unsubscribe"},
        {"mode": "publish"},
        {"lease_seconds": "0"},
        {"lease_seconds": "-5"},
        {"lease_seconds": "many"},
        {"challenge": ""},
    ],
    ids=str,
)
def test_only_what_we_asked_for_is_confirmed(followed: Followed, changed: dict[str, str]):
    followed.poll()
    before = followed.only()
    assert followed.hub.verify(followed.hub.forms[0], **changed)[0] == 404
    assert followed.only() == before


def test_a_confirmation_that_is_asked_for_again_changes_nothing(followed: Followed):
    followed.poll()
    before = followed.only()
    followed.times[0] = NOW + timedelta(days=9)
    assert followed.hub.verify(followed.hub.forms[0])[0] == 200
    assert followed.only() == before


@pytest.mark.parametrize(("method", "status"), [("GET", 404), ("POST", 410), ("HEAD", 405)])
def test_an_address_that_we_gave_nobody_answers_nothing(
    followed: Followed, method: str, status: int
):
    followed.poll()
    place = f"{followed.config.site.public_url}/websub/guessed"
    assert call(method, f"{place}?hub.mode=subscribe&hub.challenge=x")[0] == status


def test_a_lease_is_renewed_before_it_is_over_under_the_same_address(followed: Followed):
    followed.poll()
    followed.poll(timedelta(days=7))
    assert len(followed.hub.forms) == 1
    followed.poll(timedelta(days=8, hours=1))
    first, again = followed.hub.forms
    assert (again["hub.callback"], again["hub.secret"]) == (
        first["hub.callback"],
        first["hub.secret"],
    )
    assert followed.only().until == (NOW + timedelta(days=18, hours=1)).timestamp()


def test_while_the_hub_tells_of_news_the_feed_is_asked_a_quarter_as_often(followed: Followed):
    followed.poll()
    followed.server.pages["/hourly"] = told_of(followed.hub, 4)
    followed.tells(5 * MINUTE)
    followed.poll(6 * MINUTE)
    assert followed.poll(100 * MINUTE) == 0
    followed.server.pages["/hourly"] = told_of(followed.hub, 5)
    # It asks all the same, and a hub that did not tell of what was new is not relied on any more.
    assert followed.poll(150 * MINUTE) == 1
    assert followed.only().heard == 0
    assert followed.poll(400 * MINUTE) == 1
    assert followed.poll(435 * MINUTE) == 1


def test_a_hub_that_never_told_of_anything_slows_nothing(followed: Followed):
    followed.poll()
    assert followed.poll(34 * MINUTE) == 1


def test_a_source_that_is_gone_is_taken_off_the_hub(followed: Followed):
    followed.poll()
    config = followed.config
    followed.config = config.model_copy(update={"sources": {}})
    followed.poll(60 * MINUTE)
    followed.poll(61 * MINUTE)
    followed.poll(62 * MINUTE)
    assert [form["hub.mode"] for form in followed.hub.forms] == ["subscribe", "unsubscribe"]
    assert followed.hub.subscribed == {}
    assert followed.subscriptions() == ()


def test_a_feed_that_names_another_hub_leaves_the_first(followed: Followed):
    followed.poll()
    with Hub() as other:
        allow = (*followed.config.fetch.allow, f"127.0.0.1:{other.port}")
        fetch = followed.config.fetch.model_copy(update={"allow": allow})
        followed.config = followed.config.model_copy(update={"fetch": fetch})
        followed.server.pages["/hourly"] = told_of(other, 3)
        followed.poll(34 * MINUTE)
        assert followed.hub.subscribed == {}
        assert len(other.subscribed) == 1


def test_a_hub_that_fails_is_asked_less_and_less_often_and_told_of(followed: Followed):
    followed.hub.status = 503
    for hours in range(24):
        followed.poll(timedelta(hours=hours))
    assert len(followed.hub.forms) == 5
    remarks = act(state, followed.config, "hourly").remarks
    assert any("its hub" in remark and "503" in remark for remark in remarks)


def test_a_hub_that_does_not_want_to_is_asked_again_a_day_later(followed: Followed):
    followed.hub.mode = "denied"
    followed.poll()
    assert followed.only().standing is HubStanding.DENIED
    assert followed.poll(34 * MINUTE) == 1
    followed.hub.mode = ""
    followed.poll(timedelta(days=1, hours=1))
    assert followed.only().standing is HubStanding.ACTIVE


def test_a_hub_is_asked_only_where_the_guard_lets_it_be(followed: Followed):
    fetch = followed.config.fetch
    ours = [entry for entry in fetch.allow if str(followed.hub.port) not in entry]
    followed.config = followed.config.model_copy(
        update={"fetch": fetch.model_copy(update={"allow": tuple(ours)})}
    )
    # No TLS and no host of ours; then TLS, and a public name for us, but an address inside.
    followed.poll()
    inside = replace_hub(told_of(followed.hub, 3), followed.hub.url, "https://10.1.2.3/hub")
    followed.server.pages["/hourly"] = inside
    public = followed.config.site.model_copy(update={"public_url": "https://news.gazette.co.uk"})
    followed.config = followed.config.model_copy(update={"site": public})
    followed.poll(34 * MINUTE)
    assert followed.hub.forms == []
    assert "a private address" in followed.only().fault


def replace_hub(answer: bytes, old: str, new: str) -> bytes:
    _, _, body = answer.partition(b"\r\n\r\n")
    return reply(body.replace(old.encode(), new.encode()))


@pytest.mark.parametrize(
    "address",
    ["https://briefing.example", "http://localhost:8080", "https://10.0.0.7", "http://desk"],
)
def test_a_house_that_nobody_outside_can_find_asks_no_hub(followed: Followed, address: str):
    public = followed.config.site.model_copy(update={"public_url": address})
    followed.config = followed.config.model_copy(update={"site": public})
    followed.server.pages["/hourly"] = replace_hub(
        told_of(followed.hub, 3), followed.hub.url, "https://hub.gazette.co.uk/"
    )
    followed.poll()
    assert followed.subscriptions() == ()
