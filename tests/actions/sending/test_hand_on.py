"""What people wrote to the bounce address: handed on once, lost never, answered by no machine."""

import mailbox
from email import message_from_bytes, policy

import pytest
from tests.served import free_port

from briefing.actions.sending.process_bounces import read_bounces
from briefing.config.sending import Smtp
from briefing.model.mail import Address
from briefing.sends.letters.verp import return_path

LETTER = (
    b"From: Ann Lee <ann@mail.example>\r\nTo: bounces@example.org\r\nSubject: Re: Ferries\r\n\r\n"
)


@pytest.fixture
def house(desk, tmp_path):
    """A desk with a bounce mailbox whose people are answered at desk@example.org."""
    box = mailbox.Maildir(str(tmp_path / "bounces"))

    def settle(**send):
        config = desk.room.config
        bounces = config.bounces.model_copy(update={"mailbox": str(tmp_path / "bounces")})
        told = {
            "reply_to": Address(email="desk@example.org"),
            "bounce_address": "bounces@example.org",
        }
        changed = {"bounces": bounces, "send": config.send.model_copy(update=told | send)}
        object.__setattr__(desk.room, "config", config.model_copy(update=changed))

    settle()
    desk.settle = settle
    desk.got = lambda *messages: [box.add(one) for one in messages]
    desk.read = lambda: read_bounces(desk.room, lambda *_: None)
    return desk


def handed(desk):
    found = sorted((desk.folder / "var" / "outbox" / "replies").glob("*.eml"))
    return [message_from_bytes(one.read_bytes(), policy=policy.default) for one in found]


def waiting(desk):
    return list((desk.folder / "var" / "bounces" / "replies").glob("*.eml"))


def test_a_persons_words_are_handed_on_once_with_the_message_itself(house):
    house.got(LETTER + b".\r\nThe ferry was late.\r\n")
    read = house.read()
    assert (read.persons, read.handed_on, read.unread, read.ignored) == (1, 1, 0, 0)
    (message,) = handed(house)
    assert (message["To"], message["Reply-To"]) == ("desk@example.org", "ann@mail.example")
    assert message["Subject"] == "Re: Ferries"
    body, attached = message.iter_parts()
    assert "The ferry was late." in body.get_content()
    assert "The ferry was late." in attached.get_content().decode()
    again = house.read()
    assert (again.persons, again.known, again.handed_on) == (0, 1, 0)
    assert len(handed(house)) == 1
    assert waiting(house) == []


def test_what_is_handed_on_is_answered_by_no_machine_and_never_handed_on_again(house):
    house.got(LETTER + b"Hello.\r\n")
    house.read()
    (message,) = handed(house)
    assert message["Auto-Submitted"] == "auto-generated"
    house.got(bytes(message))
    read = house.read()
    assert (read.persons, read.handed_on) == (0, 0)


def test_a_relay_that_refuses_loses_nothing(house):
    house.got(LETTER + b"Hello.\r\n")
    nobody = Smtp(host="127.0.0.1", port=free_port(), security="none")
    house.settle(transport="smtp", smtp=nobody)
    read = house.read()
    assert (read.persons, read.handed_on) == (1, 0)
    assert "127.0.0.1" in read.not_handed_on
    assert len(waiting(house)) == 1
    house.settle(transport="folder")
    assert house.read().handed_on == 1
    assert waiting(house) == []


def test_without_an_address_to_hand_on_to_a_person_finds_the_message_among_the_unread(house):
    house.settle(reply_to=None)
    house.got(LETTER + b"Hello.\r\n")
    read = house.read()
    assert (read.persons, read.unread) == (0, 1)
    assert len(list(read.kept.iterdir())) == 1


def test_notices_are_counted_once_and_a_wish_lets_its_reader_go(house):
    reader = house.room.store.subscribers.find("ada@example.com")[0]
    to = return_path("bounces@example.org", "staggers-2026-11-23", reader.ref, house.room.keys[-1])
    away = b"Auto-Submitted: auto-replied\r\n" + LETTER + b"Back on Monday.\r\n"
    wish = LETTER.replace(b"bounces@example.org", to.encode()) + b"Please unsubscribe me.\r\n"
    house.got(away, wish)
    read = house.read()
    assert (read.away, read.unsubscribed, read.persons) == (1, 1, 0)
    assert house.room.store.subscribers.find("ada@example.com")[0].standing == "unsubscribed"
    assert house.read().known == 2


def test_a_reason_is_counted_when_its_report_is_read_first_and_not_again(house):
    reader = house.room.store.subscribers.find("ada@example.com")[0]
    to = return_path("bounces@example.org", "staggers-2026-11-23", reader.ref, house.room.keys[-1])
    house.got(
        f"From: MAILER-DAEMON@relay.example\r\nTo: {to}\r\nSubject: Undelivered\r\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\r\n\r\n'
        "--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; relay.example\r\n\r\n"
        "Final-Recipient: rfc822; ada@example.com\r\nAction: failed\r\nStatus: 4.2.2\r\n"
        "Diagnostic-Code: smtp; 452 4.2.2 mailbox full\r\n\r\n--b--\r\n".encode()
    )
    first, again = house.read(), house.read()
    assert [count for _, count in first.reasons] == [1]
    assert (again.known, again.reasons) == (1, ())


@pytest.mark.parametrize(
    "head",
    [
        b'From: "=?utf-8?q?a=0D=0ABcc:_x?=" <a@b.example>\r\nSubject: =?utf-8?q?x=0D=0ABcc:_evil?=\r\n\r\n',
        b"From: <not an address>\r\nSubject: \xff\xfe\r\n\r\n",
        b"Reply-To: a@b.example, c@d.example\r\nFrom: x@y.example\r\n\r\n",
        b"From: x@y.example\r\nContent-Type: text/plain; charset=unknown-8bit\r\n\r\n\x80\x81",
    ],
)
def test_hostile_headers_reach_no_header_of_ours(house, head):
    house.got(head + b"Hello.\r\n" + b"\xff" * 2_000)
    read = house.read()
    assert (read.handed_on, read.not_handed_on) == (1, "")
    (message,) = handed(house)
    assert message["Bcc"] is None
    assert message["To"] == "desk@example.org"
