"""Reports on our domains, from the mailbox to the table: kept once, ours alone, never a bounce."""

import mailbox

import pytest
from tests.sends.domain_reports.written import dmarc, line, mailed, packed, tls

from briefing.actions.sending.domain_reports import domain_reports, keep_reports
from briefing.actions.sending.process_bounces import read_bounces
from briefing.errors import SendError
from briefing.sends.bounces.attached_report import LARGEST
from briefing.sends.domain_reports import read_domain_report

DAY = 86_400.0


@pytest.fixture
def house(desk, tmp_path):
    """A desk with a bounce mailbox; messages are put there by `got`."""
    box = mailbox.Maildir(str(tmp_path / "bounces"))
    bounces = desk.room.config.bounces.model_copy(update={"mailbox": str(tmp_path / "bounces")})
    config = desk.room.config.model_copy(update={"bounces": bounces})
    object.__setattr__(desk.room, "config", config)
    desk.got = lambda *messages: [box.add(one) for one in messages]
    desk.read = lambda: read_bounces(desk.room, lambda *_: None)
    return desk


def now(desk):
    return int(desk.clock().timestamp())


def test_a_report_is_kept_once_and_costs_no_reader_anything(house):
    forged = line("198.51.100.66", 7, dkim="fail", spf="fail", did="reject")
    report = mailed(packed(dmarc(line(), forged, ends=now(house))))
    house.got(report, report, mailed(packed(tls())))
    before = house.rows("domain_reports", "domain_report_lines")
    read = house.read()
    assert (read.read, read.domain_reports, read.known, read.unread) == (3, 2, 1, 0)
    assert house.rows("domain_reports", "domain_report_lines") == before
    assert house.read().domain_reports == 0
    seen = domain_reports(house.room, 30)
    told = [(one.source, one.count, one.share, one.results) for one in seen.senders]
    assert told == [
        ("198.51.100.66", 7, 0.0, (("reject", 7),)),
        ("192.0.2.10", 40, 1.0, (("none", 40),)),
    ]
    assert "DKIM by example.org: fail" in seen.senders[0].detail


def test_sources_are_summed_over_receivers_and_days(house):
    for name in ("a", "b"):
        content = dmarc(line(spf="fail"), name=name, ends=now(house))
        keep_reports(house.room, read_domain_report(content))
    (one,) = domain_reports(house.room, 30).senders
    assert (one.count, one.passed, one.dkim, one.spf) == (80, 80, 80, 0)


def test_a_report_on_a_domain_that_is_not_ours_is_ignored(house):
    house.got(
        *(
            mailed(packed(dmarc(domain=each, name=each, ends=now(house))))
            for each in ("evil.example", "org.", "notexample.org", "example.org", "a.example.org")
        )
    )
    read = house.read()
    assert (read.domain_reports, read.ignored, read.unread) == (2, 3, 1)


def test_a_message_too_large_to_be_read_stays_where_it_is_and_the_others_are_read(house, caplog):
    house.got(b"Subject: x\n\n" + b"A" * (LARGEST + 5), mailed(packed(dmarc(ends=now(house)))))
    read = house.read()
    assert (read.domain_reports, read.unread) == (1, 1)
    assert "larger than 20 MB" in caplog.text
    assert [len(one.read_bytes()) for one in read.kept.iterdir()] == [65_536], "its head alone"


def test_reports_older_than_the_span_are_not_shown_and_those_beyond_400_days_let_go(house):
    for days in (10, 100, 401):
        content = dmarc(name=str(days), ends=now(house) - days * 86_400)
        keep_reports(house.room, read_domain_report(content))
    assert [domain_reports(house.room, days).count for days in (7, 30, 400)] == [0, 1, 2]
    keep_reports(house.room, read_domain_report(dmarc(name="new", ends=now(house))))
    assert "'401'" not in "".join(house.rows())
    with pytest.raises(SendError, match="401 days"):
        domain_reports(house.room, 401)
