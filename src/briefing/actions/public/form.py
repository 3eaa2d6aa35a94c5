"""The form of a list: a stamp that it was drawn here, and what somebody wishes who sends it."""

import logging
import secrets
from dataclasses import dataclass
from hashlib import sha256
from urllib.parse import quote

from briefing.actions.context import Desk
from briefing.actions.networks import network_of
from briefing.actions.public.signup import Asking, asking, claims_of, is_public, site_of
from briefing.errors import SubscriberError
from briefing.store import ListRow, SignupLimit, SignupLimits
from briefing.subscribers.addresses import checked_address, mailbox_of
from briefing.subscribers.tokens import sign

#: Seconds between drawing a form and sending it: people need longer, programs need not.
QUICKEST, LONGEST = 2.0, 86_400.0
_LIMITS = SignupLimits()
#: A house's own form stands behind a token: as many as all others together.
_LIMITS_OF_TOKEN = SignupLimits(network_an_hour=_LIMITS.all_an_hour)
_HOUR = 3_600.0
_LOG = logging.getLogger("briefing.web")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """Somebody's wish to subscribe, checked as far as the form alone allows."""

    list: str
    entry: ListRow
    network: str
    limits: SignupLimits = _LIMITS


class UsedStamp(SubscriberError):
    """A form that was sent before, for another address; a fresh one is drawn."""


class HeldBack(SubscriberError):
    """A sign-up that a limit holds back; nothing was put down, and the page says so."""


def stamp(desk: Desk, list_name: str, before: str = "") -> str:
    """What a form carries so that it must be drawn here, lately, and not filled in a blink.

    Args:
        desk: the front desk.
        list_name: the list it is for.
        before: what it carried the last time, which stays as long as it holds.

    Raises:
        SubscriberError: when there is no such list, or nobody may join it by a form.
    """
    if not is_public(desk, list_name):
        raise SubscriberError("There is no such list here.")
    now = desk.clock().timestamp()
    try:
        _age(desk, list_name, before)
    except SubscriberError:
        claims = {"at": repr(now), "list": list_name, "nonce": secrets.token_hex(8)}
        return sign("form", claims, desk.keys[0])
    return before


def wish(desk: Desk, list_name: str, address: str, stamped: str, peer: str) -> Wish:
    """Check a filled form. Nothing is looked up, so the answer tells nothing about anybody.

    Raises:
        SubscriberError: when it is not an address, or the form is too new, too old, used or not ours.
        HeldBack: when too many asked lately, from that network or from everywhere.
    """
    if _age(desk, list_name, stamped) < QUICKEST:
        raise SubscriberError("That was too quick for us. Please press the button once more.")
    email, key = checked_address(address)
    wished = Wish(list=list_name, entry=ListRow(email=email, key=key), network=network_of(peer))
    _refuse_many(desk, wished)
    mailbox, _ = _marks(desk, wished)
    used = sha256(stamped.encode()).hexdigest()
    if not desk.store.signups.use_stamp(used, mailbox, desk.clock().timestamp(), LONGEST):
        raise UsedStamp("This form was sent already. Please send it once more.")
    return wished


def wish_again(desk: Desk, token: str, peer: str) -> Wish:
    """The wish behind a confirmation link that is over, to be confirmed by another.

    The mail goes to the address that asked, and the answer says nothing about it. The limits are those of
    the form.

    Args:
        desk: the desk.
        token: of the link.
        peer: who asks.

    Raises:
        SubscriberError: when the link is not ours, or nobody remembers who asked.
        HeldBack: as `wish`.
    """
    reader = desk.store.subscribers.by_ref(claims_of(desk, "confirm", token)["reader"])
    if not is_public(desk, reader.list):
        raise SubscriberError("There is no such list here.")
    email, key = checked_address(reader.email)
    wished = Wish(list=reader.list, entry=ListRow(email=email, key=key), network=network_of(peer))
    _refuse_many(desk, wished)
    return wished


def wish_by_token(desk: Desk, list_name: str, address: str, who: str) -> Wish:
    """A wish that a program of the house's own hands on; the mailbox is asked all the same.

    Args:
        desk: the desk.
        list_name: the list it is for.
        address: whose.
        who: the token's name; its wishes are counted together.

    Raises:
        SubscriberError: when it is not an address, or nobody may join the list.
        HeldBack: as `wish`.
    """
    if not is_public(desk, list_name):
        raise SubscriberError(f"There is no list {list_name[:63]!r} that anybody may ask to join.")
    email, key = checked_address(address)
    entry = ListRow(email=email, key=key)
    wished = Wish(list=list_name, entry=entry, network=f"token {who}", limits=_LIMITS_OF_TOKEN)
    _refuse_many(desk, wished)
    return wished


def can_ask_again(desk: Desk, token: str) -> bool:
    """True where one button can send another link: somebody remembers who asked."""
    try:
        reader = desk.store.subscribers.by_ref(claims_of(desk, "confirm", token)["reader"])
    except SubscriberError:
        return False
    return bool(reader.email) and is_public(desk, reader.list)


def _refuse_many(desk: Desk, wished: Wish) -> None:
    """Say on the page, before anything is promised, that there is no room: nobody waits in vain."""
    now = desk.clock().timestamp()
    reached = desk.store.signups.room(_marks(desk, wished)[1], wished.limits, now)
    if reached is SignupLimit.NETWORK:
        raise HeldBack(
            "Too many people asked from your network within an hour, so this was not put down. "
            "Please ask again in an hour."
        )
    if reached is SignupLimit.ALL:
        _LOG.error("More than %d sign-ups within an hour: more are refused", _LIMITS.all_an_hour)
        raise HeldBack(
            "Very many people ask just now, so this was not put down. Please ask again in an hour."
        )


def sign_up(desk: Desk, wished: Wish) -> Asking | None:
    """Put down a wish, and write the letter that asks whether it is the mailbox's own.

    Everybody gets the same letter, whether they are on the list, left it or are new. It holds
    nothing that was typed into the form, so nobody can send words to strangers through us.

    Returns:
        The letter to post; None when the mailbox was written to lately, and then nothing was changed,
        or when others were quicker since `wish` looked: then it is posted within the next hours.
    """
    subscribers, now = desk.store.subscribers, desk.clock().timestamp()
    reached = desk.store.signups.admit(*_marks(desk, wished), wished.limits, now)
    if reached is SignupLimit.MAILBOX:
        return None
    cause = f"asked for on {site_of(desk)}/subscribe/{quote(wished.list)}"
    reader = subscribers.sign_up(wished.list, wished.entry, cause=cause, now=now)
    if reader is not None and reached is not None:
        desk.store.signups.wait(reader.ref, now, now + _HOUR)
        return None
    return asking(desk, reader, now) if reader is not None else None


def _age(desk: Desk, list_name: str, stamped: str) -> float:
    """How many seconds ago a form was drawn; any other than ours is a SubscriberError."""
    again = SubscriberError("This form does not hold any more. Please send it once more.")
    try:
        claims = claims_of(desk, "form", stamped)
    except SubscriberError:
        raise again from None
    age = desk.clock().timestamp() - float(claims["at"])
    if claims["list"] != list_name or age > LONGEST:
        raise again
    return age


def _marks(desk: Desk, wished: Wish) -> tuple[str, str]:
    mark = desk.store.subscribers.mark
    return mark(mailbox_of(wished.entry.key)), mark(f"network {wished.network}")
