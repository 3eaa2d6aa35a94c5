"""Handing on: what people wrote to the bounce address goes to [send] reply_to, once each.

Each waits as a file until the relay has taken it, so that a refusal loses nothing. What is handed on says
that a program sent it (RFC 3834 section 5) and where it came from (X-Loop), so that nothing answers it, and
it is not handed on again should it come back.
"""

import logging
from email.headerregistry import Address as Mailbox
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from functools import partial
from pathlib import Path

from briefing.actions.context import Desk
from briefing.actions.event_loop import in_loop
from briefing.actions.letters.post_one import post_one
from briefing.actions.letters.send_settings import transport
from briefing.actions.open_store import attending
from briefing.errors import BriefingError, Busy, SubscriberError
from briefing.model.delivery import State
from briefing.model.mail import Letter
from briefing.sends.bounces import ReaderAnswer, Report, read_answer
from briefing.store import write_whole
from briefing.subscribers.addresses import checked_address

_LOG = logging.getLogger("briefing.bounces")
#: Handed on at one reading; the rest waits for the next. Bytes of a message that is attached whole.
_MOST, _LARGEST = 100, 5_000_000


def keep_reply(desk: Desk, report: Report, content: bytes) -> str:
    """Keep what a person wrote until it is handed on; the name of what it was."""
    if desk.config.send.reply_to is None:
        return "unread"
    write_whole(_made(waiting_replies(desk)) / f"{report.digest}.eml", content)
    if desk.store.replies.first(report.digest, "person", desk.clock().timestamp()):
        return "person"
    if desk.store.replies.is_handed(report.digest):
        (waiting_replies(desk) / f"{report.digest}.eml").unlink(missing_ok=True)
    return "known"


def waiting_replies(desk: Desk) -> Path:
    """Where people's words wait to be handed on."""
    return desk.config.path(desk.config.data.path) / "bounces" / "replies"


def hand_on(desk: Desk) -> tuple[int, str]:
    """Hand on what waits: how many were, and why the others were not."""
    files = sorted(waiting_replies(desk).glob("*.eml"))[:_MOST]
    if not files:
        return 0, ""
    try:
        with attending(desk.config, "replies"):
            return _all(desk, files)
    except Busy as error:
        return 0, str(error)


def _all(desk: Desk, files: list[Path]) -> tuple[int, str]:
    done, why = 0, ""
    for path in files:
        if desk.store.replies.is_handed(path.stem):
            path.unlink(missing_ok=True)
            continue
        try:
            way, _ = transport(desk.config, "replies")
            delivery = in_loop(partial(post_one, way, _letter(desk, path)))
        except BriefingError as error:
            return done, str(error)
        if delivery.state is State.POSTED:
            desk.store.replies.handed(path.stem, desk.clock().timestamp())
            path.unlink(missing_ok=True)
            done += 1
        else:
            why = delivery.detail
            _LOG.warning("A reply (%s) could not be handed on: %s", path.stem[:16], why)
    return done, why


def _letter(desk: Desk, path: Path) -> Letter:
    content, config = path.read_bytes(), desk.config
    reply, sender = read_answer(content), config.send.sender.email
    assert config.send.reply_to is not None
    to, now = config.send.reply_to.email, desk.clock().replace(microsecond=0)
    # The same at every try, so that mailboxes fold copies.
    message_id = f"<reply.{path.stem[:32]}@{sender.rpartition('@')[2]}>"
    message = EmailMessage(policy=SMTP)
    message["From"], message["To"] = Mailbox(_said_by(config.site.name), addr_spec=sender), to
    message["Subject"] = reply.subject
    message["Date"], message["Message-ID"] = format_datetime(now), message_id
    message["Auto-Submitted"] = "auto-generated"
    message["X-Loop"] = config.send.bounce_address or sender
    if answer_to := _address(reply):
        message["Reply-To"] = answer_to
    who = " ".join(filter(None, (reply.name, reply.address and f"<{reply.address}>")))
    said = f"{who or 'Somebody'} answered a letter. The message itself is attached.\n\n{reply.text}"
    # Quoted-printable, and a space before each line, so that none begins with a dot: see `Letter`.
    lines = "\n".join(f" {line}" for line in said.splitlines())
    message.set_content(f"{lines}\n", cte="quoted-printable")
    if len(content) <= _LARGEST:
        message.add_attachment(
            content, maintype="application", subtype="octet-stream", filename="reply.eml"
        )
    return Letter(
        recipient=to, sender=sender, message_id=message_id, date=now, wire=message.as_bytes()
    )


def _address(reply: ReaderAnswer) -> str:
    """Whom an answer goes to; empty where what they gave is not an address."""
    try:
        return checked_address(reply.address)[0]
    except SubscriberError:
        return ""


def _said_by(name: str) -> str:
    return "".join(sign for sign in name if sign.isprintable())[:60]


def _made(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder
