"""The pages for a lost password say the same to everybody."""

import re

import pytest
from tests.newsrooms import opened
from tests.web.desk.conftest import PASSWORD, Browser

from briefing.actions.admin import lost_password as lost
from briefing.actions.admin.accounts import add_editor
from briefing.model.editor import Role
from briefing.web.desk import make_desk

NEW = "another five words for it"


@pytest.fixture
def relayed(newsroom_folder, monkeypatch):
    """A desk whose letters go to a relay, and what it was given."""
    posted = []

    def post(desk, letter):
        posted.append(letter)
        return ""

    monkeypatch.setattr(lost, "post_link", post)
    with opened(newsroom_folder, BRIEFING_SEND__TRANSPORT="smtp") as desk:
        add_editor(desk.room, "ada", Role.APPROVER, PASSWORD)
        browser = Browser(desk, make_desk(lambda: desk.room))
        browser.enter()
        browser.post("/account/address", address="ada@example.org", password=PASSWORD)
        browser.client.cookies.clear()
        yield browser, posted


def test_the_answer_is_the_same_whoever_has_that_name(relayed):
    browser, posted = relayed
    known, unknown = (
        browser.post("/sign-in/lost", name=name, token=None) for name in ("ada", "eve")
    )
    assert known.status_code == unknown.status_code == 200
    assert known.text == unknown.text
    assert [letter.recipient for letter in posted] == ["ada@example.org"]


def test_the_link_leads_to_a_form_and_the_form_to_another_password(relayed):
    browser, posted = relayed
    browser.post("/sign-in/lost", name="ada", token=None)
    text = posted[0].wire.decode().replace("=\r\n", "").replace("=3D", "=")
    path = re.search(r"(/sign-in/new\?token=[\w-]+)", text)[1]
    before = browser.desk.rows()
    link = re.search(r'name="link" value="([^"]+)"', browser.get(path).text)[1]
    assert browser.desk.rows() == before, "to look at it uses nothing up"
    assert browser.post("/sign-in/new", link=link, new=NEW, headers={}).status_code == 403
    assert browser.post("/sign-in/new", link=link, new="short", token=None).status_code == 422
    assert "signed out everywhere" in browser.post("/sign-in/new", link=link, new=NEW).text
    assert browser.post("/sign-in/new", link=link, new=NEW).status_code == 422
    assert browser.sign_in(password=NEW).status_code == 303


def test_where_no_letter_leaves_the_page_says_what_ops_do(browser):
    page = browser.get("/sign-in/lost").text
    assert "briefing editors password" in page
    assert "<form" not in page
