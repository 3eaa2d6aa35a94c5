"""Plain text as newsrooms save it, in many forms and languages: every field is what a person reads."""

import pytest
from tests.articles.marked_pages import judge_page, marked_pages

FILES = (
    "newsroom_looked_at.txt",
    "newsroom_kept_apart.txt",
    "newsroom_second_kept_apart.txt",
    "newsroom_third_kept_apart.txt",
    "newsroom_fourth_kept_apart.txt",
    "newsroom_fifth_kept_apart.txt",
    "newsroom_sixth_kept_apart.txt",
    "styles_first_kept_apart.txt",
    "styles_second_kept_apart.txt",
    "styles_third_kept_apart.txt",
    "styles_fourth_kept_apart.txt",
    "styles_fifth_kept_apart.txt",
    "styles_sixth_kept_apart.txt",
    "styles_seventh_kept_apart.txt",
    "styles_eighth_kept_apart.txt",
    "styles_ninth_kept_apart.txt",
    "styles_tenth_kept_apart.txt",
    "styles_eleventh_kept_apart.txt",
    "styles_twelfth_kept_apart.txt",
    "styles_thirteenth_kept_apart.txt",
    "styles_fourteenth_kept_apart.txt",
    "styles_fifteenth_kept_apart.txt",
    "styles_sixteenth_kept_apart.txt",
    "styles_seventeenth_kept_apart.txt",
    "styles_eighteenth_kept_apart.txt",
    "styles_nineteenth_kept_apart.txt",
    "styles_twentieth_kept_apart.txt",
    "styles_twenty_first_kept_apart.txt",
    "styles_twenty_second_kept_apart.txt",
    "styles_twenty_third_kept_apart.txt",
    "styles_twenty_fourth_kept_apart.txt",
)
PAGES = [page for name in FILES for page in marked_pages(name)]


@pytest.mark.parametrize("marked", PAGES, ids=lambda page: page.name)
def test_no_paid_piece_goes_unlabelled_and_no_report_is_accused(marked):
    judged = judge_page(marked)
    assert judged.unlabelled == []
    assert judged.accused == []


def test_the_mean_of_all_fields_is_at_least_98_per_cent():
    fields = [worth for page in PAGES for worth in judge_page(page).fields.values()]
    assert sum(fields) / len(fields) >= 0.98
