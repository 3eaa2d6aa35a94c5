"""What went wrong, as editors read it: once, with what happens next."""

import re
import sqlite3
from contextlib import closing

import pytest
from tests.newsrooms import EDITION, opened
from tests.web.desk.conftest import Browser, send

from briefing.web.desk import edition_page, make_desk


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
    with closing(sqlite3.connect(desk.folder / "var" / "briefing.db")) as database, database:
        database.execute(
            "UPDATE deliveries SET state = 'in_doubt', doubtful = 1 "
            "WHERE subscriber = (SELECT min(subscriber) FROM deliveries)"
        )
    return desk.folder
