"""What one entry of a live blog, a diary or a page of letters says of another."""

import tomllib
from pathlib import Path

import pytest

from briefing.digests.candidates import candidates
from briefing.digests.make import digest_text
from briefing.digests.settings import DigestSettings
from briefing.model.digest import paragraph_of

HERE = Path(__file__).parent
ARTICLES = tomllib.loads((HERE / "several_texts.toml").read_text("utf-8"))["article"]
DIARY = next(one for one in ARTICLES if one["name"] == "a diary with changes")


@pytest.mark.parametrize("case", ARTICLES, ids=lambda case: case["name"])
def test_an_entry_is_printed_with_the_later_one_that_answers_it(case):
    text = case["text"].strip()
    chosen, _ = digest_text(text, case["title"], DigestSettings(), case["language"])
    digest = paragraph_of(chosen)
    assert case["claim"] not in digest or any(answer in digest for answer in case["answers"])


def test_a_diary_whose_last_entry_is_a_day_changes_nothing():
    text = DIARY["text"].strip().replace("STOP PRESS", "SUNDAY")
    assert not any(candidates(text, "en", title=DIARY["title"]).pairs.every())


def test_a_live_blog_with_the_newest_first_is_not_searched():
    blog = ARTICLES[0]
    text = "\n\n".join(reversed(blog["text"].strip().split("\n\n")))
    assert not candidates(text, "en", title=blog["title"]).pairs.may_be_answered


def test_a_letter_that_names_no_other_writer_answers_none():
    letters = ARTICLES[-1]
    text = letters["text"].strip().replace("Mr Tancred", "your reader")
    assert not candidates(text, "en", title=letters["title"]).layout.answered_in
