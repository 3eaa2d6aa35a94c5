"""Reports that come back by mail: delivery status notifications and complaints.

DSNs are RFC 3464, complaints RFC 5965 (ARF). A report counts only when it carries a return path or
a Message-ID of ours: everything else in a mailbox can be written by anybody.
"""

import email
import email.policy
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import EmailMessage, Message
from hashlib import sha256
from mailbox import Maildir, mbox
from pathlib import Path

from briefing.errors import SendError
from briefing.model.delivery import Bounce
from briefing.sends.letters.verp import TracedLetter, traced
from briefing.sends.transports.smtp_replies import bounce_of

#: Headers in which relays leave the address a report was sent to.
_TO = ("To", "Delivered-To", "X-Original-To", "Envelope-To", "X-Envelope-To")
_LONGEST = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What one message of the mailbox says."""

    #: SHA-256 of its bytes, so that it counts once however often the mailbox is read.
    digest: str
    #: Whose letter of which edition it is about; None when it proves nothing.
    about: TracedLetter | None
    bounce: Bounce | None
    #: RFC 3463.
    status: str
    #: The mailbox's own words, or why the message says nothing.
    detail: str


def read_mailbox(path: Path, key: bytes) -> Iterator[Report]:
    """Read every message of a Maildir or mbox; nothing in it is changed.

    Args:
        path: a folder with `cur` and `new`, or an mbox file.
        key: what Message-IDs and return paths were made with.

    Raises:
        SendError: when it is neither.
    """
    if path.is_dir() and (path / "new").is_dir() and (path / "cur").is_dir():
        box: Maildir | mbox = Maildir(str(path), create=False)
    elif path.is_file():
        box = mbox(str(path), create=False)
    else:
        raise SendError(
            f"{path} is no mailbox. [bounces] mailbox must name a Maildir (a folder with cur and "
            "new) or an mbox file."
        )
    try:
        for name in sorted(box.keys()):
            yield read_report(box.get_bytes(name), key)
    except OSError as error:
        raise SendError(f"{path} cannot be read: {error.strerror or error}.") from error
    finally:
        box.close()


def read_report(content: bytes, key: bytes) -> Report:
    """What a message says; a message that is no report says nothing, and says so."""
    digest = sha256(content).hexdigest()
    message = email.message_from_bytes(content[:_LONGEST], policy=email.policy.default)
    kind = message.get_content_type()
    report = str(message.get_param("report-type", "")).lower()
    about = _about(message, key)
    if kind == "multipart/report" and report == "feedback-report":
        return Report(
            digest=digest, about=about, bounce=Bounce.COMPLAINT, status="", detail="complaint"
        )
    if kind == "multipart/report" and report == "delivery-status":
        status, detail = _status(message)
        return Report(
            digest=digest, about=about, bounce=bounce_of(status), status=status, detail=detail
        )
    return Report(digest=digest, about=about, bounce=None, status="", detail=f"no report ({kind})")


def _status(message: EmailMessage) -> tuple[str, str]:
    """Status and words of the first recipient that failed or was delayed."""
    for part in message.walk():
        if part.get_content_type() != "message/delivery-status":
            continue
        for block in _blocks(part):
            action = str(block.get("Action", "")).strip().lower()
            if action in ("failed", "delayed"):
                status = str(block.get("Status", "")).split("(")[0].strip()
                said = " ".join(str(block.get("Diagnostic-Code", "")).split())
                return status, f"{action}: {said or status}"[:300]
    return "", "a report of nobody's failure"


def _blocks(part: Message) -> list[Message]:
    content = part.get_payload()
    if isinstance(content, list):
        return [block for block in content if isinstance(block, Message)]
    return []


def _about(message: EmailMessage, key: bytes) -> TracedLetter | None:
    """Whose letter the report proves to be about: its own address first, then what it returns."""
    places = [str(value) for name in _TO for value in message.get_all(name, [])]
    for part in message.walk():
        kind = part.get_content_type()
        if kind in ("text/rfc822-headers", "message/rfc822", "message/delivery-status"):
            places += [part.as_string()] if kind != "text/rfc822-headers" else [_text(part)]
    for place in places:
        found = traced(place, key)
        if found is not None:
            return found
    return None


def _text(part: Message) -> str:
    content = part.get_payload(decode=True)
    return content.decode("utf-8", "replace") if isinstance(content, bytes) else str(content)
