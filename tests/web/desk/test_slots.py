"""The first page names the next editions, and an approver changes one day's from there."""

import re
from html import unescape

import pytest
from tests.newsrooms import EDITION, opened
from tests.web.desk.conftest import Browser, send

from briefing.model.mailing import MailingStatus
from briefing.model.schedule_slot import Course
from briefing.web.desk import make_desk


@pytest.fixture
def browser(newsroom_folder):
    """A newsroom whose editions leave at 06:30 in London; its clock stands at six there."""
    with opened(newsroom_folder, BRIEFING_BRIEFINGS__STAGGERS__AT="06:30") as desk:
        yield Browser(desk, make_desk(lambda: desk.room)).enter()


def slots(page):
    return [unescape(one) for one in re.findall(r'name="slot" value="([^"]+)"', page)]


def test_the_next_editions_are_named_and_one_is_moved_and_moved_back(browser):
    today = browser.get("/").text
    slot = slots(today)[0]
    assert "Mon 23 Nov, 06:30 Europe/London</strong>, in 30 min" in today
    assert "Tue 24 Nov, 06:30" in today
    fields = {"briefing": "staggers", "slot": slot}
    answer = browser.post("/slots", fields | {"order": "move", "hour": "07:15"})
    assert f"{slot} leaves at 07:15." in answer.text
    moved = browser.get("/").text
    assert "07:15 Europe/London</strong>, in 1 h 15 min, moved from 06:30" in moved
    browser.post("/slots", fields | {"order": "move back"})
    assert "moved from" not in browser.get("/").text


def test_an_edition_is_left_out_and_taken_up_again(browser):
    fields = {"briefing": "staggers", "slot": slots(browser.get("/").text)[0]}
    browser.post("/slots", fields | {"order": "leave out"})
    left = browser.get("/").text
    assert "Mon 23 Nov, 06:30 Europe/London</del>, left out" in left
    browser.post("/slots", fields | {"order": "take up"})
    assert "left out" not in browser.get("/").text


def test_an_edition_with_an_hour_is_sent_before_it_behind_a_tick_that_says_what_will_happen(
    browser,
):
    desk, mailings = browser.desk, browser.desk.room.store.mailings
    fields = {"briefing": "staggers", "slot": slots(browser.get("/").text)[0], "order": "send now"}
    slot = fields["slot"]
    desk.room.store.slots.claim("staggers", slot, desk.clock().timestamp() + 1800, 0.0)
    desk.room.store.slots.note("staggers", slot, Course.DRAFTED, 0.0, edition=EDITION)
    held = browser.get("/").text
    assert "It cannot be sent now: it waits for a decision on who speaks in it" in held
    assert 'value="send now"' not in held
    desk.decide()
    assert "It cannot be sent now: it waits for approval" in browser.get("/").text
    desk.say()
    assert re.search(
        r"\d letters leave within half a minute; those that have left", browser.get("/").text
    )
    refused = browser.post("/slots", fields)
    assert (refused.status_code, "Tick the box first" in refused.text) == (422, True)
    assert "in 30 min" in browser.get("/").text
    assert f"{slot} leaves now." in browser.post("/slots", fields, sure="yes").text
    assert mailings.find(EDITION) is None
    assert [one.due for one in desk.room.store.slots.open("staggers")] == [desk.clock().timestamp()]


@pytest.mark.parametrize("order", ["", "sell", "move", "take up", "list by hand"])
def test_an_order_that_means_nothing_is_a_sentence(browser, order):
    fields = {"briefing": "staggers", "slot": slots(browser.get("/").text)[0], "order": order}
    answer = browser.post("/slots", fields)
    assert answer.status_code == 422
    assert "That was not done" in answer.text


def test_letters_are_paused_and_go_on_and_an_abort_wants_a_tick(browser):
    send(browser.desk)
    mailings = browser.desk.room.store.mailings
    mailings.reopen(mailings.get(EDITION).number)
    path = f"/editions/{EDITION}/steer"
    browser.post(path, {"order": "pause", "reason": "a wrong name"})
    paused = mailings.get(EDITION)
    assert (paused.status, paused.reason) == (MailingStatus.PAUSED, "a wrong name (ada)")
    browser.post(path, {"order": "resume"})
    assert mailings.get(EDITION).status is MailingStatus.SENDING
    assert browser.post(path, {"order": "abort", "reason": "x"}).status_code == 422
    browser.post(path, {"order": "abort", "reason": "x", "sure": "yes"})
    assert mailings.get(EDITION).status is MailingStatus.ABORTED


def test_an_edition_without_an_hour_is_sent_from_its_page_once_it_is_approved_and_the_box_is_ticked(
    newsroom_folder,
):
    with opened(newsroom_folder) as desk:
        browser = Browser(desk, make_desk(lambda: desk.room)).enter()
        path, mailings = f"/editions/{EDITION}", desk.room.store.mailings
        desk.decide()
        for page in ("/", path):
            assert f'action="{path}/send"' not in browser.get(page).text
        assert browser.post(f"{path}/send", sure="yes").status_code == 422
        desk.say()
        for page in ("/", path):
            assert f'action="{path}/send"' in browser.get(page).text
        assert "Tick the box" in browser.post(f"{path}/send").text
        assert mailings.find(EDITION) is None
        assert "leaves now" in browser.post(f"{path}/send", sure="yes").text
        assert mailings.get(EDITION).status is MailingStatus.SENDING
        assert f'action="{path}/send"' not in browser.get(path).text
        assert "Pause" in browser.get(f"{path}/readers").text


def test_a_draft_of_another_day_is_made_from_the_first_page_and_one_of_today_is_not_made_twice(
    browser,
):
    assert "Make today’s draft" not in browser.get("/").text
    refused = browser.post("/drafts", {"briefing": "staggers"})
    assert f"{EDITION} is there already" in unescape(refused.text)
    assert "no briefing" in browser.post("/drafts", {"briefing": "nowhere"}).text
    browser.desk.clock.wait(days=1)
    browser.enter()
    assert "Make today’s draft" in browser.get("/").text
    made = browser.post("/drafts", {"briefing": "staggers"})
    assert (made.status_code, made.headers["location"]) == (303, "/editions/staggers-2026-11-24")
    assert browser.get("/editions/staggers-2026-11-24").status_code == 200
