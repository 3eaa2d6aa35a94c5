"""Articles that were compared before are not compared again, and stand for the very same others."""

from dataclasses import replace

import pytest
from tests.actions.noted import Noted

from briefing.actions import last_results
from briefing.actions.editions import retellings as room
from briefing.actions.editions.retellings_again import retellings_again
from briefing.articles.split_page import split_page
from briefing.model.page import Page
from briefing.shipped import shipped

PAGE = min(shipped("seeds").glob("*.txt"))
(FIRST, *OTHERS) = split_page(Page(name=PAGE.name, body=PAGE.read_bytes()))
COPY = replace(FIRST, id="copy#0", duplicate_of=FIRST.id)
ARTICLES = [replace(FIRST, seen_in=(COPY.id,)), COPY, *OTHERS]


@pytest.fixture
def compare(tmp_path, monkeypatch):
    """Compare articles as a draft does; how often it came to that is counted."""
    found = room.retellings

    def counted(articles, rulings):
        comparer.asked += 1
        return found(articles, rulings)

    def called(articles=ARTICLES):
        kept = retellings_again(articles, tmp_path / "retellings.json")
        assert kept == found(articles)
        return kept

    comparer = Noted(called, asked=0)
    monkeypatch.setattr(room, "retellings", counted)
    return comparer


def test_the_same_articles_are_compared_once_and_stand_for_the_same(compare):
    assert compare()[FIRST.id][0].id == COPY.id
    compare()
    assert compare.asked == 1


def test_articles_that_stand_for_nothing_are_compared_once_too(compare):
    compare([FIRST])
    compare([FIRST])
    assert compare.asked == 1


@pytest.mark.parametrize(
    "articles",
    [ARTICLES[1:], ARTICLES[::-1], [replace(ARTICLES[0], headline="Another"), *ARTICLES[1:]]],
    ids=["one fewer", "another order", "another headline"],
)
def test_other_articles_are_compared_again(compare, articles):
    compare()
    compare(articles)
    assert compare.asked == 2


def test_other_code_compares_them_again(compare, monkeypatch):
    compare()
    monkeypatch.setattr(last_results, "code_fingerprint", lambda rooms: "another release")
    compare()
    assert compare.asked == 2
