"""/reports: who sends in our name."""

from tests.sends.domain_reports.written import dmarc, line

from briefing.actions.sending.domain_reports import keep_reports
from briefing.sends.domain_reports import read_domain_report


def test_the_page_names_each_source_with_what_passed_and_shows_words_as_words(browser):
    desk = browser.desk
    ends = int(desk.clock().timestamp())
    hostile = "<comment>x &lt;script&gt;alert(1)&lt;/script&gt;</comment>"
    forged = line(
        "198.51.100.66",
        7,
        dkim="fail",
        spf="fail",
        did="reject",
        more=f"<reason>{hostile}</reason>",
    )
    keep_reports(desk.room, read_domain_report(dmarc(line(), forged, ends=ends)))
    page = browser.enter().get("/reports?days=7").text
    assert "198.51.100.66" in page
    assert "0.0%" in page
    assert "7 reject" in page
    assert "<script>alert" not in page


def test_a_span_that_nobody_offers_is_that_of_a_month(browser):
    browser.enter()
    for days in ("9" * 5_000, "-1", "²", ""):
        answer = browser.get(f"/reports?days={days}")
        assert answer.status_code == 200
        assert "of the last 30 days" in answer.text
