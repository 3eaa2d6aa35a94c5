"""The inbox shows what was read since the last edition, and finds what was read and printed."""

import re
from html import unescape

from tests.desks import act
from tests.newsrooms import EDITION, LEAD, OPEN, PAID, REPORT, story
from tests.web.desk.conftest import Browser, send

from briefing.actions.editions.draft import draft
from briefing.actions.editions.edit import sheet
from briefing.model.page import Page
from briefing.model.source_record import Seen
from briefing.web.desk import make_desk

INBOX = "/inbox/staggers"


def counts(page):
    """Each filter's figure by its words."""
    nav = page[page.index('aria-label="By what became') :].partition("</nav>")[0]
    return {label: int(n) for label, n in re.findall(r">([\w ,:?]+?) (\d+)</a>", nav)}


def titles(page):
    return re.findall(r'<li class="entry">\s*<h3>(?:<a[^>]*>)?([^<]+)', page)


def test_the_states_of_what_was_read_sum_to_what_there_is(browser):
    browser.enter()
    found = counts(browser.get(INBOX).text)
    assert found.pop("All") == sum(found.values()) == 3
    assert found == {"in the edition": 2, "held": 1}


def test_what_an_editor_drops_is_left_out_at_once_and_restored_from_there_as_the_lead(browser):
    browser.enter()
    desk = browser.desk
    fields = {"kind": "drop", "item": REPORT, "seen": desk.sheet.version}
    browser.post(f"/editions/{EDITION}/change", fields)
    browser.post(f"/editions/{EDITION}/change", {**fields, "item": PAID})
    page = browser.get(f"{INBOX}?state=aside").text
    assert counts(page)["left out"] == 1
    assert "an editor dropped it" in page
    fields = {"kind": "restore-lead", "item": REPORT, "seen": desk.sheet.version}
    assert browser.post(f"/editions/{EDITION}/change", fields).status_code == 303
    assert [item.id for item in desk.edition.items] == [REPORT, LEAD]
    assert "left out" not in counts(browser.get(INBOX).text)


def test_each_entry_has_two_lines_and_its_verdict(browser):
    browser.enter()
    page = browser.get(f"{INBOX}?state=held").text
    assert titles(page) == [
        next(one.headline for one in browser.desk.edition.held if one.id == OPEN)
    ]
    assert "held: who speaks?" in page
    assert 'class="two">Members of the Harbour Bridge committee heard' in page


def test_a_sent_edition_is_found_by_its_words_and_the_inbox_begins_again(browser):
    desk = browser.desk
    headline = desk.edition.items[0].headline
    send(desk)
    browser.enter()
    assert titles(browser.get(INBOX).text) == []
    now = desk.clock().timestamp()
    late = Seen(
        name="late", guid="late", headline="Came while it lay here", first=now - 9, last=now
    )
    desk.room.store.entries.note("saved_pages", [late], {}, now)
    assert titles(browser.get(INBOX).text) == ["Came while it lay here"]
    found = browser.get(f"{INBOX}?q={headline.split()[0]}").text
    assert f"/editions/{EDITION}/source/" in found
    assert titles(browser.get(f"{INBOX}?all=yes").text)
    nothing = "Nothing that was read lately or printed has these words"
    assert nothing not in found
    assert nothing in browser.get(f"{INBOX}?q=xylophone").text


def test_an_entry_whose_page_is_kept_becomes_a_story(browser):
    browser.enter()
    desk, now = browser.desk, browser.desk.clock().timestamp()
    entry = Seen(name="weir", guid="weir", headline="Weir", first=now, last=now)
    page = Page(name="weir", body=story("Salt Weir").encode())
    desk.room.store.entries.note("saved_pages", [entry], {"weir": page}, now)
    assert "Add to the edition" in browser.get(INBOX).text
    fields = {"source": "saved_pages", "page": "weir", "seen": desk.sheet.version}
    assert browser.post(f"/editions/{EDITION}/take", fields).status_code == 303
    assert any("Salt Weir" in item.headline for item in desk.edition.items)
    gone = browser.post(f"/editions/{EDITION}/take", {**fields, "page": "gone"})
    assert "is not kept any more" in gone.text


def test_what_a_search_finds_is_taken_into_the_open_edition(browser):
    desk = browser.desk
    old = desk.edition.items[0]
    send(desk)
    desk.clock.wait(days=1)
    browser.enter()
    for town in ("Northern Weir", "Eastern Weir"):
        (desk.folder / "seeds" / f"{town}.txt").write_text(story(town))
    assert browser.post("/drafts", {"briefing": "staggers"}).status_code == 303
    name = "staggers-2026-11-24"
    path, stands = f"/editions/{name}", lambda: sheet(desk.room, name)
    dropped = stands().edition.items[0]
    browser.post(f"{path}/change", {"kind": "drop", "item": dropped.id, "seen": stands().version})

    found = browser.get(f"{INBOX}?q={old.headline.split()[0]}").text
    assert titles(found).count(old.headline) == 1
    fields = {"printed_in": EDITION, "item": old.id, "seen": stands().version}
    assert f'name="printed_in" value="{EDITION}"' in found
    assert browser.post(f"{path}/take", fields).status_code == 303
    again = stands().edition.items[-1]
    assert (again.headline, again.article.text) == (old.headline, old.article.text)
    twice = browser.post(f"{path}/take", fields | {"seen": stands().version})
    assert "has that story already" in twice.text
    gone = browser.post(f"{path}/take", fields | {"item": "x#0"})
    assert f"{EDITION} did not print" in unescape(gone.text)

    left_out = browser.get(f"{INBOX}?q=Weir").text
    assert 'value="restore-lead"' in left_out
    assert all(
        f", {said} · " in left_out for said in ("in the edition", "left out of the open edition")
    )


def test_a_briefing_that_is_none_has_no_inbox_and_odd_filters_show_all(browser):
    browser.enter()
    assert browser.get("/inbox/nowhere").status_code == 404
    for odd in ("?state=x", "?source=x", "?page=-1", "?page=9", "?q=%22", "?section=%00"):
        assert browser.get(INBOX + odd).status_code == 200, odd


def test_a_page_without_an_article_says_why_in_its_own_row(desk):
    pages = {
        "empty": (b" \n", "the page is empty"),
        "bytes": (bytes(range(256)) * 8, "these bytes are not text"),
        "entrance": (
            b"<h1>Log in</h1><form><input type=password></form>",
            "it is the page to log in",
        ),
    }
    for name, (body, _) in pages.items():
        (desk.folder / "seeds" / f"9-{name}.html").write_bytes(body)
    act(draft, desk.room.config, "staggers", clock=desk.clock)
    browser = Browser(desk, make_desk(lambda: desk.room, None)).enter()
    page = unescape(browser.get(f"{INBOX}?state=refused&all=yes").text)
    rows = dict(zip(titles(page), page.split('class="entry"')[1:], strict=True))
    assert counts(page)["no article on it"] == len(rows) == len(pages)
    assert all(said in rows[f"9-{name}"] for name, (_, said) in pages.items())
