"""Coming in and going out: cookies, rotation, and every way a session ends."""

import re
from dataclasses import replace
from html import unescape
from http.cookies import SimpleCookie
from urllib.parse import quote

import pytest
from tests.newsrooms import EDITION, opened
from tests.web.asking import Client
from tests.web.desk.conftest import PASSWORD, Browser

from briefing.actions.admin.accounts import TRIES, change_password
from briefing.model.editor import Role
from briefing.web.desk import make_desk

ANOTHER = "another five words for it"


def set_by(answer):
    """The one cookie an answer sets."""
    (written,) = answer.headers.get_list("set-cookie")
    ((name, morsel),) = SimpleCookie(written).items()
    return name, morsel


def test_a_right_password_lets_in_and_a_wrong_one_says_so_without_saying_which(browser, ada):
    assert not browser.is_in()
    for name, password in (("ada", "wrong wrong wrong"), ("eve", PASSWORD), ("", "")):
        answer = browser.sign_in(name, password)
        assert answer.status_code == 403
        assert "That name and that password do not belong together." in answer.text
        assert "set-cookie" not in answer.headers
        assert password not in answer.text or not password
    answer = browser.sign_in()
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    assert browser.is_in()


def test_too_many_wrong_passwords_are_told_and_counted_by_network(browser, ada, app, another):
    for _ in range(TRIES):
        browser.sign_in(password="wrong wrong wrong")
    assert "Wait a quarter of an hour" in browser.sign_in().text
    elsewhere = another()
    elsewhere.client = Client(app, browser.at, follows=False, network="198.51.100.9")
    assert elsewhere.sign_in().status_code == 303


def test_without_tls_the_cookie_is_for_this_site_alone_and_out_of_scripts_reach(browser, ada):
    name, morsel = set_by(browser.sign_in())
    assert name == "desk"
    assert morsel["httponly"]
    assert (morsel["samesite"], morsel["path"], morsel["domain"]) == ("strict", "/", "")
    assert not morsel["secure"], "a browser would drop it on plain http"
    assert not morsel["max-age"], "it ends with the browser"
    assert not morsel["expires"]


def test_with_tls_the_cookie_is_bound_to_this_host_and_to_tls(desk, ada):
    changed = desk.room.config.desk.model_copy(
        update={"public_url": "https://desk.example.org", "proxies": ("127.0.0.1",)}
    )
    desk.room = replace(desk.room, config=desk.room.config.model_copy(update={"desk": changed}))
    browser = Browser(desk, make_desk(lambda: desk.room), "https://desk.example.org")
    answer = browser.client.post(
        "/sign-in",
        data={"name": "ada", "password": PASSWORD},
        headers={"Sec-Fetch-Site": "same-origin", "Origin": "https://desk.example.org"},
    )
    name, morsel = set_by(answer)
    assert name == "__Host-desk"
    assert morsel["secure"]
    assert morsel["httponly"]
    assert (morsel["samesite"], morsel["path"], morsel["domain"]) == ("strict", "/", "")
    assert browser.is_in()


def test_signing_in_never_takes_over_a_session_that_was_planted(browser, ada):
    browser.client.cookies.set("desk", "planted")
    _, morsel = set_by(browser.sign_in())
    assert len(morsel.value) >= 40
    browser.client.cookies.clear()
    browser.client.cookies.set("desk", "planted")
    assert not browser.is_in()


def test_each_sign_in_is_a_session_of_its_own(browser, ada):
    tokens = {set_by(browser.sign_in())[1].value for _ in range(3)}
    assert len(tokens) == 3


def test_a_session_ends_twelve_hours_after_it_began(browser):
    browser.enter()
    for _ in range(11):
        browser.desk.clock.wait(hours=1)
        assert browser.is_in()
    browser.desk.clock.wait(hours=1)
    assert not browser.is_in()


@pytest.mark.parametrize(
    "happens",
    [
        lambda desk: change_password(desk, "ada", ANOTHER),
        lambda desk: desk.store.editors.change("ada", role=Role.APPROVER),
        lambda desk: desk.store.editors.change("ada", role=Role.VIEWER),
        lambda desk: desk.store.editors.remove("ada"),
    ],
    ids=["another password", "the same role again", "another role", "removed"],
)
def test_what_happens_to_an_editor_ends_their_sessions_at_the_next_request(
    browser, another, ada, happens
):
    browser.sign_in()
    other = another()
    other.sign_in()
    assert browser.is_in()
    happens(browser.desk.room)
    for each in (browser, other):
        before = browser.desk.rows()
        assert not each.is_in()
        assert each.post("/editions/{edition}/rebuild").status_code == 403
        assert browser.desk.rows() == before


def test_changing_ones_password_keeps_this_browser_and_signs_the_others_out(browser, another, ada):
    other = another()
    browser.sign_in()
    other.sign_in()
    old = browser.held
    answer = browser.post("/account/password", {"old": PASSWORD, "new": ANOTHER})
    assert (answer.status_code, answer.headers["location"]) == (303, "/account")
    assert set_by(answer)[1].value != old
    assert browser.is_in()
    assert not other.is_in()
    assert other.sign_in().status_code == 403
    assert other.sign_in(password=ANOTHER).status_code == 303


def test_a_password_that_will_not_do_changes_nothing(browser, ada):
    browser.sign_in()
    before = browser.desk.rows("failures", "sqlite_sequence")
    for old, new, said in (
        ("wrong wrong wrong", ANOTHER, "is another one; nothing was changed"),
        (PASSWORD, "short", "has 15 to 256 characters; this one has 5"),
    ):
        answer = browser.post("/account/password", {"old": old, "new": new})
        assert answer.status_code == 422
        assert said in answer.text
        assert old not in answer.text
    assert browser.desk.rows("failures", "sqlite_sequence") == before
    assert browser.is_in()


def test_signing_out_ends_the_session_itself_not_only_the_cookie(browser):
    browser.enter()
    held = browser.held
    answer = browser.post("/sign-out")
    assert answer.headers["location"] == "/sign-in"
    browser.client.cookies.clear()
    browser.client.cookies.set("desk", held)
    assert not browser.is_in()


def test_the_link_of_the_terminal_works_once_and_to_look_at_it_uses_nothing(
    browser, another, invitation
):
    link = invitation.token
    for _ in range(3):
        assert "<form" in browser.get(f"/sign-in?link={link}").text
        assert browser.client.head(f"/sign-in?link={link}").status_code == 200
    assert browser.post("/sign-in", {"link": link}).status_code == 303
    assert browser.is_in()
    late = another()
    answer = late.post("/sign-in", {"link": link})
    assert answer.status_code == 403
    assert "This sign-in link was used" in answer.text
    assert not late.is_in()


def test_another_site_cannot_use_the_link_for_somebody(browser, invitation):
    answer = browser.post(
        "/sign-in", {"link": invitation.token}, headers={"Sec-Fetch-Site": "cross-site"}
    )
    assert answer.status_code == 403
    assert browser.post("/sign-in", {"link": invitation.token}).is_redirect, "nor use it up"


def test_where_editors_have_names_no_link_lets_in(newsroom_folder):
    with opened(newsroom_folder) as desk:
        browser = Browser(desk, make_desk(lambda: desk.room))
        for link in ("", "x"):
            assert browser.post("/sign-in", {"link": link}).status_code == 403


def test_what_is_typed_at_the_door_comes_back_as_text_alone(browser):
    typed = '"><script>alert(1)</script>'
    answers = (
        browser.sign_in(typed),
        browser.client.get("/sign-in", params={"link": typed}),
        browser.post("/sign-in", {"link": typed}),
    )
    for answer in answers:
        assert "<script>alert" not in answer.text


def test_a_link_to_a_page_survives_the_sign_in(browser, ada):
    path = f"/editions/{EDITION}/versions?show=1"
    to = browser.get(path).headers["location"]
    form = browser.get(to).text
    written = unescape(re.search(r'name="to" value="([^"]*)"', form)[1])
    assert written == path
    wrong = browser.post("/sign-in", {"name": "ada", "password": "no", "to": written})
    assert f'value="{path}"' in wrong.text
    answer = browser.post("/sign-in", {"name": "ada", "password": PASSWORD, "to": written})
    assert answer.headers["location"] == path


@pytest.mark.parametrize(
    "to",
    [
        "https://example.org/",
        "//example.org",
        "/\\example.org",
        "example.org",
        "/a\r\nSet-Cookie: x",
        "/\u2028",
        "/" + "a" * 600,
        "",
    ],
)
def test_a_sign_in_leads_to_pages_of_the_desk_alone(browser, ada, to):
    assert 'name="to"' not in browser.get(f"/sign-in?to={quote(to, safe='')}").text
    answer = browser.post("/sign-in", {"name": "ada", "password": PASSWORD, "to": to})
    assert answer.headers["location"] == "/"
