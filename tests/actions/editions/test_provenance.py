"""Every sentence that is shown of a source is the source's own, and the chosen ones are marked."""

import re
from dataclasses import replace
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st
from tests.newsrooms import LEAD

from briefing.actions.editions.provenance import trace
from briefing.editions import apply
from briefing.model.article import Article, Paragraph
from briefing.model.change import ChooseSentences, Rewrite
from briefing.model.digest import Digest, Pair, PairKind, Sentence
from briefing.model.edition import Edition, Item

SLOT = datetime(2026, 11, 23, 6, 30, tzinfo=UTC)
ALPHABET = st.sampled_from("ab A.?! ’“” \U0001f3f4é1\t")
PARAGRAPHS = st.lists(st.text(ALPHABET, min_size=1, max_size=60), min_size=1, max_size=4)


def printed(paragraphs, chosen=()):
    article = Article(
        id="a", headline="A", paragraphs=tuple(Paragraph(text=text) for text in paragraphs)
    )
    digest = Digest(article_id="a", sentences=chosen, engine="test")
    return Item(article=article, digest=digest, kicker="", headline="A", paragraph=digest.text)


def shown(found):
    return [one for paragraph in found.paragraphs for one in paragraph]


@given(PARAGRAPHS)
def test_the_sentences_are_the_source_in_order_with_nothing_left_out_or_added(paragraphs):
    item = printed(paragraphs)
    found = shown(trace(item))
    assert [one.number for one in found] == list(range(1, len(found) + 1))
    rest = item.article.text
    for one in found:
        before, _, rest = rest.partition(one.text)
        assert not before.strip()
    assert not rest.strip()


@given(PARAGRAPHS, st.data())
def test_exactly_the_chosen_sentences_are_marked_and_ticking_them_again_changes_nothing(
    paragraphs, data
):
    texts = [one.text for one in shown(trace(printed(paragraphs)))]
    if not texts:
        return
    ticked = data.draw(st.sets(st.sampled_from(texts), min_size=1))
    before = Edition(id="e", briefing="b", title="T", slot=SLOT, items=(printed(paragraphs),))
    edition = apply(before, ChooseSentences(item="a", sentences=tuple(ticked)))
    found = trace(edition.items[0])
    marked = [one for one in shown(found) if one.is_chosen]
    assert {one.text for one in marked} == ticked
    assert list(found.digest) == marked
    words = " ".join(one.text for one in marked).split()
    apart = re.sub(" [·–] ", " ", edition.items[0].paragraph)  # between lines without an end mark
    assert words == apart.split()
    again = ChooseSentences(item="a", sentences=tuple(one.text for one in marked))
    assert apply(edition, again) == edition


def test_a_story_of_the_seeds_leads_back_to_its_own_sentences(desk):
    item = next(item for item in desk.edition.items if item.id == LEAD)
    found = trace(item)
    assert " ".join(one.text for one in found.digest) == item.paragraph
    assert found.rewritten == ()
    assert len(shown(found)) > len(found.digest) > 1
    assert all(one.text in item.article.text for one in shown(found))


def test_a_rewritten_paragraph_is_shown_beside_what_the_source_says(desk):
    desk.change(Rewrite(item=LEAD, paragraph="Our own words entirely."))
    found = trace(desk.edition.items[0])
    assert found.digest
    runs = found.rewritten
    assert "".join(run.text for run in runs if run.kind != "ins") == found.item.digest.text
    assert "".join(run.text for run in runs if run.kind != "del") == "Our own words entirely."


def test_a_source_without_a_sentence_has_an_empty_trace():
    item = printed(["x"])
    nothing = replace(item, article=replace(item.article, paragraphs=()))
    assert trace(nothing).paragraphs == ()
    assert re.sub(r"\s", "", trace(item).paragraphs[0][0].text) == "x"


def test_a_sentence_shows_by_its_number_what_answers_it():
    text = "The mayor sold the land. The sun shone. She denied it."
    claim, answer = (
        Sentence(text=text[:24], start=0, end=24),
        Sentence(text="She denied it.", start=40, end=54),
    )
    pair = Pair(kind=PairKind.DENIAL, claim=claim, answers=(answer,))
    item = printed([text], (claim,))
    found = shown(trace(replace(item, digest=replace(item.digest, pairs=(pair,)))))
    assert [one.answered_by for one in found] == [(3,), (), ()]


def test_a_sentence_chosen_without_its_label_is_shown_once():
    text = "17:42 The vote was lost by nine. It was late."
    start = len("17:42 ")
    chosen = Sentence(text=text[start:32], start=start, end=32)
    assert [one.text for one in shown(trace(printed([text], (chosen,))))] == [
        chosen.text,
        "It was late.",
    ]
