"""What an editor dropped from an edition that was sent does not come back unasked."""

from tests.newsrooms import EDITION, REPORT, story

from briefing.actions.editions.draft import draft
from briefing.actions.sending.send import send_edition
from briefing.model.change import Drop


def sent_without_the_report(desk):
    """Send an edition from which the report was dropped, and wait for the next morning."""
    desk.decide()
    desk.change(Drop(item=REPORT))
    desk.rendered()
    desk.say()
    assert send_edition(desk.room, EDITION).is_done
    desk.clock.wait(days=1)
    (desk.folder / "seeds" / "10-quarry.txt").write_text(story("Quarry Road"))


def test_a_dropped_story_stays_among_the_dropped_with_the_edition_it_was_dropped_from(desk):
    sent_without_the_report(desk)
    edition = draft(desk.room, "staggers").edition
    assert [item.id for item in edition.items] == ["10-quarry#0"]
    (dropped,) = edition.dropped
    assert (dropped.id, dropped.article.flags[-1]) == (REPORT, f"dropped from {EDITION}")


def test_a_dropped_story_that_has_changed_is_offered_again_and_says_so(desk):
    sent_without_the_report(desk)
    page = desk.folder / "seeds" / "02-water-levy.txt"
    page.write_text(page.read_text().replace("Treasury", "Exchequer"))
    items = {item.id: item for item in draft(desk.room, "staggers").edition.items}
    flags = items[REPORT].article.flags
    assert f"changed since an editor dropped it from {EDITION}" in flags
