"""What comes back by mail: DSNs, complaints, and what only looks like them."""

import mailbox

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.errors import SendError
from briefing.model.delivery import Bounce
from briefing.sends.bounces import read_mailbox, read_report
from briefing.sends.letters.verp import letter_id, return_path, traced

KEY = b"k" * 32
EDITION, REF = "staggers-2026-11-23", "0123456789abcdef"
PATH = return_path("bounces@example.org", EDITION, REF, KEY)
ID = letter_id(EDITION, REF, "briefing@example.org", KEY)


def dsn(to=PATH, status="5.1.1", action="failed", returned="", code="smtp; 550 5.1.1 no such user"):
    return (
        f"From: MAILER-DAEMON@relay.example\r\nTo: {to}\r\nSubject: Undelivered\r\n"
        'MIME-Version: 1.0\r\nContent-Type: multipart/report; report-type=delivery-status; boundary="b"\r\n\r\n'
        "--b\r\nContent-Type: text/plain\r\n\r\nSorry.\r\n"
        "--b\r\nContent-Type: message/delivery-status\r\n\r\n"
        "Reporting-MTA: dns; relay.example\r\n\r\n"
        f"Final-Recipient: rfc822; reader@example.net\r\nAction: {action}\r\nStatus: {status}\r\n"
        f"Diagnostic-Code: {code}\r\n\r\n"
        f"--b\r\nContent-Type: text/rfc822-headers\r\n\r\n{returned}\r\n--b--\r\n"
    ).encode()


def complaint(returned=""):
    return (
        "From: fbl@mail.example\r\nTo: abuse@example.org\r\nSubject: FW\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/report; report-type=feedback-report; boundary="b"\r\n\r\n'
        "--b\r\nContent-Type: text/plain\r\n\r\nThis is an abuse report.\r\n"
        "--b\r\nContent-Type: message/feedback-report\r\n\r\nFeedback-Type: abuse\r\nVersion: 1\r\n\r\n"
        f"--b\r\nContent-Type: message/rfc822\r\n\r\nMessage-ID: {returned}\r\nSubject: x\r\n\r\nx\r\n"
        "--b--\r\n"
    ).encode()


@pytest.mark.parametrize(
    ("status", "bounce"),
    [
        ("5.1.1", Bounce.HARD),
        ("5.0.0", Bounce.HARD),
        ("5.2.1", Bounce.HARD),
        ("5.2.2", Bounce.SOFT),
        ("4.4.1", Bounce.SOFT),
        ("4.2.2", Bounce.SOFT),
        ("5.7.1", None),
        ("5.6.0", None),
        ("4.7.0", None),
    ],
)
def test_a_status_says_whether_the_address_is_to_blame(status, bounce):
    report = read_report(
        dsn(status=status, action="delayed" if status[0] == "4" else "failed"), KEY
    )
    assert (report.bounce, report.status) == (bounce, status)
    assert (report.about.ref, report.about.edition) == (REF, EDITION)
    assert "no such user" in report.detail


def test_a_report_is_also_known_by_the_message_id_it_returns():
    report = read_report(dsn(to="bounces@example.org", returned=f"Message-ID: {ID}\r\n"), KEY)
    assert report.about.ref == REF


def test_a_complaint_is_known_by_the_letter_it_returns():
    report = read_report(complaint(ID), KEY)
    assert (report.bounce, report.about.ref) == (Bounce.COMPLAINT, REF)


def test_a_report_that_proves_nothing_is_about_nobody():
    forged = ID.replace(REF, "f" * 16)
    assert read_report(complaint(forged), KEY).about is None
    assert read_report(dsn(to="bounces+someone@example.org"), KEY).about is None
    assert read_report(dsn(), b"x" * 32).about is None


def test_a_success_or_an_ordinary_letter_is_no_bounce():
    assert read_report(dsn(action="delivered", status="2.0.0"), KEY).bounce is None
    assert (
        read_report(b"From: a@b\r\nSubject: out of office\r\n\r\nBack on Monday.\r\n", KEY).bounce
        is None
    )


@given(st.binary(max_size=2_000))
def test_no_bytes_make_the_reader_of_reports_fail(content):
    assert read_report(content, KEY).about is None


@given(st.data())
def test_no_change_of_a_return_path_or_message_id_is_believed(data):
    for text in (PATH, ID):
        place = data.draw(st.integers(0, text.index("@") - 1))
        letter = data.draw(st.sampled_from("0123456789abcdefgx-+."))
        changed = text[:place] + letter + text[place + 1 :]
        found = traced(changed.encode(), KEY)
        assert found is None or (found.ref, found.edition) == (REF, EDITION)


def test_a_return_path_never_has_a_longer_local_part_than_smtp_allows():
    long = return_path("bounces@example.org", "a-very-long-name-of-a-briefing-2026-11-23", REF, KEY)
    assert len(long.partition("@")[0]) <= 64
    assert traced(long.encode(), KEY).ref == REF


def test_a_maildir_and_an_mbox_are_read_and_left_as_they_are(tmp_path):
    maildir = mailbox.Maildir(tmp_path / "box")
    maildir.add(dsn())
    maildir.add(complaint(ID))
    found = {report.bounce for report, _ in read_mailbox(tmp_path / "box", KEY)}
    assert found == {Bounce.HARD, Bounce.COMPLAINT}
    assert len(maildir) == 2
    mbox = mailbox.mbox(tmp_path / "mbox")
    mbox.add(dsn())
    mbox.close()
    before = (tmp_path / "mbox").read_bytes()
    assert [report.about.ref for report, _ in read_mailbox(tmp_path / "mbox", KEY)] == [REF]
    assert (tmp_path / "mbox").read_bytes() == before


def test_a_place_that_is_no_mailbox_is_a_sentence(tmp_path):
    with pytest.raises(SendError, match="is not a mailbox"):
        list(read_mailbox(tmp_path, KEY))
