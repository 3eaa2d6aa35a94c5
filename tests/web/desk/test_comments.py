"""Editors talk next to a story: what they say is kept, put aside when done, and never printed."""

from tests.newsrooms import EDITION, LEAD

from briefing.actions.rendering.render import the_email

SAY = f"/editions/{EDITION}/comment"
PAGE = f"/editions/{EDITION}"


def test_a_comment_stands_beside_its_story_until_somebody_puts_it_aside(browser, another):
    browser.enter(actor="ada")
    browser.post(SAY, {"item": LEAD, "text": "Call the <b>council</b> first"})
    browser.post(SAY, {"item": "", "text": "The Harbour piece waits for their answer"})
    page = browser.get(PAGE).text
    assert "Call the &lt;b&gt;council&lt;/b&gt; first" in page
    assert "Hand-over note (1 open)" in page
    first, second = browser.desk.room.store.comments.of(EDITION)
    assert (first.item, second.item) == (LEAD, "")
    ben = another().enter(actor="ben")
    ben.post(SAY, {"resolve": str(first.id)})
    ben.post(SAY, {"resolve": str(first.id)})
    done = browser.desk.room.store.comments.of(EDITION)[0]
    assert (done.resolved_by, done.text) == ("ben", "Call the <b>council</b> first")
    assert "Comments (1 done)" in browser.get(PAGE).text
    verbs = [entry.verb for entry in browser.desk.room.store.audit_log.newest(4)]
    assert verbs[:2] == ["resolve", "resolve"]
    assert verbs[2:] == ["comment", "comment"]


def test_no_comment_changes_a_version_or_a_letter(browser):
    desk = browser.enter().desk
    desk.decide()
    before, version = the_email(desk.room, desk.edition), desk.sheet.version
    browser.post(SAY, {"item": LEAD, "text": "Never print this"})
    assert (the_email(desk.room, desk.edition), desk.sheet.version) == (before, version)


def test_a_comment_that_cannot_be_kept_is_a_sentence(browser):
    browser.enter()
    before = browser.desk.rows()
    for fields in (
        {"item": LEAD, "text": "  "},
        {"item": LEAD, "text": "x" * 2_001},
        {"item": "nowhere#0", "text": "Where?"},
        {"resolve": "99"},
        {"resolve": "²"},
    ):
        assert browser.post(SAY, fields).status_code in (404, 422), fields
    assert browser.desk.rows() == before
