"""Which stories an edition prints, and where."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from briefing.editions import Background, EditionSettings, assemble
from briefing.errors import EditionError
from briefing.model.article import Article, Paragraph, Sponsorship, Verdict
from briefing.model.digest import Digest, Sentence
from briefing.model.edition import EditionStatus, Relation, Retelling

SLOT = datetime(2026, 11, 23, 7, tzinfo=UTC)
SETTINGS = EditionSettings(briefing="staggers", title="The Staggers", max_items=4)


def story(name, headline="Peers send the housing bill back", verdict=Verdict.EDITORIAL, **more):
    text = f"{headline} is what everybody in Westminster spoke of on the day in question."
    article = Article(
        id=f"{name}#0",
        headline=headline,
        paragraphs=(Paragraph(text=text),),
        sponsorship=Sponsorship(verdict=verdict),
        **more,
    )
    sentence = Sentence(text=text, start=0, end=len(text))
    return article, Digest(article_id=article.id, sentences=(sentence,), engine="test")


def ids(items):
    return [item.id for item in items]


def test_stories_keep_the_order_of_their_pages():
    edition = assemble([story("a"), story("b"), story("c")], SETTINGS, SLOT)
    assert ids(edition.items) == ["a#0", "b#0", "c#0"]
    assert edition.id == "staggers-2026-11-23"
    assert edition.status is EditionStatus.DRAFT


def test_what_an_editor_dropped_before_is_listed_with_the_dropped_and_leads_nothing():
    again = story("again", flags=("dropped from staggers-2026-11-20",), seen_in=("b#0",))
    edition = assemble([again, story("a")], SETTINGS, SLOT)
    assert ids(edition.items) == ["a#0"]
    assert ids(edition.dropped) == ["again#0"]


def test_paid_copy_is_never_among_the_stories_nor_in_subject_or_preheader():
    paid = story("paid", headline="Exporters are winning abroad", verdict=Verdict.SPONSORED)
    edition = assemble([paid, story("a"), story("b", headline="Whips lose count")], SETTINGS, SLOT)
    assert ids(edition.items) == ["a#0", "b#0"]
    assert ids(edition.sponsored) == ["paid#0"]
    assert "Exporters" not in edition.subject + edition.preheader


def test_a_piece_nobody_can_judge_holds_the_edition_and_stands_in_no_block():
    edition = assemble([story("a"), story("odd", verdict=Verdict.UNSURE)], SETTINGS, SLOT)
    assert edition.status is EditionStatus.HELD
    assert ids(edition.held) == ["odd#0"]
    assert ids(edition.items) == ["a#0"]


def test_a_repeated_piece_is_printed_once():
    told = Retelling(id="copy#0", headline="Peers again", relation=Relation.SAME)
    edition = assemble(
        [story("a"), story("copy")], SETTINGS, SLOT, Background(also_in={"a#0": (told,)})
    )
    assert ids(edition.items) == ["a#0"]
    assert edition.items[0].also_in == (told,)
    assert [(item.id, item.aside) for item in edition.dropped] == [
        ("copy#0", "the same piece as “Peers send the housing bill back”")
    ]


def test_stories_past_max_items_are_kept_aside_in_order():
    edition = assemble([story(name) for name in "abcdef"], SETTINGS, SLOT)
    assert ids(edition.items) == ["a#0", "b#0", "c#0", "d#0"]
    assert ids(edition.dropped) == ["e#0", "f#0"]


def test_too_few_stories_make_no_edition_and_say_how_many_there_were():
    settings = EditionSettings(briefing="staggers", title="The Staggers", min_items=2)
    with pytest.raises(EditionError, match=r"has 1 story .* asks for 2"):
        assemble([story("a")], settings, SLOT)


def test_where_no_space_parts_words_two_characters_count_as_one():
    edition = assemble([story("a")], SETTINGS, SLOT)
    item = replace(
        edition.items[0], headline="大臣は税を下げた", paragraph="議会は九票の差で可決した"
    )
    assert replace(edition, items=(item,)).words == 10


def test_the_length_in_minutes_is_at_240_words_a_minute():
    edition = assemble([story("a")], SETTINGS, SLOT)
    assert edition.words == len(f"{edition.items[0].headline} {edition.items[0].paragraph}".split())
    assert edition.minutes == 1


def test_a_story_of_several_papers_says_since_when_the_first_of_them_has_it():
    late = story("a", saved=datetime(2026, 11, 23, 6, tzinfo=UTC))
    early = story("b", saved=datetime(2026, 11, 23, 4, 10, tzinfo=UTC))
    issued = story("c", verdict=Verdict.ISSUED, saved=datetime(2026, 11, 23, 5, tzinfo=UTC))
    told = Retelling(id="b#0", headline="x", relation=Relation.EVENT)
    edition = assemble([issued, late, early], SETTINGS, SLOT, Background(also_in={"a#0": (told,)}))
    assert edition.items[0].why.startswith("first: in 2 sources since 04:10; ")
    assert edition.items[1].why == "second: undated, saved today at 05:00"
