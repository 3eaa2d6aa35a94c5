"""A letter is the email for one reader, as bytes that survive every relay."""

import email
import email.policy
import quopri
import re
from dataclasses import replace
from datetime import UTC, datetime
from email.utils import getaddresses

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.errors import SendError
from briefing.model.mail import Address, Email
from briefing.model.merge_field import Escaping, MergeField
from briefing.model.subscriber import Subscriber
from briefing.sends.bounces import Kind as ReportKind
from briefing.sends.bounces import read_report
from briefing.sends.letters.mailboxes import mailbox_line, one_line
from briefing.sends.letters.mime import LetterSettings, Postman
from briefing.sends.letters.quoted_printable import quoted

NONCE = "BRF7c9a41"
DATE = datetime(2026, 11, 23, 7, 0, tzinfo=UTC)
LINKS = {
    "unsubscribe_url": "https://briefing.example.org/unsubscribe/" + "a1B2-_" * 20,
    "preferences_url": "https://briefing.example.org/preferences/abc",
    "view_url": "https://briefing.example.org/view/abc?a=1&b=2",
}
READER = Subscriber(email="ada@example.com", name="Ada Finch", ref="a" * 16)
SETTINGS = LetterSettings(
    sender=Address(email="briefing@example.org", name="The Staggers"),
    reply_to=Address(email="desk@example.org"),
    list_id="readers.example.org",
    list_name="The Staggers",
)


def token(name, kind=Escaping.TEXT):
    return MergeField(name=name, kind=kind).token(NONCE)


HTML = (
    f'<!doctype html><p title="é">For {token("name")} at {token("email")}.</p>'
    f'<a href="{token("view_url", Escaping.URL)}">view</a>'
    f'<a href="https://x.example/?q={token("name", Escaping.QUERY)}">q</a>' + "<b>long</b>" * 500
)
TEXT = f"Dear {token('name')}\n.\n.hidden\nUnsubscribe: {token('unsubscribe_url', Escaping.URL)}\n"


def mail(**changes):
    values = {
        "edition_id": "staggers-2026-11-23",
        "template": "staggers",
        "subject": "Peers send it back: “for the last time”",
        "preheader": "",
        "html": HTML,
        "text": TEXT,
        "nonce": NONCE,
        "language": "en-GB",
    }
    return Email(**{**values, **changes})


def postman(content=None, settings=SETTINGS):
    return Postman(content or mail(), settings, date=DATE, key=b"k" * 32)


def parsed(letter):
    return email.message_from_bytes(letter.wire, policy=email.policy.default)


def body(letter, kind):
    part = parsed(letter).get_body((kind,))
    return part.get_content().replace("\r\n", "\n")


def test_both_parts_carry_the_readers_values_escaped_for_where_they_stand():
    reader = Subscriber(email="bo@example.com", name='Bo <b>"Q"</b> & Co')
    letter = postman().letter(reader, LINKS)
    assert "For Bo &lt;b&gt;&quot;Q&quot;&lt;/b&gt; &amp; Co at bo@example.com." in body(
        letter, "html"
    )
    assert 'href="https://briefing.example.org/view/abc?a=1&amp;b=2"' in body(letter, "html")
    assert "?q=Bo%20%3Cb%3E%22Q%22%3C%2Fb%3E%20%26%20Co" in body(letter, "html")
    assert body(letter, "plain").startswith('Dear Bo <b>"Q"</b> & Co\n')
    assert NONCE not in letter.wire.decode("ascii")


def test_all_else_is_the_email_word_for_word():
    letter = postman().letter(READER, LINKS)
    html = HTML.replace(token("name"), "Ada Finch").replace(token("email"), "ada@example.com")
    html = html.replace(token("name", Escaping.QUERY), "Ada%20Finch")
    html = html.replace(token("view_url", Escaping.URL), LINKS["view_url"].replace("&", "&amp;"))
    assert body(letter, "html").rstrip("\n") == html
    text = TEXT.replace(token("name"), "Ada Finch")
    assert body(letter, "plain") == text.replace(
        token("unsubscribe_url", Escaping.URL), LINKS["unsubscribe_url"]
    )


def test_the_headers_say_who_from_whom_and_how_to_leave_in_one_click():
    message = parsed(postman().letter(READER, LINKS))
    assert message["From"] == "The Staggers <briefing@example.org>"
    assert message["To"] == "Ada Finch <ada@example.com>"
    assert message["Reply-To"] == "desk@example.org"
    assert message["Subject"] == "Peers send it back: “for the last time”"
    assert message["Date"].datetime == DATE
    assert message["List-Id"] == "The Staggers <readers.example.org>"
    assert message["List-Unsubscribe"].strip() == f"<{LINKS['unsubscribe_url']}>"
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert message.get_content_type() == "multipart/alternative"
    assert [part.get_content_type() for part in message.iter_parts()] == ["text/plain", "text/html"]


def test_a_long_unsubscribe_address_stands_whole_on_one_line():
    assert f"<{LINKS['unsubscribe_url']}>".encode() in postman().letter(READER, LINKS).wire


def test_the_message_id_stays_when_a_letter_is_made_again_and_differs_by_reader_and_edition():
    one = postman().letter(READER, LINKS).message_id
    assert postman().letter(READER, LINKS).message_id == one
    assert postman().letter(replace(READER, ref="b" * 16), LINKS).message_id != one
    later = postman(mail(edition_id="staggers-2026-11-24"))
    assert later.letter(READER, LINKS).message_id != one
    assert "ada" not in one


def test_the_same_letter_has_the_same_bytes():
    assert postman().letter(READER, LINKS) == postman().letter(READER, LINKS)


def test_a_reader_without_a_name_is_addressed_by_the_mailbox_alone():
    message = parsed(postman().letter(Subscriber(email="bo@example.com"), LINKS))
    assert message["To"] == "bo@example.com"


def lines_of(wire):
    assert wire.isascii()
    assert not re.search(rb"\r(?!\n)|(?<!\r)\n", wire)
    return wire.split(b"\r\n")


def test_no_relay_has_a_reason_to_change_the_bytes():
    for line in lines_of(postman().letter(READER, LINKS).wire):
        assert len(line) <= 998
        assert not line.startswith(b".")


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "https://a b", "https://a/\x07b", 'https://x/"><script>']
)
def test_an_address_that_may_not_stand_in_a_link_refuses_the_letter(address):
    with pytest.raises(SendError, match="may not stand in a link"):
        postman().letter(READER, {**LINKS, "view_url": address})


ANYTHING = st.text(max_size=120)


# Four slots each: 2,000 texts; `make laws` takes 50,000.
@settings(max_examples=5 * settings.default.max_examples, deadline=None)
@given(name=ANYTHING, subject=ANYTHING, sender=ANYTHING, listed=ANYTHING)
def test_no_text_in_a_header_slot_makes_another_header(name, subject, sender, listed):
    headers = LetterSettings(
        sender=Address(email="briefing@example.org", name=sender),
        list_id="readers.example.org",
        list_name=listed,
    )
    letter = postman(mail(subject=subject), headers).letter(
        Subscriber(email="ada@example.com", name=name), LINKS
    )
    message = parsed(letter)
    assert sorted(message.keys()) == sorted(
        ["To", "Message-ID", "List-Unsubscribe", "From", "Subject", "Date", "List-Id",
         "List-Unsubscribe-Post", "Content-Language", "MIME-Version", "Content-Type",
         "Auto-Submitted", "X-Auto-Response-Suppress", "Precedence"]
    )  # fmt: skip
    assert [one.addr_spec for one in message["To"].addresses] == ["ada@example.com"]
    assert [one.addr_spec for one in message["From"].addresses] == ["briefing@example.org"]
    assert all(len(line) <= 998 for line in lines_of(letter.wire))


NAMES = [
    "Featherstone Chumley of the Long Windy Marsh Estate and Sons <boss@victim.example>",
    'The "Right" Honourable, Lord of the Manor; and a great many other things besides (retired)',
    "boss@victim.example, other@victim.example, third@victim.example, fourth@victim.example, x",
    "a" * 200,
    "A, B",
    'Zed "Zee" Zoo',
    "Müller, Jörg (Büro) <x@y.example> " * 4,
    "back\\slash " * 12,
    "=?utf-8?q?=3Cboss=40victim.example=3E?=",
    "Group: a@b.example;",
]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("field", ["To", "From", "Reply-To"])
def test_a_name_stays_one_mailbox_for_every_parser_whatever_stands_in_it(field, name):
    at = Address(email="ada@example.com", name=name)
    line = mailbox_line(field, at).decode("ascii")
    assert all(len(one) <= 76 for one in line.removesuffix("\r\n").split("\r\n"))
    message = email.message_from_string(line + "\r\n", policy=email.policy.default)
    (mailbox,) = message[field].addresses
    assert mailbox.addr_spec == "ada@example.com"
    # Python leaves a blank between encoded words.
    assert mailbox.display_name.replace(" ", "") == one_line(name).replace(" ", "")
    assert not message[field].defects
    # An older parser, which splits before it decodes.
    plain = email.message_from_string(line + "\r\n")[field]
    assert [found for _, found in getaddresses([plain])] == ["ada@example.com"]


def test_a_local_part_that_needs_quotation_marks_gets_them():
    line = mailbox_line("To", Address(email="ada lovelace@example.com", name="Ada"))
    assert line == b'To: Ada <"ada lovelace"@example.com>\r\n'


def test_letters_ask_programs_not_to_answer_them():
    message = parsed(postman().letter(READER, LINKS))
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Precedence"] == "bulk"
    assert message["X-Auto-Response-Suppress"] == "OOF, AutoReply"
    assert "Feedback-ID" not in message


def test_a_configured_feedback_id_stands_in_every_letter():
    settings = replace(SETTINGS, feedback_id="staggers-2026-11-23:readers:newsletter:staggers")
    message = parsed(postman(settings=settings).letter(READER, LINKS))
    assert message["Feedback-ID"] == settings.feedback_id


def test_a_reader_can_leave_by_mail_where_somebody_reads_the_bounce_address():
    settings = replace(SETTINGS, bounce_address="bounces@example.org")
    assert b"mailto:" not in postman(settings=settings).letter(READER, LINKS).wire
    letter = postman(settings=replace(settings, leave_by_mail=True)).letter(READER, LINKS)
    web, mailto = parsed(letter)["List-Unsubscribe"].split(",")
    assert web.strip() == f"<{LINKS['unsubscribe_url']}>"
    assert mailto.strip() == f"<mailto:{letter.sender}?subject=unsubscribe>"
    asked = f"From: ada@example.com\r\nTo: {letter.sender}\r\nSubject: unsubscribe\r\n\r\n"
    report = read_report(asked.encode(), b"k" * 32)
    assert (report.kind, report.about.ref) == (ReportKind.UNSUBSCRIBE, READER.ref)


@given(text=st.text(max_size=400))
def test_any_text_comes_through_the_encoding_unchanged(text):
    text = text.replace("\r", "").encode("utf-8", "ignore").decode()
    letter = postman(mail(text=text)).letter(READER, LINKS)
    raw = letter.wire.split(b"quoted-printable\r\n\r\n")[1].split(b"\r\n--briefing-")[0]
    assert quopri.decodestring(raw.replace(b"\r\n", b"\n")).decode() == text


PLAIN = st.text(alphabet="abc/:.-_~! 0", min_size=1, max_size=400).map(lambda text: f"x{text}x")


@given(text=PLAIN)
def test_plain_values_are_broken_into_lines_just_as_the_standard_library_does(text):
    known = quopri.encodestring(text.encode()).replace(b"\n", b"\r\n")
    assert quoted(text) == known.replace(b"\n.", b"\n=2E")
