"""Pages far larger than any article: each must end in seconds, so none may cost its square."""

import tracemalloc
from cProfile import Profile

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
    "Sponsorship: Norvane Six MPs went to Norway on a trip paid for by Gas Alliance, the register of trips shows",
]


@pytest.mark.parametrize("line", LINES)
def test_six_hundred_lines_of_one_kind_between_two_paragraphs(line):
    page = f"Harle warms up\n\n{PARAGRAPH}\n\n" + f"{line}\n\n" * 600 + PARAGRAPH
    assert split_page(Page(name="page", body=page.encode()))


def test_nearly_six_thousand_short_lines():
    page = "Harle warms up\n\n" + "\n".join(f"Line {place} is short." for place in range(5_900))
    (article,) = split_page(Page(name="page", body=page.encode()))
    assert len(article.paragraphs) > 5_800


def test_three_hundred_pieces():
    head, foot = "Harle warms up again\n\nBy Mara Quill", "Mara Quill is editor of the Post."
    piece = f"{head}\n\n{PARAGRAPH * 2}\n\n{foot}\n\n"
    assert len(split_page(Page(name="page", body=(piece * 300).encode()))) == 300


def test_half_a_megabyte_of_prose():
    page = "Harle warms up\n\n" + f"{PARAGRAPH}\n\n" * 1500
    (article,) = split_page(Page(name="page", body=page.encode()))
    assert len(article.paragraphs) == 1500


@pytest.mark.parametrize(
    "characters", ["<", "&", '"', "‘", "(", "a.b@", "07", "<i>word ", "1 ", "A "]
)
def test_one_line_of_a_hundred_thousand_characters_that_patterns_dislike(characters):
    line = characters * (100_000 // len(characters))
    page = f"Harle warms up\n\n{PARAGRAPH}\n\n{line}\n\n{PARAGRAPH}"
    assert split_page(Page(name="page", body=page.encode()))


def test_more_than_five_megabytes_are_refused():
    with pytest.raises(PageRefused, match="is the most a page may have"):
        split_page(Page(name="page", body=b"word " * 1_100_000))


def test_more_lines_than_anybody_writes_are_refused():
    page = f"Harle warms up\n\n{PARAGRAPH}\n\n" + "It is short.\n" * 30_000
    with pytest.raises(PageRefused, match="has 30,002 lines; 6,000 is the most"):
        split_page(Page(name="page", body=page.encode()))


@pytest.mark.parametrize("tag", ["<p>word ", "<b>w</b>", "<br>"])
def test_more_tags_than_anybody_writes_are_refused(tag):
    page = f"<html><body><h1>Harle warms up</h1><p>{PARAGRAPH}</p>" + tag * 45_000
    with pytest.raises(PageRefused, match="page: the page has more than 40,000 tags"):
        split_page(Page(name="page", body=page.encode(), media_type="text/html"))


@pytest.mark.parametrize(
    ("container", "more"),
    [("", "<p>word "), ("<table>", "<tr><td>Harle</td></tr>"), ("<ul>", "<li>word")],
)
def test_more_paragraphs_rows_or_items_than_anybody_writes_are_refused(container, more):
    page = f"<html><body><h1>Harle warms up</h1><p>{PARAGRAPH}</p>{container}" + more * 7_000
    with pytest.raises(PageRefused, match="has 7,002 lines; 6,000 is the most a page may have"):
        split_page(Page(name="page", body=page.encode(), media_type="text/html"))


def test_nineteen_thousand_bold_words_of_one_paragraph():
    page = f"<html><body><h1>Harle warms up</h1><p>{PARAGRAPH}" + "<b>word</b> " * 19_000
    (article,) = split_page(Page(name="page", body=page.encode(), media_type="text/html"))
    assert article.text.count("word") == 19_000


def _steps(page: str) -> int:
    """How many functions are called and generators resumed while a page is read."""
    with Profile() as profile:
        split_page(Page(name="page", body=page.encode()))
    return sum(entry.callcount for entry in profile.getstats())


@pytest.mark.parametrize(
    "block",
    [
        "<p>Word {0} and no more was said.</p>",
        "<figure><img src='/{0}.jpg'><figcaption>The mayor {0}</figcaption></figure>",
        "<div class='sponsored'><p>Rates of {0} per cent are here for you at the bank.</p></div>",
        "<p>It cost 10<sup>{0}</sup> of them.</p>",
        "<li>Ann Lee, number {0}",
        "Home {0}\n",
        "The mayor {0}. Photograph: Ann Lee/PA\n\n",
        "Title: The levy of {0} fails\n\n",
    ],
)
def test_twice_as_many_lines_take_about_twice_as_many_steps(block):
    head = "<html><body><h1>Harle warms up</h1><p>" if "<" in block else "Harle warms up\n\n"
    # What the first page of a process takes besides would hide what more lines take.
    _steps(head + PARAGRAPH + "\n\n" + block.format(1))
    once, twice = (
        _steps(
            head
            + PARAGRAPH
            + "\n\n"
            + "".join(block.format(at) for at in range(start, start + many))
        )
        for start, many in ((0, 80), (1000, 160))
    )
    assert twice < 2.4 * once


def test_a_line_of_300_000_points_is_read_in_few_steps():
    page = f"<html><body><h1>Harle warms up</h1><p>{PARAGRAPH}</p><p>"
    _steps(page + ". ")  # what is made once a process is not counted
    assert _steps(page + ". " * 300_000) < 150_000  # it took one for each point and more


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


def test_double_encoded_text_of_a_quarter_megabyte_is_repaired_in_little_memory():
    page = f"Harle warms up\n\n{PARAGRAPH}\n\n" + "It was â€œwarmâ€\x9d. " * 10_000
    tracemalloc.start()
    (article,) = split_page(Page(name="page", body=page.encode()))
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert "It was “warm”." in article.text
    assert most < 14_000_000
