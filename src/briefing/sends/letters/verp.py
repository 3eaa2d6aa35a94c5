"""Return paths and Message-IDs: they name edition and reader, and nobody else can make them."""

import hmac
import re
from dataclasses import dataclass
from hashlib import blake2b

#: 64 bits: bounces come by mail, one guess a message.
_MARK = 16
_RETURN = re.compile(
    r"^(?P<base>[^@]+)\+(?P<ref>[0-9a-f]{16})-(?P<mark>[0-9a-f]{16})-(?P<edition>[a-z0-9_-]+)@",
    re.IGNORECASE,
)
_ID = re.compile(
    r"<(?P<edition>[a-z0-9_-]+)\.(?P<ref>[0-9a-f]{16})\.(?P<mark>[0-9a-f]{16})@", re.IGNORECASE
)
#: RFC 5321 section 4.5.3.1.1.
_LONGEST_LOCAL = 64


@dataclass(frozen=True, slots=True)
class TracedLetter:
    """Whose letter of which edition a report speaks of; proven by our own mark."""

    edition: str
    ref: str


def letter_id(edition: str, ref: str, sender: str, key: bytes) -> str:
    """The Message-ID: the same for every try, so that mailboxes fold copies (RFC 5322 3.6.4)."""
    return f"<{edition}.{ref}.{_mark('id', edition, ref, key)}@{sender.rpartition('@')[2]}>"


def return_path(bounces: str, edition: str, ref: str, key: bytes) -> str:
    """The envelope sender of one letter, so that its bounce says whose it was (VERP).

    An edition's name that would make the part before the @ too long is left out; the mark then
    still proves the reader.
    """
    base, _, domain = bounces.rpartition("@")
    local = f"{base}+{ref}-{_mark('return', edition, ref, key)}-{edition}"
    if len(local) > _LONGEST_LOCAL:
        local = f"{base}+{ref}-{_mark('return', '-', ref, key)}--"
    return f"{local}@{domain}"


def traced(text: str, key: bytes) -> TracedLetter | None:
    """The letter that a return path or a Message-ID in this text proves, if any."""
    for kind, pattern in (("return", _RETURN), ("id", _ID)):
        for found in pattern.finditer(text.strip()):
            edition, ref = found["edition"], found["ref"].lower()
            if hmac.compare_digest(_mark(kind, edition, ref, key), found["mark"].lower()):
                return TracedLetter("" if edition == "-" else edition, ref)
    return None


def _mark(kind: str, edition: str, ref: str, key: bytes) -> str:
    said = "\x00".join((kind, edition, ref)).encode()
    return blake2b(said, key=key, digest_size=_MARK // 2, person=b"return").hexdigest()
