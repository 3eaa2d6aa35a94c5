"""Pages far larger than any article: each must end in seconds, so none may cost its square."""

import tracemalloc

import pytest

from briefing.articles.split_page import split_page
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


def test_more_lines_than_anybody_writes_are_refused():
    page = f"Harle warms up\n\n{PARAGRAPH}\n\n" + "It is short.\n" * 300_000
    with pytest.raises(PageRefused, match="has 300,002 lines; 25,000 is the most"):
        split_page(Page(name="page", body=page.encode()))


@pytest.mark.parametrize("tag", ["<p>word ", "<b>w</b>", "<br>"])
def test_more_tags_than_anybody_writes_are_refused(tag):
    page = f"<html><body><h1>Harle warms up</h1><p>{PARAGRAPH}</p>" + tag * 260_000
    with pytest.raises(PageRefused, match="page: the page has more than 250,000 tags"):
        split_page(Page(name="page", body=page.encode(), media_type="text/html"))


def test_a_hundred_thousand_bold_words_of_one_paragraph():
    page = f"<html><body><h1>Harle warms up</h1><p>{PARAGRAPH}" + "<b>word</b> " * 100_000
    (article,) = split_page(Page(name="page", body=page.encode(), media_type="text/html"))
    assert article.text.count("word") == 100_000


def test_a_million_attributes_of_one_tag_take_no_memory():
    page = f"<html><body><h1>Harle warms up</h1><p {'a=b ' * 1_000_000}>{PARAGRAPH}</p>"
    tracemalloc.start()
    (article,) = split_page(Page(name="page", body=page.encode(), media_type="text/html"))
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert article.text == PARAGRAPH.strip()
    assert most < 100_000_000


def test_a_payers_logo_written_into_its_tag_still_names_the_payer():
    logo = f"<img alt='Harrow &amp; Pike' src='data:image/png;base64,{'A' * 100_000}'>"
    page = f"<html><body><h1>Harle warms up</h1><p>Sponsored by {logo}</p><p>{PARAGRAPH}</p>"
    (article,) = split_page(Page(name="page", body=page.encode(), media_type="text/html"))
    assert article.sponsorship.sponsor == "Harrow & Pike"


def test_double_encoded_text_of_a_megabyte_is_repaired_in_little_memory():
    page = f"Harle warms up\n\n{PARAGRAPH}\n\n" + "It was â€œwarmâ€\x9d. " * 50_000
    tracemalloc.start()
    (article,) = split_page(Page(name="page", body=page.encode()))
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert "It was “warm”." in article.text
    assert most < 60_000_000
