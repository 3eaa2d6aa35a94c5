"""A story names the pieces it stands for, and each of them can be had back."""

from tests.events.corpus import reports
from tests.newsrooms import EDITION, LEAD, REPORT

from briefing.actions.editions.edit import rebuild
from briefing.actions.editions.events.rulings import standing
from briefing.model.change import Join


def test_what_a_story_stands_for_is_shown_taken_out_again_and_put_back(desk, browser, ada):
    desk.decide()
    for number, article in enumerate(reports("events.txt").articles[:3]):
        page = desk.folder / "seeds" / f"2{number}-orchard.txt"
        page.write_text(f"{article.headline}\n\n{article.text}\n")
    rebuild(desk.room, EDITION, actor="ada")
    (story,) = [item for item in desk.edition.items if item.also_in]
    told = [each.id for each in story.also_in]
    assert len(told) == 2
    browser.enter()
    shown = browser.get("/editions/{edition}").text
    assert "Also in 2 other pieces" in shown
    assert "Make it a story of its own" in shown
    assert f"tells the event of “{story.headline}”" in shown
    form = {"seen": str(desk.room.store.drafts.number(EDITION)), "kind": "restore", "item": told[0]}
    assert browser.post("/editions/{edition}/change", form).status_code == 303
    assert told[0] in [item.id for item in desk.edition.items]
    (story,) = [item for item in desk.edition.items if item.also_in]
    assert [each.id for each in story.also_in] == told[1:]
    rebuild(desk.room, EDITION, actor="ada")
    assert told[0] in [item.id for item in desk.edition.items]
    form = {
        "seen": str(desk.room.store.drafts.number(EDITION)),
        "kind": "join",
        "item": told[0],
        "into": story.id,
    }
    assert browser.post("/editions/{edition}/change", form).status_code == 303
    (story,) = [item for item in desk.edition.items if item.also_in]
    assert {each.id for each in story.also_in} == set(told)
    assert told[0] in [item.id for item in desk.edition.dropped]


def test_what_was_said_of_two_pieces_is_listed_and_taken_back(desk, browser, ada):
    desk.decide()
    desk.change(Join(item=REPORT, into=LEAD))
    browser.enter()
    page = browser.get("/rulings").text
    assert "told by “The council tax revaluation" in page
    (ruling,) = standing(desk.room)
    assert browser.post("/rulings/forget", {"id": str(ruling.id)}).status_code == 303
    assert standing(desk.room) == ()
    assert browser.post("/rulings/forget", {"id": "x"}).status_code >= 400
