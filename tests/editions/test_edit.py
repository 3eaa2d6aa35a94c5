"""Changing an edition keeps its laws."""

from dataclasses import replace

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from tests.editions.samples import EDITION, HELD, PAID, item

from briefing.editions import apply, edited, folded
from briefing.editions.lead import with_report_first
from briefing.editions.subject_line import preheader_for, subject_for
from briefing.errors import EditionError
from briefing.model.article import Paragraph, Verdict
from briefing.model.change import (
    Change,
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
from briefing.model.digest import Pair, PairKind
from briefing.model.edition import EditionStatus

MIXED = replace(
    EDITION,
    sponsored=PAID,
    held=HELD,
    subject=subject_for(EDITION.items, EDITION.title),
    preheader=preheader_for(EDITION.items),
    status=EditionStatus.HELD,
)


def everywhere(edition):
    return (*edition.items, *edition.sponsored, *edition.held, *edition.dropped)


def order(edition):
    return "".join(item.id for item in edition.items)


def tried(edition, changes):
    """The changes that can be made one after the other, and what they make."""
    kept = []
    for change in changes:
        try:
            edition = apply(edition, change)
        except EditionError:
            continue
        kept.append(change)
    return kept, edition


NAMES = st.sampled_from("abcdepqhi")
STORIES = st.sampled_from("abcde")
WORDS = st.text(max_size=5)
SOME_WORDS = st.none() | WORDS
SENTENCES = [sentence.text for name in "ab" for sentence in item(name).article.paragraphs]
CHANGES = st.one_of(
    st.builds(Move, item=NAMES, to=st.integers(-3, 9)),
    st.builds(MakeLead, item=NAMES),
    st.builds(Drop, item=NAMES),
    st.builds(Restore, item=NAMES),
    st.builds(Rewrite, item=NAMES, headline=SOME_WORDS, kicker=SOME_WORDS, paragraph=SOME_WORDS),
    st.builds(
        ChooseSentences,
        item=st.sampled_from("aab"),
        sentences=st.lists(st.sampled_from(SENTENCES), max_size=3).map(tuple),
    ),
    st.builds(SetNote, item=NAMES, note=WORDS),
    st.builds(
        Decide,
        item=NAMES,
        verdict=st.sampled_from(Verdict),
        sponsor=st.sampled_from(["", "Harbour Water"]),
        note=WORDS,
    ),
    st.builds(SetSubject, subject=WORDS),
    st.builds(SetPreheader, preheader=WORDS),
)
MANY = st.lists(CHANGES, max_size=12)


@given(MANY)
def test_no_sequence_of_changes_loses_or_doubles_a_piece(changes):
    changes, edition = tried(MIXED, changes)
    assert sorted(item.id for item in everywhere(edition)) == sorted("abcdepqhi")
    again = edited(MIXED, changes).edition
    led = with_report_first(edition, changes)
    assert [item.id for item in everywhere(again)] == [item.id for item in everywhere(led)]


@given(MANY)
def test_every_piece_stands_in_the_block_of_its_verdict_or_is_dropped(changes):
    edition = edited(MIXED, changes).edition
    blocks = (edition.items, edition.sponsored, edition.held)
    verdicts = ({Verdict.EDITORIAL, Verdict.ISSUED}, {Verdict.SPONSORED}, {Verdict.UNSURE})
    for block, its in zip(blocks, verdicts, strict=True):
        assert {item.article.verdict for item in block} <= its
    assert (edition.status is EditionStatus.HELD) == bool(edition.held)
    decided = [item for item in edition.sponsored if item.id not in "pq"]
    assert all(item.article.sponsorship.sponsor for item in decided)


@given(MANY)
def test_subject_and_preheader_are_made_of_editorial_stories_until_somebody_writes_them(changes):
    edition = edited(MIXED, changes).edition
    written = {type(change) for change in changes}
    if SetSubject not in written:
        assert edition.subject == subject_for(edition.items, edition.title)
    if SetPreheader not in written:
        assert edition.preheader == preheader_for(edition.items)


def test_a_lead_that_turns_out_to_be_paid_for_leaves_the_inbox_row():
    decided = Decide(item="a", verdict=Verdict.SPONSORED, sponsor="Harbour Water")
    edition = edited(MIXED, [decided]).edition
    assert order(edition) == "bcde"
    assert "Story a" not in edition.subject + edition.preheader
    assert edition.sponsored[-1].article.sponsorship.sponsor == "Harbour Water"


def test_an_emptied_subject_follows_the_lead_again():
    changes: list[Change] = [
        SetSubject(subject="Ours"),
        SetSubject(subject=" "),
        MakeLead(item="c"),
    ]
    assert edited(MIXED, changes).edition.subject == "Story c"


@given(MANY)
def test_folding_leaves_out_only_what_changes_nothing(changes):
    kept, _ = tried(MIXED, changes)
    short: tuple[Change, ...] = ()
    for change in kept:
        short = folded(short, change)
    assert len(short) <= len(kept)
    assert edited(MIXED, short) == edited(MIXED, kept)


def retold(name):
    """A story as it comes from a source that has changed."""
    one = item(name)
    paragraphs = (Paragraph(text="A new beginning."), *one.article.paragraphs)
    return replace(one, article=replace(one.article, paragraphs=paragraphs), kicker="Updated")


@given(MANY, st.sets(NAMES), st.sets(STORIES))
def test_changes_survive_new_sources_and_each_that_does_not_is_told(changes, gone, news):
    def left(items):
        return tuple(
            retold(one.id) if one.id in news else one for one in items if one.id not in gone
        )

    items = left(MIXED.items)
    base = replace(
        MIXED,
        items=items,
        sponsored=left(PAID),
        held=left(HELD),
        subject=subject_for(items, MIXED.title),
        preheader=preheader_for(items),
    )
    kept, _ = tried(MIXED, changes)
    done = edited(base, kept)
    fitting, _ = tried(base, kept)
    assert len(done.lost) == len(kept) - len(fitting)
    assert done.edition == edited(base, fitting).edition
    assert sorted(one.id for one in everywhere(done.edition)) == sorted({*"abcdepqhi"} - gone)
    for change in kept:
        if isinstance(change, Rewrite | SetNote | ChooseSentences):
            assert (change in fitting) == (change.item not in gone)


OWN = SENTENCES[:2]


@given(st.lists(st.sampled_from(OWN), min_size=1, max_size=4))
def test_chosen_sentences_are_slices_of_the_source_in_its_order(sentences):
    (chosen, *_) = apply(MIXED, ChooseSentences(item="a", sentences=tuple(sentences))).items
    found = chosen.digest.sentences
    assert [one.text for one in found] == [one for one in OWN if one in sentences]
    assert all(chosen.article.text[one.start : one.end] == one.text for one in found)
    assert chosen.verbatim
    assert chosen.paragraph == " ".join(one.text for one in found)


def test_a_short_sentence_is_found_where_it_stands_alone():
    text = "“No.” That was her answer. No. It came."
    story = item("a")
    article = replace(story.article, paragraphs=(Paragraph(text=text),))
    edition = replace(MIXED, items=(replace(story, article=article),))

    def places(sentence):
        (chosen,) = apply(edition, ChooseSentences(item="a", sentences=(sentence,))).items
        return [(one.start, one.end) for one in chosen.digest.sentences]

    assert places("No.") == [(27, 30)]
    assert places("That was") == [(6, 14)]
    assert places("o.") == [(2, 4)], "what stands nowhere alone is where it stands first"


def test_a_place_beyond_all_counting_is_the_end():
    for place in (5, 10**30):
        assert order(apply(EDITION, Move(item="a", to=place))) == "bcdea"
    assert order(apply(EDITION, Move(item="e", to=-(10**30)))) == "eabcd"


def test_a_paid_piece_can_be_dropped_and_restored_but_never_moved_among_the_stories():
    for change in (Move(item="p", to=0), MakeLead(item="p"), MakeLead(item="h")):
        with pytest.raises(EditionError, match=r"no story '[ph]' in the edition"):
            apply(MIXED, change)
    dropped = apply(MIXED, Drop(item="p"))
    assert [item.id for item in dropped.sponsored] == ["q"]
    assert [item.id for item in apply(dropped, Restore(item="p")).sponsored] == ["q", "p"]


def test_a_dropped_held_piece_comes_back_held_and_decided_meanwhile_as_decided():
    dropped = apply(apply(MIXED, Drop(item="h")), Drop(item="i"))
    assert edited(dropped, []).edition.status is EditionStatus.DRAFT
    assert edited(dropped, [Restore(item="h")]).edition.status is EditionStatus.HELD
    decided = apply(dropped, Decide(item="h", verdict=Verdict.EDITORIAL))
    assert order(apply(decided, Restore(item="h"))) == "abcdeh"


def test_who_paid_has_to_be_named_and_why_it_was_decided_stands_before_the_evidence():
    with pytest.raises(EditionError, match="name who paid for it"):
        apply(MIXED, Decide(item="h", verdict=Verdict.SPONSORED, sponsor=" "))
    twice = [
        Decide(item="h", verdict=Verdict.EDITORIAL, note="ours"),
        Decide(item="h", verdict=Verdict.SPONSORED, sponsor="Harbour Water", note="no, theirs"),
    ]
    edition = edited(MIXED, twice).edition
    (said,) = edition.sponsored[-1].article.sponsorship.evidence
    assert said.text == "an editor decided so: no, theirs"


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (Rewrite(item="a", headline=" "), "cannot have an empty headline"),
        (Rewrite(item="a", paragraph=""), "cannot have an empty paragraph"),
        (Rewrite(item="a", paragraph="x" * 5_001), "5,001 characters is too long; 5,000"),
        (SetSubject(subject="x" * 6_000), "The subject of 6,000 characters"),
        (SetNote(item="a", note="x" * 6_000), "The note of 6,000 characters"),
        (ChooseSentences(item="a", sentences=()), "at least one sentence"),
        (ChooseSentences(item="a", sentences=("",)), "does not say ''"),
        (ChooseSentences(item="a", sentences=(SENTENCES[2],)), "does not say 'Story b was told"),
        (Drop(item="x"), "no story 'x' in the edition.*a, b, c, d, e, p, q, h, i"),
    ],
)
def test_what_cannot_be_done_is_a_sentence_and_changes_nothing(change, fault):
    with pytest.raises(EditionError, match=fault):
        apply(MIXED, change)
    done = edited(MIXED, [change])
    assert done.edition == MIXED
    assert len(done.lost) == 1


def test_a_story_that_is_printed_cannot_be_restored_and_that_it_is_printed_loses_no_change():
    none = "no story 'a' among the dropped stories; the stories there are: none"
    with pytest.raises(EditionError, match=none):
        apply(MIXED, Restore(item="a"))
    assert edited(MIXED, [Restore(item="a")]).lost == ()
    assert len(edited(MIXED, [Restore(item="x")]).lost) == 1


@given(st.text(alphabet=st.characters(codec="utf-8"), min_size=1, max_size=30))
@example("Two\r\nBcc: x@example.com")
def test_what_is_typed_becomes_one_line(typed):
    edition = edited(MIXED, [SetSubject(subject=typed), SetNote(item="a", note=typed)]).edition
    assert edition.items[0].note == " ".join(typed.split())
    assert edition.subject.splitlines() == [edition.subject]


@given(STORIES, st.integers(0, 4))
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


def test_choosing_sentences_keeps_the_pairs_so_that_parting_one_is_seen():
    story = item("a")
    sentences = story.digest.sentences
    pair = Pair(kind=PairKind.CONTRAST, claim=sentences[0], answers=(sentences[-1],))
    digest = replace(story.digest, pairs=(pair,))
    edition = replace(MIXED, items=(replace(story, digest=digest),))
    (chosen,) = apply(edition, ChooseSentences(item="a", sentences=(sentences[0].text,))).items
    assert chosen.digest.pairs == (pair,)
    assert chosen.digest.engine == "editor"
