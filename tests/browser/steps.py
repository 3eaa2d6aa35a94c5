"""What an editor does at the desk in the browser."""

from concurrent.futures import ThreadPoolExecutor

from tests.desks import act

from briefing.actions.sending.send import send_edition
from briefing.actions.sending.stop_signal import StopSignal


def edit_headline(page, place, words):
    piece = page.locator("#pieces > li").nth(place)
    piece.get_by_text("Edit", exact=False).first.click()
    piece.locator("[name=headline]").fill(words)
    return piece


def decide_held(page):
    held = page.locator(".held-pieces")
    held.locator("[name=sponsor]").fill("The Harbour Board")
    held.locator("[name=note]").fill("Their press office sent it")
    held.get_by_role("button", name="It is sponsored").click()


def approve(page):
    page.locator("#word [name=warnings]").check()
    button = page.locator("#word button.strong")
    promise = button.inner_text()
    button.click()
    page.get_by_text("Exactly these bytes will be sent").wait_for()
    return promise


def send(desk):
    """Send what was approved, in a thread: Playwright has this one's event loop."""
    with ThreadPoolExecutor(1) as pool:
        stop = StopSignal()
        sending = pool.submit(act, send_edition, desk.config, desk.edition, stop_signal=stop)
        assert sending.result().is_done
