"""Pictures of text pages: kept as data with their words, and out of the text."""

import pytest

from briefing.articles.split_page import split_page
from briefing.model.article import Picture
from briefing.model.page import Page

TEXT = (
    "The harbour board met on Tuesday in a room without a table, because the table had been lent to the "
    "library.\n\nThe chair put the papers on the floor and read them from there until the clerk asked her to stop."
)


def read(picture):
    page = f"# A board without a table\n\n{picture}\n\n{TEXT}\n"
    (found,) = split_page(Page(name="page", body=page.encode()))
    assert found.text == TEXT
    return found


def test_a_picture_in_markdown_is_kept_with_its_caption_and_credit():
    shown = "![Papers on a floor](https://x.example/floor.jpg)\n*The board's papers on Tuesday. Photo: Ann Sorrel*"
    assert read(shown).pictures == (
        Picture(
            url="https://x.example/floor.jpg",
            alt="Papers on a floor",
            caption="The board's papers on Tuesday.",
            credit="Photo: Ann Sorrel",
            origin="Markdown",
        ),
    )


def test_a_picture_that_is_a_link_and_one_with_a_title_are_kept():
    shown = '[![A floor](https://x.example/a.jpg)](https://x.example/a)\n\n![](https://x.example/b.jpg "Hall")'
    assert [one.url for one in read(shown).pictures] == [
        "https://x.example/a.jpg",
        "https://x.example/b.jpg",
    ]


def test_a_picture_without_an_address_of_the_web_is_taken_off_and_not_kept():
    assert read("![A floor](attachments/floor.jpg)").pictures == ()


@pytest.mark.parametrize(
    ("line", "caption"),
    [
        ("[image: Papers on a floor]", "Papers on a floor"),
        (
            "Image: Papers on the floor of the hall / Credit: Ann Sorrel",
            "Papers on the floor of the hall",
        ),
        ("Bild: Papiere auf dem Boden | NWA", "Papiere auf dem Boden"),
        ("Papers on the floor of the hall. Photo: Ann Sorrel", "Papers on the floor of the hall."),
    ],
)
def test_words_that_say_what_a_picture_shows_are_its_caption(line, caption):
    assert read(line).captions == (caption,)
