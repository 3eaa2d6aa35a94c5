"""Other news in one form is told by its names and numbers, and a copy with some other words is not."""

import pytest

from briefing.articles.text.names_and_numbers import tell_apart, telling_words

FORM = (
    "The {} committee decided {} applications in {} ward. Papers are published in Hale. It meets on "
    "17 December, and Members may speak."
)
ONE = telling_words(FORM.format("planning", 14, "Harbour"))


def test_names_stand_inside_sentences_and_numbers_have_two_digits_and_more():
    assert ONE == ("14", "17", "december", "hale", "harbour", "members")
    assert telling_words(
        "The mill is shut. Mill Lane, said Mill owners, was 3.5 m or 12,500 feet."
    ) == (
        "12,500",
        "3.5",
        "lane",
    )


@pytest.mark.parametrize(
    ("other", "apart"),
    [
        (FORM.format("planning", 61, "Mill"), True),
        (FORM.format("planning", 14, "Mill"), True),
        (FORM.format("whole planning", 14, "Harbour"), False),
        (f"{FORM.format('planning', 14, 'Harbour')} The mayor, Ann Lee, was there.", False),
        (FORM.format("planning", 14, "Harbour").partition(" It meets")[0], False),
    ],
)
def test_two_pieces_are_told_apart_when_each_has_names_or_numbers_of_its_own(other, apart):
    assert tell_apart(ONE, telling_words(other)) is apart
    assert tell_apart(telling_words(other), ONE) is apart
