"""Nothing of a page is lost, and the same page always gives the same pieces."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.articles.three_pieces import BIOGRAPHY, ONE, THREE, TWO, split

from briefing.articles.split_page import split_page
from briefing.articles.text.decoding import decode
from briefing.errors import PageRefused
from briefing.model.page import Page

SEEDS = sorted((Path(__file__).parents[2] / "seeds").glob("*.txt"))


LINES = st.sampled_from(
    [
        *ONE.split("\n\n"), *TWO.split("\n\n"), *THREE.split("\n\n"), BIOGRAPHY, "Peers back rents again",
        "Show Hide image", "Sponsored content", "Paid for by Harrow & Pike", "Paid for", "by", "Harrow & Pike",
        "Advertisement", "Getty", "By Ada Kerr", "3 March 2026", "Read more", "Subscribe", "Politics",
        "We use cookies", "Accept all", "What next", "• one item", "“A quotation of its own.”", "0800 555 0199",
        "Taken from the Calder Post supplement Warm Towns", "Most read", "Exclusive", "* * *",
        "www.calder.example", "Ten cars that nobody wanted to buy", "The market in May, pictured on Tuesday.", "",
    ]
)  # fmt: skip


@given(st.lists(st.tuples(LINES, st.sampled_from(["\n", "\n\n"])), max_size=25))
@settings(max_examples=2 * settings.default.max_examples, deadline=None)
def test_each_line_is_in_one_place_of_one_piece_or_on_record_and_bodies_keep_their_order(parts):
    page = "".join(line + end for line, end in parts)
    try:
        found = split(page)
    except PageRefused:
        return
    words = sorted(page.split())
    kept = []
    place = 0
    for article in found:
        for paragraph in article.paragraphs:
            assert paragraph.text in page
        bodies = [part.text for part in article.paragraphs]
        for text in bodies:
            assert page.find(text) >= 0
        kept += [
            *bodies,
            *(line.text for line in article.removed),
            *article.captions,
            *article.labels,
        ]
        kept += [article.headline, article.standfirst or ""]
    assert sorted(" ".join(kept).split()) == words
    for text in (part.text for article in found for part in article.paragraphs):
        assert page.find(text, place) >= 0 or page.count(text) > 1
        place = max(place, page.find(text, place))


# A form feed parts the pages of a printed paper, whose numbers and running heads go before lines are read
# (`text/paper_pages`): "0\\f" ends a page by its number.
ANYTHING = st.text(st.characters(codec="utf-8", exclude_characters="<&\f"), max_size=200)


@given(st.lists(st.one_of(ANYTHING, LINES), max_size=12))
@settings(max_examples=2 * settings.default.max_examples, deadline=None)
def test_any_text_is_joined_again_from_its_pieces_and_what_was_taken_off(parts):
    body = "\n\n".join(parts).encode()
    try:
        found = split_page(Page(name="page", body=body))
    except PageRefused:
        return
    kept = []
    for article in found:
        kept += [part.text for part in article.paragraphs]
        kept += [line.text for line in article.removed]
        kept += [*article.captions, *article.labels, article.headline, article.standfirst or ""]
    assert sorted(" ".join(kept).split()) == sorted(decode(body).text.split())


def headlines_or_refusal(body):
    """The headlines of a page, or the name of the page that was refused."""
    try:
        return [piece.headline for piece in split_page(Page(name="tuesday", body=body))]
    except PageRefused as refusal:
        return [str(refusal).partition(": ")[0], refusal.page]


@given(st.binary(max_size=400))
@settings(max_examples=2 * settings.default.max_examples, deadline=None)
def test_any_bytes_are_split_or_refused_by_name(body):
    found = headlines_or_refusal(body)
    assert found == ["tuesday", "tuesday"] or all(found)


@given(st.text(max_size=300))
@settings(max_examples=2 * settings.default.max_examples, deadline=None)
def test_any_markup_is_split_or_refused_by_name(text):
    markup = f"<html><body><h1>Harle warms up</h1><p>{text}</p><p>{ONE}</p>"
    found = headlines_or_refusal(markup.encode("utf-8", errors="replace"))
    assert found == ["tuesday", "tuesday"] or all(found)


@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.stem)
def test_every_word_of_a_sample_page_is_accounted_for(path):
    page = path.read_text(encoding="utf-8")
    found = split(page)
    kept = []
    for article in found:
        kept += [part.text for part in article.paragraphs]
        kept += [line.text for line in article.removed] + [*article.captions, *article.labels]
        kept += [article.headline, article.standfirst or ""]
    missing = set(page.split()) - set(" ".join(kept).split())
    assert {word.rstrip(":") for word in missing} <= {label for a in found for label in a.labels}
