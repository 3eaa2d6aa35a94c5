"""What went wrong, as editors read it: once, with what happens next."""

import re
import sqlite3
from contextlib import closing
from dataclasses import replace
from html import unescape

import pytest
from tests.newsrooms import EDITION, opened
from tests.web.desk.conftest import Browser, send

from briefing.model.schedule_slot import Course
from briefing.model.source_record import Copy, Reading
from briefing.web.desk import edition_page, make_desk

FEED = {
    "BRIEFING_SOURCES__WIRE__KIND": "feed",
    "BRIEFING_SOURCES__WIRE__URL": "https://wire.example/feed",
    "BRIEFING_BRIEFINGS__STAGGERS__SOURCES": '["saved_pages", "wire"]',
}


def test_all_that_an_edition_is_made_without_stands_in_one_list(browser, monkeypatch):
    told = ("harbour: it broke off.", "ministry: it is not there.")
    monkeypatch.setattr(edition_page, "source_faults", lambda *_: told)
    page = browser.enter().get(f"/editions/{EDITION}").text
    assert page.count("The edition is made without 2 things that could not be read:") == 1
    assert all(f"<li>{sentence}</li>" in page for sentence in told)


@pytest.mark.parametrize(("policy", "waits"), [("hold", True), ("resend", False)])
def test_a_letter_in_doubt_is_called_so_once_and_who_goes_on_is_said(folder_of_sent, policy, waits):
    with opened(folder_of_sent, BRIEFING_SEND__ON_DOUBT=policy) as desk:
        browser = Browser(desk, make_desk(lambda: desk.room, None)).enter()
        page = browser.get(f"/editions/{EDITION}/readers").text
    assert "in doubt, in doubt" not in page
    assert len(re.findall(r"<td>in doubt</td>", page)) == 1
    assert ("They wait for you" in page) is waits


@pytest.fixture
def folder_of_sent(desk):
    send(desk)
    change(
        desk.folder,
        "UPDATE deliveries SET state = 'in_doubt', doubtful = 1 "
        "WHERE subscriber = (SELECT min(subscriber) FROM deliveries)",
    )
    return desk.folder


def change(folder, statement):
    """Let the database say something else."""
    with closing(sqlite3.connect(folder / "var" / "briefing.db")) as database, database:
        database.execute(statement)


def troubles_on(desk):
    """What Today says went wrong, as words; empty where nothing did."""
    page = Browser(desk, make_desk(lambda: desk.room, None)).enter().get("/").text
    if "What went wrong" not in page:
        return ""
    card = page[page.index('<h2 id="troubles">') :].partition("</section>")[0]
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", card)).split())


def test_today_is_silent_where_nothing_went_wrong(desk):
    assert troubles_on(desk) == ""


def test_today_names_an_address_that_fails_when_it_was_read_and_when_it_is_asked_again(desk):
    with opened(desk.folder, **FEED) as house:
        now = house.clock().timestamp()
        well = Copy(source="wire", address="https://wire.example/feed", body=b"x", good_at=now)
        house.room.store.sources.keep([well])
        assert troubles_on(house) == ""
        house.room.store.sources.keep(
            [
                replace(
                    well, fault="answered 503", failures=2, good_at=now - 7200, next_try=now + 1800
                )
            ]
        )
        told = troubles_on(house)
    assert "The source wire cannot be read: https://wire.example/feed answered 503." in told
    assert "read well 2 h ago, and is asked again in 30 min." in told
    assert "ops give its new address in config.toml" in told


def test_a_folder_that_cannot_be_read_is_on_today(desk):
    fault = "saved_pages: the folder is not there."
    at = desk.clock().timestamp()
    desk.room.store.sources.note_reading(Reading(source="saved_pages", at=at, fault=fault))
    assert fault in troubles_on(desk)


@pytest.mark.parametrize(("policy", "step"), [("hold", "Try again"), ("resend", "by itself")])
def test_today_counts_letters_in_doubt_and_says_who_goes_on(folder_of_sent, policy, step):
    change(folder_of_sent, "UPDATE mailings SET status = 'sending'")
    with opened(folder_of_sent, BRIEFING_SEND__ON_DOUBT=policy) as desk:
        told = troubles_on(desk)
        assert f"1 letter of {EDITION} may have arrived" in told
        assert step in told
        desk.clock.wait(days=8)
        assert troubles_on(desk) == ""


def test_a_paused_mailing_is_on_today_with_its_reason(folder_of_sent):
    change(folder_of_sent, "UPDATE mailings SET status = 'paused', reason = 'the relay says no'")
    with opened(folder_of_sent) as desk:
        told = troubles_on(desk)
    assert f"{EDITION} is paused with" in told
    assert "the relay says no" in told
    assert f"The letters of {EDITION}" in told


def test_an_edition_that_missed_its_hour_is_on_today_until_it_is_sent(desk):
    now, slot = desk.clock().timestamp(), "2026-11-23T06:30 Europe/London"
    slots = desk.room.store.slots
    slots.claim("staggers", slot, now, now)
    slots.note("staggers", slot, Course.MISSED, now, edition=EDITION, reason="nobody approved it")
    told = troubles_on(desk)
    assert "was not sent: nobody approved it." in told
    assert "Send it by hand from its page" in told
    slots.note("staggers", slot, Course.SENDING, now)
    assert troubles_on(desk) == ""
