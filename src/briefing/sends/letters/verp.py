"""Return paths and Message-IDs: they name edition and reader, and nobody else can make them."""

import hmac
import re
from dataclasses import dataclass
from hashlib import blake2b
from itertools import islice

#: 64 bits: bounces come by mail, one guess a message.
_MARK = 16
#: Ref and mark of either, anywhere in the bytes of a message.
_MARKED = re.compile(
    rb"([0-9a-f]{16})(?:-([0-9a-f]{16})-([a-z0-9_-]{1,100})|\.([0-9a-f]{16}))@", re.IGNORECASE
)
_BEFORE = re.compile(rb"([a-z0-9_-]{1,100})\.\Z", re.IGNORECASE)
#: So many places of one message are tried: each costs a hash.
_MOST_PLACES = 50
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


def traced(content: bytes, key: bytes) -> TracedLetter | None:
    """The letter that a return path or a Message-ID anywhere in a message proves, if any.

    Whoever reports returns parts of the letter in a hundred ways: in a part of its own, encoded, as
    lines of a text, in a form of JSON.
    """
    unfolded = content.replace(b"=\n", b"") if b"=\n" in content else content
    for found in islice(_MARKED.finditer(unfolded), _MOST_PLACES):
        ref, mark = found[1].decode().lower(), (found[2] or found[4]).decode().lower()
        kind, edition = "return", (found[3] or b"").decode()
        if found[4]:
            before = _BEFORE.search(unfolded, max(0, found.start() - 101), found.start())
            kind, edition = "id", before[1].decode() if before else ""
        # Some relays write all that stands before the @ in one case (RFC 5321 section 2.4 forbids it).
        for name in dict.fromkeys((edition, edition.lower())):
            if hmac.compare_digest(_mark(kind, name, ref, key), mark):
                return TracedLetter("" if name == "-" else name, ref)
    return None


def _mark(kind: str, edition: str, ref: str, key: bytes) -> str:
    said = "\x00".join((kind, edition, ref)).encode()
    return blake2b(said, key=key, digest_size=_MARK // 2, person=b"return").hexdigest()
