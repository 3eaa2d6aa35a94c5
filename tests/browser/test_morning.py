"""The morning of an editor, counted: clicks, and seconds until the next step can be taken.

`pytest -s tests/browser/test_morning.py` prints both. The seconds are the machine's; the clicks are not.
"""

import shutil
import time
from contextlib import contextmanager

import pytest
from playwright.sync_api import Page, expect
from tests.browser.conftest import SETTINGS, UNSURE, desk_of, saved
from tests.desks import act
from tests.newsrooms import story
from tests.servers.one_page import served

from briefing.actions.editions.draft import draft
from briefing.actions.resolve_name import the_draft
from briefing.config import load_config

TOWNS = (
    "Aldham Brixworth Cheddon Dunmere Elmstow Fallowby Gorsey Hazelton Inverbreck Jubilee Kelpness Larchmere "
    "Mossford Nettlecombe Oakworth Pinehurst Quarryton Rowanby Sedgefen Thornwick Ulverley Valebridge Wickmoor"
).split()
#: Presses of a pointer anywhere in the page, by the browser's own count.
COUNT = """
document.addEventListener("pointerdown", () => {
  sessionStorage.clicks = Number(sessionStorage.clicks || 0) + 1;
}, true);
"""


class Watch:
    """Seconds in which the editor could not go on."""

    seconds = 0.0

    @contextmanager
    def waiting(self):
        begun = time.monotonic()
        yield
        self.seconds += time.monotonic() - begun


@pytest.fixture(scope="module")
def full_house(tmp_path_factory, drafted_desk):
    """A house with twelve stories, one that is held, and more that found no room; copy it."""
    house = tmp_path_factory.mktemp("full") / "house"
    shutil.copytree(drafted_desk, house)
    for number, town in enumerate(TOWNS):
        (house / "seeds" / f"2{number:02}-{town}.txt").write_text(story(f"{town} Bridge"))
    (house / "seeds" / "004-harbours.txt").write_text(UNSURE)
    act(draft, load_config(house / "config.toml", SETTINGS), "staggers")
    return house


@contextmanager
def full_desk(house, folder, browser):
    """The desk of a copy of that house."""
    shutil.copytree(house, folder)
    with desk_of(load_config(folder / "config.toml", SETTINGS), browser) as desk:
        # Where a test went the day before stands in the field.
        desk.room.store.testers.remember(("editor@example.org",), 0.0)
        yield desk


@pytest.fixture
def full(full_house, tmp_path, browser):
    with full_desk(full_house, tmp_path / "house", browser) as desk:
        yield desk


@pytest.fixture(scope="module")
def looked_at(full_house, tmp_path_factory, browser):
    """Such a desk, for tests that change nothing."""
    with full_desk(full_house, tmp_path_factory.mktemp("looked") / "house", browser) as desk:
        yield desk


def clicks(page: Page) -> int:
    return int(page.evaluate("sessionStorage.clicks || 0"))


def test_a_morning_takes_ten_clicks_and_hardly_any_waiting(full):  # noqa: PLR0915 - a whole morning
    desk, watch = full, Watch()
    page = desk.enter(viewport={"width": 1280, "height": 900})
    page.add_init_script(COUNT)
    # By the link that the alert and colleagues send.
    page.goto(desk.path)
    assert page.evaluate("document.documentElement.scrollHeight") <= 4_000

    page.get_by_role("button", name="It is editorial").first.click()
    left_out = page.locator("#others .line").first
    restored = left_out.locator("h3").inner_text()
    left_out.get_by_role("button", name="As lead").click()
    with watch.waiting():
        page.locator("#pieces > li:first-child h3", has_text=restored).wait_for()
        page.wait_for_selector("main[aria-busy=false]")
    dropped = page.locator("#pieces > li").nth(4)
    names = [page.locator("#pieces > li").nth(at).get_attribute("data-item") for at in (4, 5, 6)]
    dropped.get_by_role("button", name="Drop").click()
    with watch.waiting():
        page.locator(f"[data-item='{names[1]}']:focus").wait_for()
    page.keyboard.press("x")
    with watch.waiting():
        page.locator(f"[data-item='{names[2]}']:focus").wait_for()
    page.keyboard.press("x")
    with watch.waiting():
        page.wait_for_selector("main[aria-busy=false]")

    second = page.locator("#pieces > li").nth(1)
    second.locator("details.edit > summary").click()
    kicker = second.locator("[name=kicker]")
    kicker.focus()
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type("Towns")
    page.keyboard.press("Tab")
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type("A headline the desk wrote")
    with watch.waiting():
        sentences = second.locator("form.sentences .sentence")
        sentences.first.wait_for()
    second.locator("form.sentences .sentence:has(:checked)").last.click()
    second.locator("form.sentences .sentence:not(:has(:checked))").first.click()
    page.locator("[name=subject]").click()
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type("The subject of the day")
    page.keyboard.press("Tab")
    with watch.waiting():
        saved(page)
    page.get_by_role("button", name="Send the test").click()
    with watch.waiting():
        page.get_by_text("went to editor@example.org").wait_for()
        # The subject may be saved only now, as its field is left: approve what stands then.
        page.wait_for_selector("main[aria-busy=false]")
        page.locator("#word button.strong").wait_for()
    if page.locator("#word [name=warnings]").count():
        page.locator("#word [name=warnings]").click()
    spent = clicks(page) + 1
    page.locator("#word button.strong").click()
    with watch.waiting():
        page.get_by_text("Exactly these bytes").wait_for()

    edition = the_draft(desk.room, desk.edition)
    assert edition.items[0].headline == restored
    assert edition.subject == "The subject of the day"
    assert edition.items[1].headline == "A headline the desk wrote"
    assert edition.items[1].kicker == "Towns"
    assert set(names) <= {item.id for item in edition.dropped}
    assert not edition.held
    assert desk.room.store.approvals.of(desk.edition)
    print(f"\nThe morning: {spent} clicks, {watch.seconds:.1f} s of waiting")  # noqa: T201 - what it measured
    assert spent <= 10


def test_a_ready_edition_is_approved_on_a_phone_in_three_taps(desk):
    page = desk.enter(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    page.goto(desk.path)
    page.get_by_role("button", name="It is editorial").first.click()
    page.wait_for_selector(".held-pieces", state="detached")
    page.add_init_script(COUNT)
    page.goto(f"{desk.url}/")
    page.locator(".big a").first.tap()
    page.locator("#word button.strong").wait_for()
    tick = page.locator("#word [name=warnings]")
    if tick.count():
        expect(tick).to_be_in_viewport()
        tick.tap()
    page.locator("#word button.strong").tap()
    page.get_by_text("Exactly these bytes").wait_for()
    assert clicks(page) <= 3


@pytest.mark.parametrize(("width", "script"), [(390, True), (390, False), (1280, True)])
def test_what_is_left_out_the_edition_and_the_letter_fit_on_any_screen(looked_at, width, script):
    size = {"width": width, "height": 900}
    page = looked_at.enter(viewport=size, java_script_enabled=script)
    page.goto(looked_at.path)
    assert page.evaluate("document.documentElement.scrollWidth") == width
    # What sticks out of its card and not of the page.
    out = "cards => cards.filter(card => card.scrollWidth > card.clientWidth).map(card => card.innerText)"
    assert page.locator(".card:visible").evaluate_all(out) == []
    boxes = [page.locator(part).bounding_box() for part in (".pool", ".sheet .left", "#preview")]
    places = [(box["x"], box["y"]) for box in boxes]
    if width == 1280:
        assert places == sorted(places), "next to one another"
        assert len({down for _, down in places}) == 1
    else:
        assert len({across for across, _ in places}) == 1, "one below the other"


@pytest.mark.parametrize("begins", ["/editions/{edition}", "/inbox/staggers"])
def test_a_pasted_address_becomes_a_story_of_the_edition_in_two_clicks(tmp_path, open_desk, begins):
    title, _, *paragraphs = story("Quarry Road").split("\n\n")
    page = f"<title>{title}</title><article><h1>{title}</h1><p>{'</p><p>'.join(paragraphs)}</p>"
    with served(page.encode()) as address:
        port = address.split(":")[2].partition("/")[0]
        allow = {"BRIEFING_FETCH__ALLOW": f'["127.0.0.1:{port}"]'}
        with open_desk(tmp_path / "house", **allow) as desk:
            page = desk.enter(viewport={"width": 1280, "height": 900})
            page.add_init_script(COUNT)
            page.goto(desk.url + begins.format(edition=desk.edition))
            page.locator("[name=written]").click()
            page.keyboard.insert_text(address)
            page.get_by_role("button", name="Add", exact=True).click()
            saved(page)
            added = the_draft(desk.room, desk.edition).items[-1]
            assert (added.headline, added.article.canonical_url) == (title, address)
            assert clicks(page) == 2
            page.context.close()


def test_the_last_change_is_taken_back_by_a_key_and_another_persons_is_not(full):
    desk = full
    page = desk.enter(viewport={"width": 1280, "height": 900})
    page.goto(desk.path)
    first = desk.order()
    page.locator("#pieces > li").nth(2).get_by_role("button", name="Make lead").click()
    saved(page)
    page.locator("#pieces > li").nth(3).get_by_role("button", name="Make lead").click()
    saved(page)
    page.locator("h1").click()
    for expected in ([first[2], first[0], first[1]], first[:3]):
        page.keyboard.press("Control+z")
        page.wait_for_selector("main[aria-busy=false]:has(#told:text('Taken back'))")
        page.evaluate("() => { document.getElementById('told').textContent = ''; }")
        assert desk.order()[:3] == expected
    ben = desk.enter("ben")
    ben.goto(desk.path)
    ben.locator("h1").click()
    ben.keyboard.press("Control+z")
    ben.get_by_text("Nothing was taken back").wait_for()
    assert desk.order()[:3] == first[:3]


def test_a_story_that_a_search_finds_is_taken_from_there_and_says_so(full):
    left_out = the_draft(full.room, full.edition).dropped[0]
    page = full.enter()
    page.goto(full.path)
    page.get_by_label("past editions").fill(left_out.headline.split()[0])
    page.get_by_role("button", name="Search").click()
    found = page.locator("#hits > li", has_text=left_out.headline)
    found.get_by_role("button", name="As lead").click()
    saved(page)
    expect(found.get_by_text("in the edition")).to_be_visible()
    assert full.order()[0] == left_out.id
