"""A lost password: a letter with a link that works once, to the address that the editor gave.

Whoever asks learns nothing of who has a name here: the answer is the same, and the letter leaves after it.
"""

import secrets
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from briefing.actions.admin.accounts import change_password, refuse_other_password
from briefing.actions.audit import log_action
from briefing.actions.context import Desk
from briefing.actions.event_loop import in_loop
from briefing.actions.letters.post_one import post_one
from briefing.actions.letters.send_settings import transport
from briefing.actions.networks import network_of
from briefing.errors import BriefingError, DeskError
from briefing.model.delivery import State
from briefing.model.mail import Letter
from briefing.store import PASSWORD_LINK_LIFETIME

#: Letters within a quarter of an hour: for one name, and for one network.
_TRIES, _TRIES_OF_NETWORK, _WITHIN = 3, 10, 15 * 60.0
_GONE = "This link was used, was replaced by a newer one, or is older than half an hour. Ask for another."


def set_own_address(desk: Desk, name: str, password: str, address: str) -> None:
    """Say where the letter for a lost password goes; nowhere when empty.

    Raises:
        DeskError: when the password is another one, or the address is not one.
    """
    email = address.strip()
    refuse_other_password(desk, name, password)
    local, at, host = email.rpartition("@")
    is_mail = bool(local and at and host) and email.isprintable() and " " not in email
    if email and (not is_mail or len(email) > 320 or "@" in local):  # noqa: PLR2004 - RFC 5321
        raise DeskError(f"{email!r} is not a mail address; write it as ada@example.org.")
    desk.store.password_links.set_address(name, email)
    log_action(desk, name, "address", detail="set" if email else "taken away")


def lost_password(desk: Desk, name: str, peer: str) -> Letter | None:
    """The letter for somebody who has lost their password; None where there is nobody to write to.

    Args:
        desk: the desk.
        name: as it was typed.
        peer: the address that is asked from.

    Returns:
        The letter, for `post_link`; None for a name that nobody has or that gave no address, and
        when it was asked for too often. The page says the same to all of them.
    """
    now, network = desk.clock().timestamp(), network_of(peer)
    limits = {f"{name} lost": _TRIES, f"lost from {network}": _TRIES_OF_NETWORK}
    is_fair = desk.store.editors.attempt(limits, since=now - _WITHIN, at=now) is not None
    address = desk.store.password_links.address_of(name)
    if not is_fair or not address or desk.store.editors.find(name) is None:
        return None
    token = secrets.token_urlsafe(32)
    desk.store.password_links.begin(name, token, now)
    log_action(desk, name, "lost password", detail="a link was sent")
    return _letter(desk, address, name, token)


def new_password(desk: Desk, token: str, password: str) -> str:
    """Give the owner of a link the password they chose; all their sessions end.

    Returns:
        Their name.

    Raises:
        DeskError: when the link opens nothing, or the password will not do; the link then still works.
    """
    now = desk.clock().timestamp()
    name = desk.store.password_links.owner(token, now)
    if name is None or desk.store.editors.find(name) is None:
        raise DeskError(_GONE)
    change_password(desk, name, password)
    if not desk.store.password_links.use_up(token, now):
        raise DeskError(_GONE)
    log_action(desk, name, "password", detail="chosen by a link in a letter")
    return name


def post_link(desk: Desk, letter: Letter) -> str:
    """Post the letter; what the relay said where it did not take it, without the address."""
    try:
        way, _ = transport(desk.config, "desk")
        delivery = in_loop(lambda: post_one(way, letter))
        said = "" if delivery.state is State.POSTED else delivery.detail
    except (BriefingError, OSError) as error:
        said = str(error)
    return said.replace(letter.recipient, "(the editor)")


def has_relay(desk: Desk) -> bool:
    """True where letters really leave."""
    return desk.config.send.transport == "smtp"


def _letter(desk: Desk, address: str, name: str, token: str) -> Letter:
    config = desk.config
    sender, now = config.send.sender.email, desk.clock().replace(microsecond=0)
    link = f"{config.desk.address}/sign-in/new?token={token}"
    message_id = f"<desk.{secrets.token_hex(12)}@{sender.rpartition('@')[2]}>"
    message = EmailMessage(policy=SMTP)
    message["From"], message["To"] = sender, address
    message["Subject"] = f"[{config.site.name}] Another password for the desk"
    message["Date"], message["Message-ID"] = format_datetime(now), message_id
    # RFC 3834: no vacation notice answers it.
    message["Auto-Submitted"] = "auto-generated"
    minutes = int(PASSWORD_LINK_LIFETIME // 60)
    message.set_content(
        f"Somebody asked for another password for {name} at the desk of {config.site.name}.\n\n"
        f"This link lets you choose one. It works once, and for {minutes} minutes:\n\n{link}\n\n"
        "If it was not you, do nothing: the old password stays, and nobody learns that you have a\n"
        "name here.\n",
        cte="quoted-printable",
    )
    return Letter(
        recipient=address,
        sender=sender,
        message_id=message_id,
        date=now,
        wire=message.as_bytes(),
    )
