"""The button to approve: asked of whoever has not said yes, and red only while somebody has to."""

import re

import pytest
from tests.newsrooms import EDITION
from tests.web.desk.conftest import send

RED = '<button class="strong">Approve'


@pytest.fixture
def page(browser, desk):
    """What somebody sees of the edition."""
    desk.decide()
    return lambda actor: browser.enter(actor=actor).get(f"/editions/{EDITION}").text


def buttons(page):
    """The buttons of the form to approve."""
    form = re.search(r'action="/editions/[^"]+/approve".*?</form>', page, re.DOTALL)
    return re.findall(r"<button[^>]*>Approve", form[0]) if form else []


def test_it_is_red_until_somebody_has_approved_and_who_did_is_not_asked_again(page, desk):
    assert buttons(page("ada")) == [RED]
    desk.say(actor="ada")
    assert "ada approved exactly these bytes" in page("ada")
    assert buttons(page("ada")) == []
    assert buttons(page("ben")) == ["<button>Approve"]


def test_whoever_sent_it_back_is_asked_again(page, desk):
    desk.say(actor="ada")
    desk.say(actor="ada", yes=False)
    assert buttons(page("ada")) == [RED]


def test_nobody_is_asked_once_the_letters_leave(page, desk):
    send(desk)
    assert buttons(page("ben")) == []
