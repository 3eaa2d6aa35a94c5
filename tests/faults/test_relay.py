"""The relay that tests the sender is itself tested: every fault once, with the standard library."""

import hashlib
import json
import signal
import smtplib
import socket
import ssl
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest
from tests.faults.relay import Faults, Relay

SENDER, READER = "briefing@example.org", "ada@example.com"
HEAD = b"Message-ID: <1@example.org>\r\nSubject: x\r\n\r\n"
LETTER = HEAD + b"body\r\n" * 50


@pytest.fixture
def serve(tmp_path):
    """Start a relay with these faults; all are stopped at the end."""
    started = []

    def start(*, auth=None, tls=False, keep=None, **faults):
        relay = Relay(tmp_path / "log", Faults(**faults), tls=tls, auth=auth, keep=keep)
        started.append(relay)
        return relay.__enter__()

    yield start
    for relay in started:
        relay.__exit__()


@pytest.fixture
def client():
    """Connect with smtplib; the connections are closed at the end, however they broke."""
    opened = []

    def connect(relay, timeout=30.0):
        opened.append(smtplib.SMTP("127.0.0.1", relay.port, "test.example", timeout))
        return opened[-1]

    yield connect
    for smtp in opened:
        smtp.close()


def post(smtp, letter=LETTER, to=READER):
    return smtp.sendmail(SENDER, [to], letter)


def talk(relay, *groups):
    """Send raw groups of commands, each after a reply; everything the relay said."""
    with socket.create_connection(("127.0.0.1", relay.port), timeout=30) as raw:
        said = raw.recv(65536)
        for group in groups:
            raw.sendall(group)
            said += raw.recv(65536)
        with suppress(OSError):  # it has hung up already
            raw.shutdown(socket.SHUT_WR)
        try:
            while more := raw.recv(65536):
                said += more
        except ConnectionResetError:
            pass
        return said.decode()


ENVELOPE = f"MAIL FROM:<{SENDER}>\r\nRCPT TO:<{READER}>\r\nDATA\r\n".encode()


def test_a_letter_is_on_record_before_the_client_hears_of_it(serve, client, tmp_path):
    relay = serve(keep=tmp_path)
    assert post(client(relay)) == {}
    (entry,) = relay.accepted()
    raw = Path(entry.pop("raw"))
    assert raw.read_bytes() == LETTER
    assert entry.pop("at") <= time.time()
    assert entry == {
        "message_id": "<1@example.org>",
        "recipient": READER,
        "mail_from": SENDER,
        "size": len(LETTER),
        "sha256": hashlib.sha256(b"body\r\n" * 50).hexdigest(),
        "tls": False,
    }
    assert relay.violations == []


def test_doubled_dots_are_undone_and_a_folded_message_id_is_read(serve, client, tmp_path):
    relay = serve(keep=tmp_path)
    letter = b"Message-ID:\r\n <2@example.org>\r\n\r\n.\r\n..two\r\n.x\r\n"
    post(client(relay), letter)
    (entry,) = relay.accepted()
    assert entry["message_id"] == "<2@example.org>"
    assert Path(entry["raw"]).read_bytes() == letter


def test_pipelined_letters_each_get_their_replies(serve):
    relay = serve()
    body = LETTER + b".\r\n"
    said = talk(relay, b"EHLO x\r\n", ENVELOPE, body + ENVELOPE, body + b"QUIT\r\n")
    assert [line[:3] for line in said.splitlines()][5:] == [
        *("250", "250", "354", "250", "250", "250", "354", "250", "221")
    ]
    assert len(relay.accepted()) == 2
    assert relay.violations == []


def test_the_empty_letter_ends_at_its_first_line(serve):
    relay = serve()
    assert "250 2.0.0 Queued" in talk(relay, b"EHLO x\r\n", ENVELOPE, b".\r\n")
    assert relay.violations == []


@pytest.mark.parametrize(("name", "code"), [("greeting_421", 421), ("greeting_554", 554)])
def test_the_greeting_refuses(serve, name, code):
    relay = serve(**{name: 1})
    with pytest.raises(smtplib.SMTPConnectError) as caught:
        smtplib.SMTP("127.0.0.1", relay.port, timeout=30)
    assert caught.value.smtp_code == code


def test_mail_refuses_and_closes(serve, client):
    smtp = client(serve(mail_421=1))
    with pytest.raises(smtplib.SMTPSenderRefused) as caught:
        post(smtp)
    assert caught.value.smtp_code == 421
    with pytest.raises(smtplib.SMTPServerDisconnected):
        smtp.noop()


@pytest.mark.parametrize(("name", "code"), [("rcpt_451", 451), ("rcpt_550", 550)])
def test_rcpt_refuses(serve, client, name, code):
    relay = serve(**{name: 1})
    with pytest.raises(smtplib.SMTPRecipientsRefused) as caught:
        post(client(relay))
    assert caught.value.recipients[READER][0] == code
    assert relay.accepted() == relay.violations == []


def test_a_pipelined_data_after_a_refused_rcpt_is_no_violation(serve):
    relay = serve(rcpt_550=1)
    said = talk(relay, b"EHLO x\r\n", ENVELOPE, b"RSET\r\nQUIT\r\n")
    assert "554 5.5.1" in said
    assert relay.violations == []


@pytest.mark.parametrize(
    ("name", "code"), [("data_451", 451), ("dot_451", 451), ("dot_550", 550), ("dot_554", 554)]
)
def test_data_or_its_dot_refuse(serve, client, name, code):
    relay = serve(**{name: 1})
    with pytest.raises(smtplib.SMTPDataError) as caught:
        post(client(relay))
    assert caught.value.smtp_code == code
    assert relay.accepted() == relay.violations == []


@pytest.mark.parametrize(
    ("name", "taken"),
    [("drop_in_data", 0), ("drop_after_dot_refused", 0), ("drop_after_dot_accepted", 1)],
)
def test_the_connection_drops(serve, client, name, taken):
    relay = serve(**{name: 1})
    with pytest.raises((smtplib.SMTPServerDisconnected, ConnectionError)):
        post(client(relay), HEAD + b"body\r\n" * 500_000)
    assert len(relay.accepted()) == taken


@pytest.mark.parametrize(
    ("name", "taken"), [("hang_after_dot_refused", 0), ("hang_after_dot_accepted", 1)]
)
def test_no_reply_comes_after_the_dot(serve, client, name, taken):
    relay = serve(**{name: 1})
    with pytest.raises((TimeoutError, smtplib.SMTPServerDisconnected)):
        post(client(relay, timeout=2.0))
    assert len(relay.accepted()) == taken


def test_replies_are_slow(serve, client):
    relay = serve(slow=1, delay=0.05)
    began = time.monotonic()
    post(client(relay))
    assert time.monotonic() - began >= 0.15


@pytest.mark.parametrize("stage", ["RCPT", "DATA", "DOT"])
def test_a_reply_is_garbage(serve, client, stage):
    relay = serve(garbage=1, odd_reply_to=stage)
    with pytest.raises(smtplib.SMTPException):
        post(client(relay))
    assert len(relay.accepted()) == (stage == "DOT")


@pytest.mark.parametrize("stage", ["RCPT", "DATA", "DOT"])
def test_a_reply_has_many_lines(serve, client, stage):
    relay = serve(multiline=1, odd_reply_to=stage)
    assert post(client(relay)) == {}
    assert len(relay.accepted()) == 1


def test_a_reply_is_over_long(serve, client):
    relay = serve(overlong=1)
    with pytest.raises(smtplib.SMTPResponseException, match="Line too long"):
        post(client(relay))
    assert len(relay.accepted()) == 1


def trusting(relay):
    return ssl.create_default_context(cafile=str(relay.certificate))


def test_a_letter_goes_over_tls_with_a_password(serve, client):
    relay = serve(tls=True, auth=("desk", "secret"))
    smtp = client(relay)
    smtp.ehlo()
    assert not smtp.has_extn("auth")
    smtp.starttls(context=trusting(relay))
    smtp.login("desk", "secret")
    post(smtp, HEAD + b"body\r\n" * 500_000)
    smtp.quit()
    assert [entry["tls"] for entry in relay.accepted()] == [True]
    assert relay.violations == []


def test_the_certificate_is_trusted_by_nobody_else(serve, client):
    smtp = client(serve(tls=True))
    with pytest.raises(ssl.SSLCertVerificationError):
        smtp.starttls(context=ssl.create_default_context())


def test_starttls_is_announced_and_refused(serve, client):
    smtp = client(serve(tls=True, starttls_refused=1))
    with pytest.raises(smtplib.SMTPResponseException) as caught:
        smtp.starttls()
    assert caught.value.smtp_code == 454


def test_starttls_is_stripped_and_a_password_in_the_clear_is_noticed(serve, client):
    relay = serve(tls=True, auth=("desk", "secret"), starttls_stripped=1)
    smtp = client(relay)
    smtp.ehlo()
    assert not smtp.has_extn("starttls")
    smtp.login("desk", "secret")
    assert relay.violations == ["connection 1: a password in the clear"]


@pytest.mark.parametrize("method", ["auth_plain", "auth_login"])
@pytest.mark.parametrize("at_once", [True, False])
def test_both_ways_to_say_a_password(serve, client, method, at_once):
    relay = serve(auth=("desk", "secret"))
    for word in ("secret", "wrong"):
        smtp = client(relay)
        smtp.ehlo()
        smtp.user, smtp.password = "desk", word
        name = method.removeprefix("auth_").upper()
        say = (name, getattr(smtp, method))
        if word == "secret":
            assert smtp.auth(*say, initial_response_ok=at_once)[0] == 235
        else:
            with pytest.raises(smtplib.SMTPAuthenticationError):
                smtp.auth(*say, initial_response_ok=at_once)


def test_a_password_that_is_no_base64_is_refused(serve):
    assert "535 5.7.8" in talk(serve(auth=("desk", "secret")), b"EHLO x\r\n", b"AUTH PLAIN !\r\n")


def test_a_right_password_is_refused(serve, client):
    smtp = client(serve(auth=("desk", "secret"), auth_535=1))
    with pytest.raises(smtplib.SMTPAuthenticationError):
        smtp.login("desk", "secret")


EHLO = b"EHLO x\r\n"
WRONG_WIRE = {
    "a bare LF": (HEAD + b"one\ntwo\r\n", "bare LF"),
    "a bare CR": (HEAD + b"one\rtwo\r\n", "bare CR"),
    "LF and CR in numbers that match": (HEAD + b"one\ntwo\rthree\r\n", "bare"),
    "a smuggled end": (HEAD + b"one\n.\nMAIL FROM:<evil@example.org>\r\n", "bare LF"),
    "a line of 999": (HEAD + b"x" * 999 + b"\r\n", "998"),
    "a single dot before text": (HEAD + b".hidden\r\n", "dot"),
    "a single dot at the very start": (b".hidden: x\r\n\r\nx\r\n", "dot"),
    "8 bits": (HEAD + "é\r\n".encode(), "8BITMIME"),
    "two letters run together": (HEAD.replace(b"\r\n\r\n", b"\r\n") + HEAD, "two messages"),
}


@pytest.mark.parametrize("case", WRONG_WIRE)
def test_a_message_that_breaks_the_wire_is_refused(serve, case):
    wire, word = WRONG_WIRE[case]
    relay = serve()
    said = talk(relay, EHLO, ENVELOPE, wire + b".\r\n")
    assert said.splitlines()[-1].startswith("554 5.6.0")
    assert relay.accepted() == []
    (violation,) = relay.violations
    assert word in violation
    assert relay.log.with_name("log.violations").read_text() == violation + "\n"


def test_a_line_of_998_and_8_bits_that_were_announced_pass(serve):
    relay = serve()
    mail = ENVELOPE.replace(b"org>", b"org> BODY=8BITMIME SIZE=1100", 1)
    talk(relay, EHLO, mail, HEAD + b"x" * 998 + "\r\né\r\n.\r\n".encode())
    assert len(relay.accepted()) == 1
    assert relay.violations == []


WRONG_ORDER = {
    "MAIL before EHLO": [b"MAIL FROM:<a@b.example>\r\n"],
    "MAIL twice": [EHLO, b"MAIL FROM:<a@b.example>\r\n" * 2],
    "MAIL without the password": [EHLO, b"MAIL FROM:<a@b.example>\r\n"],
    "RCPT before MAIL": [EHLO, b"RCPT TO:<a@b.example>\r\n"],
    "two recipients": [EHLO, b"MAIL FROM:<>\r\n" + b"RCPT TO:<a@b.example>\r\n" * 2],
    "DATA before RCPT": [EHLO, b"MAIL FROM:<a@b.example>\r\nDATA\r\n"],
    "more after DATA": [EHLO, ENVELOPE + LETTER + b".\r\n"],
    "an unknown command": [EHLO, b"HELP ME\r\n"],
    "an unknown parameter": [EHLO, b"MAIL FROM:<a@b.example> XYZZY\r\n"],
    "a malformed recipient": [EHLO, b"MAIL FROM:<>\r\nRCPT TO:<a b@c.example>\r\n"],
    "a bare LF in a command": [b"EHLO x\nNOOP\r\n"],
    "8 bits in a command": [EHLO, "MAIL FROM:<é@b.example>\r\n".encode()],
    "STARTTLS that was not offered": [EHLO, b"STARTTLS\r\n"],
    "AUTH that was not offered": [EHLO, b"AUTH PLAIN AAAA\r\n"],
    "an unknown way to AUTH": [EHLO, b"AUTH CRAM-MD5\r\n"],
    "a command without an end": [b"x" * 70_000],
}


@pytest.mark.parametrize("case", WRONG_ORDER)
def test_commands_out_of_order_are_refused(serve, case):
    relay = serve(auth=("desk", "secret") if "MAIL without" in case or "way" in case else None)
    said = talk(relay, *WRONG_ORDER[case])
    assert said.splitlines()[-1].startswith("5")
    assert len(relay.violations) == 1
    assert relay.accepted() == []


def test_faults_repeat_whatever_the_order_and_differ_by_try_and_seed():
    def drawn(seed, numbers):
        faults = Faults(seed=seed, rcpt_451=0.3)
        return {n: faults.strikes("rcpt_451", f"{n}@example.com", 1) for n in numbers}

    forwards = drawn(1, range(2000))
    assert forwards == drawn(1, reversed(range(2000)))
    assert forwards != drawn(2, range(2000))
    assert 500 < sum(forwards.values()) < 700
    again = [Faults(rcpt_451=0.5).strikes("rcpt_451", READER, n) for n in range(20)]
    assert len(set(again)) == 2


def test_a_second_try_may_be_taken(serve, client):
    seed = next(
        n
        for n in range(100)
        if [Faults(seed=n, rcpt_451=0.5).strikes("rcpt_451", READER, k) for k in (1, 2)]
        == [True, False]
    )
    relay = serve(rcpt_451=0.5, seed=seed)
    smtp = client(relay)
    with pytest.raises(smtplib.SMTPRecipientsRefused):
        post(smtp)
    assert post(smtp) == {}
    assert len(relay.accepted()) == 1


def test_a_taken_port_is_an_error_and_no_hang(serve, tmp_path):
    taken = serve().port
    with pytest.raises(OSError, match="in use"):
        Relay(tmp_path / "second", port=taken).__enter__()


def test_the_relay_runs_as_a_process_of_its_own(tmp_path, client):
    script = Path(__file__).with_name("relay.py")
    log = tmp_path / "log"
    faults = ["--fault", "multiline=1", "--fault", "odd_reply_to=RCPT", "--auth", "desk:secret"]
    command = [sys.executable, str(script), "--log", str(log), *faults]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:

        class Remote:
            port = int(process.stdout.readline())

        smtp = client(Remote)
        smtp.login("desk", "secret")
        post(smtp)
        assert json.loads(log.read_text())["recipient"] == READER
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=30) == 0
