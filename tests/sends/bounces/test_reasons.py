"""The tables of reasons and formats: each row finds its example, and each example its reason."""

import re
import tomllib
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.model.reason import Reason
from briefing.sends.bounces import prose
from briefing.sends.bounces.failure import Action
from briefing.sends.bounces.parts import Mail
from briefing.sends.refusals import reasons
from briefing.sends.refusals.reasons import Judged, by_the_words, compiled, judged, normal

TABLE = tomllib.loads((files("briefing.sends.refusals") / "reasons.toml").read_text("utf-8"))
ROWS = [
    (one["name"], row["says"], row["example"]) for one in TABLE["reason"] for row in one["rows"]
]


@pytest.mark.parametrize(("name", "says", "example"), ROWS, ids=[row[1][:60] for row in ROWS])
def test_each_row_of_the_table_finds_its_example(name, says, example):
    assert Reason(name)
    assert compiled([says], TABLE["sets"]).search(normal(example)), normal(example)


@pytest.mark.parametrize(
    ("said", "status", "reason"),
    [
        # What speaks of us in whatever words, and never costs a reader anything.
        ("550 5.1.1 <a@b.example> sender verify failed", "", Reason.SENDER),
        ("553 5.1.8 Domain of sender address d@e.example does not exist", "", Reason.SENDER),
        ("550 5.1.7 invalid address", "", Reason.SENDER),
        ("550 relay not permitted", "", Reason.RELAYING),
        ("554 5.7.1 <a@b.example>: Relay access denied", "", Reason.RELAYING),
        ("550 Message denied by site policy", "5.0.0", Reason.POLICY),
        ("550 5.7.26 does not pass DMARC verification", "", Reason.POLICY),
        ("550 5.7.1 Sending address is on a block list", "5.1.1", Reason.REPUTATION),
        ("553 https://www.spamhaus.org/query/bl?ip=192.0.2.1", "5.1.3", Reason.REPUTATION),
        ("554 5.6.0 scored as spam", "5.0.0", Reason.CONTENT),
        ("552 5.3.4 Message too big", "", Reason.CONTENT),
        ("554 Service unavailable; refused by message filter 17", "5.0.0", Reason.CONTENT),
        ("550 5.4.5 Daily sending limit exceeded", "", Reason.RATE),
        ("", "5.4.5", Reason.RATE),
        ("", "5.7.1", Reason.POLICY),
        # The mailbox is there.
        ("5.1.0 - Unknown address error 550-'5.2.2 <a@b.example> Mailbox full'", "5.0.0", Reason.MAILBOX_FULL),
        ("550-5.2.1 The mailbox receives mail at a rate that 550 5.2.1 stops more", "5.2.1", Reason.MAILBOX_BUSY),
        ("550 5.2.1 The account is disabled", "5.1.1", Reason.MAILBOX_DISABLED),
        ("", "5.2.1", Reason.MAILBOX_DISABLED),
        ("550 5.4.316 Message expired, connection refused", "5.4.316", Reason.HOST),
        ("connect to mx.b.example[192.0.2.1]:25: Connection timed out", "4.4.1", Reason.HOST),
        # Shapes that Mail::DeliveryStatus::BounceParser 1.543 collects, in other words.
        ("account kit reports: account is full (quota exceeded)", "5.0.0", Reason.MAILBOX_FULL),
        ("550 <a@b.example> The user has too many messages on this server", "5.0.0", Reason.MAILBOX_FULL),
        ("550 [SUSPEND] The mailbox temporarily suspended", "5.1.1", Reason.MAILBOX_DISABLED),
        ("550 Your host requires verification", "5.0.0", Reason.POLICY),
        ("550 5.7.1 No such mailbox", "5.7.1", Reason.MAILBOX_UNKNOWN),
        ("554 Rcpt <a@b.example> not found", "5.0.0", Reason.MAILBOX_UNKNOWN),
        # It is not.
        ("550 5.5.0 Invalid recipient", "5.5.0", Reason.MAILBOX_UNKNOWN),
        ("550 unknown user", "", Reason.MAILBOX_UNKNOWN),
        ("550 Empfaenger ist uns nicht bekannt", "5.0.0", Reason.MAILBOX_UNKNOWN),
        ("550 5.1.10 RESOLVER.ADR.RecipientNotFound; not found", "", Reason.MAILBOX_UNKNOWN),
        ("", "5.1.6", Reason.MAILBOX_UNKNOWN),
        # RFC 7505: it is the sender who takes no mail, not the reader.
        ("550 Sender address has null MX", "5.7.27", Reason.SENDER),
        ("550 5.4.4 Invalid domain", "", Reason.HOST_UNKNOWN),
        ("550 5.1.2 the domain b.example does not exist", "", Reason.HOST_UNKNOWN),
        # Names of hosts and of people say nothing.
        ("550 5.1.1 <spam-policy@relay.example>: host mx.blocked.example says no", "", Reason.MAILBOX_UNKNOWN),
        ("550 5.0.0 no", "", Reason.UNKNOWN),
        # A refusal that names nobody's mailbox refuses the letter, or us.
        ("550 denied", "5.0.0", Reason.POLICY),
        ("554 permanently rejected, see the page", "", Reason.POLICY),
        ("550 not accepted", "", Reason.POLICY),
        ("550 recipient not accepted", "", Reason.UNKNOWN),
        ("550 5.4.6 Unusual sending activity seen", "", Reason.REPUTATION),
        ("", "", Reason.UNKNOWN),
    ],
)  # fmt: skip
def test_words_and_codes_together_give_the_reason(said, status, reason):
    assert judged(said, status).reason is reason


@pytest.mark.parametrize(
    ("said", "status"),
    [
        ("550 5.7.1 no such user", ""),
        ("450 4.1.1 user unknown", ""),
        ("550 5.2.0 unknown user", ""),
        ("550 5.7.1 no such user", "5.7.1"),
        ("Name service error for name=b.example type=MX: Malformed name server reply", "5.0.0"),
        ("host b.example not found, try again", "5.4.4"),
        # RFC 3463 has 5.4.1 for a host that does not answer; Exchange Online says it of whole domains too.
        ("550 5.4.1 Recipient address rejected: Access denied", "5.4.1"),
    ],
)
def test_words_that_a_code_contradicts_are_not_plain(said, status):
    assert not judged(said, status).is_plain


@pytest.mark.parametrize(
    ("said", "is_plain"), [("550 no", False), ("550 5.1.1 no", True), ("no", True), ("", True)]
)
def test_a_status_next_to_a_reply_that_had_none_is_not_plain(said, is_plain):
    """sendmail 8.17 writes 5.1.1 next to every 550: `reports/sendmail/curt.eml`."""
    assert judged(said, "5.1.1") == Judged(
        reason=Reason.MAILBOX_UNKNOWN, status="5.1.1", is_plain=is_plain
    )


def test_a_transcript_may_hold_the_reply_in_the_line_of_what_was_asked():
    text = ">>> a@b.example (after end of message): 550 5.7.1 message content rejected"
    mail = Mail(f"From: MAILER-DAEMON@mx.example\nSubject: Mail failure\n\n{text}\n".encode())
    (failure,) = prose.failures(mail)
    assert by_the_words(failure.said) is Reason.CONTENT


@pytest.mark.parametrize("form", prose.formats(), ids=lambda form: form.name)
def test_each_form_is_known_by_its_example_and_read(form):
    letter = f"From: MAILER-DAEMON@mx.example\nSubject: x\n\n{form.example}"
    mail = Mail(letter.encode())
    assert form.known.search(mail.text)
    (failure,) = prose.failures(mail)
    assert failure.action is Action.FAILED
    assert by_the_words(failure.said) == form.reason


def test_every_file_of_a_form_is_in_the_table_and_the_last_one_takes_all():
    there = {
        path.name.removesuffix(".toml")
        for path in (files("briefing.sends.bounces") / "formats").iterdir()
    }
    assert {form.name for form in prose.formats()} == there
    assert prose.formats()[-1].name == "other"


#: An address, looked for from every letter: what is looked for from the beginnings of words alone finds the same.
ANYWHERE = re.compile(r"<[^<>\s]*@[^<>\s]*>|[^\s<>,;:'\"()\[\]]+@[^\s<>,;:'\"()\[\]]+|<>")


@given(st.text("ab.@<>,'( \n", max_size=40))
def test_an_address_is_taken_out_whole_wherever_it_stands(said):
    assert reasons._ADDRESS.sub(" ", said) == ANYWHERE.sub(" ", said)
