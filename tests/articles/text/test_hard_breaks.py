"""Lines that a program broke at a width are joined, and no other line is."""

from textwrap import fill

import pytest

from briefing.articles.text.hard_breaks import unbroken
from briefing.articles.text.markdown import is_markdown, without_marks

PARAGRAPH = (
    "The harbour board met on Tuesday in a room without a table, because the table had been lent to the "
    "library in the spring of last year and nobody had asked for it since. The chair put the papers on the "
    "floor and read them from there, and three members lay down to follow."
)


@pytest.mark.parametrize("width", [42, 64, 72, 80, 96])
def test_a_wrapped_text_is_whole_again(width):
    wrapped = f"A head\n\nBy Ada Kerr\n\n{fill(PARAGRAPH, width)}\n\n{fill(PARAGRAPH, width)}\n"
    assert unbroken(wrapped) == f"A head\n\nBy Ada Kerr\n\n{PARAGRAPH}\n\n{PARAGRAPH}\n"


def test_paragraphs_that_are_set_in_stay_apart():
    wrapped = "\n".join(fill(PARAGRAPH, 72, initial_indent="   ") for _ in range(2))
    assert unbroken(wrapped).split("\n") == [f"   {PARAGRAPH}", f"   {PARAGRAPH}"]


@pytest.mark.parametrize(
    "text",
    [
        f"{PARAGRAPH}\n{PARAGRAPH}\n{PARAGRAPH}",
        "2.30pm Defence questions, and a statement on the ferries\n" * 6,
        "Harle North          1,204     39.1     up 2 on the year\n" * 6,
        "• the chair, who has held it since the floods of that year\n" * 6,
        "Short lines\nof a poem\nthat nobody\nbroke at a width\n" * 3,
    ],
)
def test_lines_of_their_own_stay(text):
    assert unbroken(text) == text


def test_marks_for_the_look_of_a_text_go_and_its_words_stay():
    text = "# The count, twice\n\n*From the hall*\n\n> “**Eleven** votes”, says [the list](https://x.example/a)."
    assert is_markdown(text)
    assert (
        without_marks(text) == "The count, twice\n\nFrom the hall\n\n“Eleven votes”, says the list."
    )


@pytest.mark.parametrize(
    "text",
    [
        "#harle votes\n\nThe count * began at ten * and went on.",
        "* one\n* two\n\nsnake_case_name and 2 ** 3 and [sic]",
        "The > sign stood in a column > alone.",
    ],
)
def test_signs_of_other_texts_are_left(text):
    assert not is_markdown(text)


def test_a_text_of_more_lines_than_any_page_may_have_is_not_looked_at_for_breaks():
    wrapped = f"{fill(PARAGRAPH, 42)}\n"
    assert unbroken(wrapped * 2) != wrapped * 2
    assert unbroken(wrapped * 20_000) == wrapped * 20_000
