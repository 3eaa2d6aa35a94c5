"""One message of the bounce mailbox: each form there is, each trap, and whatever bytes come."""

import random
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.sends.bounces.letters import ID, KEY, PATH, REF

from briefing.model.delivery import Bounce
from briefing.model.reason import Reason
from briefing.sends.bounces import Kind, prose, read_report

LETTER = f"From: The Staggers <briefing@example.org>\nTo: ann@mail.example\nMessage-ID: {ID}\n"
HARD, SOFT, COMPLAINT = Bounce.HARD, Bounce.SOFT, Bounce.COMPLAINT
DAEMON = "From: Mail System <MAILER-DAEMON@mx.example>"


def message(*parts, kind="multipart/report; report-type=delivery-status", head=DAEMON):
    """A message of these parts, each a media type with its lines."""
    written = "".join(f"--cut\nContent-Type: {one}\n\n{lines}\n\n" for one, lines in parts)
    top = f"{head}\nTo: <{PATH}>\nSubject: A report\nMIME-Version: 1.0"
    return f'{top}\nContent-Type: {kind}; boundary="cut"\n\n{written}--cut--\n'.encode()


def fields(status="5.1.1", code="", action="failed", **more):
    lines = {"Final-Recipient": "rfc822; ann@mail.example", "Action": action, "Status": status}
    lines |= {"Diagnostic-Code": f"smtp; {code}"} if code else {}
    block = "\n".join(f"{name}: {value}" for name, value in (lines | more).items() if value)
    return f"Reporting-MTA: dns; mx.example\n\n{block}"


def dsn(*args, around=None, part="message/delivery-status", **more):
    told = ("text/plain", "Your letter could not be handed over.")
    back = ("text/rfc822-headers", LETTER)
    kind = {"kind": around} if around else {}
    return message(told, (part, fields(*args, **more)), back, **kind)


def words(text, head=DAEMON, subject="failure notice", body=LETTER):
    return f"{head}\nTo: <{PATH}>\nSubject: {subject}\n\n{text}\n\n{body}\nHello.\n".encode()


def feedback(kind, part="message/feedback-report"):
    report = (part, f"Feedback-Type: {kind}\nUser-Agent: Reporter/1\nVersion: 1")
    letter = ("message/rfc822", f"{LETTER}\nHello.")
    around = "multipart/report; report-type=feedback-report"
    return message(("text/plain", "A report."), report, letter, kind=around)


QMAIL = """Hi. This is the qmail-send program at mx.example.
I'm afraid I wasn't able to deliver your message to the following addresses.
This is a permanent error; I've given up. Sorry it didn't work out.

<ann@mail.example>:
192.0.2.1 does not like recipient.
Remote host said: {}

--- Below this line is a copy of the message.
"""
EXIM = """This message was created automatically by mail delivery software.

A message that you sent could not be delivered to one or more of its
recipients. This is a permanent error. The following address(es) failed:

  ann@mail.example
    {}

------ This is a copy of the message, including all the headers. ------
"""
LATE = """This message was created automatically by mail delivery software.
A message that you sent has not yet been delivered to one or more of its
recipients after more than 24 hours on the queue on mx.example.

  ann@mail.example
    Delay reason: Connection timed out

No action is required on your part. Delivery attempts will continue for some time.
"""
JMRP = ("message/rfc822", f"X-HmXmrOriginalRecipient: ann@mail.example\n{LETTER}\nHello.")
HOTMAIL = "From: staff@mail.example\nX-HmXmrOriginalRecipient: ann@mail.example"
OFFICE = "From: ann@mail.example\nAuto-Submitted: auto-replied (vacation)"
BUSY = "550-5.2.1 The user receives mail at a rate that 550 5.2.1 prevents more"
LISTED = "550 5.7.1 Sending address is on a block list"
LIMIT = "550 5.4.5 Daily limit of letters through this relay reached"
HIDDEN = "5.1.0 - Unknown address error 550-'5.2.2 <ann@mail.example> Mailbox full'"
SCORED = "host mx.example said: 554 5.6.0 scored as spam (in reply to end of DATA command)"
NO_HOST = "Name service error for name=mail.example type=A: Host not found"
AT_MAIL = "SMTP error from remote mail server after MAIL FROM:<briefing@example.org>:\n    host mx: 550 no"
AFTER_DATA = ("text/plain", "said: 550 Unknown user (in reply to end of DATA command)")
UNKNOWN_USER = ("message/delivery-status", fields("5.0.0", "550 Unknown user"))
RETURNED = ("text/rfc822-headers", LETTER)
TWO = f"{fields('4.4.1', action='delayed')}\n\n{fields('5.1.1').partition(chr(10) * 2)[2]}"

#: What stands in the mailbox, and what follows for the reader.
CASES = {
    "a dead address": (dsn("5.1.1", "550 5.1.1 no such user"), HARD),
    "a status alone": (dsn("5.1.1"), HARD),
    "a policy without a code": (dsn("5.0.0", "550 Message denied by site policy"), None),
    "the sender's domain": (dsn("5.1.8", "553 5.1.8 Domain of sender does not resolve"), None),
    "a rate under 5.2.1": (dsn("5.2.1", BUSY), SOFT),
    "status and words that disagree": (dsn("5.1.1", LISTED), None),
    "a relay's daily limit": (dsn("5.4.5", LIMIT), None),
    "a full mailbox below a general status": (dsn("5.0.0", HIDDEN), SOFT),
    "a host that was down": (dsn("5.4.316", "550 5.4.316 Message expired, connection refused"), SOFT),
    "a scanner of content": (dsn("5.0.0", SCORED), None),
    "Exim's 5.0.0 for a policy": (dsn("5.0.0", "550 5.7.1 Refused by policy"), None),
    "a recipient that is invalid under 5.5.0": (dsn("5.5.0", "550 5.5.0 Invalid recipient"), HARD),
    "a delay": (dsn("4.4.1", "connection timed out", "delayed"), SOFT),
    "a delay for policy": (dsn("4.7.0", "451 4.7.0 greylisted", "delayed"), None),
    "a success": (dsn("2.1.5", "", "delivered"), None),
    "a comment in Action": (dsn("5.1.1", action="failed (no such mailbox)"), HARD),
    "a comment in Status": (dsn("5.1.1 (no such mailbox)"), HARD),
    "no Action": (dsn("5.1.1", action=""), HARD),
    "RFC 6533": (dsn("5.1.1", part="message/global-delivery-status"), HARD),
    "a report in mixed": (dsn("5.1.1", "550 5.1.1 no such user", around="multipart/mixed"), HARD),
    "the type of the report missing": (dsn("5.1.1", "550 5.1.1 no such user", around="multipart/report"), HARD),
    "fields in a text": (dsn("5.1.1", "550 5.1.1 no such user", part="text/plain"), HARD),
    "the worst of several": (
        message(("message/delivery-status", TWO), ("text/rfc822-headers", LETTER)), HARD),
    "unknown user after DATA": (message(AFTER_DATA, UNKNOWN_USER, RETURNED), SOFT),
    "a dead domain": (dsn("5.4.4", NO_HOST), HARD),
    "a null MX": (dsn("5.1.10", "Domain mail.example does not accept mail (nullMX)"), HARD),
    "qmail": (words(QMAIL.format("550 sorry, no mailbox here by that name. (#5.1.1)")), HARD),
    "qmail, full": (words(QMAIL.format("552 5.2.2 mailbox is full")), SOFT),
    "qmail, policy": (words(QMAIL.format("550 5.7.1 message rejected for policy reasons")), None),
    "Exim": (words(EXIM.format("host mx.mail.example [192.0.2.9]: 550 unknown user")), HARD),
    "Exim, at MAIL": (words(EXIM.format(AT_MAIL)), None),
    "Exim, late": (words(LATE, subject="Warning: message delayed"), SOFT),
    "a complaint": (feedback("abuse"), COMPLAINT),
    "an opt-out": (feedback("opt-out"), COMPLAINT),
    "not spam": (feedback("not-spam"), None),
    "an authentication failure": (feedback("auth-failure"), None),
    "a virus report": (feedback("virus"), None),
    "a complaint as text": (feedback("abuse", part="text/plain"), COMPLAINT),
    "Microsoft's loop": (message(JMRP, kind="multipart/mixed", head=HOTMAIL), COMPLAINT),
    "out of office": (words("I am away until Monday.", head=OFFICE, subject="Out of office: The Staggers"), None),
    "an answer of a person": (words("Thank you.", head="From: ann@mail.example", subject="Re: news"), None),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_a_message_costs_a_reader_what_it_proves_and_no_more(case):
    content, bounce = CASES[case]
    report = read_report(content, KEY)
    assert (report.bounce, report.about.ref) == (bounce, REF)


@pytest.mark.parametrize("form", prose.formats(), ids=lambda form: form.name)
def test_each_form_in_words_is_a_hard_bounce_of_a_dead_address(form):
    report = read_report(words(form.example, subject="x"), KEY)
    assert (report.bounce, report.reason) == (HARD, Reason.MAILBOX_UNKNOWN)
    assert "Hello" not in report.detail


@pytest.mark.parametrize(
    ("case", "kind"),
    [
        ("out of office", Kind.AWAY),
        ("a success", Kind.NOTHING),
        ("not spam", Kind.NOTHING),
        ("an authentication failure", Kind.AUTHENTICATION),
        ("an answer of a person", Kind.PERSON),
        ("a complaint", Kind.COMPLAINT),
        ("a dead address", Kind.FAILURE),
    ],
)
def test_a_message_that_costs_nothing_is_told_from_one_that_nobody_understands(case, kind):
    assert read_report(CASES[case][0], KEY).kind is kind


@pytest.mark.parametrize("end", [b"\r\n", b"\r", b"\n"])
def test_line_ends_of_any_system_are_read_alike(end):
    for case in ("a dead address", "qmail", "Exim", "a complaint"):
        content, bounce = CASES[case]
        assert read_report(content.replace(b"\n", end), KEY).bounce is bounce


def test_parts_in_base64_and_quoted_printable_and_foreign_charsets_are_read():
    quoted = dsn("5.0.0", "550 5.1.1 unknown").replace(
        b"Content-Type: message/delivery-status\n",
        b"Content-Type: message/delivery-status\nContent-Transfer-Encoding: quoted-printable\n",
    )
    assert (
        read_report(quoted.replace(b"5.1.1 unknown", b"5=2E1=2E1 unkno=\nwn"), KEY).bounce is HARD
    )
    japanese = words("宛先のメールアドレスが見つかりません".encode("iso-2022-jp").decode("latin-1"))
    charset = b"Content-Type: text/plain; charset=iso-2022-jp\nSubject: "
    report = read_report(japanese.replace(b"Subject: ", charset, 1), KEY)
    assert report.reason is Reason.MAILBOX_UNKNOWN


def test_a_boundary_whose_name_got_lost_is_found():
    content = dsn("5.1.1", "550 5.1.1 no such user").replace(b'; boundary="cut"', b"")
    assert read_report(content, KEY).bounce is HARD


def test_a_returned_letter_cannot_speak_for_the_host():
    poem = (
        f"{LETTER}\n550 5.1.1 user unknown\nAction: failed\nFinal-Recipient: rfc822; x@y.example\n"
    )
    content = message(("text/plain", "I am away."), ("message/rfc822", poem), kind="multipart/mixed",
                      head="From: ann@mail.example")  # fmt: skip
    assert read_report(content, KEY).bounce is None


@pytest.mark.parametrize(
    "poison",
    [
        b'To: "\nFrom: a@b.example\n\nhello\n',
        b"",
        b"\n",
        b"\xff\xfe" * 5_000,
        b"Content-Type: multipart/mixed; boundary=\"\"\n\n--\n--\n",
        b"Content-Type: multipart/mixed; boundary=a\n\n" + b"--a\n" * 50_000,
        b"Content-Type: text/plain; charset=\"x-no-such\"\nContent-Transfer-Encoding: 8bit\n\ncaf\xe9\n",
        b"Content-Transfer-Encoding: base64\n\n=====A\n",
        b"Subject: " + b"=?utf-8?b?" * 20_000 + b"\n\n",
        b"A: b\n" * 100_000,
        b"Content-Type: text/html\n\n" + b"<style" * 100_000,
        b"Content-Type: text/html\n\n" + b"<!" * 200_000,
        b"From: MAILER-DAEMON@x.example\n\n" + b"a." * 300_000,
        b"From: MAILER-DAEMON@x.example\n\nundelivered " + b"user " * 200_000,
        b"From: MAILER-DAEMON@x.example\n\nundelivered " + b"a@b.example\n" * 50_000,
        b"0123456789abcdef." * 60_000,
        b"Content-Type: message/delivery-status\n\n" + b"Status: 5.1.1\nAction: failed\n" * 20_000,
    ],
)  # fmt: skip
def test_poison_is_read_in_no_time_and_costs_nobody_anything(poison):
    began = time.process_time()
    report = read_report(poison, KEY)
    assert report.about is None
    assert time.process_time() - began < 5


def mutated(content, chance):
    """What a broken gateway, or somebody who is not our friend, makes of a message."""
    content, place = bytearray(content), chance.randrange(len(content))
    match chance.randrange(6):
        case 0:
            del content[place:]
        case 1:
            del content[place : place + chance.randrange(200)]
        case 2:
            content[place:place] = chance.randbytes(chance.randrange(40))
        case 3:
            for _ in range(20):
                content[chance.randrange(len(content))] = chance.randrange(256)
        case 4:
            content[place:place] = content[: chance.randrange(2_000)]
        case 5:
            content = content.replace(b"\n", b"", chance.randrange(10)).replace(b'"', b"")
    return bytes(content)


def test_mutated_messages_never_make_it_fail():
    chance = random.Random(20)
    for content, _ in CASES.values():
        for _ in range(40):
            changed = mutated(content, chance)
            assert read_report(changed, KEY).kind in Kind


@settings(deadline=None, max_examples=300)
@given(st.binary(max_size=3_000))
def test_no_bytes_at_all_make_it_fail(content):
    assert read_report(content, KEY).about is None
