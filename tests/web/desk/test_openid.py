"""Signing in by an OpenID provider: whatever it says that does not hold lets nobody in."""

from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from joserfc.jwk import RSAKey
from pydantic import SecretStr
from tests.newsrooms import opened
from tests.servers.openid_provider import OpenIdProvider
from tests.web.desk.conftest import HERE, PASSWORD, Browser

from briefing.actions.admin.accounts import add_editor
from briefing.config.openid import OpenId
from briefing.model.editor import Role
from briefing.web.desk import make_desk


@pytest.fixture
def house(newsroom_folder):
    """A desk with the editor ada, whom a provider knows by her address."""
    with (
        opened(newsroom_folder) as desk,
        OpenIdProvider("briefing", "s3cret", desk.clock) as provider,
    ):
        add_editor(desk.room, "ada", Role.APPROVER, PASSWORD)
        found: Any = desk
        found.provider = provider

        def settle(**values):
            openid = OpenId.model_construct(
                **{
                    "issuer": provider.issuer,
                    "client_id": "briefing",
                    "secret": SecretStr("s3cret"),
                    "secret_file": "",
                    "title": "your house's account",
                    "claim": "email",
                    "people": {"ada@example.org": "ada"},
                }
                | values
            )
            config = desk.room.config
            changed = {
                "desk": config.desk.model_copy(update={"openid": openid}),
                "fetch": config.fetch.model_copy(update={"allow": (provider.place,)}),
            }
            object.__setattr__(desk.room, "config", config.model_copy(update=changed))

        found.settle = settle
        settle()
        yield found


@pytest.fixture
def browser(house):
    return Browser(house, make_desk(lambda: house.room))


def begun(browser, to=""):
    """On to the provider: what the browser asks there."""
    answer = browser.get(f"/sign-in/openid?to={to}")
    assert answer.status_code == 303
    return dict(parse_qsl(urlsplit(answer.headers["location"]).query))


def come_back(browser, told):
    return browser.post("/sign-in/openid/back", told)


def signed_in(browser, to=""):
    return come_back(browser, browser.desk.provider.consent(begun(browser, to)))


def test_an_editor_whom_the_provider_knows_comes_in_with_their_role(browser):
    assert "Sign in with your house&#39;s account" in browser.get("/sign-in").text
    asked = begun(browser, "/log")
    assert asked["redirect_uri"] == f"{HERE}/sign-in/openid/back"
    assert (asked["scope"], asked["code_challenge_method"]) == ("openid email profile", "S256")
    told = browser.desk.provider.consent(asked)
    rows = browser.desk.rows()
    page = browser.get(f"/sign-in/openid/back?state={told['state']}&code={told['code']}")
    assert (page.status_code, "Come in" in page.text) == (200, True)
    assert browser.desk.rows() == rows
    answer = come_back(browser, told)
    assert (answer.status_code, answer.headers["location"]) == (303, "/log")
    assert browser.is_in()
    assert "approver" in str(browser.desk.room.store.editors.find("ada").role)


LIES = {
    "another issuer": {"iss": "https://evil.example"},
    "no issuer": {"iss": None},
    "another audience": {"aud": "shop"},
    "several audiences and another party": {"aud": ["briefing", "shop"], "azp": "shop"},
    "no audience": {"aud": None},
    "a time that is over": {"exp": 1_700_000_000},
    "no end": {"exp": None},
    "a time to come": {"iat": 4_000_000_000},
    "another nonce": {"nonce": "x"},
    "no nonce": {"nonce": None},
    "nobody": {"sub": None},
    "an address nobody verified": {"email_verified": False},
    "an address verified in words": {"email_verified": "true"},
    "an unknown person": {"email": "eve@example.org"},
    "no address": {"email": None},
    "an address that is none": {"email": ["ada@example.org"]},
}


@pytest.mark.parametrize("claims", LIES.values(), ids=LIES)
def test_a_token_that_says_anything_else_lets_nobody_in(browser, claims):
    browser.desk.provider.claims = claims
    answer = signed_in(browser)
    assert answer.status_code == 403
    assert "You are not signed in" in answer.text
    assert not browser.is_in()


@pytest.mark.parametrize("how", ["unsigned", "another key", "the shared secret", "the public key"])
def test_a_token_that_the_provider_has_not_signed_lets_nobody_in(browser, how):
    provider = browser.desk.provider
    provider.unsigned = how == "unsigned"
    if how == "another key":
        provider.signed_with = RSAKey.generate_key(2048)
    if how == "the shared secret":
        provider.shared = b"s3cret"
    if how == "the public key":
        provider.shared = provider.key.as_pem(private=False)
    answer = signed_in(browser)
    assert answer.status_code == 403
    assert not browser.is_in()


def test_a_sign_in_is_finished_in_the_browser_that_began_it_and_in_time(house, browser):
    told = house.provider.consent(begun(browser))
    stranger = Browser(house, browser.app)
    assert come_back(stranger, told).status_code == 403
    assert come_back(browser, told | {"state": "x"}).status_code == 403
    house.clock.wait(minutes=11)
    assert come_back(browser, told).status_code == 403
    assert not browser.is_in()


def test_a_form_of_another_site_signs_nobody_in(browser):
    told = browser.desk.provider.consent(begun(browser))
    answer = browser.post("/sign-in/openid/back", told, headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 403
    assert not browser.is_in()


def test_a_code_that_was_stolen_is_of_no_use_without_its_proof(house, browser):
    begun(browser)
    other = Browser(house, browser.app)
    stolen = house.provider.consent(begun(other))
    own = begun(browser)
    assert come_back(browser, {"state": own["state"], "code": stolen["code"]}).status_code == 403


@pytest.mark.parametrize("to", ["https://evil.example", "//evil.example", "/\\evil.example"])
def test_nobody_is_led_elsewhere(browser, to):
    assert signed_in(browser, to).headers["location"] == "/"


def test_a_provider_that_calls_itself_otherwise_or_is_away_is_a_sentence(house, browser):
    house.provider.named = "https://evil.example"
    answer = browser.get("/sign-in/openid")
    assert (answer.status_code, "calls itself" in answer.text) == (403, True)
    house.settle(issuer="http://127.0.0.1:1")
    answer = browser.get("/sign-in/openid")
    assert (answer.status_code, "sign in by password" in answer.text) == (403, True)


def test_what_the_provider_refuses_is_said(browser):
    answer = browser.get("/sign-in/openid/back?error=access_denied&state=x")
    assert "access_denied" in answer.text


def test_without_a_provider_there_is_no_such_way_and_passwords_go_on_to_hold(desk):
    add_editor(desk.room, "ada", Role.EDITOR, PASSWORD)
    browser = Browser(desk, make_desk(lambda: desk.room))
    assert "openid" not in browser.get("/sign-in").text
    assert browser.get("/sign-in/openid").status_code == 404
    assert browser.get("/sign-in/openid/back").status_code == 404
    browser.sign_in()
    assert browser.is_in()
