"""Text → quoted-printable (RFC 2045 section 6.7), safe from relays that stuff dots."""

import quopri
import re
from binascii import b2a_qp
from collections.abc import Callable
from functools import lru_cache
from struct import Struct

#: It leaves these as they are; lines may have 76 characters, the soft break included.
_AS_IT_IS = re.compile(r"[!-<>-~](?:[ -<>-~]*[!-<>-~])?")
_LINE, _BEFORE_BREAK = 72, 75
_SOFT_BREAK = b"=\r\n"
#: What means nothing to quoted-printable, to HTML or to a link.
_ALIKE = bytes(sign for sign in range(ord("!"), ord("~") + 1) if chr(sign) not in "=&<>\"'")


def quoted(text: str) -> bytes:
    """The text with CRLF; a dot that begins a line is encoded, so none is ever stuffed."""
    if text[:1] != "." and _AS_IT_IS.fullmatch(text):
        return _in_lines(text.encode("ascii"))
    plain = text.replace("\r\n", "\n").encode("utf-8")
    encoded = _with_cr(plain) if b"\r" in plain else quopri.encodestring(plain)
    encoded = encoded.replace(b"\n", b"\r\n")
    if encoded.startswith(b".") or b"\r\n." in encoded:
        encoded = re.sub(rb"(^|\r\n)\.", rb"\1=2E", encoded)
    return encoded


def spelled_alike(text: str) -> bytes | None:
    """The text on encoded lines of its own where text and HTML spell it alike; None where they may not.

    Addresses of readers and of their pages are such texts: one look at them takes a tenth of the time.
    """
    plain = text.encode()
    if plain.translate(None, _ALIKE) or plain.startswith(b"."):
        return None
    return on_own_lines(_in_lines(plain))


def on_own_lines(encoded: bytes) -> bytes:
    """Encoded text between soft line breaks, so that no other line changes with it."""
    return b"%b%b%b" % (_SOFT_BREAK, encoded, _SOFT_BREAK)


def _with_cr(plain: bytes) -> bytes:
    """A CR that ends no line is encoded: on the wire it would be a line's end to some (RFC 5322 2.3)."""
    return b"\n".join(b2a_qp(line, istext=False) for line in plain.split(b"\n"))


def _in_lines(plain: bytes) -> bytes:
    """What needs line breaks and nothing else, in a tenth of the time."""
    if len(plain) < _LINE:
        return plain
    return _SOFT_BREAK.join(_cut_of(len(plain))(plain)).replace(b"\n.", b"\n=2E")


@lru_cache(256)
def _cut_of(octets: int) -> Callable[[bytes], tuple[bytes, ...]]:
    """What cuts so many octets into lines, all at once; the links of an edition have few lengths."""
    whole, rest = divmod(octets, _BEFORE_BREAK)
    return Struct(f"{_BEFORE_BREAK}s" * whole + f"{rest}s" * bool(rest)).unpack
