"""Reports, columns and diaries that speak of money, sponsors and advertising: none is accused."""

from pathlib import Path

import pytest

from briefing.articles.files.folder import read_page
from briefing.articles.split_page import split_page
from briefing.model.article import Verdict
from briefing.model.page import Page

PAGES = Path(__file__).parents[1] / "pages"
REPORTS = sorted((PAGES / "reports").glob("*.txt"))
ASKED = sorted((PAGES / "asked").glob("*.txt"))


@pytest.mark.parametrize("path", REPORTS, ids=lambda path: path.stem)
def test_a_report_is_one_editorial_piece(path):
    (article,) = split_page(read_page(path))
    reasons = [reason.text for reason in article.sponsorship.evidence if reason.points > 0]
    assert article.verdict is Verdict.EDITORIAL, reasons
    assert article.sponsorship.sponsor is None


@pytest.mark.parametrize("path", ASKED, ids=lambda path: path.stem)
def test_an_unsigned_page_that_calls_to_act_and_gives_an_address_is_asked_about(path):
    (article,) = split_page(read_page(path))
    assert article.verdict is Verdict.UNSURE


@pytest.mark.parametrize(
    "line",
    [
        "Artikel anzeigen",
        "Alle Artikel anzeigen",
        "Designed by Elegant Themes | Powered by WordPress",
        "© Provided by The Harle Courier Photograph: Ted Ames/HPA",
    ],
)
def test_a_button_and_a_sites_makers_are_no_label(line):
    report = REPORTS[0].read_text("utf-8")
    (article,) = split_page(Page(name="page", body=f"{report}\n\n{line}\n".encode()))
    assert article.verdict is Verdict.EDITORIAL
