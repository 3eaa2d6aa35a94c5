"""Our DKIM signatures as a second reader sees them: dkimpy is the oracle."""

import base64
import re
from datetime import UTC, datetime
from types import SimpleNamespace

import dkim
import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization as form
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.errors import SendError
from briefing.model.mail import Address, Email
from briefing.model.subscriber import Subscriber
from briefing.sends.letters.dkim import SIGNED, DkimSigner
from briefing.sends.letters.mime import LetterSettings, Postman

AT = datetime(2026, 11, 23, 7, 0, tzinfo=UTC)
RSA = rsa.generate_private_key(65537, 2048)
ED25519 = ed25519.Ed25519PrivateKey.generate()


def pem(key, *, kind=form.PrivateFormat.PKCS8, password=None):
    lock = form.BestAvailableEncryption(password) if password else form.NoEncryption()
    return key.private_bytes(form.Encoding.PEM, kind, lock)


RSA_SIGNER = DkimSigner("example.org", "autumn", pem(RSA))
SIGNERS = {"rsa": RSA_SIGNER, "ed25519": DkimSigner("example.org", "winter", pem(ED25519))}


def dns(name, **_):
    """The two public keys, as TXT records."""
    if name == b"autumn._domainkey.example.org.":
        public = RSA.public_key().public_bytes(
            form.Encoding.DER, form.PublicFormat.SubjectPublicKeyInfo
        )
        return b"v=DKIM1; k=rsa; p=" + base64.b64encode(public)
    assert name == b"winter._domainkey.example.org."
    return b"v=DKIM1; k=ed25519; p=" + base64.b64encode(ED25519.public_key().public_bytes_raw())


class VerifyKey:
    """PyNaCl's, which dkimpy wants for Ed25519, on the library that we have."""

    def __init__(self, encoded, encoder):
        self._key = ed25519.Ed25519PublicKey.from_public_bytes(encoder(encoded))

    def verify(self, signed, signature):
        self._key.verify(signature, signed)


@pytest.fixture(autouse=True)
def nacl(monkeypatch):
    nacl = SimpleNamespace(
        signing=SimpleNamespace(VerifyKey=VerifyKey),
        encoding=SimpleNamespace(Base64Encoder=base64.b64decode),
        exceptions=SimpleNamespace(ValueError=ValueError, BadSignatureError=InvalidSignature),
    )
    monkeypatch.setattr(dkim, "nacl", nacl, raising=False)


def verifies(message):
    return dkim.verify(message, dnsfunc=dns, minkey=2048)


HEADERS = {
    "To": '"Ada Finch" <ada@example.com>',
    "Message-ID": "<1.abc@example.org>",
    "List-Unsubscribe": "\r\n <https://briefing.example.org/unsubscribe/" + "a1B2-_" * 20 + ">",
    "From": "The Staggers <briefing@example.org>",
    "Subject": "Peers send it\r\n  back:   for the\t last time  ",
    "Date": "Mon, 23 Nov 2026 07:00:00 +0000",
    "List-Id": "The Staggers <readers.example.org>",
    "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    "Reply-To": "desk@example.org",
    "Feedback-ID": "1:2:3:example",
    "MIME-Version": "1.0",
    "Content-Type": 'multipart/alternative;\r\n boundary="briefing-1"',
}


def wire(headers=HEADERS, body=b"Hello\r\n"):
    head = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    return head.encode() + b"\r\n" + body


def signed(letter, kind="rsa"):
    return SIGNERS[kind].sign(letter, AT) + letter


def tags(header):
    """The tags of a signature, all white space taken out."""
    value = re.sub(rb"\s", b"", header).partition(b":")[2].decode()
    return dict(tag.split("=", 1) for tag in value.split(";"))


@pytest.fixture(params=sorted(SIGNERS))
def kind(request):
    return request.param


def test_a_signed_letter_verifies(kind):
    assert verifies(signed(wire(), kind))


def test_a_letter_of_the_postman_verifies(kind):
    email = Email(
        edition_id="staggers-2026-11-23",
        template="staggers",
        subject="Peers send it back: “for the last time” " * 5,
        preheader="",
        html="<!doctype html><p>.</p>\n.\n" * 500,
        text="Dear reader\n.\n.hidden   \n\n\n",
        nonce="BRF7c9a41",
    )
    desk = LetterSettings(
        sender=Address(email="briefing@example.org", name="Ö" * 60),
        list_id="readers.example.org",
        list_name="The Staggers",
    )
    links = {
        f"{name}_url": "https://example.org/" + "x" * 150
        for name in ("unsubscribe", "preferences", "view")
    }
    postman = Postman(email, desk, date=AT, key=b"key")
    letter = postman.letter(Subscriber(email="ada@example.com", name="Zoë " * 30), links)
    assert verifies(signed(letter.wire, kind))


def test_both_signatures_stand_on_one_letter():
    letter = wire()
    both = SIGNERS["ed25519"].sign(letter, AT) + RSA_SIGNER.sign(letter, AT) + letter
    assert all(dkim.DKIM(both, minkey=2048).verify(idx=n, dnsfunc=dns) for n in (0, 1))


def test_the_tags_say_who_signed_what_and_when(kind):
    said = tags(SIGNERS[kind].sign(wire(), AT))
    assert list(said) == ["v", "a", "c", "d", "s", "t", "h", "bh", "b"]
    assert said["a"] == f"{kind}-sha256"
    assert (said["v"], said["c"], said["d"]) == ("1", "relaxed/simple", "example.org")
    assert said["t"] == str(int(AT.timestamp()))
    names = [name.decode() for name in SIGNED]
    assert said["h"].split(":") == [*names, *(name for name in names if name != "feedback-id")]


def test_headers_that_are_not_there_are_named_so_that_nobody_can_put_them_there():
    letter = b"From: a@example.org\r\nX-Other: x\r\n\r\nbody\r\n"
    named = tags(RSA_SIGNER.sign(letter, AT))["h"].split(":")
    assert named[0] == "from"
    assert sorted(named[1:]) == sorted(name.decode() for name in SIGNED if name != b"feedback-id")


@pytest.mark.parametrize(
    "line",
    [
        "From: Other <other@example.com>",
        "To: other@example.com",
        "Subject: Other",
        "Reply-To: other@example.com",
        "Date: Mon, 23 Nov 2026 07:00:00 +0000",
        "Content-Type: text/html",
        "List-Unsubscribe: <https://other.example/>",
        "List-Unsubscribe-Post: Other=Yes",
        "MIME-Version: 1.0",
        "List-Id: <other.example.com>",
    ],
)
def test_a_second_header_put_on_top_does_not_verify(line):
    letter = signed(wire())
    assert verifies(letter)
    assert not verifies(line.encode() + b"\r\n" + letter)


def test_the_same_letter_at_the_same_time_is_signed_alike(kind):
    assert SIGNERS[kind].sign(wire(), AT) == SIGNERS[kind].sign(wire(), AT)


def test_no_line_of_the_header_is_over_78_octets_and_it_is_one_header(kind):
    header = SIGNERS[kind].sign(wire(), AT)
    first, *rest = header.removesuffix(b"\r\n").split(b"\r\n")
    assert first.startswith(b"DKIM-Signature: v=1;")
    assert all(line[:1] == b" " and line.strip() for line in rest)
    assert max(map(len, [first, *rest])) <= 78


def test_a_long_domain_and_selector_still_verify():
    domain, selector = ".".join(["d" * 60] * 3) + ".example", "s" * 60
    header = DkimSigner(domain, selector, pem(RSA)).sign(wire(), AT)
    key = dns(b"autumn._domainkey.example.org.")
    assert dkim.verify(header + wire(), dnsfunc=lambda _name, **_: key)


@pytest.mark.parametrize("name", sorted(HEADERS))
def test_a_changed_signed_header_fails(kind, name):
    value = HEADERS[name]
    changed = wire({**HEADERS, name: value[:-3] + "!" + value[-3:]})
    assert not verifies(SIGNERS[kind].sign(wire(), AT) + changed)


@pytest.mark.parametrize("name", ["List-Unsubscribe", "Subject", "Reply-To"])
def test_a_signed_header_taken_away_fails(name):
    fewer = {key: value for key, value in HEADERS.items() if key != name}
    assert not verifies(RSA_SIGNER.sign(wire(), AT) + wire(fewer))


@pytest.mark.parametrize("first", [True, False])
def test_a_second_from_fails_wherever_it_is_put(first):
    added = b"From: evil@example.net\r\n"
    letter = wire()
    forged = added + letter if first else letter.replace(b"\r\n\r\n", b"\r\n" + added + b"\r\n", 1)
    assert not verifies(RSA_SIGNER.sign(letter, AT) + forged)


@pytest.mark.parametrize("body", [b"hello\r\n", b"Hello \r\n", b"Hello\r\n\r\nmore\r\n", b""])
def test_a_changed_body_fails(kind, body):
    assert not verifies(SIGNERS[kind].sign(wire(), AT) + wire(body=body))


def test_refolded_headers_and_empty_lines_at_the_end_still_verify(kind):
    refolded = wire({**HEADERS, "Subject": "Peers send\r\n\t it back: for\r\n the last time"})
    assert verifies(SIGNERS[kind].sign(wire(), AT) + refolded + b"\r\n\r\n")


@pytest.mark.parametrize(
    "body",
    [b"", b"\r\n", b"\r\n\r\n\r\n", b"no end of line", b" \r\n", b"a\r\n\r\nb\r\n\r\n"],
)
def test_bodies_at_the_edge_verify(kind, body):
    assert verifies(signed(wire(body=body), kind))


def test_a_letter_without_a_body_verifies():
    assert verifies(signed(b"From: a@example.org\r\nSubject: x\r\n"))


def test_repeated_headers_are_all_signed_the_last_first():
    letter = wire().replace(b"Subject:", b"SUBJECT : \xe2\x80\x9cone\xe2\x80\x9d\r\nSubject:")
    assert tags(RSA_SIGNER.sign(letter, AT))["h"].count("subject") == 3
    letter = wire().replace(b"Subject:", b"SUBJECT: one\r\nsubject: two\r\nSubject:")
    assert verifies(signed(letter))


# Anything that may stand on a header line or a body line; CR and LF only together.
values = st.text(st.characters(exclude_categories=["Cc", "Cs"], include_characters="\t"))
folded = st.lists(values, min_size=1, max_size=4).map("\r\n \t".join)
lines = st.binary().map(lambda raw: raw.replace(b"\r", b"").replace(b"\n", b""))


@settings(max_examples=2 * settings.default.max_examples, deadline=None)
@given(
    changed=st.dictionaries(st.sampled_from([*HEADERS, "X-Other"]), folded),
    body=st.lists(lines, max_size=8).map(b"\r\n".join),
)
@pytest.mark.parametrize("any_kind", sorted(SIGNERS))
def test_whatever_the_headers_and_the_body_say_it_verifies(any_kind, changed, body):
    assert verifies(signed(wire({**HEADERS, **changed}, body), any_kind))


def test_an_rsa_key_in_its_older_form_is_read():
    older = pem(RSA, kind=form.PrivateFormat.TraditionalOpenSSL)
    assert DkimSigner("example.org", "autumn", older).sign(wire(), AT) == RSA_SIGNER.sign(
        wire(), AT
    )


BAD_KEYS = {
    "nothing": (b"", "not a private key in PEM form"),
    "text": (b"secret", "not a private key in PEM form"),
    "a damaged key": (
        b"-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n",
        "not a private key in PEM form",
    ),
    "the public half": (
        RSA.public_key().public_bytes(form.Encoding.PEM, form.PublicFormat.SubjectPublicKeyInfo),
        "not a private key in PEM form",
    ),
    "a locked key": (pem(RSA, password=b"x"), "locked with a password; unlock a copy"),
    "a locked older key": (
        pem(RSA, kind=form.PrivateFormat.TraditionalOpenSSL, password=b"x"),
        "locked with a password; unlock a copy",
    ),
    "another kind": (pem(ec.generate_private_key(ec.SECP256R1())), "kind EC, not RSA"),
    "a small key": (pem(rsa.generate_private_key(65537, 1024)), "has 1024 bits .* at least 2048"),
}


@pytest.mark.parametrize("case", BAD_KEYS)
def test_a_key_that_cannot_sign_is_a_sentence_with_the_next_step(case):
    key, words = BAD_KEYS[case]
    with pytest.raises(SendError, match=words) as caught:
        DkimSigner("example.org", "autumn", key)
    assert "openssl" in str(caught.value)
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize(
    ("domain", "selector", "named"),
    [
        ("example.org; x=1", "autumn", "example.org; x=1"),
        ("exämple.org", "autumn", "xn--"),
        ("example.org\n", "autumn", "domain"),
        ("org", "autumn", "domain"),
        ("example.org", "", "selector ''"),
        ("example.org", "a b", "selector 'a b'"),
    ],
)
def test_a_name_that_cannot_stand_in_dns_is_refused(domain, selector, named):
    with pytest.raises(SendError, match=named):
        DkimSigner(domain, selector, pem(RSA))


def test_a_letter_without_from_is_refused():
    with pytest.raises(SendError, match="no From header"):
        RSA_SIGNER.sign(b"Subject: x\r\n\r\nbody\r\n", AT)
