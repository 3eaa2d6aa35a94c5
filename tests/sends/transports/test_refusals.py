"""What a relay does to us is a sentence that names it once, without Python's own words, and says what to do."""

import asyncio
import re
import socket
import ssl
from datetime import UTC, datetime, timedelta

import aiosmtplib
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from briefing.sends.transports.refusals import refused

NAME = "relay.example:587"
#: What Python says and a person does not: numbers of errors, files of OpenSSL.
RAW = re.compile(r"\[Errno|\[SSL|_ssl\.c|Connect call|Error connecting")


def certificate(host, begins, lasts):
    """A certificate that its own key signs, and the key, as PEM."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, host)])
    begin = datetime.now(UTC) + timedelta(days=begins)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(begin)
        .not_valid_after(begin + timedelta(days=lasts))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(host)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    plain = serialization.NoEncryption()
    form = (serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain)
    return made.public_bytes(serialization.Encoding.PEM), key.private_bytes(*form)


def handshake(folder, shown, trusted):
    """A real handshake in memory; the error that our side ends in."""
    path = folder / "shown.pem"
    path.write_bytes(b"".join(shown))
    theirs = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    theirs.load_cert_chain(path)
    ours = ssl.create_default_context(cadata=trusted.decode())
    there, back = ssl.MemoryBIO(), ssl.MemoryBIO()
    client = ours.wrap_bio(back, there, server_hostname="relay.example")
    server = theirs.wrap_bio(there, back, server_side=True)
    for side in (client, server, client):
        try:
            side.do_handshake()
        except ssl.SSLWantReadError:
            continue
        except ssl.SSLCertVerificationError as error:
            return error
    raise AssertionError("the certificate was taken")


@pytest.mark.parametrize(
    ("host", "begins", "said"),
    [
        ("relay.example", -400, "has expired. Ask whoever runs the relay to renew it."),
        ("relay.example", 30, "is not valid yet. Is this machine's clock right?"),
        ("mail.example", -1, "is of another host. Name the relay in [send.smtp] host"),
    ],
)
def test_a_certificate_that_does_not_hold_says_why_and_who_mends_it(tmp_path, host, begins, said):
    shown = certificate(host, begins, 100)
    told = refused(NAME, handshake(tmp_path, shown, shown[0]), username="")
    assert f"{NAME}: its certificate {said}" in str(told)
    assert not RAW.search(str(told))
    assert told.permanent


def test_a_certificate_of_an_unknown_issuer_names_the_key_for_one_of_our_own(tmp_path):
    shown, other = (certificate("relay.example", -1, 100) for _ in range(2))
    told = str(refused(NAME, handshake(tmp_path, shown, other[0]), username=""))
    assert "its certificate cannot be trusted: " in told
    assert "[send.smtp] ca_file" in told
    assert not RAW.search(told)


def test_a_relay_where_nobody_listens_is_named_once_with_the_systems_own_words():
    with socket.create_server(("127.0.0.1", 0)) as gone:
        port = gone.getsockname()[1]
    with pytest.raises(aiosmtplib.SMTPException) as caught:
        asyncio.run(aiosmtplib.SMTP(hostname="127.0.0.1", port=port, timeout=5).connect())
    told = str(refused(f"127.0.0.1:{port}", caught.value, username=""))
    assert told.startswith(f"127.0.0.1:{port} cannot be reached: connection refused. Is it running")
    assert told.count(str(port)) == 1
    assert not RAW.search(told)


def test_a_greeting_that_turns_us_away_says_whom_to_ask():
    told = str(refused(NAME, aiosmtplib.SMTPResponseException(554, "5.7.1 no."), username=""))
    assert f"{NAME} turns us away: 554 5.7.1 no. If it goes on, ask whoever runs it" in told
