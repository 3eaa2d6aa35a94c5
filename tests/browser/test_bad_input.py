"""What goes wrong at the desk is a sentence in place, and what was typed still stands."""

from urllib.parse import quote

import pytest
from playwright.sync_api import expect
from tests.browser.conftest import saved
from tests.emails.painted import photograph
from tests.servers.one_page import served

from briefing.actions.resolve_name import the_draft

CARDS = "".join(
    f'<div class="card"><h2><a href="/{name}">The council votes on the quay of {name} again</a></h2></div>'
    for name in "aldham brixworth cheddon dunmere elmstow fallowby".split()
)
LINKS = "\n".join(f"The council votes on quay {n} https://example.org/{n}" for n in range(60))
WRONG = {
    "nobody answers": ("http://127.0.0.1:{silent}/", "Or paste its text instead"),
    "inside the network": ("http://10.0.0.3/story", "a private address; nothing was asked of it"),
    "a listing": ("{listing}", "it holds 6 links and no paragraph"),
    "sixty links": (LINKS, "this is a listing of 60 links, not an article"),
    "a hundred thousand points": ("." * 100_000, "no article was found"),
    "ten thousand lines": ("<p>x" * 10_000, "6,000 is the most a page may have"),
    "nothing": ("  ", "the field was empty"),
}
SILENT = 9


@pytest.fixture(scope="module")
def opened(tmp_path_factory, open_desk):
    """A desk that may ask two addresses of this machine: a listing, and one where nobody answers."""
    with served(f"<title>Quays</title><main>{CARDS}</main>".encode()) as listing:
        port = listing.split(":")[2].partition("/")[0]
        allow = {"BRIEFING_FETCH__ALLOW": f'["127.0.0.1:{port}", "127.0.0.1:{SILENT}"]'}
        folder = tmp_path_factory.mktemp("opened") / "house"
        with open_desk(folder, **allow) as desk:
            yield desk, desk.enter(), listing


@pytest.mark.parametrize("name", WRONG)
def test_what_cannot_be_added_is_told_next_to_it_and_stays_in_its_field(opened, name):
    desk, page, listing = opened
    before = desk.order()
    written, says = WRONG[name]
    typed = written.format(silent=SILENT, listing=listing) if "{" in written else written
    page.goto(desk.path)
    page.locator("[name=written]").fill(typed)
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.locator("#told")).to_contain_text(says, timeout=60_000)
    assert page.locator("[name=written]").input_value() == typed
    assert desk.order() == before


@pytest.mark.parametrize(
    ("body", "alt", "says"),
    [
        (bytes(40_000_000), "A quay", "has 40,000,000 bytes"),
        (b"<html>" * 99, "A quay", "is not a picture in a form that is read here"),
        (photograph, " ", "Say what the picture shows"),
    ],
    ids=["of 40 MB", "that is none", "without words"],
)
def test_a_picture_that_cannot_be_used_is_told_in_its_form_with_its_words(
    opened, tmp_path, body, alt, says
):
    (desk, page, _), file = opened, tmp_path / "quay.jpg"
    file.write_bytes(body() if callable(body) else body)
    item = the_draft(desk.room, desk.edition).items[0]
    page.goto(f"{desk.path}/picture/{quote(item.id, safe='')}")
    form = page.locator("form[enctype]")
    form.locator("[type=file]").set_input_files(file)
    form.locator("[name=alt]").fill(alt)
    form.locator("[name=credit]").fill("Jo Ray")
    form.get_by_role("button", name="Use it").click()
    expect(page.locator(".fault")).to_contain_text(says, timeout=60_000)
    assert form.locator("[name=alt]").input_value() == alt
    assert form.locator("[name=credit]").input_value() == "Jo Ray"
    assert the_draft(desk.room, desk.edition).items[0].picture is None


def test_markdown_with_script_is_printed_as_it_was_typed(opened):
    desk, page, _ = opened
    asked: list[str] = []

    def dismissed(dialog):
        asked.append(dialog.message)
        dialog.dismiss()

    page.on("dialog", dismissed)
    page.goto(desk.path)
    story = page.locator("#pieces > li").nth(1)
    story.locator("details.edit > summary").click()
    story.locator("[name=paragraph]").fill(
        "It is **so**. <script>alert(1)</script> [here](javascript:alert(2)) <img src=x onerror=alert(3)>"
    )
    saved(page)
    letter = page.frame_locator("#frame iframe")
    expect(
        letter.get_by_text("<script>alert(1)</script> [here](javascript:alert(2))")
    ).to_be_visible()
    expect(letter.get_by_text("so", exact=True)).to_be_visible()
    assert letter.locator("script, [onerror], [href^=javascript]").count() == 0
    assert asked == []
