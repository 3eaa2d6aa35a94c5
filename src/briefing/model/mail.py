"""An email with open slots, and a letter: that email for one reader."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Email:
    """A rendered edition. Reader's slots are still tokens, so one email serves every reader."""

    edition_id: str
    template: str
    subject: str
    preheader: str
    html: str
    text: str
    #: Every slot begins with it; content that holds it is refused, so nobody can forge a slot.
    nonce: str
    language: str = "en"


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """A mailbox with an optional display name."""

    email: str
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """One email addressed to one reader.

    `wire` is what goes over the wire: lines end in CRLF, all is 7-bit, no line is longer than 998
    octets or begins with a dot (RFC 5321 section 4.5.2), and the last one is ended.
    """

    recipient: str
    sender: str
    message_id: str
    date: datetime
    wire: bytes
