"""Plain text as newsrooms save it, in many forms and languages: every field is what a person reads."""

import pytest
from tests.articles.marked_pages import NEWSROOM_FILES, judge_page, marked_pages

PAGES = [page for name in NEWSROOM_FILES for page in marked_pages(name)]


@pytest.mark.parametrize("marked", PAGES, ids=lambda page: page.name)
def test_no_paid_piece_goes_unlabelled_and_no_report_is_accused(marked):
    judged = judge_page(marked)
    assert judged.unlabelled == []
    assert judged.accused == []


def test_the_mean_of_all_fields_is_at_least_98_per_cent():
    fields = [worth for page in PAGES for worth in judge_page(page).fields.values()]
    assert sum(fields) / len(fields) >= 0.98
