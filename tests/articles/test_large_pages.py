"""Pages far larger than any article: each must end in seconds, so none may cost its square."""

import pytest

from briefing.articles import split_page
from briefing.errors import PageRefused
from briefing.model.page import Page

PARAGRAPH = (
    "The council voted on Tuesday, and nobody was content with it, said the opposition. " * 4
)
LINES = [
    "Sponsored",
    "Paid for by Harrow & Pike",
    "Advertisement",
    "Show Hide image",
    "Getty",
    "We use cookies on this site",
    "Mara Quill is political editor of the Calder Post.",
    "Why the council of Harle voted again",
    "It was short.",
    "Paid for",
]


@pytest.mark.parametrize("line", LINES)
def test_five_thousand_lines_of_one_kind_between_two_paragraphs(line):
    page = f"Harle warms up\n\n{PARAGRAPH}\n\n" + f"{line}\n\n" * 5000 + PARAGRAPH
    assert split_page(Page(name="page", body=page.encode()))


def test_twenty_thousand_short_lines():
    page = "Harle warms up\n\n" + "\n".join(f"Line {place} is short." for place in range(20_000))
    (article,) = split_page(Page(name="page", body=page.encode()))
    assert len(article.paragraphs) > 19_000


def test_three_hundred_pieces():
    head, foot = "Harle warms up again\n\nBy Mara Quill", "Mara Quill is editor of the Post."
    piece = f"{head}\n\n{PARAGRAPH * 2}\n\n{foot}\n\n"
    assert len(split_page(Page(name="page", body=(piece * 300).encode()))) == 300


def test_half_a_megabyte_of_prose():
    page = "Harle warms up\n\n" + f"{PARAGRAPH}\n\n" * 1500
    (article,) = split_page(Page(name="page", body=page.encode()))
    assert len(article.paragraphs) == 1500


@pytest.mark.parametrize(
    "characters", ["<", "&", '"', "‘", "(", "a.b@", "07", "<p>word ", "1 ", "A "]
)
def test_one_line_of_a_hundred_thousand_characters_that_patterns_dislike(characters):
    line = characters * (100_000 // len(characters))
    page = f"Harle warms up\n\n{PARAGRAPH}\n\n{line}\n\n{PARAGRAPH}"
    assert split_page(Page(name="page", body=page.encode()))


def test_more_than_five_megabytes_are_refused():
    with pytest.raises(PageRefused, match="is the most a page may have"):
        split_page(Page(name="page", body=b"word " * 1_100_000))
