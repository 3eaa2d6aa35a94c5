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
    """One email addressed to one reader, as the bytes that go over the wire (CRLF, 7-bit)."""

    recipient: str
    sender: str
    message_id: str
    date: datetime
    wire: bytes
