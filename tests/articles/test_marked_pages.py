"""Pages of every kind, judged field by field against what a person reads in them."""

import pytest
from tests.articles.marked_pages import judge_page, marked_pages

PAGES = [
    page for name in ("unseen.txt", "afterwards.txt", "third.txt") for page in marked_pages(name)
]


@pytest.mark.parametrize("marked", PAGES, ids=lambda page: page.name)
def test_no_advert_goes_unlabelled_and_no_report_is_accused(marked):
    judged = judge_page(marked)
    assert judged.unlabelled == []
    assert judged.accused == []


def test_the_mean_of_all_fields_is_at_least_97_per_cent():
    fields = [worth for page in PAGES for worth in judge_page(page).fields.values()]
    assert sum(fields) / len(fields) >= 0.97
