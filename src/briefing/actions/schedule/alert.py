"""Alerting: telling ops what they must know, by log, mail and webhook."""

import json
import logging
import secrets
import urllib.request  # noqa: TID251 - see _by_webhook
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from briefing.actions.event_loop import in_loop
from briefing.actions.letters.post_one import post_one
from briefing.actions.letters.send_settings import transport
from briefing.clock import Clock
from briefing.config import Config
from briefing.errors import BriefingError
from briefing.model.delivery import State
from briefing.model.mail import Letter

_LOG = logging.getLogger("briefing.alert")
_PATIENCE = 10


def alert(config: Config, sentence: str, clock: Clock) -> None:
    """Tell ops a sentence everywhere [alerts] names; what fails on one way is told on the log."""
    _LOG.warning("%s", sentence)
    for way, told in (("mail", _by_mail), ("webhook", _by_webhook)):
        try:
            told(config, sentence, clock)
        except (BriefingError, OSError, ValueError) as error:
            _LOG.error("An alert could not be told by %s: %s", way, error)


def _by_mail(config: Config, sentence: str, clock: Clock) -> None:
    if not config.alerts.email:
        return
    letter = _letter(config, sentence, clock)
    way, _ = transport(config, "alerts")
    delivery = in_loop(lambda: post_one(way, letter))
    if delivery.state is not State.POSTED:
        raise OSError(delivery.detail)


def _letter(config: Config, sentence: str, clock: Clock) -> Letter:
    sender, now = config.send.sender.email, clock().replace(microsecond=0)
    message_id = f"<alert.{secrets.token_hex(12)}@{sender.rpartition('@')[2]}>"
    message = EmailMessage(policy=SMTP)
    message["From"], message["To"] = sender, config.alerts.email
    message["Subject"] = f"[{config.site.name}] {sentence.split('. ', maxsplit=1)[0][:120]}"
    message["Date"], message["Message-ID"] = format_datetime(now), message_id
    # RFC 3834: no vacation notice answers it.
    message["Auto-Submitted"] = "auto-generated"
    # Quoted-printable, so that no line begins with a dot: see `Letter`.
    message.set_content(" " + sentence + "\n", cte="quoted-printable")
    return Letter(
        recipient=config.alerts.email,
        sender=sender,
        message_id=message_id,
        date=now,
        wire=message.as_bytes(),
    )


def _by_webhook(config: Config, sentence: str, clock: Clock) -> None:
    if not config.alerts.webhook:
        return
    # Not through the fetcher, whose guard keeps strangers' pages from leading inside: this address
    # is the ops' own, most often an inner one, and nothing of its answer is read.
    body = json.dumps({"text": sentence, "at": clock().isoformat(timespec="seconds")}).encode()
    asked = urllib.request.Request(  # noqa: S310, TID251 - config.toml only takes http and https
        config.alerts.webhook, data=body, headers={"Content-Type": "application/json"}
    )
    with urllib.request.urlopen(asked, timeout=_PATIENCE):  # noqa: S310, TID251 - as above
        pass
