"""A reader's journey at 390 px over real SMTP: join, choose topics and Fridays, get exactly those, leave all."""

import email
import email.policy
import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from tests.browser.axe import bring_axe, violations
from tests.browser.public_pages import alone, listening
from tests.choosing import choosing
from tests.faults.relay import Relay
from tests.served import wait_for

from briefing.actions.sending.send import send_edition
from briefing.actions.sending.stop_signal import StopSignal

READER = "reader@example.org"
#: The pages of each day's edition, by topic.
STORIES = {
    "politics": ("Reed", "Elm", "Oak", "Ash"),
    "economy": ("Wool", "Tin", "Lead", "Coal"),
    "arts": ("Opera", "Ballet", "Etching", "Fresco"),
}


def read(message):
    return email.message_from_bytes(message, policy=email.policy.default)


class Reader:
    """One mailbox and one browser."""

    def __init__(self, house, relay, url, page):
        self.house, self.relay, self.url, self.page = house, relay, url, page
        self.faults = ""

    def letters(self):
        """What came, oldest first."""
        paths = [one["raw"] for one in self.relay.accepted() if one["recipient"] == READER]
        found = [read(Path(path).read_bytes()) for path in paths]
        return [one.get_body(("plain",)).get_content() for one in found]

    def follow(self, text, part):
        """Open the link of a letter whose path begins with a word."""
        link = re.search(rf"https://briefing\.example\.org(/{part}/\S+)", text)
        self.page.goto(self.url + urlsplit(link[1]).path)

    def look(self):
        """What axe finds on this page, in either scheme."""
        for scheme in ("light", "dark"):
            self.page.emulate_media(color_scheme=scheme)
            self.faults += violations(self.page)
        # Arabic readers get the same page from the right.
        for way in ("rtl", "ltr"):
            self.page.evaluate("way => { document.documentElement.dir = way; }", way)
            over = self.page.evaluate("document.documentElement.scrollWidth > innerWidth")
            self.faults += f"{self.page.url} is wider than the screen, {way}\n" * over

    def titles(self, text):
        return {one for days in STORIES.values() for one in days if f"{one} divides" in text}


@pytest.fixture
def reader(tmp_path, browser):
    settings = {
        "BRIEFING_SEND__TRANSPORT": "smtp",
        "BRIEFING_SEND__SMTP__HOST": "127.0.0.1",
        "BRIEFING_SEND__SMTP__SECURITY": "none",
    }
    (tmp_path / "mail").mkdir()
    with Relay(tmp_path / "mail.jsonl", keep=tmp_path / "mail") as relay:
        settings["BRIEFING_SEND__SMTP__PORT"] = str(relay.port)
        with choosing(tmp_path / "house", **settings) as house, listening(house.desk) as url:
            size = {"width": 390, "height": 844}
            context = browser.new_context(viewport=size, bypass_csp=True)
            bring_axe(context)
            yield Reader(house, relay, url, context.new_page())
            context.close()


def sent(reader, place):
    """An edition of today with a story of each topic, on its way."""
    for topic, titles in STORIES.items():
        reader.house.page(topic, titles[place])
    edition = alone(reader.house.drafted).id
    post(reader, edition)
    return edition


def post(reader, edition):
    alone(send_edition, reader.house.desk, edition, None, StopSignal())


def joined(reader):
    """Sign up and confirm; the letter of welcome comes with the last edition."""
    page, house = reader.page, reader.house
    page.goto(f"{reader.url}/subscribe/readers")
    reader.look()
    house.clock.wait(seconds=3)
    page.get_by_role("textbox", name="email").fill(READER)
    page.get_by_role("button", name="Subscribe").click()
    reader.look()
    (asked,) = wait_for(reader.letters)
    reader.follow(asked, "confirm")
    reader.look()
    page.get_by_role("main").get_by_role("button").first.click()
    reader.look()
    return asked


def test_a_reader_joins_chooses_two_topics_and_fridays_gets_those_alone_and_leaves_all(  # noqa: PLR0915 - all of it
    reader,
):
    house, page = reader.house, reader.page
    house.add("ada")
    house.clock.wait(days=-1)
    thursday = sent(reader, 0)
    asked = joined(reader)
    post(reader, thursday)
    welcome = reader.letters()[-1]
    assert reader.titles(welcome) == {"Reed", "Wool", "Opera"}

    house.add("reader", to="evening")
    reader.follow(welcome, "preferences")
    reader.look()
    own = page.get_by_role("region", name="Readers", exact=True)
    for topic in ("Politics", "Arts"):
        own.get_by_role("checkbox", name=topic).check()
    for day in ("Monday", "Tuesday", "Wednesday", "Thursday", "Saturday", "Sunday"):
        own.get_by_role("checkbox", name=day).uncheck()
    own.locator("button[value=choose]").click()
    reader.look()
    house.clock.wait(days=1)
    sent(reader, 1)
    friday = reader.letters()[-1]
    assert reader.titles(friday) == {"Elm", "Ballet"}
    house.clock.wait(days=3)
    sent(reader, 2)
    assert len(reader.letters()) == 3, "Monday is not a Friday"

    reader.follow(friday, "unsubscribe")
    reader.look()
    reader.follow(friday, "preferences")
    page.locator("button[value=leave-all]").click()
    reader.look()
    page.get_by_role("heading", name="no more letters of The Staggers Weekly").wait_for()
    assert {one.standing for one in house.desk.store.subscribers.find(READER)} == {"unsubscribed"}
    house.clock.wait(days=4)
    reader.follow(asked, "confirm")
    reader.look()
    sent(reader, 3)
    assert len(reader.letters()) == 3, "whoever left gets nothing"
    assert reader.faults == ""


def test_a_link_that_is_over_leads_to_another_by_one_press_and_that_one_to_the_letters(reader):
    house, page = reader.house, reader.page
    page.goto(f"{reader.url}/subscribe/readers")
    house.clock.wait(seconds=3)
    page.get_by_role("textbox", name="email").fill(READER)
    page.get_by_role("button", name="Subscribe").click()
    (first,) = wait_for(reader.letters)
    house.clock.wait(days=30)
    reader.follow(first, "confirm")
    reader.look()
    page.get_by_role("button", name="Send me another link").click()
    reader.look()
    second = wait_for(lambda: reader.letters()[1:])[0]
    assert re.search(r"/confirm/\S+", second)[0] != re.search(r"/confirm/\S+", first)[0]
    reader.follow(second, "confirm")
    page.get_by_role("main").get_by_role("button").first.click()
    reader.look()
    assert {one.standing for one in house.desk.store.subscribers.find(READER)} == {"active"}
    reader.follow(first, "confirm")
    reader.look()
    assert reader.faults == ""
