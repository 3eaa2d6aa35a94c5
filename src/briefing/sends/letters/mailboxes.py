"""A mailbox → the header that names it, so that every parser finds one mailbox, whatever the name.

Readers choose their names. The standard library drops the quotation marks of a long one while it
folds, and other addresses then stand in To. So a name is written in one of three ways: as it is, when
it is plain; in quotation marks on one line, when it is short; else as encoded words (RFC 2047), which
hold nothing that a parser could take for the end of a name.
"""

import re
from base64 import b64encode

from briefing.model.mail import Address
from briefing.model.subscriber import Subscriber

_FORBIDDEN = re.compile(r"[\x00-\x1f\x7f\x85\u2028\u2029]+")
#: RFC 5322 atoms, and an address of the everyday kind.
_PLAIN = re.compile(r"[A-Za-z0-9'-]+(?: [A-Za-z0-9'-]+)*")
_PLAIN_ADDRESS = re.compile(r"[A-Za-z0-9._+-]+@[a-z0-9.-]+")
#: RFC 5322 section 3.2.3, dots between atoms.
_DOT_ATOM = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
_LONGEST_LINE, _LONGEST_ENCODED = 70, 76
#: Octets of an encoded word before it is base64: with `=?utf-8?b?`, `?=` and the field's name it is
#: less than 76 characters.
_OF_A_WORD = 36


def mailbox_line(field: str, address: Address | Subscriber) -> bytes:
    """The header, ended by CRLF; the address must be ASCII."""
    name, email = address.name, address.email
    is_plain = _PLAIN.fullmatch(name)
    if not is_plain:
        name = one_line(name)
        is_plain = _PLAIN.fullmatch(name)
    if not _PLAIN_ADDRESS.fullmatch(email):
        local, _, domain = email.rpartition("@")
        email = f"{local if _DOT_ATOM.fullmatch(local) else _quoted(local)}@{domain}"
    if not name:
        return f"{field}: {email}\r\n".encode("ascii")
    line = f"{field}: {name if is_plain else _quoted(name)} <{email}>"
    if len(line) <= _LONGEST_LINE and (is_plain or (name.isascii() and "=?" not in name)):
        return f"{line}\r\n".encode("ascii")
    words = "\r\n ".join(_encoded(name))
    whole = f"{field}: {words} <{email}>"
    # RFC 2047 section 2: a line that holds an encoded word has 76 characters at most.
    if len(whole.rpartition("\r\n")[2]) > _LONGEST_ENCODED:
        whole = f"{field}: {words}\r\n <{email}>"
    return f"{whole}\r\n".encode("ascii")


def one_line(text: str) -> str:
    """Nothing a reader or an editor typed can begin a header of its own."""
    return " ".join(_FORBIDDEN.sub(" ", text).split())


def _quoted(text: str) -> str:
    """RFC 5322 section 3.2.4."""
    return '"' + re.sub(r'(["\\])', r"\\\1", text) + '"'


def _encoded(text: str) -> list[str]:
    """Encoded words that hold whole characters (RFC 2047 section 5), and whole words where they fit.

    Some parsers leave a blank between two of them, against section 6.2; there is one anyway, then.
    """
    pieces = [b""]
    for word in re.findall(r"\s*\S+", text.encode("utf-8", "replace").decode("utf-8")):
        if pieces[-1] and len(pieces[-1]) + len(word.encode()) > _OF_A_WORD:
            pieces.append(b"")
        for character in word:
            octets = character.encode()
            if len(pieces[-1]) + len(octets) > _OF_A_WORD:
                pieces.append(b"")
            pieces[-1] += octets
    return [f"=?utf-8?b?{b64encode(piece).decode('ascii')}?=" for piece in pieces]
