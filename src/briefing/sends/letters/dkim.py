"""Letter → the DKIM signature that goes before it (RFC 6376, RFC 8463).

Headers are signed relaxed, because relays refold them; the body simple, because it is
quoted-printable that no relay touches, and hashing it as it stands is all that simple asks for.
One signature per letter cannot be avoided: RFC 8058 section 4 wants List-Unsubscribe signed, and
it differs from reader to reader.
"""

import re
from base64 import b64encode
from datetime import datetime
from functools import lru_cache
from hashlib import sha256

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from briefing.errors import SendError

#: Signed when present (RFC 6376 section 5.4.1, RFC 8058 section 4); all of a name, if repeated.
SIGNED = (
    b"from",
    b"to",
    b"subject",
    b"date",
    b"message-id",
    b"list-id",
    b"list-unsubscribe",
    b"list-unsubscribe-post",
    b"reply-to",
    b"mime-version",
    b"content-type",
    b"feedback-id",
)
#: Named once more than they are there, so that nobody can put a second one on top, or a first where
#: there is none (RFC 6376 sections 5.4.2 and 8.15). Some relays add a Feedback-ID of their own.
_OVERSIGNED = tuple(name for name in SIGNED if name != b"feedback-id")
#: RFC 8301 section 3.2: signers should use at least this many bits.
SMALLEST_RSA = 2048
_LINE = 78
_MAKE = "make one with `openssl genrsa -out dkim.pem 2048` and publish its public half"
_DOMAIN = re.compile(r"[a-z0-9-]+(\.[a-z0-9-]+)+", re.IGNORECASE)
_SELECTOR = re.compile(r"[a-z0-9_-]+(\.[a-z0-9_-]+)*", re.IGNORECASE)
_HEADER_END = re.compile(rb"\r\n(?![ \t])")
_SPACES = re.compile(rb"[ \t]+")
_TOKENS_OF_H = re.compile(rb"[^:]+[:;]")

#: Headers and openings that are kept: a letter has a dozen, and most are those of the letter before.
_KEPT = 64
#: Keys that are kept, and those that another process has examined.
_FEW = 8
_known: set[bytes] = set()


class DkimSigner:
    """Signs letters for one domain with one key."""

    def __init__(self, domain: str, selector: str, private_key: bytes) -> None:
        """Read the key once.

        Args:
            domain: who takes responsibility; for instance `example.org`.
            selector: the public key stands in the TXT record `<selector>._domainkey.<domain>`.
            private_key: RSA or Ed25519 as PEM, without a password.

        Raises:
            SendError: for a name that cannot stand in DNS and for a key that cannot sign.
        """
        if not _DOMAIN.fullmatch(domain):
            raise SendError(
                f"The DKIM domain {domain!r} is not a domain name; write it like example.org, "
                "one with other letters than a to z in its xn-- form."
            )
        if not _SELECTOR.fullmatch(selector):
            raise SendError(
                f"The DKIM selector {selector!r} cannot stand in DNS; use letters, digits, "
                "hyphens and dots, for instance briefing2026."
            )
        self._told = (domain, selector, private_key)
        self._key = _key(private_key)
        kind = b"rsa" if isinstance(self._key, RSAPrivateKey) else b"ed25519"
        self._opening = (
            b" v=1;",
            b" a=" + kind + b"-sha256;",
            b" c=relaxed/simple;",
            b" d=" + domain.encode("ascii") + b";",
            b" s=" + selector.encode("ascii") + b";",
        )

    def __reduce__(self) -> tuple[object, ...]:
        """Go to another process: a key of OpenSSL's cannot."""
        return _again, self._told

    def sign(self, wire: bytes, at: datetime) -> bytes:
        r"""The header that goes before a letter's bytes.

        Args:
            wire: the whole letter, every line ended by CRLF.
            at: when it is signed; aware. The letter's date makes a second try sign alike.

        Returns:
            `DKIM-Signature: …\r\n`, folded.

        Raises:
            SendError: when the letter has no From header.
        """
        end = wire.find(b"\r\n\r\n")
        head, start = (wire[:end], end + 4) if end >= 0 else (wire, len(wire))
        names, signed = _signed_headers(head)
        opening, relaxed = _begun(self._opening, int(at.timestamp()), names)
        body_hash = b64encode(_body_hash(wire, start))
        # RFC 6376 section 3.7: its own header comes last, without a value for b= and without CRLF.
        signed += b"%b bh=%b; b=" % (relaxed, body_hash)
        signature = b64encode(self._signature(signed))
        lines = (signature[i : i + _LINE - 3] for i in range(0, len(signature), _LINE - 3))
        return b"%b\r\n bh=%b;\r\n b=%b\r\n" % (opening, body_hash, b"\r\n ".join(lines))

    def _signature(self, signed: bytes) -> bytes:
        if isinstance(self._key, RSAPrivateKey):
            return self._key.sign(signed, PKCS1v15(), SHA256())
        return self._key.sign(sha256(signed).digest())  # RFC 8463 section 3: of the hash


def _again(domain: str, selector: str, private_key: bytes) -> DkimSigner:
    """A signer that comes from another process, which has examined its key."""
    _known.add(private_key)
    return DkimSigner(domain, selector, private_key)


@lru_cache(_FEW)
def _key(pem: bytes) -> RSAPrivateKey | Ed25519PrivateKey:
    """The key, if receivers will honour it. OpenSSL examines one of RSA for as long as a hundred signatures."""
    try:
        key = load_pem_private_key(pem, password=None, unsafe_skip_rsa_key_validation=pem in _known)
    except TypeError:
        raise SendError(
            "The DKIM key is locked with a password; unlock a copy with "
            "`openssl pkey -in locked.pem -out dkim.pem`."
        ) from None
    except (ValueError, UnsupportedAlgorithm) as error:
        raise SendError(f"The DKIM key is not a private key in PEM form; {_MAKE}.") from error
    if isinstance(key, RSAPrivateKey) and key.key_size < SMALLEST_RSA:
        raise SendError(
            f"The DKIM key has {key.key_size} bits and receivers want at least {SMALLEST_RSA}; "
            f"{_MAKE}."
        )
    if not isinstance(key, RSAPrivateKey | Ed25519PrivateKey):
        kind = type(key).__name__.lstrip("_").removesuffix("PrivateKey")
        raise SendError(f"The DKIM key is of the kind {kind}, not RSA or Ed25519; {_MAKE}.")
    return key


def _signed_headers(head: bytes) -> tuple[tuple[bytes, ...], bytes]:
    """The names for h= and the canonical headers they stand for.

    Of a repeated header the last is taken first (RFC 6376 section 5.4.2).
    """
    found: dict[bytes, list[bytes]] = {name: [] for name in SIGNED}
    for header in _HEADER_END.split(head):
        name, relaxed = _relaxed(header)
        if name in found:
            found[name].append(relaxed)
    if not found[b"from"]:
        raise SendError("The letter has no From header, so DKIM cannot sign it; build it again.")
    names = tuple(name for name, headers in found.items() for _ in headers)
    signed = b"".join(header for headers in found.values() for header in reversed(headers))
    return (*names, *_OVERSIGNED), signed


@lru_cache(_KEPT)
def _relaxed(header: bytes) -> tuple[bytes, bytes]:
    """The name and the relaxed form (RFC 6376 section 3.4.2) of a header given without its CRLF."""
    name, _, value = header.partition(b":")
    name = name.rstrip(b" \t").lower()
    value = _SPACES.sub(b" ", value.replace(b"\r\n", b"")).strip(b" ")
    return name, b"%b:%b\r\n" % (name, value)


@lru_cache(_KEPT)
def _begun(opening: tuple[bytes, ...], at: int, names: tuple[bytes, ...]) -> tuple[bytes, bytes]:
    """The signature's header up to the body's hash, folded, and its relaxed form."""
    tokens = _TOKENS_OF_H.findall(b" h=" + b":".join(names) + b";")
    begun = _folded(*opening, b" t=%d;" % at, *tokens)
    return begun, _relaxed(begun)[1].removesuffix(b"\r\n")


def _body_hash(wire: bytes, start: int) -> bytes:
    """The hash of the simple body (RFC 6376 section 3.4.3): it ends with exactly one CRLF."""
    end = len(wire)
    while wire.endswith(b"\r\n", start, end):
        end -= 2
    body = sha256(memoryview(wire)[start:end])
    body.update(b"\r\n")
    return body.digest()


def _folded(*tokens: bytes) -> bytes:
    """The signature's header, a line broken before each token that would make it too long."""
    lines = [b"DKIM-Signature:"]
    for token in tokens:
        if len(lines[-1]) + len(token) <= _LINE:
            lines[-1] += token
        else:
            lines.append(b" " + token.lstrip())
    return b"\r\n".join(lines)
