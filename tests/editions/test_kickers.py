"""The word above the headline."""

import pytest

from briefing.editions.kickers import kicker
from briefing.model.article import Article, Paragraph

BODY = (
    "The revolt began in the tea room, where Reform councillors met on Monday. "
    "By lunch the mood among Reform councillors had turned, and Reform’s leader knew it."
)


def article(labels=(), section=None):
    return Article(
        id="page#0",
        headline="Labour edges ahead",
        labels=labels,
        section=section,
        paragraphs=(Paragraph(text=BODY),),
    )


def test_the_pages_own_label_comes_first():
    assert kicker(article(labels=("Exclusive",), section="Housing")) == "Exclusive"


@pytest.mark.parametrize(
    ("section", "word"),
    [("Housing", "Housing"), (" Local \n government ", "Local government"), ("News / " * 9, "")],
)
def test_else_it_is_the_section_that_the_page_files_the_story_under(section, word):
    assert kicker(article(section=section)) == word


def test_a_name_that_the_story_keeps_coming_back_to_is_no_kicker():
    assert kicker(article()) == ""
