"""What an editor joins or tells apart holds for every later draft, until it is taken back."""

from datetime import timedelta

import pytest
from tests.desks import act
from tests.events.corpus import reports
from tests.newsrooms import EDITION, LEAD, REPORT

from briefing.actions.editions.draft import draft
from briefing.actions.editions.edit import change, go_back, rebuild, sheet
from briefing.actions.editions.events.rulings import standing, take_back, told
from briefing.errors import StoreError
from briefing.model.change import Join, Restore

ORCHARD = ("20-orchard#0", "21-orchard#0", "22-orchard#0")


@pytest.fixture
def events(desk):
    """A desk with three reports of one event among its pages."""
    desk.decide()
    for number, article in enumerate(reports("events.txt").articles[:3]):
        page = desk.folder / "seeds" / f"2{number}-orchard.txt"
        page.write_text(f"{article.headline}\n\n{article.text}\n")
    rebuild(desk.room, EDITION, actor="ada")
    return desk


def changed(desk, *asked):
    return change(
        desk.room, EDITION, asked, seen=sheet(desk.room, EDITION).version, actor="ada"
    ).edition


def tomorrow(desk):
    at = desk.clock() + timedelta(days=1)
    return act(draft, desk.room.config, "staggers", clock=lambda: at).edition


def stands_for(edition):
    return {item.id: {told.id for told in item.also_in} for item in edition.items if item.also_in}


def the_story(desk):
    ((story, others),) = stands_for(desk.edition).items()
    return story, sorted(others)


def test_a_piece_that_was_made_a_story_of_its_own_is_one_in_the_next_draft_too(events):
    story, (piece, other) = the_story(events)
    changed(events, Restore(item=piece))
    edition = tomorrow(events)
    assert stands_for(edition) == {story: {other}}
    assert piece in [item.id for item in edition.items]
    assert rebuild(events.room, EDITION, actor="ada").lost == ()


def test_a_story_that_was_joined_to_another_is_told_by_it_in_the_next_draft_too(events):
    changed(events, Join(item=REPORT, into=LEAD))
    edition = tomorrow(events)
    assert stands_for(edition)[LEAD] == {REPORT}
    (said,) = [one for item in edition.items for one in item.also_in if one.id == REPORT]
    assert said.reason == "ada joined them on 23 November 2026"


def test_what_was_told_by_a_story_goes_with_it_into_another(events):
    story, others = the_story(events)
    changed(events, Join(item=story, into=LEAD))
    assert stands_for(tomorrow(events)) == {LEAD: {story, *others}}


def test_a_decision_that_is_taken_back_rules_no_more(events):
    before = stands_for(events.edition)
    changed(events, Restore(item=the_story(events)[1][0]))
    for ruling in standing(events.room):
        take_back(events.room, ruling.id, actor="ada")
    assert stands_for(tomorrow(events)) == before
    with pytest.raises(StoreError, match="no join or split 99"):
        take_back(events.room, 99, actor="ada")


def test_of_two_words_on_the_same_pieces_the_newer_one_counts(events):
    story, (piece, _) = the_story(events)
    before = stands_for(events.edition)
    changed(events, Restore(item=piece))
    changed(events, Join(item=piece, into=story))
    assert stands_for(tomorrow(events)) == before


def test_going_back_to_an_older_version_takes_back_what_was_said_and_forward_says_it_again(events):
    seen = sheet(events.room, EDITION).version
    changed(events, Join(item=REPORT, into=LEAD))
    go_back(events.room, EDITION, seen, seen=seen + 1, actor="ada")
    assert standing(events.room) == ()
    go_back(events.room, EDITION, seen + 1, seen=seen + 2, actor="ada")
    (ruling,) = standing(events.room)
    assert "is told by “The council tax revaluation" in told(ruling)


def test_copies_that_were_told_apart_are_two_stories(events):
    page = events.folder / "seeds" / "20-orchard.txt"
    text = page.read_text().splitlines()
    (events.folder / "seeds" / "30-copy.txt").write_text("\n".join(["Another headline", *text[1:]]))
    rebuild(events.room, EDITION, actor="ada")
    (copy,) = [item for item in events.edition.dropped if item.article.duplicate_of]
    changed(events, Restore(item=copy.id))
    edition = tomorrow(events)
    assert {"20-orchard#0", "30-copy#0"} <= {item.id for item in edition.items}
    assert not any(item.article.duplicate_of for item in edition.dropped)


def test_a_decision_knows_its_pieces_on_other_pages_with_a_few_other_words(events):
    _, (piece, _) = the_story(events)
    changed(events, Restore(item=piece))
    page = events.folder / "seeds" / f"{piece.partition('#')[0]}.txt"
    page.rename(page.with_name("40-elsewhere.txt"))
    assert "40-elsewhere#0" in [item.id for item in tomorrow(events).items]
