"""A name over a headline is told from it by the text below, whatever the name is."""

from datetime import date

import pytest

from briefing.articles.split_page import split_page
from briefing.model.page import Page

TEXT = """The pump of Harle stood still on Monday, for the first time since the mill burned.

Nobody in the mill noticed, the engineer said, because the pump had never been heard there.
"""


def headline_under(first: str, headline: str) -> str:
    page = Page(name="saved.txt", body=f"{first}\n\n{headline}\n\n{TEXT}".encode())
    (article,) = split_page(page)
    return article.headline


@pytest.mark.parametrize(
    "first", ["The Quad ... from 1971", "Wendle & Daughters #88", "Ropes // Workshop", "Odd hours"]
)
def test_a_name_that_the_text_does_not_say_is_not_the_headline(first):
    assert headline_under(first, "Pump stops for the mill that it kept dry") == (
        "Pump stops for the mill that it kept dry"
    )


@pytest.mark.parametrize("first", ["The engineer never noticed", "The pump and the mill are still"])
def test_a_first_line_whose_words_are_in_the_text_is_the_headline(first):
    assert headline_under(first, "Where nobody has listened since the old fire") == first


@pytest.mark.parametrize(
    "names",
    [
        "Odd Hours\nAirings of Odd Hours",
        "Vale League, Group Two\nHarle Mill 2 Norburg Pump 1",
        "Ropes & Sails Monthly / Spring issue\nWORKSHOP",
    ],
)
def test_several_names_over_a_headline_go_together(names):
    headline = "Pump stops for the mill that it kept dry"
    assert headline_under(names, headline) == headline


def test_a_claim_below_a_headline_that_the_text_does_not_say_is_not_the_headline():
    head = "Comment | Column\nMy wheel, my room\nOn life in the mill whose pump nobody heard"
    assert headline_under("", head) == "My wheel, my room"


def test_a_name_in_capitals_over_the_text_signs_it_and_a_word_of_the_text_does_not():
    page = "Pump stops for the mill that it kept dry\n{}\n\n" + TEXT
    signed, not_signed = (
        split_page(Page(name="saved.txt", body=page.format(name).encode()))[0]
        for name in ("LIONEL TRASK", "HARLE MILL")
    )
    assert [author.name for author in signed.byline] == ["Lionel Trask"]
    assert not_signed.byline == ()


def test_a_day_behind_a_name_over_the_headline_is_the_day_of_the_piece():
    head = "From the archive, 12 March 1987\nPump stops for the mill that it kept dry"
    page = Page(name="saved.txt", body=f"{head}\n\n{TEXT}".encode())
    (article,) = split_page(page)
    assert article.headline == "Pump stops for the mill that it kept dry"
    assert article.published == date(1987, 3, 12)


def test_a_house_that_signs_under_a_label_and_is_in_the_text_paid():
    head = "SPONSORED\nPump stops for the mill that it kept dry\nBy Open Gate Rest"
    foot = "Open Gate Rest asks for your help.\n\nIt is at the gate."
    page = Page(name="saved.txt", body=f"{head}\n\n{TEXT}\n{foot}".encode())
    (article,) = split_page(page)
    assert article.sponsorship.sponsor == "Open Gate Rest"
    assert article.byline == ()
