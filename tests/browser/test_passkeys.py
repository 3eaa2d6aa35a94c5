"""A passkey in a real browser: made, signed in with, and signing an approval (Chromium's own authenticator)."""

import re

import pytest

from briefing.actions.admin.accounts import add_editor
from briefing.actions.editions.edit import change
from briefing.actions.review.signatures import verify_signatures
from briefing.model.article import Verdict
from briefing.model.change import Decide
from briefing.model.editor import Role

PASSWORD = "four words do very well"
pytestmark = pytest.mark.usefixtures("quick_passwords")


def with_authenticator(page):
    """Put a passkey's device into the browser: it has its owner's finger, and says yes."""
    devices = page.context.new_cdp_session(page)
    devices.send("WebAuthn.enable", {"enableUI": False})
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    made = devices.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    return devices, made["authenticatorId"]


def decide(desk):
    """What is held is reporting."""
    store = desk.room.store.drafts
    held = store.version(desk.edition).base.held
    asked = [
        Decide(item=item.id, verdict=Verdict.EDITORIAL, sponsor="", note="I asked") for item in held
    ]
    change(desk.room, desk.edition, asked, seen=store.number(desk.edition), actor="ada")


def signed_in(desk):
    """At the desk's name, by password."""
    add_editor(desk.room, "ada", Role.APPROVER, PASSWORD)
    page = desk.browser.new_context().new_page()
    at = desk.url.replace("127.0.0.1", "localhost")
    page.goto(f"{at}/sign-in")
    page.get_by_label("Name").fill("ada")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url(f"{at}/")
    return page, at


def add_passkey(page, at):
    page.goto(f"{at}/account")
    page.get_by_label("What you call it").fill("my laptop")
    page.locator("#first").fill(PASSWORD)
    page.get_by_role("button", name="Add a passkey").click()
    page.get_by_text(re.compile("my laptop, since")).wait_for()


def test_a_passkey_is_made_signs_in_and_signs_an_approval(desk):
    decide(desk)
    page, at = signed_in(desk)
    with_authenticator(page)
    add_passkey(page, at)

    page.get_by_role("button", name="Sign out").click()
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.wait_for_url(f"{at}/")

    page.goto(f"{at}/editions/{desk.edition}")
    if page.locator("#word [name=warnings]").count():
        page.locator("#word [name=warnings]").check()
    page.locator("#word button.strong").click()
    page.get_by_text("Exactly these bytes will be sent").wait_for()
    found = verify_signatures(desk.room)
    assert (found.approvals, found.signed, found.faults) == (1, 1, ())

    page.goto(f"{at}/account")
    page.get_by_role("button", name="Remove the passkey my laptop").click()
    page.locator("#first").wait_for()
    assert desk.room.store.passkeys.of("ada") == ()


def test_who_says_no_to_the_device_is_told_and_nothing_is_approved(desk):
    decide(desk)
    page, at = signed_in(desk)
    devices, device = with_authenticator(page)
    add_passkey(page, at)
    devices.send("WebAuthn.setUserVerified", {"authenticatorId": device, "isUserVerified": False})
    page.goto(f"{at}/editions/{desk.edition}")
    if page.locator("#word [name=warnings]").count():
        page.locator("#word [name=warnings]").check()
    page.locator("#word button.strong").click()
    page.get_by_text("Nothing was signed").wait_for()
    assert desk.room.store.approvals.of(desk.edition) == ()
