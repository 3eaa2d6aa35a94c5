"""Reports, columns and diaries that speak of money, sponsors and advertising: none is accused."""

from pathlib import Path

import pytest

from briefing.articles import read_page, split_page
from briefing.model.article import Verdict

REPORTS = sorted((Path(__file__).parent / "pages" / "reports").glob("*.txt"))


@pytest.mark.parametrize("path", REPORTS, ids=lambda path: path.stem)
def test_a_report_is_one_editorial_piece(path):
    (article,) = split_page(read_page(path))
    reasons = [reason.text for reason in article.sponsorship.evidence if reason.points > 0]
    assert article.verdict is Verdict.EDITORIAL, reasons
    assert article.sponsorship.sponsor is None
