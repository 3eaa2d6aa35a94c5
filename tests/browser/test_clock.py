"""Editors change the hour and the list for one day, and let an edition go, from the first page."""

import pytest
from playwright.sync_api import expect
from tests.browser.steps import approve

from briefing.actions.readers.import_list import sync_lists
from briefing.actions.resolve_name import list_of, the_draft
from briefing.actions.schedule.upcoming import coming
from briefing.model.schedule_slot import Course

MEMBERS = {"BRIEFING_LISTS__MEMBERS__PATH": "members.csv"}
HOUR = {"BRIEFING_BRIEFINGS__STAGGERS__AT": "06:30"}


@pytest.fixture
def two_lists(tmp_path, open_desk):
    """A desk of a house with two lists, once a test says what else it has."""

    def opened(**more):
        return open_desk(tmp_path / "house", **MEMBERS, **more)

    (tmp_path / "house").mkdir()
    (tmp_path / "house" / "members.csv").write_text("email\nmember@example.org\n")
    return opened


def approved(desk, page):
    page.goto(desk.path)
    page.get_by_role("button", name="It is editorial").first.click()
    page.wait_for_selector(".held-pieces", state="detached")
    approve(page)


@pytest.mark.parametrize("script", [True, False])
def test_an_edition_without_an_hour_goes_to_another_list_and_leaves_behind_a_tick(
    two_lists, script
):
    with two_lists() as desk:
        sync_lists(desk.room)
        page = desk.enter(java_script_enabled=script)
        page.goto(desk.url)
        page.get_by_label("List, of this edition alone").select_option("members")
        page.get_by_role("button", name="Change the list").click()
        expect(page.get_by_text("goes to the list 'members', 1 active readers")).to_be_visible()
        assert list_of(desk.room, the_draft(desk.room, desk.edition)) == "members"
        approved(desk, page)
        page.goto(desk.url)
        form = page.locator(f"form[action='/editions/{desk.edition}/send']")
        form.get_by_label("1 letter leave").check()
        form.get_by_role("button", name="Send it now").click()
        expect(page.get_by_text("within half a minute").first).to_be_visible()
        assert desk.room.store.mailings.get(desk.edition).list == "members"


@pytest.fixture
def slot(two_lists):
    """What opens the first page and gives the line of one day's edition with its forms; and the desk."""
    with two_lists(**HOUR) as desk:
        sync_lists(desk.room)
        # Not the next one: its hour may strike while the test runs.
        one = coming(desk.room)[1]
        desk.room.store.slots.claim("staggers", one.slot, one.at.timestamp(), 0.0)
        desk.room.store.slots.note("staggers", one.slot, Course.DRAFTED, 0.0, edition=desk.edition)
        page = desk.enter()

        def opened():
            page.goto(desk.url)
            shown = page.locator(".coming > li").filter(has=page.locator(f"[value='{one.slot}']"))
            if shown.locator("summary").count():
                shown.locator("summary").click()
            return shown

        yield opened, desk


def test_the_hour_and_the_list_of_one_day_each_say_what_will_happen_and_are_taken_back(slot):
    line, _ = slot
    shown = line()
    expect(shown.get_by_text("whoever approved it is not asked again")).to_be_visible()
    shown.get_by_label("Hour, that day alone").fill("07:15")
    shown.get_by_role("button", name="Change the hour").click()
    expect(shown.page.get_by_text("leaves at 07:15")).to_be_visible()
    expect(line().get_by_text("moved from 06:30")).to_be_visible()
    shown.get_by_role("button", name="Back to 06:30").click()
    shown = line()
    expect(shown.get_by_text("moved from 06:30")).to_have_count(0)
    expect(shown.get_by_text("Whoever approved it is asked again")).to_be_visible()
    shown.get_by_label("List, that day alone").select_option("members")
    shown.get_by_role("button", name="Change the list").click()
    expect(line().get_by_text("to the list members")).to_be_visible()
    shown.get_by_role("button", name="Leave it out").click()
    expect(line().get_by_text("left out")).to_be_visible()
    shown.get_by_role("button", name="Take it up again").click()
    expect(line().get_by_text("left out")).to_have_count(0)


def test_an_edition_is_sent_before_its_hour_once_it_is_approved_and_the_box_is_ticked(slot):
    line, desk = slot
    shown = line()
    expect(shown.get_by_text("It cannot be sent now: it waits for")).to_be_visible()
    approved(desk, shown.page)
    button = line().get_by_role("button", name="Send it now")
    button.click()
    tick = shown.get_by_role("checkbox")
    assert tick.evaluate("box => box.validity.valueMissing")
    expect(shown.get_by_text("those that have left do not come back")).to_be_visible()
    tick.check()
    button.click()
    expect(shown.page.get_by_text("leaves now")).to_be_visible()
