"""What a body issued itself stands among the stories, and leads only where an editor put it."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from tests.editions.samples import EDITION, PAID, item

from briefing.editions import EditionSettings, apply, assemble, edited
from briefing.errors import EditionError
from briefing.model.article import Verdict
from briefing.model.change import Change, Decide, Drop, MakeLead, Move, Restore

ISSUED = tuple(item(name, Verdict.ISSUED) for name in "xy")
MIXED = replace(EDITION, items=(*EDITION.items[:2], *ISSUED), sponsored=PAID)
SETTINGS = EditionSettings(briefing="staggers", title="The Staggers", min_items=1, max_items=3)


def made(*items, settings=SETTINGS):
    stories = [(one.article, one.digest) for one in items]
    return assemble(stories, settings, datetime(2026, 11, 23, 7, tzinfo=UTC))


def ids(items):
    return [one.id for one in items]


def test_issued_pieces_come_after_the_reports():
    assert ids(made(*ISSUED, *EDITION.items[:1]).items) == ["a", "x", "y"]


def test_reports_are_not_crowded_out_by_issued_pieces():
    edition = made(*ISSUED, *EDITION.items[:3])
    assert (ids(edition.items), ids(edition.dropped)) == (["a", "b", "c"], ["x", "y"])


def test_issued_pieces_alone_make_no_edition():
    with pytest.raises(EditionError, match="0 stories"):
        made(*ISSUED)


def test_an_issued_piece_does_not_lead_while_all_reports_are_held():
    edition = made(item("h", Verdict.UNSURE), *ISSUED)
    assert (ids(edition.items), ids(edition.dropped)) == ([], ["x", "y"])


def test_subject_and_preheader_pass_issued_pieces_over():
    edition = made(*ISSUED, *EDITION.items[:2])
    assert "Story x" not in f"{edition.subject} {edition.preheader}"


def test_when_the_lead_is_dropped_the_next_report_leads():
    base = replace(MIXED, items=(EDITION.items[0], ISSUED[0], EDITION.items[1]))
    assert ids(edited(base, [Drop(item="a")]).edition.items) == ["b", "x"]


def test_when_the_last_report_is_dropped_no_issued_piece_leads_by_itself():
    done = edited(MIXED, [Drop(item="a"), Drop(item="b")]).edition
    assert (ids(done.items), ids(done.dropped)) == ([], ["a", "b", "x", "y"])


@pytest.mark.parametrize("change", [MakeLead(item="x"), Move(item="x", to=0)])
def test_an_editor_may_put_an_issued_piece_first(change):
    done = edited(MIXED, [change]).edition
    assert ids(done.items) == ["x", "a", "b", "y"]
    assert done.subject == "Story a"


def test_an_editor_may_restore_an_issued_piece_where_nothing_else_is_left():
    changes: list[Change] = [
        Drop(item="a"),
        Drop(item="b"),
        Drop(item="y"),
        Drop(item="x"),
        Restore(item="x"),
    ]
    assert ids(edited(MIXED, changes).edition.items) == ["x"]


def test_a_lead_that_an_editor_finds_to_be_issued_gives_its_place_to_a_report():
    done = edited(EDITION, [Decide(item="a", verdict=Verdict.ISSUED, sponsor="Quay Guild")]).edition
    assert ids(done.items) == ["b", "a", "c", "d", "e"]
    assert done.items[1].article.sponsorship.sponsor == "Quay Guild"


def test_an_editor_names_who_issued_a_piece():
    with pytest.raises(EditionError, match="name who issued it"):
        apply(EDITION, Decide(item="a", verdict=Verdict.ISSUED))


def test_a_paid_piece_that_was_only_issued_moves_among_the_stories():
    done = edited(MIXED, [Decide(item="p", verdict=Verdict.ISSUED, sponsor="Quay Guild")]).edition
    assert (ids(done.items), ids(done.sponsored)) == (["a", "b", "x", "y", "p"], ["q"])
