"""What a browser prints around each page of a text: taken off where it adds up, and left where it does not."""

import pytest

from briefing.articles.split_page import split_page
from briefing.articles.text.comments import without_comments
from briefing.articles.text.paper_pages import without_paper_heads
from briefing.articles.text.printed_pages import without_running_heads
from briefing.model.page import Page

TOLD = (
    "The harbour board has put off its vote on the crane until the second week of March.",
    "Until then no lorry of more than twelve tonnes may use the outer quay, and the ferry will load "
    "from the old slip.",
    "Nobody on the board would say who is to pay for the slip, which the town sold to the yacht club.",
)
URL = "https://pier.example/news/crane-will-wait"
TITLE = "The crane on the quay will wait"


def printed(head, foot, pages=3):
    """A text of three paragraphs with a head and a foot on each of its pages."""
    start = f"PIER POST\n\n{TITLE}\n\nBy Ida Orr\n21 November 2026\n\n"
    told = TOLD if pages > 1 else ("\n\n".join(TOLD),)
    sheets = [
        f"{head}\n\n{start if at == 1 else ''}{text}\n\n{foot.format(at, pages)}\n"
        for at, text in enumerate(told, 1)
    ]
    return "\f".join(sheets)


CHROME = (f"11/22/26, 9:41 AM          {TITLE} | Pier Post", URL + "          {}/{}")
FIREFOX = (f"{TITLE} - Pier Post          {URL}", "{} von {}          22.11.2026, 09:41")
SAFARI = (f"{TITLE} | Pier Post    22/11/2026, 09:41", URL + "    Page {} of {}")
SQUEEZED = (f"22/11/2026 09:41 {TITLE} | Pier Post", URL + " {}/{}")


@pytest.mark.parametrize("edges", [CHROME, FIREFOX, SAFARI, SQUEEZED])
@pytest.mark.parametrize("pages", [1, 3])
def test_heads_and_feet_of_printed_pages_are_no_text(edges, pages):
    (found,) = split_page(
        Page(name="a", body=printed(edges[0], edges[1], pages).encode(), media_type="text/plain")
    )
    assert found.headline == TITLE
    assert [author.name for author in found.byline] == ["Ida Orr"]
    assert str(found.published) == "2026-11-21"
    assert [one.text for one in found.paragraphs] == list(TOLD)
    assert found.canonical_url == URL


def test_a_sentence_that_ran_over_a_page_is_one_again():
    text = f"{CHROME[0]}\n\nNo lorry may use\n\n{URL} 1/2\n\f{CHROME[0]}\n\nthe outer quay.\n\n{URL} 2/2\n"
    assert "No lorry may use the outer quay." in without_running_heads(text)


@pytest.mark.parametrize(
    "text",
    [
        f"{TOLD[0]}\n\n{URL} 2/3\n\n{TOLD[1]}",
        f"{TOLD[0]}\n\n3/4\n\n{TOLD[1]}\n\n1/2",
        f"22/11/2026, 09:41 {TITLE}\n\n{TOLD[0]}\n\n22/11/2026, 09:50 {TITLE}\n\n{TOLD[1]}",
        f"{TOLD[0]}\n\nScores: 1/2 22.11.2026, 09:41\n",
    ],
)
def test_a_text_whose_pages_do_not_add_up_is_left_as_it_is(text):
    assert without_running_heads(text) == text


def test_running_heads_and_numbers_of_a_papers_pages_go_and_its_first_head_stays():
    text = (
        "Quay Post     24 May 2026    7\n\nThe board met\n\non Friday and\n\f"
        "Quay Post     24 May 2026    8\nagreed.\n\n   8\n"
    )
    read = without_paper_heads(text)
    assert read.startswith("Quay Post     24 May 2026\n")
    assert "on Friday and\nagreed." in read
    assert read.count("Quay Post") == 1


def test_comments_below_a_document_go_with_their_marks():
    assert without_comments("The board[a] met.\n\n[a]Which board?\n") == "The board met."
    assert without_comments("He said so.\n\n[b]racket\n") == "He said so.\n\n[b]racket\n"
