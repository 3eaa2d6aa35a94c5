"""A comparison shows all that differs and loses no word of either side."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st
from tests.newsrooms import LEAD, PAID, REPORT

from briefing.actions.editions.word_diff import differences, words_apart
from briefing.model.change import MakeLead, Rewrite, SetNote, SetSubject

TEXTS = st.text(st.sampled_from("ab \n\t.é\u00a0"), max_size=40)


def side(runs, kind):
    return "".join(run.text for run in runs if run.kind in ("same", kind))


@given(TEXTS, TEXTS)
def test_same_and_gone_are_the_old_text_same_and_come_the_new_one(old, new):
    runs = words_apart(old, new)
    assert side(runs, "del") == old
    assert side(runs, "ins") == new
    assert all(run.text for run in runs)


@given(TEXTS)
def test_equal_texts_have_no_difference(text):
    assert {run.kind for run in words_apart(text, text)} <= {"same"}


def test_a_word_that_was_swapped_is_all_that_is_marked():
    runs = words_apart("Peers sent it back", "Peers sent it home")
    assert [(run.kind, run.text) for run in runs] == [
        ("same", "Peers sent it "),
        ("del", "back"),
        ("ins", "home"),
    ]


def test_a_paragraph_that_was_written_afresh_is_read_whole_not_word_by_word():
    runs = words_apart("The bill cleared its reading", "Rebels kept the whips waiting all night")
    assert [(run.kind, run.text) for run in runs] == [
        ("del", "The bill cleared its reading"),
        ("ins", "Rebels kept the whips waiting all night"),
    ]


def test_an_edition_does_not_differ_from_itself(desk):
    assert differences(desk.edition, desk.edition) == ()


def test_each_thing_readers_see_differently_is_named(desk):
    before = desk.edition
    desk.change(
        MakeLead(item=REPORT),
        Rewrite(item=LEAD, headline="Another headline"),
        SetNote(item=PAID, note="A note."),
        SetSubject(subject="Ours"),
    )
    found = {each.what: each.runs for each in differences(before, desk.edition)}
    assert set(found) == {
        "Subject",
        "Preheader",
        "Order",
        "Headline of “Another headline”",
        f"Note of “{before.sponsored[0].headline}”",
    }
    assert side(found["Subject"], "del") == before.subject
    assert side(found["Subject"], "ins") == "Ours"


def test_a_piece_that_was_dropped_or_is_held_shows_in_the_order(desk):
    (held,) = desk.edition.held
    without = replace(desk.edition, held=())
    (order,) = differences(desk.edition, without)
    assert order.what == "Order"
    assert f"held: {held.headline}" in side(order.runs, "del")
    assert "held:" not in side(order.runs, "ins")
