"""Changing an edition keeps its laws."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.editions import apply
from briefing.errors import EditionError
from briefing.model.article import Article, Paragraph
from briefing.model.change import (
    Drop,
    MakeLead,
    Move,
    Restore,
    Rewrite,
    SetPreheader,
    SetSubject,
)
from briefing.model.digest import Digest, Sentence
from briefing.model.edition import Edition, Item


def item(name):
    text = f"Story {name} was told in one sentence."
    article = Article(id=name, headline=f"Story {name}", paragraphs=(Paragraph(text=text),))
    sentence = Sentence(text=text, start=0, end=len(text))
    digest = Digest(article_id=name, sentences=(sentence,), engine="test")
    return Item(
        article=article, digest=digest, kicker="Labour", headline=article.headline, paragraph=text
    )


EDITION = Edition(
    id="staggers-2026-11-23",
    briefing="staggers",
    title="The Staggers",
    slot=datetime(2026, 11, 23, 7, tzinfo=UTC),
    items=tuple(item(name) for name in "abcde"),
)


def order(edition):
    return "".join(item.id for item in edition.items)


NAMES = st.sampled_from("abcde")
CHANGES = st.one_of(
    st.builds(Move, item=NAMES, to=st.integers(-3, 9)),
    st.builds(MakeLead, item=NAMES),
    st.builds(Drop, item=NAMES),
    st.builds(Restore, item=NAMES),
    st.builds(Rewrite, item=NAMES, headline=st.text(max_size=5), paragraph=st.text(max_size=5)),
    st.builds(SetSubject, subject=st.text(max_size=5)),
)


@given(st.lists(CHANGES, max_size=12))
def test_no_sequence_of_changes_loses_or_doubles_a_story(changes):
    edition = EDITION
    for change in changes:
        try:
            edition = apply(edition, change)
        except EditionError:
            continue
    assert sorted(item.id for item in (*edition.items, *edition.dropped)) == list("abcde")


@given(NAMES, st.integers(0, 4))
def test_a_move_keeps_the_order_of_all_other_stories(name, to):
    moved = apply(EDITION, Move(item=name, to=to))
    assert order(moved).replace(name, "") == order(EDITION).replace(name, "")
    assert order(moved)[to] == name


def test_a_dropped_story_comes_back_as_the_last():
    dropped = apply(EDITION, Drop(item="b"))
    assert order(dropped) == "acde"
    assert order(apply(dropped, Restore(item="b"))) == "acdeb"


def test_a_rewritten_paragraph_is_no_longer_verbatim_and_the_old_words_make_it_so_again():
    changed = apply(EDITION, Rewrite(item="a", paragraph="Somebody else's words."))
    assert not changed.items[0].verbatim
    assert apply(changed, Rewrite(item="a", paragraph=EDITION.items[0].paragraph)) == EDITION


def test_a_new_headline_leaves_the_paragraph_verbatim():
    changed = apply(EDITION, Rewrite(item="a", headline="Another"))
    assert changed.items[0].verbatim
    assert changed.items[0].headline == "Another"
    assert changed.items[0].kicker == "Labour"


def test_subject_and_preheader_can_be_set():
    changed = apply(apply(EDITION, SetSubject(subject="S")), SetPreheader(preheader="P"))
    assert (changed.subject, changed.preheader) == ("S", "P")


def test_an_unknown_story_is_named_with_those_there_are():
    with pytest.raises(EditionError, match=r"no story 'x' in the edition.*a, b, c, d, e"):
        apply(EDITION, MakeLead(item="x"))
