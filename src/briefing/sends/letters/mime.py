"""Email + reader → letter: MIME built once for an edition, then only joined.

Building a MIME message takes milliseconds; for a hundred thousand readers that is minutes. So the
two parts are encoded once, with the readers' slots left open on lines of their own, and a letter is
the fixed bytes with one reader's values between them.
"""

import html
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from hashlib import sha256
from operator import itemgetter
from typing import NamedTuple, Protocol
from urllib.parse import quote

from briefing.errors import SendError
from briefing.model.mail import Address, Email, Letter
from briefing.model.merge_field import Escaping, MergeField, cut
from briefing.model.subscriber import Subscriber
from briefing.sends.letters.mailboxes import mailbox_line, one_line
from briefing.sends.letters.quoted_printable import on_own_lines, quoted, spelled_alike
from briefing.sends.letters.verp import letter_id, return_path

#: Emails whose parts are kept encoded.
_FEW = 4
_SCHEMES = ("https://", "http://", "mailto:")
_WEB = re.compile(rf"(?:{'|'.join(_SCHEMES)})[^\s\x00-\x1f\x7f<>\"]+")
_FORBIDDEN = re.compile(r"[\x00-\x1f\x7f\x85\u2028\u2029]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterSettings:
    """What the headers of every letter say."""

    sender: Address
    #: RFC 2919: names the list, stable for ever; for instance `staggers.example.org`.
    list_id: str
    list_name: str
    reply_to: Address | None = None
    #: Where bounces go; each letter gets a return path of its own under it. The sender when empty.
    bounce_address: str = ""
    #: True when somebody reads what comes to the bounce address, so that readers may leave by mail.
    leave_by_mail: bool = False
    #: What Gmail counts complaints by; no header when empty.
    feedback_id: str = ""


class Signer(Protocol):
    """Something that signs letters."""

    def sign(self, wire: bytes, at: datetime) -> bytes:
        """The header lines to put before a letter."""
        ...


class OwnParts(NamedTuple):
    """What is one reader's own of a letter."""

    recipient: str
    sender: str
    message_id: str
    #: The headers that differ, signatures first.
    head: bytes
    #: The encoded value of each slot.
    filled: tuple[bytes, ...]


class Postman:
    """Writes the letters of one edition."""

    def __init__(
        self,
        email: Email,
        settings: LetterSettings,
        *,
        date: datetime,
        key: bytes,
        signers: tuple[Signer, ...] = (),
    ) -> None:
        """Encode what all letters share.

        Args:
            email: the rendered edition.
            settings: the headers that are the same for all.
            date: the Date header of every letter; aware.
            key: makes Message-IDs that stay the same when a letter is tried again.
            signers: sign every letter, the last one's signature first.
        """
        self._edition, self._settings, self._date, self._key = (
            email.edition_id,
            settings,
            date,
            key,
        )
        self._signers = signers
        boundary = (
            "briefing-" + sha256(f"{email.edition_id}{email.nonce}".encode()).hexdigest()[:32]
        )
        self._shared = _shared_headers(email, settings, date, boundary)
        pieces = _body(email, boundary)
        # A slot stands in several places; its value is encoded once a letter.
        openings = tuple(dict.fromkeys(piece for piece in pieces if isinstance(piece, _Opening)))
        #: The slots' names, and those that hold addresses; one of these stands in a header, too.
        self._named = tuple(dict.fromkeys(one.slot.name for one in openings))
        urls = (one.slot.name for one in openings if one.slot.kind is Escaping.URL)
        self._addresses = tuple(dict.fromkeys(("unsubscribe_url", *urls)))
        #: Each opening after the name whose value it may take as it is; none in a query.
        self._openings = tuple(
            ("" if one.slot.kind is Escaping.QUERY else one.slot.name, one) for one in openings
        )
        self._fixed = (self._shared, *(piece for piece in pieces if isinstance(piece, bytes)))
        #: Takes what all share and then a reader's values, and gives them in the order of the letter.
        self._in_order = itemgetter(*_places(pieces, openings))

    def letter(self, reader: Subscriber, links: Mapping[str, str]) -> Letter:
        """The letter for one reader.

        Args:
            reader: the subscriber.
            links: `unsubscribe_url`, `preferences_url` and `view_url` of this reader.

        Raises:
            SendError: when a value cannot stand where it must.
        """
        return self.joined(self.own_parts(reader, links))

    def own_parts(self, reader: Subscriber, links: Mapping[str, str]) -> OwnParts:
        """What is a reader's own of a letter: a fiftieth of it, and nearly all of the work.

        Raises:
            SendError: as `letter`.
        """
        sender = self._settings.sender.email
        message_id = letter_id(self._edition, reader.ref, sender, self._key)
        values = {
            "name": reader.name,
            "email": reader.email,
            "tags": ", ".join(reader.tags),
            **links,
        }
        bounces = self._settings.bounce_address
        if bounces:
            sender = return_path(bounces, self._edition, reader.ref, self._key)
        # Most values are spelled alike in text and HTML, and spelling one takes longest of all.
        alike = {name: spelled_alike(values[name]) for name in self._named}
        for name in self._addresses:
            if alike.get(name) is None or not values[name].startswith(_SCHEMES):
                _must_be_web(values[name])
        head = self._reader_headers(reader, links["unsubscribe_url"], message_id, sender)
        filled = tuple([alike.get(name) or one.filled(values) for name, one in self._openings])
        if self._signers:
            wire = self._wire(head, filled)
            for signer in self._signers:
                head = signer.sign(wire, self._date) + head
        return OwnParts(reader.email, sender, message_id, head, filled)

    def joined(self, own: OwnParts) -> Letter:
        """The letter: what all share, with one reader's own between."""
        return Letter(
            recipient=own.recipient,
            sender=own.sender,
            message_id=own.message_id,
            date=self._date,
            wire=self._wire(own.head, own.filled),
        )

    def _wire(self, head: bytes, filled: tuple[bytes, ...]) -> bytes:
        return b"".join((head, *self._in_order(self._fixed + filled)))

    def _reader_headers(
        self, reader: Subscriber, unsubscribe: str, message_id: str, sender: str
    ) -> bytes:
        """The headers that differ from letter to letter; the address was looked at."""
        # Written by hand: the stdlib would fold a long address into encoded words and destroy it.
        by_hand = f"Message-ID: {message_id}\r\nList-Unsubscribe:\r\n <{unsubscribe}>"
        if self._settings.leave_by_mail and self._settings.bounce_address:
            # RFC 2369 section 3.2; the return path says who leaves, and nobody else can make it.
            by_hand += f",\r\n <mailto:{quote(sender, safe='@+')}?subject=unsubscribe>"
        return mailbox_line("To", reader) + by_hand.encode("ascii") + b"\r\n"


def _shared_headers(email: Email, settings: LetterSettings, date: datetime, boundary: str) -> bytes:
    """The headers that all letters of an edition share, the empty line after them included."""
    # What signs letters comes with its headers made, and needs none of this.
    from email.utils import format_datetime  # noqa: PLC0415

    headers: dict[str, object] = {
        "Subject": one_line(email.subject),
        "Date": format_datetime(date),
        "List-Id": f"{_atoms(settings.list_name)} <{settings.list_id}>".strip(),
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        "Content-Language": email.language,
        # RFC 3834 section 5: no vacation notice answers it. Exchange heeds a header of its own, of
        # which `All` would also keep it from reporting what it could not deliver.
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "OOF, AutoReply",
        "Precedence": "bulk",
        "MIME-Version": "1.0",
    }
    if settings.feedback_id:
        headers["Feedback-ID"] = settings.feedback_id
    mailboxes = mailbox_line("From", settings.sender)
    if settings.reply_to:
        mailboxes += mailbox_line("Reply-To", settings.reply_to)
    kind = f'Content-Type: multipart/alternative;\r\n boundary="{boundary}"\r\n\r\n'
    return mailboxes + _header_lines(headers) + kind.encode("ascii")


def _header_lines(headers: Mapping[str, object]) -> bytes:
    """Headers as bytes, encoded and folded by the standard library."""
    from email.message import EmailMessage  # noqa: PLC0415 - as above
    from email.policy import SMTP  # noqa: PLC0415

    message = EmailMessage(policy=SMTP)
    for name, value in headers.items():
        message[name] = value
    # The stdlib breaks a long value right after the colon; some readers keep that break as a space.
    return re.sub(rb"(?m)^([\w-]+):\r\n (?=\S)", rb"\1: ", message.as_bytes()).removesuffix(b"\r\n")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Opening:
    """A slot of the encoded body: on encoded lines of its own, so that no other line changes."""

    slot: MergeField
    is_html: bool

    def filled(self, values: Mapping[str, str]) -> bytes:
        """The reader's value, escaped for where it stands, on lines of its own."""
        value = values[self.slot.name]
        if not value.isprintable():
            value = _FORBIDDEN.sub(" ", value)
        if self.slot.kind is Escaping.QUERY:
            value = quote(value, safe="")
        return on_own_lines(quoted(html.escape(value) if self.is_html else value))


@lru_cache(_FEW)
def _body(email: Email, boundary: str) -> tuple[bytes | _Opening, ...]:
    """Both parts as encoded bytes with their slots between; neighbouring bytes are joined.

    A mailing that begins has several postmen in turn: for the checks, for samples, for the letters.
    """
    pieces: list[bytes | _Opening] = []
    for kind, content in (("plain", email.text), ("html", email.html)):
        pieces.append(
            f'--{boundary}\r\nContent-Type: text/{kind}; charset="utf-8"\r\n'
            "Content-Transfer-Encoding: quoted-printable\r\n\r\n".encode()
        )
        for piece in cut(content, email.nonce):
            if isinstance(piece, MergeField):
                pieces.append(_Opening(slot=piece, is_html=kind == "html"))
            else:
                pieces.append(quoted(piece))
        pieces.append(b"\r\n")
    pieces.append(f"--{boundary}--\r\n".encode())
    return _joined(pieces)


def _places(
    pieces: tuple[bytes | _Opening, ...], openings: tuple[_Opening, ...]
) -> tuple[int, ...]:
    """Where each piece of a letter stands among the shared headers, the fixed pieces and the values."""
    fixed = iter(range(1, len(pieces) + 1))
    values = 1 + sum(isinstance(piece, bytes) for piece in pieces)
    return 0, *(
        next(fixed) if isinstance(piece, bytes) else values + openings.index(piece)
        for piece in pieces
    )


def _joined(pieces: list[bytes | _Opening]) -> tuple[bytes | _Opening, ...]:
    joined: list[bytes | _Opening] = []
    for piece in pieces:
        if isinstance(piece, bytes) and joined and isinstance(joined[-1], bytes):
            joined[-1] += piece
        else:
            joined.append(piece)
    return tuple(joined)


def _atoms(text: str) -> str:
    """RFC 2919 wants a phrase before the id; plain words need no quoting."""
    return " ".join(re.findall(r"[A-Za-z0-9]+", text))


def _must_be_web(address: str) -> None:
    """Let an address pass that may stand in a link.

    Raises:
        SendError: for any other scheme than https, http and mailto, and for spaces or brackets.
    """
    if not _WEB.fullmatch(address):
        raise SendError(f"{address!r} may not stand in a link; check [site] public_url.")
