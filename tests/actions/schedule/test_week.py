"""A week in a minute: everything that befalls a desk, and the ledger at its end."""

from datetime import timedelta

from tests.desks import approve_rendered
from tests.faults.feed_server import FeedServer, reply, rss
from tests.weeks import Week, at

from briefing.actions.open_store import the_store
from briefing.config import load_config
from briefing.model.delivery import State
from briefing.model.schedule_slot import Course

SLOTS = {
    "2026-11-23": Course.SENT,  # Monday: a plain day
    "2026-11-24": Course.MISSED,  # Tuesday: the desk is down until noon
    # Wednesday is a holiday.
    "2026-11-26": Course.MISSED,  # Thursday: nobody approves
    "2026-11-27": Course.SENT,  # Friday: the feed is dead
    "2026-11-28": Course.SENT,  # Saturday: restarted between draft and hour
    "2026-11-29": Course.SKIPPED,  # Sunday: nothing new
}
LEDGER = {
    "staggers-2026-11-23": {State.POSTED: 8},
    "staggers-2026-11-27": {State.POSTED: 8},
    "staggers-2026-11-28": {State.POSTED: 8},
}
#: What ops are told, in order, by a word of each; nothing is told twice.
TOLD = [
    "2026-11-24T06:30 Europe/London: missed. the desk was not running at its hour",
    "Nobody has approved staggers-2026-11-26",
    "2026-11-26T06:30 Europe/London: missed.",
    "staggers-2026-11-27 was made without what could not be read",
    "2026-11-29T06:30 Europe/London: skipped. ",
]


def house_with_feed(folder, server):
    """Every day of the week but Wednesday, approval asked for, a folder of pages and a feed."""
    house = Week(folder, days='"mon-sun"', approval='"required"', holidays='["2026-11-25"]')
    path = folder / "config.toml"
    table = f'[sources.wire]\nkind = "feed"\nurl = "{server.url("/wire")}"\n\n[sponsors]\n'
    path.write_text(path.read_text().replace("[sponsors]\n", table, 1))
    house.environment |= {
        "BRIEFING_BRIEFINGS__STAGGERS__SOURCES": '["saved_pages", "wire"]',
        "BRIEFING_FETCH__ALLOW": f'["127.0.0.1:{server.port}"]',
    }
    house.config = load_config(path, house.environment)
    house.slot_runner = house.start()
    return house


def say_yes(house, day):
    house.live(at(day, 5, 45))
    edition = f"staggers-2026-11-{23 + day}"
    approve_rendered(house.config, edition, yes=True, actor="ada", note="", clock=lambda: house.now)


def live_through(house, server):
    """From Monday to Sunday."""
    server.pages["/wire"] = reply(rss("wire", 2))
    house.page("monday", "Harbour Bridge")
    say_yes(house, 0)
    house.live(at(1, 0))

    house.page("tuesday", "Northern Ferry")
    house.live(at(2, 0), down=(at(1, 4), at(1, 12)))

    house.page("wednesday", "Salt Marsh")
    house.live(at(3, 0))

    house.live(at(4, 0))

    server.pages["/wire"] = reply("it is on fire", "text/plain", "500 Internal Server Error")
    house.page("friday", "Quarry Road")
    say_yes(house, 4)
    house.live(at(5, 0))

    server.pages["/wire"] = reply(rss("wires", 1))
    house.page("saturday", "Canal Street")
    say_yes(house, 5)
    house.slot_runner = house.start()
    house.live(at(6, 0))

    house.live(at(7, 0) - timedelta(minutes=15))


def test_a_week_of_everything_leaves_the_expected_ledger(tmp_path):
    with FeedServer() as server:
        house = house_with_feed(tmp_path, server)
        live_through(house, server)
    assert house.slots() == SLOTS
    with the_store(house.config, house.now) as store:
        ledger = {
            mailing.edition: store.ledger(mailing.number).counts()
            for mailing in store.mailings.all()
        }
    assert ledger == LEDGER
    assert house.letters() == dict.fromkeys(LEDGER, 8)
    assert [word for word in TOLD if any(word in told for told in house.told)] == TOLD
    assert len(house.told) == len(TOLD), house.told
