"""What readers open can be used by ear and in the dark: letters of every design, public pages of an edition."""

import re
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from tests.browser.axe import bring_axe, violations
from tests.browser.public_pages import alone, listening
from tests.choosing import choosing

from briefing.actions.editions.correct import correct
from briefing.actions.sending.send import send_edition
from briefing.actions.sending.stop_signal import StopSignal
from briefing.emails import EmailSettings, specimen
from briefing.emails.merge_fields import tokens
from briefing.emails.render import render

SITE = "https://briefing.example.org"
SLOT = datetime(2026, 11, 23, 7, tzinfo=UTC)
DESIGNS = sorted((Path(__file__).parents[2] / "templates" / "email").iterdir())
#: Edition and language of the house.
LETTERS = {
    "filled": (specimen.filled(SLOT), "en-GB"),
    "worst": (specimen.worst(SLOT), "en-GB"),
    "worst, from right to left": (replace(specimen.worst(SLOT), title="نشرة الميناء"), "ar"),
}


def letter(design, edition, language):
    """A letter's HTML with a reader's values in it."""
    settings = EmailSettings(
        template=design,
        site_name="Harbour Press",
        public_url=SITE,
        postal_address="Harbour Press, 1 Quay Street, Leith",
        language=language,
        subscribe_url=f"{SITE}/subscribe/readers",
        archive_url=f"{SITE}/archive/s/today",
        made_url=f"{SITE}/archive/s/today/made",
        opinion_at=f"{SITE}/opinion/today",
        reply_to="desk@press.example.org",
    )
    email = render(edition, settings)
    html = email.html
    for field, token in tokens(email.nonce).items():
        html = html.replace(token, f"{SITE}/{field}" if "url" in field else f"{field}@example.org")
    return html


def heard(page, passed=None):
    """What axe finds in light, and of the colours in dark; of no kind of text that has `passed`."""
    told = ""
    for scheme, only_colours in (("light", False), ("dark", True)):
        page.emulate_media(color_scheme=scheme)
        told += violations(page, only_colours=only_colours, passed=passed)
    return told


#: Texts that begin in Arabic and do not go from right to left, or begin at the left.
WRONG_WAY = """() => [...document.querySelectorAll("p, h1, h2, h3, th, td")].filter((each) => {
    const { direction, textAlign } = getComputedStyle(each);
    return /^\\P{L}*\\p{Script=Arabic}/u.test(each.textContent) && (direction !== "rtl" || textAlign === "left");
}).map(each => each.textContent)"""


@pytest.fixture(scope="module")
def narrow(browser):
    """One page for all tests: each puts a letter there, or goes somewhere."""
    context = browser.new_context(viewport={"width": 375, "height": 800}, bypass_csp=True)
    shown = {"body": specimen.STAND_IN, "content_type": "image/svg+xml"}
    context.route(re.compile("/pictures/"), lambda route: route.fulfill(**shown))
    bring_axe(context)
    yield context.new_page()
    context.close()


@pytest.fixture
def page(narrow):
    narrow.goto("about:blank")
    narrow.emulate_media(media="screen", color_scheme="light")
    return narrow


@pytest.fixture(scope="module")
def passed():
    """Kinds of text whose colours are well in some letter."""
    return set()


@pytest.mark.parametrize("name", LETTERS)
@pytest.mark.parametrize("design", DESIGNS, ids=lambda design: design.name)
def test_axe_finds_nothing_in_a_letter_which_is_one_landmark_with_one_title(
    page, passed, design, name
):
    edition, language = LETTERS[name]
    page.set_content(letter(design, edition, language))
    assert page.get_by_role("main", name=edition.title).count() == 1
    assert page.get_by_role("heading", level=1, name=edition.title).count() == 1
    assert page.evaluate(WRONG_WAY) == []
    assert heard(page, passed) == ""


#: Texts that stand out too little from white, which is what is left of any ground on paper (WCAG 2.2, 1.4.3).
PALE_ON_PAPER = """() => {
  const part = value => value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  const light = colour => {
    const [r, g, b] = colour.match(/[\\d.]+/g).map(figure => part(figure / 255));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  return [...document.querySelectorAll("p, h1, h2, h3, th, td, a, span, strong")]
    .filter(each => [...each.childNodes].some(one => one.nodeType === 3 && one.data.trim()))
    .filter(each => each.checkVisibility() && 1.05 / (light(getComputedStyle(each).color) + 0.05) < 4.5)
    .map(each => each.textContent);
}"""
#: What a browser may break badly over two pages, and how it is told not to.
BREAKS_BADLY = """() => [
  ...[...document.querySelectorAll("div")].filter(each => getComputedStyle(each).display === "inline-block"),
  ...[...document.querySelectorAll("h2, h3")].filter(each => getComputedStyle(each).breakAfter !== "avoid"),
  ...[...document.querySelectorAll("h2, h3, .sponsored, .numbers, .today, .quote")]
    .filter(each => getComputedStyle(each).breakInside !== "avoid"),
  ...[...document.querySelectorAll(".full")].filter(each => getComputedStyle(each).printColorAdjust !== "exact"),
].map(each => each.outerHTML.slice(0, 200))"""


@pytest.mark.parametrize("design", DESIGNS, ids=lambda design: design.name)
def test_a_printed_letter_is_read_on_white_and_breaks_neither_behind_a_heading_nor_in_an_advert(
    page, design
):
    page.set_content(letter(design, *LETTERS["filled"]))
    page.emulate_media(media="print")
    assert page.evaluate(PALE_ON_PAPER) == []
    assert page.evaluate(BREAKS_BADLY) == []


@pytest.fixture
def sent(tmp_path):
    """A house that asks for opinions, its edition, sent and corrected, and the address of its pages."""
    with choosing(tmp_path / "house", BRIEFING_PUBLIC__ASK_OPINIONS="true") as house:
        for title in ("Reed", "Elm", "Oak"):
            house.page("politics", title)
        house.add("ada")
        edition = alone(house.drafted).id
        alone(send_edition, house.desk, edition, None, StopSignal())
        alone(lambda: correct(house.desk, edition, "It was twelve votes, not eleven.", actor="ada"))
        with listening(house.desk) as url:
            yield house, edition, url


def test_axe_finds_nothing_in_the_archived_letter_its_readers_own_page_and_how_it_was_made(
    page, sent
):
    house, edition, url = sent
    text = house.got(edition)["ada"]
    own = urlsplit(re.search(rf"{SITE}/view/\S+", text)[0]).path
    found = {}
    for path in (f"/archive/staggers/{edition}", own, f"/archive/staggers/{edition}/made"):
        page.goto(url + path)
        assert page.get_by_text("It was twelve votes, not eleven.").first.is_visible()
        found[path] = heard(page)
    assert {path: told for path, told in found.items() if told} == {}


def test_a_thumb_of_a_letter_opens_a_page_and_its_button_counts_once(page, sent):
    house, edition, url = sent

    def said():
        count = alone(house.desk.store.opinions.of, edition)
        return count.good, count.bad

    page.goto(f"{url}/archive/staggers/{edition}")
    thumbs = page.get_by_role("link", name=re.compile("Yes, it was|No, it was not"))
    addresses = [thumb.get_attribute("href") for thumb in thumbs.all()]
    assert len(addresses) == 2
    for address in addresses:
        page.goto(url + urlsplit(address).path)
        assert heard(page) == ""
    assert said() == (0, 0)
    page.get_by_role("main").get_by_role("button").click()
    page.get_by_text("It is counted").wait_for()
    assert heard(page) == ""
    assert said() == (0, 1)
