"""A name over a headline is told from it by the text below, whatever the name is."""

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
