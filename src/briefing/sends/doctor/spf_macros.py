"""SPF macros: `%{ir}.%{v}._spf.%{d2}` and the like, written out (RFC 7208 section 7).

The return path of each letter is a reader's own (VERP), so `%{s}` and `%{l}` stand here for the bounce address
itself.
"""

import re
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address
from urllib.parse import quote

#: Section 7.1. `c`, `r` and `t` belong to explanations alone.
_MACRO = re.compile(r"%(?:\{([slodiphvSLODIPHV])(\d*)([rR]?)([.+,/_=-]*)\}|([%_-]))")
_ESCAPES = {"%": "%", "_": " ", "-": "%20"}
#: Section 7.3: a name that is longer loses labels on its left.
_LONGEST = 253


@dataclass(frozen=True, slots=True, kw_only=True)
class SpfSession:
    """Whom a receiver's question is about."""

    #: Of the return path.
    sender: str
    #: As EHLO calls us.
    helo: str
    address: IPv4Address | IPv6Address


def expanded(written: str, domain: str, session: SpfSession) -> str:
    """A domain-spec with its macros written out.

    Args:
        written: as the record has it.
        domain: whose record it is, `%{d}`.
        session: what the other letters stand for.

    Raises:
        ValueError: when there is a macro that section 7.1 does not know.
    """
    if "%" in _MACRO.sub("", written):
        raise ValueError(f"{written!r} holds a % that RFC 7208 section 7 does not know")
    name = _MACRO.sub(lambda found: _value(found, domain, session), written)
    while len(name) > _LONGEST and "." in name:
        name = name.partition(".")[2]
    return name


def _value(found: re.Match[str], domain: str, session: SpfSession) -> str:
    letter, digits, is_turned, delimiters, escape = found.groups()
    if escape:
        return _ESCAPES[escape]
    parts = re.split(f"[{re.escape(delimiters or '.')}]", _meaning(letter.lower(), domain, session))
    parts = parts[::-1] if is_turned else parts
    kept = ".".join(parts[-int(digits) :] if digits and int(digits) else parts)
    return quote(kept, safe="-._~") if letter.isupper() else kept


def _meaning(letter: str, domain: str, session: SpfSession) -> str:
    local, _, of = session.sender.rpartition("@")
    v4 = isinstance(session.address, IPv4Address)
    meanings = {
        "s": f"{local or 'postmaster'}@{of}",
        "l": local or "postmaster",
        "o": of,
        "d": domain,
        "i": str(session.address) if v4 else ".".join(session.address.exploded.replace(":", "")),
        # Section 7.2: not to be used, and this stands for it where nobody looks it up.
        "p": "unknown",
        "v": "in-addr" if v4 else "ip6",
        "h": session.helo,
    }
    return meanings[letter]
