"""The SMTP transport against a relay that misbehaves in one way at a time."""

import asyncio
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
import uvloop
from tests.faults.relay import Faults, Relay

from briefing.errors import TransportError
from briefing.model.delivery import State
from briefing.model.mail import Letter
from briefing.sends.transports import SmtpSettings, SmtpTransport


def letter(number=1, wire=None):
    return Letter(
        recipient=f"reader{number}@example.net",
        sender="briefing@example.org",
        message_id=f"<{number}@example.org>",
        date=datetime(2026, 11, 23, tzinfo=UTC),
        wire=wire or b"Message-ID: <%d@example.org>\r\nSubject: x\r\n\r\nbody\r\n" % number,
    )


@pytest.fixture
def relay(request, tmp_path):
    options = getattr(request, "param", {})
    faults = Faults(
        **{name: value for name, value in options.items() if name not in ("tls", "auth")}
    )
    with Relay(
        tmp_path / "mail.jsonl",
        faults,
        tls=options.get("tls", False),
        auth=options.get("auth"),
    ) as server:
        yield server
        assert server.violations == []


def transport(relay, **settings):
    values = {"host": "127.0.0.1", "port": relay.port, "security": "none", "connections": 1}
    return SmtpTransport(SmtpSettings(**{**values, **settings}))


def post(way, *letters):
    async def work():
        connection = await way.open()
        try:
            return [await connection.post(one) for one in letters]
        finally:
            await connection.close()

    return asyncio.run(work())


def accepted(relay):
    return [entry["recipient"] for entry in relay.accepted()]


REFUSALS = [
    ({"rcpt_550": 1}, State.BOUNCED, "5.1."),
    ({"rcpt_451": 1}, State.DEFERRED, "4."),
    ({"data_451": 1}, State.DEFERRED, "4."),
    ({"dot_451": 1}, State.DEFERRED, "4."),
    ({"dot_550": 1}, State.BOUNCED, "5."),
    ({"dot_554": 1}, State.BOUNCED, "5."),
]


@pytest.mark.parametrize(("relay", "state", "status"), REFUSALS, indirect=["relay"])
def test_a_refusal_is_one_readers_outcome_and_the_next_letter_is_not_harmed(relay, state, status):
    first, second = post(transport(relay), letter(1), letter(2))
    assert (first.state, second.state) == (state, state)
    assert first.status.startswith(status)
    assert first.detail
    assert accepted(relay) == []


@pytest.mark.parametrize("relay", [{"rcpt_550": 0.3, "seed": 5}], indirect=True)
def test_refused_and_taken_letters_follow_each_other_on_one_connection(relay):
    letters = [letter(number) for number in range(60)]
    deliveries = post(transport(relay), *letters)
    posted = [one.recipient for one in deliveries if one.state is State.POSTED]
    assert 20 < len(posted) < 60
    assert accepted(relay) == posted


async def announced(way, letters):
    """Post letters, each of which is announced with the end of the one before."""
    connection, found = await way.open(), []
    try:
        for one, following in zip(letters, [*letters[1:], None], strict=True):
            found.append(await connection.post(one, None, lambda following=following: following))
    finally:
        await connection.close()
    return found


@pytest.mark.parametrize(("relay", "state", "status"), REFUSALS, indirect=["relay"])
def test_a_refusal_is_the_outcome_of_the_letter_that_it_is_said_of(relay, state, status):
    found = asyncio.run(announced(transport(relay), [letter(1), letter(2), letter(3)]))
    assert [(one.recipient, one.state) for one in found] == [
        (f"reader{number}@example.net", state) for number in (1, 2, 3)
    ]
    assert all(one.status.startswith(status) for one in found)
    assert accepted(relay) == []


@pytest.mark.parametrize(
    "relay",
    [{}, {"rcpt_550": 0.3, "dot_451": 0.2, "seed": 5}],
    indirect=True,
)
def test_letters_announced_beforehand_arrive_whole_and_once(relay):
    letters = [letter(number) for number in range(60)]
    found = asyncio.run(announced(transport(relay), letters))
    posted = [one.recipient for one in found if one.state is State.POSTED]
    assert len(posted) > 20
    assert accepted(relay) == posted


@pytest.mark.parametrize("relay", [{}], indirect=True)
def test_a_letter_that_was_announced_and_does_not_come_never_was_one(relay):
    async def one_of_two():
        connection = await transport(relay).open()
        delivery = await connection.post(letter(1), None, lambda: letter(2))
        await connection.close()
        return delivery

    assert asyncio.run(one_of_two()).state is State.POSTED
    assert accepted(relay) == ["reader1@example.net"]


@pytest.mark.parametrize("relay", [{"drop_in_data": 1}], indirect=True)
def test_a_connection_lost_with_the_letter_on_the_wire_is_a_doubt(relay):
    # All of it was handed to the kernel: nobody here can tell how much of it arrived.
    (delivery,) = post(transport(relay), letter(wire=b"Subject: x\r\n\r\n" + b"line\r\n" * 200))
    assert delivery.state is State.IN_DOUBT
    assert accepted(relay) == []


@pytest.mark.parametrize("relay", [{"mail_421": 1}], indirect=True)
def test_a_connection_lost_before_the_final_dot_is_a_try_that_failed(relay):
    with pytest.raises(TransportError, match="before the letter was complete") as caught:
        post(transport(relay), letter())
    assert not caught.value.permanent
    assert accepted(relay) == []


@pytest.mark.parametrize(
    ("relay", "arrived"),
    [({"drop_after_dot_accepted": 1}, 1), ({"drop_after_dot_refused": 1}, 0)],
    indirect=["relay"],
)
def test_a_reply_lost_after_the_final_dot_is_a_doubt_whatever_the_relay_did(relay, arrived):
    (delivery,) = post(transport(relay), letter())
    assert delivery.state is State.IN_DOUBT
    assert len(accepted(relay)) == arrived


@pytest.mark.parametrize(
    "relay", [{"garbage": 1}, {"overlong": 1}, {"asks_for_more": 1}], indirect=True
)
def test_an_answer_that_is_none_is_a_doubt_after_the_dot(relay):
    (delivery,) = post(transport(relay), letter())
    assert delivery.state is State.IN_DOUBT


@pytest.mark.parametrize(
    "relay",
    [{"garbage": 1, "odd_reply_to": "RCPT"}, {"overlong": 1, "odd_reply_to": "RCPT"}],
    indirect=True,
)
def test_an_answer_that_is_none_before_the_dot_costs_nothing(relay):
    with pytest.raises(TransportError) as caught:
        post(transport(relay), letter())
    assert not caught.value.permanent


@pytest.mark.parametrize("relay", [{"multiline": 1}], indirect=True)
def test_an_answer_of_several_lines_is_one_answer(relay):
    (delivery,) = post(transport(relay), letter())
    assert delivery.state is State.POSTED


@pytest.mark.parametrize(
    ("relay", "permanent"),
    [({"greeting_421": 1}, False), ({"greeting_554": 1}, True)],
    indirect=["relay"],
)
def test_a_relay_that_turns_us_away_is_a_sentence_that_says_whether_to_come_back(relay, permanent):
    with pytest.raises(TransportError, match=r"turns us away|cannot be reached") as caught:
        post(transport(relay), letter())
    assert caught.value.permanent is permanent


def test_a_relay_that_is_not_there_is_worth_another_try(tmp_path):
    with Relay(tmp_path / "mail.jsonl") as gone:
        way = transport(gone)
    with pytest.raises(TransportError, match="cannot be reached") as caught:
        post(way, letter())
    assert not caught.value.permanent


@pytest.mark.parametrize("relay", [{"tls": True}], indirect=True)
def test_starttls_secures_the_connection_before_anything_is_said(relay):
    way = transport(relay, security="starttls", ca_file=relay.certificate)
    (delivery,) = post(way, letter())
    assert delivery.state is State.POSTED
    assert [entry["tls"] for entry in relay.accepted()] == [True]


@pytest.mark.parametrize("relay", [{"tls": True}], indirect=True)
def test_a_certificate_nobody_vouches_for_is_refused(relay):
    with pytest.raises(TransportError, match="certificate") as caught:
        post(transport(relay, security="starttls"), letter())
    assert caught.value.permanent
    assert accepted(relay) == []


STRIPPED = {"tls": True, "auth": ("user", "secret"), "starttls_stripped": 1}


@pytest.mark.parametrize(
    "relay", [STRIPPED, {**STRIPPED, "starttls_stripped": 0, "starttls_refused": 1}], indirect=True
)
def test_without_tls_neither_password_nor_letter_leaves(relay):
    settings = {"username": "user", "password": "secret", "ca_file": relay.certificate}
    with pytest.raises(TransportError):
        post(transport(relay, security="starttls", **settings), letter())
    assert accepted(relay) == []


@pytest.mark.parametrize("relay", [{"tls": True, "auth": ("user", "secret")}], indirect=True)
def test_the_right_password_lets_letters_through(relay):
    settings = {"username": "user", "password": "secret", "ca_file": relay.certificate}
    (delivery,) = post(transport(relay, security="starttls", **settings), letter())
    assert delivery.state is State.POSTED


@pytest.mark.parametrize("relay", [{"tls": True, "auth": ("user", "secret")}], indirect=True)
def test_a_wrong_password_names_the_keys_to_correct_and_never_the_password(relay):
    settings = {"username": "user", "password": "hunter2", "ca_file": relay.certificate}
    with pytest.raises(TransportError, match="BRIEFING_SEND__SMTP__PASSWORD") as caught:
        post(transport(relay, security="starttls", **settings), letter())
    assert caught.value.permanent
    assert "hunter2" not in str(caught.value)


@pytest.mark.parametrize("relay", [{"no_ehlo": 500}, {"no_ehlo": 502}], indirect=True)
def test_a_relay_that_does_not_know_ehlo_is_greeted_by_helo(relay):
    (delivery,) = post(transport(relay), letter())
    assert delivery.state is State.POSTED


@pytest.mark.parametrize("relay", [{"no_ehlo": 550}], indirect=True)
def test_a_relay_that_refuses_us_at_ehlo_is_not_asked_in_older_words(relay):
    with pytest.raises(TransportError, match="turns us away: 550"):
        post(transport(relay), letter())


@pytest.mark.parametrize("relay", [{"largest": 300}], indirect=True)
def test_a_letter_larger_than_the_relay_takes_is_not_begun(relay):
    small, large = letter(1), letter(2, b"Subject: x\r\n\r\n" + b"body\r\n" * 100)
    with pytest.raises(TransportError, match="at most 300 bytes, and this one has 614") as caught:
        post(transport(relay), small, large)
    assert caught.value.permanent
    assert accepted(relay) == [small.recipient]


@pytest.mark.parametrize("relay", [{"largest": 0}], indirect=True)
def test_a_size_of_zero_is_no_limit(relay):
    (delivery,) = post(transport(relay), letter())
    assert delivery.state is State.POSTED


@pytest.mark.parametrize(
    "relay", [{"auth": ("user", "secret"), "sign_in_by": "XOAUTH2 SCRAM-SHA-256"}], indirect=True
)
def test_a_relay_with_no_way_to_sign_in_that_we_know_says_which_there_are(relay):
    words = "sign in by XOAUTH2, SCRAM-SHA-256 alone; this program knows CRAM-MD5, PLAIN, LOGIN"
    with pytest.raises(TransportError, match=words) as caught:
        post(transport(relay, username="user", password="secret"), letter())
    assert caught.value.permanent


@pytest.mark.parametrize(
    "relay", [{"tls": True, "starttls_stripped": 1}, {"tls": True, "no_ehlo": 502}], indirect=True
)
def test_a_relay_without_starttls_is_a_matter_for_a_person(relay):
    with pytest.raises(TransportError, match="does not offer STARTTLS") as caught:
        post(transport(relay, security="starttls", ca_file=relay.certificate), letter())
    assert caught.value.permanent


@pytest.mark.parametrize("relay", [{"tls": True, "starttls_dropped": 1}], indirect=True)
def test_a_relay_that_hangs_up_over_tls_is_told_from_one_that_is_down(relay):
    with pytest.raises(TransportError, match="hung up while TLS was agreed on") as caught:
        post(transport(relay, security="starttls", ca_file=relay.certificate), letter())
    assert not caught.value.permanent


def test_a_port_in_clear_that_should_begin_with_tls_is_told_from_one_that_is_down(relay):
    with pytest.raises(TransportError, match=r'wants \[send.smtp\] security = "tls"'):
        post(transport(relay, security="tls"), letter())


@pytest.mark.parametrize("host", ["mail.example.org", "192.0.2.1"])
def test_clear_text_over_a_network_is_refused_before_anything_is_opened(host):
    with pytest.raises(TransportError, match="only for a relay on this machine"):
        SmtpTransport(SmtpSettings(host=host, security="none"))


def test_a_letter_is_stored_by_the_relay_byte_for_byte(tmp_path):
    keep = tmp_path / "kept"
    keep.mkdir()
    wire = b"Subject: x\r\n\r\n" + b"caf=C3=A9 line\r\n" * 4_000
    with Relay(tmp_path / "mail.jsonl", keep=keep) as relay:
        post(transport(relay), letter(wire=wire))
        entry = json.loads((tmp_path / "mail.jsonl").read_text())
        assert relay.violations == []
    assert Path(entry["raw"]).read_bytes() == wire


def run_all(way, letters, *, along):
    """Post letters on the loop that posts in earnest; its transports break otherwise than asyncio's."""

    async def work():
        connection, found = await way.open(), []
        try:
            for one, following in zip(letters, [*letters[1:], None], strict=True):
                ahead = (lambda following=following: following) if along else None
                found.append(await connection.post(one, None, ahead))
        finally:
            await connection.close()
        return found

    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        return runner.run(work())


ENDS = [
    {"most_letters": 7},
    {"most_letters": 7, "most_letters_reply": "452 4.5.3 Too many messages sent in this session"},
    {"most_resets": 4, "rcpt_550": 0.4, "seed": 3},
    {"most_refusals": 4, "rcpt_550": 0.4, "seed": 3},
    {"most_resets": 2, "most_letters": 5, "rcpt_451": 0.4, "seed": 3},
    {"pipelining": 0, "rcpt_550": 0.3, "seed": 3},
    {"pipelining": 0, "most_letters": 7, "most_letters_reply": "452 4.5.3 Too many", "seed": 3},
    {"pipelining": 0, "most_refusals": 4, "rcpt_550": 0.4, "seed": 3},
]


@pytest.mark.parametrize("along", [True, False])
@pytest.mark.parametrize("relay", ENDS, indirect=True)
def test_a_relay_that_ends_a_session_costs_a_new_one_and_no_letter(relay, along):
    letters = [letter(number) for number in range(60)]
    found = run_all(transport(relay), letters, along=along)
    assert [one.recipient for one in found] == [one.recipient for one in letters]
    faults = relay.faults
    expected = [
        State.BOUNCED
        if faults.strikes("rcpt_550", one.recipient, 1)
        else State.DEFERRED
        if faults.strikes("rcpt_451", one.recipient, 1)
        else State.POSTED
        for one in letters
    ]
    assert [one.state for one in found] == expected
    taken = [one.recipient for one in found if one.state is State.POSTED]
    assert accepted(relay) == taken


@pytest.mark.parametrize("relay", [{"most_letters": 7}], indirect=True)
def test_what_a_relay_allows_is_learnt_and_it_hangs_up_no_more(relay):
    letters = [letter(number) for number in range(200)]
    run_all(transport(relay), letters, along=True)
    assert len(accepted(relay)) == 200
    # Twice it has to say so; then each session ends before it would.
    assert relay.ended_by_relay == 2


@pytest.mark.parametrize("relay", [{"mail_421": 0.04, "seed": 2}], indirect=True)
def test_what_ends_a_session_here_and_there_is_not_taken_for_a_limit(relay):
    letters = [letter(number) for number in range(100)]
    found = run_all(transport(relay), letters, along=True)
    assert {one.state for one in found} == {State.POSTED}
    assert len(accepted(relay)) == 100
