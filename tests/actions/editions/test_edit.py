"""Nobody's edit is lost, none is written over another, and what was sent does not change."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.desks import act
from tests.newsrooms import EDITION, LEAD, OPEN, PAID, REPORT, Desk, story

from briefing.actions.editions.edit import go_back, lines, rebuild, sheet
from briefing.actions.sending.send import send_edition
from briefing.editions.change_words import said
from briefing.errors import EditedMeanwhile, EditionError, StoreError
from briefing.model.article import Verdict
from briefing.model.change import (
    CHANGES,
    ChooseSentences,
    Decide,
    Drop,
    MakeLead,
    Move,
    Restore,
    Rewrite,
    SetNote,
    SetPreheader,
    SetSubject,
)


def send(desk: Desk):
    desk.decide()
    desk.rendered()
    desk.say()
    assert act(send_edition, desk.room.config, EDITION, clock=desk.clock).now == 3


def test_a_change_is_a_version_with_what_was_done_by_whom_and_when(desk):
    desk.clock.wait(minutes=5)
    done = desk.change(MakeLead(item=REPORT), SetNote(item=REPORT, note="More tomorrow."))
    assert (done.version, done.edition) == (2, desk.edition)
    line, at = lines(desk.room, EDITION)[0]
    assert line.said.startswith("put first “")
    assert "; added a note to “" in line.said
    assert (line.actor, at) == ("ada", desk.clock())
    assert desk.room.store.audit_log.newest(1)[0].detail == f"version 2: {line.said}"


def test_what_changes_nothing_makes_no_version_and_no_line_in_the_log(desk):
    before = desk.rows()
    for nothing in (MakeLead(item=LEAD), Move(item=LEAD, to=-4), SetNote(item=LEAD, note=" ")):
        assert desk.change(nothing).version == 1
    assert desk.change().version == 1
    assert desk.rows() == before


def test_a_change_that_cannot_be_made_takes_those_beside_it_along(desk):
    before = desk.rows()
    with pytest.raises(EditionError, match="empty headline"):
        desk.change(SetSubject(subject="Ours"), Rewrite(item=LEAD, headline=""))
    assert desk.rows() == before


def test_of_two_editors_the_slower_hears_what_stands_and_both_edits_are_kept(desk):
    desk.change(Rewrite(item=LEAD, headline="Hers"), actor="ada", seen=1)
    with pytest.raises(EditedMeanwhile, match="saw version 1, and version 2 stands") as conflict:
        desk.change(Rewrite(item=LEAD, headline="His"), actor="ben", seen=1)
    assert (conflict.value.seen, conflict.value.stands) == (1, 2)
    assert desk.edition.items[0].headline == "Hers"
    desk.change(Rewrite(item=LEAD, headline="His"), actor="ben", seen=2)
    assert sheet(desk.room, EDITION, 2).edition.items[0].headline == "Hers"
    assert desk.edition.items[0].headline == "His"


def test_nothing_of_ones_own_is_ever_a_conflict(desk):
    desk.change(MakeLead(item=REPORT), seen=1)
    desk.change(SetSubject(subject="Ours"), seen=1)
    desk.change(Rewrite(item=LEAD, kicker="First"), seen=1)
    desk.change(SetSubject(subject="Mine"), Rewrite(item=LEAD, kicker="Third"), seen=1)
    assert desk.edition.subject == "Mine"
    assert [item.kicker for item in desk.edition.items][1] == "Third"
    go_back(desk.room, EDITION, 2, seen=3, actor="ada")
    assert desk.edition.subject != "Mine"


def test_somebody_elses_change_in_another_place_is_no_conflict(desk):
    desk.change(Rewrite(item=LEAD, headline="Hers"), actor="ada", seen=1)
    desk.change(SetNote(item=REPORT, note="His"), actor="ben", seen=1)
    desk.change(SetNote(item=REPORT, note="His again"), actor="ben", seen=1)
    assert desk.edition.items[0].headline == "Hers"
    assert desk.edition.items[1].note == "His again"
    with pytest.raises(EditedMeanwhile):
        desk.change(SetNote(item=PAID, note="n"), SetNote(item=REPORT, note="m"), seen=2)
    assert desk.edition.sponsored[0].note == ""


def test_a_change_from_a_version_that_never_was_is_refused(desk):
    for seen in (0, 7, -1):
        with pytest.raises((EditedMeanwhile, StoreError)):
            desk.change(SetSubject(subject="Ours"), seen=seen)
    assert desk.sheet.version == 1


def test_an_edition_with_its_readers_does_not_change_any_more(desk):
    send(desk)
    before, frozen = desk.rows(), desk.rendered()
    with pytest.raises(EditionError, match=r"with its readers.*Print a correction"):
        desk.change(SetSubject(subject="Late"))
    with pytest.raises(EditionError, match="with its readers"):
        go_back(desk.room, EDITION, 1, seen=desk.sheet.version, actor="ada")
    with pytest.raises(EditionError, match="with its readers"):
        rebuild(desk.room, EDITION, actor="ada")
    assert desk.rows() == before
    assert desk.rendered() == frozen


SOME = (
    MakeLead(item=REPORT),
    Move(item=LEAD, to=1),
    Drop(item=PAID),
    Drop(item=OPEN),
    Restore(item=PAID),
    Rewrite(item=LEAD, headline="Ours"),
    Rewrite(item=LEAD, paragraph="Our words."),
    SetNote(item=REPORT, note="More tomorrow."),
    Decide(item=OPEN, verdict=Verdict.SPONSORED, sponsor="Harbour Water"),
    Decide(item=OPEN, verdict=Verdict.EDITORIAL),
    SetSubject(subject="Ours"),
    SetPreheader(preheader="And more"),
)


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.sampled_from(SOME) | st.integers(1, 12), max_size=8))
def test_every_version_can_be_made_to_stand_again_exactly(desk, steps):
    room, known = desk.room, {}
    for step in [*steps, 1]:
        known[desk.sheet.version] = desk.edition
        try:
            if isinstance(step, int):
                go_back(room, EDITION, step, seen=desk.sheet.version, actor="ada")
                assert desk.edition == sheet(room, EDITION, step).edition
            else:
                desk.change(step)
        except (EditionError, StoreError):
            assert desk.sheet.version in known
    assert desk.edition == sheet(room, EDITION, 1).edition
    for number, edition in known.items():
        assert sheet(room, EDITION, number).edition == edition


def test_going_back_from_a_version_that_stands_no_more_is_a_conflict(desk):
    desk.change(SetSubject(subject="Ours"))
    with pytest.raises(EditedMeanwhile):
        go_back(desk.room, EDITION, 1, seen=1, actor="ben")
    with pytest.raises(StoreError, match="no version 9"):
        go_back(desk.room, EDITION, 9, seen=2, actor="ben")


def test_changes_stay_when_the_sources_are_read_again_and_one_that_no_longer_fits_is_told(desk):
    (sentence,) = desk.edition.items[1].digest.sentences[:1]
    desk.change(Rewrite(item=LEAD, headline="Ours"))
    desk.change(ChooseSentences(item=REPORT, sentences=(sentence.text,)))
    desk.decide()
    before = desk.edition
    assert rebuild(desk.room, EDITION, actor="ada").lost == ()
    assert [item.headline for item in desk.edition.items] == [
        item.headline for item in before.items
    ]
    page = desk.folder / "seeds" / "02-water-levy.txt"
    page.write_text(page.read_text().replace(sentence.text, "Nothing was said."))
    (lost,) = rebuild(desk.room, EDITION, actor="ada").lost
    assert "does not say" in lost
    assert desk.sheet.lost == (lost,)
    assert "Ours" in [item.headline for item in desk.edition.items]
    assert desk.edition.held == ()


def test_a_piece_that_came_in_since_is_there_and_what_was_dropped_stays_dropped(desk):
    desk.decide()
    desk.change(Drop(item=REPORT))
    (desk.folder / "seeds" / "10-quarry.txt").write_text(story("Quarry Road"))
    assert rebuild(desk.room, EDITION, actor="ada").lost == ()
    # Saved just now, so before what was saved three weeks ago.
    assert [item.id for item in desk.edition.items] == ["10-quarry#0", LEAD, OPEN]
    assert [item.id for item in desk.edition.dropped] == [REPORT]


@given(st.one_of([st.from_type(kind) for kind in CHANGES.values()]))
@settings(suppress_health_check=list(HealthCheck), max_examples=60, deadline=None)
def test_every_change_to_a_piece_that_is_there_has_a_sentence(desk, asked):
    if hasattr(asked, "item"):
        with pytest.raises(EditionError, match="has no piece"):
            said(desk.edition, replace(asked, item="nowhere"))
        asked = replace(asked, item=LEAD)
    if hasattr(asked, "into"):
        asked = replace(asked, into=REPORT)
    assert said(desk.edition, asked).strip()
