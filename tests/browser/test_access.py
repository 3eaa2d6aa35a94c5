"""Every screen can be used by ear, by keyboard and in the dark: axe-core finds nothing."""

import time
from dataclasses import dataclass, field
from typing import Literal

import pytest
from playwright.sync_api import Page
from tests.browser.axe import bring_axe, violations
from tests.browser.steps import decide_held, edit_headline, send
from tests.sends.domain_reports.written import dmarc, tls

from briefing.actions.resolve_name import the_draft
from briefing.actions.sending.domain_reports import keep_reports
from briefing.sends.domain_reports import read_domain_report
from briefing.web.desk.app import ROUTES

#: What a screen's path is filled with, and the screens that are not pages.
NO_PAGES = (
    "/static/{name}",
    "/editions/{edition}/frame",
    "/editions/{edition}/letter.eml",
    "/editions/{edition}/events",
    "/pictures/{picture}",
)
SCREENS = [
    route.path for route in ROUTES if "GET" in (route.methods or ()) and route.path not in NO_PAGES
]
#: Screens that an address asks for more exactly.
SCREENS += [f"/editions/{{edition}}/letter?form={form}" for form in ("source", "headers")]
SCREENS += ["/inbox/{briefing}?q=the", "/inbox/{briefing}?state=held"]
#: The letter in the frame is for emails/checks.
FRAME = "iframe"
STATES = ("held", "decided", "rejected", "sent")
#: Each width and each scheme once: colours do not depend on the width, nor the order on the scheme.
LOOKS: list[tuple[int, Literal["light", "dark"]]] = [(1280, "light"), (390, "dark")]


@dataclass
class Seen:
    """What axe found nothing in: whole pages, and kinds of text by their colours."""

    pages: set[str] = field(default_factory=set)
    kinds: set[int] = field(default_factory=set)


@pytest.fixture(scope="module")
def walked(tmp_path_factory, open_desk):
    """One desk for the whole module; each test takes it a step further and none back."""
    with open_desk(tmp_path_factory.mktemp("walked") / "house") as desk:
        for content in (dmarc(ends=int(time.time())), tls(good=3)):
            keep_reports(desk.room, read_domain_report(content))
        page = desk.enter(bypass_csp=True)
        bring_axe(page.context)
        yield desk, page, Seen()


#: Puts a page without script in place of the one that stands, where axe stays; done once its style sheet is there.
WRITE = """html => new Promise((loaded) => {
    document.open();
    addEventListener("load", loaded);
    document.write(html);
    document.close();
}).then(() => {})"""


#: True once the sentences of every story stand where it is edited.
WHOLE = "() => [...document.querySelectorAll('[data-sentences]')].every(each => each.querySelector('form'))"


def look_at(page: Page, address: str, seen: Seen) -> str:
    """What axe finds there; nothing where it has `seen` the same elements, in another state of the edition."""
    html = page.request.get(address).text()
    if html in seen.pages:
        return ""
    # Axe takes twice as long for the first page that it looks at; a page with script begins anew.
    if "<script" in html or not page.evaluate("'heard' in window"):
        page.goto(address)
    else:
        page.evaluate(WRITE, html)
    page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true; })")
    page.wait_for_function(WHOLE)
    told = ""
    # No script of the desk's asks for either: the style sheet alone does, and at once.
    # A page begins as the last one ended: each of the two is made half as often.
    here = page.viewport_size or {}
    for again, (width, scheme) in enumerate(
        sorted(LOOKS, key=lambda look: look[0] != here["width"])
    ):
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme)
        told += violations(page, FRAME, again=bool(again), passed=seen.kinds)
    if not told:
        seen.pages.add(html)
    return told


def bring(desk, page, state):
    """Take the edition on to a state, by the desk's own forms, from wherever it is."""
    page.goto(desk.path)
    if state != "held" and the_draft(desk.room, desk.edition).held:
        decide_held(page)
        page.wait_for_selector(".held-pieces", state="detached")
        page.goto(desk.path)
    if state == "rejected":
        page.get_by_text("Send it back").click()
        page.locator("form[action$='/reject'] [name=note]").fill("Lead with the harbours")
        page.get_by_role("button", name="Reject").click()
    elif state == "sent":
        page.locator("#word [name=warnings]").check()
        page.locator("#word button.strong").click()
        page.get_by_text("Exactly these bytes").wait_for()
        send(desk)
        page.goto(f"{desk.path}/readers")
        page.locator("[name=text]").fill("The bill fell by twelve votes, not eleven.")
        page.get_by_role("button", name="Print the correction").click()


@pytest.mark.parametrize("state", STATES)
def test_axe_finds_nothing_on_any_screen(walked, state):
    desk, page, seen = walked
    bring(desk, page, state)
    item = the_draft(desk.room, desk.edition).items[0].id.replace("#", "%23")
    found = {}
    for screen in SCREENS if state in ("held", "sent") else ["/", "/editions/{edition}"]:
        path = screen.replace("{edition}", desk.edition).replace("{item:path}", item)
        path = path.replace("{briefing}", "staggers")
        if path.endswith("/readers") and state != "sent":
            continue
        told = look_at(page, desk.url + path, seen)
        if told:
            found[path] = told
    assert found == {}


def test_axe_finds_nothing_where_something_went_wrong(walked):
    desk, page, seen = walked
    stranger = desk.browser.new_page(bypass_csp=True)
    stranger.goto(f"{desk.url}/sign-in?link=used")
    stranger.get_by_role("button", name="Come in").click()
    stranger.get_by_text("This sign-in link was used").wait_for()
    assert violations(stranger, FRAME) == ""
    assert look_at(page, f"{desk.url}/nowhere", seen) == ""
    assert look_at(page, f"{desk.url}/editions/none-2026-01-01", seen) == ""


def test_a_decision_by_keyboard_takes_the_focus_to_where_the_piece_stands_now(desk):
    page = desk.enter()
    page.goto(desk.path)
    (held,) = the_draft(desk.room, desk.edition).held
    page.locator(".held-pieces").get_by_role("button", name="It is editorial").focus()
    page.keyboard.press("Enter")
    page.locator(f"#pieces [data-item='{held.id}']:focus").wait_for()


def test_the_log_and_the_plain_letter_are_read_on_a_phone_without_moving_them_sideways(desk):
    page = desk.enter(viewport={"width": 390, "height": 900})
    page.goto(f"{desk.url}/log")
    assert page.locator(".as-sentences").evaluate("log => log.scrollWidth <= log.clientWidth")
    assert page.locator(".as-sentences tbody tr").first.locator("td").nth(2).is_visible()
    page.goto(f"{desk.path}/letter?form=text")
    assert page.locator("pre").evaluate("text => text.scrollWidth <= text.clientWidth")


def test_a_headline_that_was_emptied_is_told_by_its_name(desk):
    page = desk.enter()
    page.goto(desk.path)
    edit_headline(page, 1, "")
    page.locator("#told", has_text="Not saved: Headline: ").wait_for()
