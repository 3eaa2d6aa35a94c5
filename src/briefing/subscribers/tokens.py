"""Signed tokens in readers' links: for one purpose, without personal data, and not to be forged."""

import base64
import hmac
import json
from binascii import b2a_base64
from collections.abc import Iterable
from functools import lru_cache
from hashlib import blake2b
from json.encoder import encode_basestring_ascii

from briefing.errors import SubscriberError

#: 128 bits: enough that guessing is hopeless, short enough for a link.
_SIGNATURE = 16
_KEY_MARK = 2
_URL_SAFE = bytes.maketrans(b"+/", b"-_")


def sign(purpose: str, claims: dict[str, str], key: bytes) -> str:
    """A URL-safe token that says `claims` and holds for `purpose` only.

    The first bytes mark the key, so that an old key can go on being honoured while a new one signs.
    """
    return sign_each((purpose,), claims, key)[0]


def sign_each(purposes: Iterable[str], claims: dict[str, str], key: bytes) -> tuple[str, ...]:
    """As `sign`, a token for each purpose; a letter holds several that claim the same."""
    body, mark = _json(claims), _mark(key)
    return tuple([_encode(mark + _seal(purpose, body, key) + body) for purpose in purposes])


def verify(purpose: str, token: str, keys: tuple[bytes, ...]) -> dict[str, str]:
    """The claims of a token signed for that purpose with one of the keys.

    Raises:
        SubscriberError: for every other token; it does not say what is wrong with it.
    """
    raw = _decode(token)
    mark, seal = raw[:_KEY_MARK], raw[_KEY_MARK : _KEY_MARK + _SIGNATURE]
    body = raw[_KEY_MARK + _SIGNATURE :]
    for key in keys:
        if hmac.compare_digest(mark, _mark(key)) and hmac.compare_digest(
            seal, _seal(purpose, body, key)
        ):
            claims: dict[str, str] = json.loads(body)
            return claims
    raise SubscriberError("This link is not valid. Use the link in a newer letter.")


def _json(claims: dict[str, str]) -> bytes:
    """As `json.dumps` with sorted keys and no blanks, in a quarter of the time."""
    said = encode_basestring_ascii
    pairs = [f"{said(name)}:{said(value)}" for name, value in sorted(claims.items())]
    return f"{{{','.join(pairs)}}}".encode()


def _seal(purpose: str, body: bytes, key: bytes) -> bytes:
    """A MAC: keyed BLAKE2b (RFC 7693 section 2.9), ten times as fast as HMAC through OpenSSL."""
    seal = _begun(purpose, key).copy()
    seal.update(body)
    return seal.digest()


@lru_cache(maxsize=64)
def _begun(purpose: str, key: bytes) -> blake2b:
    return blake2b(purpose.encode() + b"\x00", key=key, digest_size=_SIGNATURE, person=b"link")


@lru_cache(maxsize=16)
def _mark(key: bytes) -> bytes:
    return blake2b(key=key, digest_size=_KEY_MARK, person=b"key mark").digest()


def _encode(raw: bytes) -> str:
    return b2a_base64(raw, newline=False).translate(_URL_SAFE).rstrip(b"=").decode("ascii")


def _decode(token: str) -> bytes:
    try:
        raw = base64.b64decode(token + "=" * (-len(token) % 4), altchars=b"-_", validate=True)
    except ValueError:
        return b""
    # Base64 has spare bits at its end: only the one spelling that `sign` gives is taken.
    return raw if _encode(raw) == token else b""
