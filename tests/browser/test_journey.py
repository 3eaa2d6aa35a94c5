"""An editor's morning: from the draft to exactly the letters that were approved."""

import email
import email.policy
import re

import pytest
from playwright.sync_api import expect
from tests.browser.conftest import plain, saved
from tests.browser.steps import approve, decide_held, edit_headline, send
from tests.newsrooms import story

from briefing.actions.resolve_name import the_draft
from briefing.model.article import Verdict


def send_and_compare(desk, shown):
    """Send, and hold every letter against what the preview showed."""
    send(desk)
    assert len(desk.letters) == 8
    for path in desk.letters:
        letter = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
        assert plain(letter.get_body(("html",)).get_content()) == plain(shown["html"])
        assert plain(letter.get_body(("plain",)).get_content()) == plain(shown["text"])
        assert letter["Subject"] == shown["subject"]


def preview(page, desk):
    """The exact letter as the desk shows it."""
    response = page.request.get(f"{desk.path}/letter.eml")
    letter = email.message_from_bytes(response.body(), policy=email.policy.default)
    framed = page.request.get(f"{desk.path}/frame?look=desktop").text()
    html = letter.get_body(("html",)).get_content()
    assert framed.strip() == html.strip(), "the frame shows the letter's own HTML"
    return {
        "html": html,
        "text": letter.get_body(("plain",)).get_content(),
        "subject": letter["Subject"],
    }


def test_with_script_from_draft_to_letters(whole_desk):  # noqa: PLR0915 - a whole morning
    desk = whole_desk
    page = desk.enter_by_link(viewport={"width": 1280, "height": 2400})
    page.goto(desk.path)
    first = desk.order()

    for key in ("j", "j", "d"):
        page.keyboard.press(key)
    saved(page)
    assert desk.order() == [first[0], first[2], first[1], *first[3:]]
    page.locator(f"[data-item='{first[1]}']:focus").wait_for()

    grip = page.locator("#pieces .grip").nth(3)
    grip.scroll_into_view_if_needed()
    target = page.locator("#pieces > li").nth(2)
    grip.hover()
    page.mouse.down()
    box = target.bounding_box()
    page.mouse.move(box["x"] + 40, box["y"] + 12, steps=5)
    page.mouse.move(box["x"] + 42, box["y"] + 10, steps=2)
    page.mouse.up()
    saved(page)
    assert desk.order()[2] == first[3]

    piece = edit_headline(page, 1, "A headline the desk wrote")
    saved(page)
    frame = page.frame_locator("#frame iframe")
    frame.get_by_role("heading", name="A headline the desk wrote").wait_for()
    piece.locator("[name=paragraph]").fill("The desk wrote this paragraph. It is not the source’s.")
    saved(page)
    frame.get_by_text("The desk wrote this paragraph.").wait_for()
    page.locator("h1").click()
    page.locator("#pieces > li").nth(1).locator(".badge.edited").wait_for()

    page.locator("#pieces > li").nth(0).locator(".facts a").click()
    page.locator("label.sentence:has(input:not(:checked))").first.click()
    saved(page)
    before = page.locator("label.sentence:has(input:checked)").count()
    expect(page.locator(".digest li")).to_have_count(before)
    page.locator("label.sentence:has(input:checked)").last.click()
    saved(page)
    expect(page.locator(".digest li")).to_have_count(before - 1)
    lead = the_draft(desk.room, desk.edition).items[0]
    assert lead.verbatim
    assert all(sentence.text in lead.article.text for sentence in lead.digest.sentences)

    page.goto(desk.path)
    assert "Held" in page.locator("#state").inner_text()
    assert page.locator("#word button.strong").count() == 0, "nothing held can be approved"
    decide_held(page)
    saved(page)
    page.goto(desk.path)
    edition = the_draft(desk.room, desk.edition)
    assert not edition.held
    assert edition.sponsored[-1].article.sponsorship.sponsor == "The Harbour Board"
    assert desk.room.store.rulings.all()[0].verdict is Verdict.SPONSORED

    page.locator("[name=addresses]").fill("editor@example.org")
    page.get_by_role("button", name="Send the test").click()
    page.get_by_text("went to editor@example.org").wait_for()
    (test,) = (desk.folder / "var" / "outbox" / f"{desk.edition}-test").glob("*.eml")
    assert "[TEST]" in test.read_text()

    page.goto(desk.path)
    shown = preview(page, desk)
    promise = approve(page)
    assert re.match(r"Approve 8 stories and 2 paid pieces for 8 people", promise)
    send_and_compare(desk, shown)
    page.goto(f"{desk.path}/readers")
    assert "8" in page.locator("tr", has_text="posted").first.inner_text()


def test_without_script_from_draft_to_letters(whole_desk):
    page = whole_desk.enter_by_link(java_script_enabled=False)
    page.goto(whole_desk.path)
    first = whole_desk.order()
    second = page.locator("#pieces > li").nth(1)
    second.get_by_role("button", name="Move down").click()
    assert whole_desk.order() == [first[0], first[2], first[1], *first[3:]]
    page.locator("#pieces > li").nth(3).get_by_role("button", name="Make lead").click()
    assert whole_desk.order()[0] == first[3]

    edit_headline(page, 1, "A headline the desk wrote")
    page.locator("#pieces > li").nth(1).get_by_role("button", name="Save").click()
    assert page.locator("#pieces > li").nth(1).locator("h3").inner_text() == (
        "A headline the desk wrote"
    )
    page.locator("#pieces > li").nth(0).locator(".facts a").click()
    page.locator("label.sentence:has(input:not(:checked)) input").first.check()
    page.get_by_role("button", name="Make the digest of these sentences").click()
    assert page.locator(".digest li").count() >= 2
    page.goto(whole_desk.path)
    page.locator("#pieces > li").last.get_by_role("button", name="Drop").click()
    page.locator("#others").get_by_role("button", name="Restore").last.click()
    decide_held(page)
    page.locator("[name=subject]").fill("The subject of the day")
    page.locator("section", has=page.locator("#inbox")).get_by_role("button", name="Save").click()
    shown = preview(page, whole_desk)
    assert shown["subject"] == "The subject of the day"
    approve(page)
    send_and_compare(whole_desk, shown)


@pytest.mark.parametrize("script", [True, False])
def test_two_editors_at_once_see_both_sides_and_lose_nothing(desk, script):
    ada = desk.enter(java_script_enabled=script)
    ben = desk.enter("ben", java_script_enabled=False)
    # Ada's page must not hear of Ben's change before she saves hers.
    ada.route("**/events", lambda route: route.abort())
    ada.goto(desk.path)
    ben.goto(desk.path)
    edit_headline(ben, 1, "Ben’s headline")
    ben.locator("#pieces > li").nth(1).get_by_role("button", name="Save").click()
    piece = edit_headline(ada, 1, "Ada’s headline")
    if not script:
        piece.get_by_role("button", name="Save").click()
    ada.get_by_role("heading", name="Somebody else was faster").wait_for()
    said = ada.locator("main").inner_text()
    assert "ben rewrote the headline" in said
    assert ada.locator("[name=headline]").input_value() == "Ada’s headline"
    assert the_draft(desk.room, desk.edition).items[1].headline == "Ben’s headline"
    ada.get_by_role("button", name="Make my change on top").click()
    ada.locator("#pieces").wait_for()
    assert the_draft(desk.room, desk.edition).items[1].headline == "Ada’s headline"
    assert "Ben’s headline" in str(desk.room.store.drafts.version(desk.edition, 2).changes)


def test_keys_pressed_faster_than_the_page_draws_are_all_heeded(whole_desk):
    desk = whole_desk
    page = desk.enter()
    page.goto(desk.path)
    first = desk.order()
    for key in ("j", "d", "d", "d", "u"):
        page.keyboard.press(key)
    page.locator(f"#pieces > li:nth-child(3)[data-item='{first[0]}']").wait_for()
    expect(page.locator("#told")).to_have_text("Saved as version 5.")
    assert desk.order() == [first[1], first[2], first[0], *first[3:]]


def test_an_open_page_shows_what_somebody_else_did(desk):
    page = desk.enter()
    page.goto(desk.path)
    other = desk.again(page, java_script_enabled=False)
    other.goto(desk.path)
    other.locator("#pieces > li").nth(1).get_by_role("button", name="Make lead").click()
    page.get_by_text("Somebody else changed the edition").wait_for()
    page.locator(f"#pieces > li:first-child[data-item='{desk.order()[0]}']").wait_for()


def test_the_subject_follows_the_lead_and_typing_it_afterwards_is_no_conflict(desk):
    page = desk.enter(viewport={"width": 1280, "height": 1200})
    page.goto(desk.path)
    drafted = page.locator("[name=subject]").input_value()
    page.locator("#pieces > li").nth(1).get_by_role("button", name="Make lead").click()
    saved(page)
    expect(page.locator("[name=subject]")).not_to_have_value(drafted)
    page.locator("[name=subject]").fill("The subject of the day")
    saved(page)
    page.locator("[name=preheader]").fill("And what stands below it")
    saved(page)
    edition = the_draft(desk.room, desk.edition)
    assert (edition.subject, edition.preheader) == (
        "The subject of the day",
        "And what stands below it",
    )


def test_after_a_save_the_preview_stands_at_the_story_in_hand(whole_desk):
    desk = whole_desk
    page = desk.enter(viewport={"width": 1280, "height": 1200})
    page.goto(desk.path)
    page.locator("#frame iframe").wait_for()
    edit_headline(page, 6, "A headline far down the letter")
    saved(page)
    frame = page.frame_locator("#frame iframe")
    heading = frame.get_by_role("heading", name="A headline far down the letter")
    heading.wait_for()
    seen = page.locator("#frame").bounding_box()
    found = heading.bounding_box()
    assert seen["y"] <= found["y"] <= seen["y"] + 120


def test_a_pasted_text_is_a_story_of_the_edition_in_two_clicks_and_so_is_a_dropped_file(desk):
    page = desk.enter(viewport={"width": 1280, "height": 1200})
    page.goto(desk.path)
    page.locator("[name=written]").fill(story("Salt Marsh"))
    page.get_by_role("button", name="Add", exact=True).click()
    saved(page)
    last = page.locator("#pieces > li").last.locator("h3")
    expect(last).to_have_text("Salt Marsh divides the assembly")
    expect(page.locator("[name=written]")).to_have_value("")
    file = {"name": "ferry.txt", "mimeType": "text/plain", "buffer": story("Ferry").encode()}
    page.locator("#add [type=file]").set_input_files(file)
    saved(page)
    expect(last).to_have_text("Ferry divides the assembly")
    page.locator("[name=written]").fill("http://127.0.0.1:9/")
    page.get_by_role("button", name="Add", exact=True).click()
    page.get_by_text("Not saved: http://127.0.0.1:9/").wait_for()
    expect(page.locator("[name=written]")).to_have_value("http://127.0.0.1:9/")


def test_two_editors_see_each_other_and_a_comment_comes_to_the_others_open_page(desk):
    ada = desk.enter()
    ada.goto(desk.path)
    expect(ada.locator("#present")).to_have_text("Here now: ada")
    ben = desk.enter("ben")
    ben.goto(desk.path)
    expect(ada.locator("#present")).to_have_text("Here now: ada, ben")
    ben.locator("#handover summary").click()
    ben.locator("#handover [name=text]").fill("Call the harbour first")
    ben.locator("#handover").get_by_role("button", name="Say it").click()
    ada.locator("#handover .note", has_text="Call the harbour first").wait_for()
    ben.close()
    expect(ada.locator("#present")).to_have_text("Here now: ada")
