"""Calls of hubs: verifying that a subscription is ours, and telling that a feed has something new."""

import hashlib
import hmac
from collections.abc import Mapping

from briefing.actions.context import Desk
from briefing.model.network.hub_subscription import HubStanding, HubSubscription

#: What a hub may sign with (W3C WebSub section 8).
_METHODS = ("sha1", "sha256", "sha384", "sha512")
#: A hub is asked again when so much of its lease is over.
_RENEWED = 0.8
#: Seconds: no lease is believed to be longer, and after a denial the hub is asked again.
_LONGEST, _DENIED = 30 * 86_400.0, 86_400.0
_FAULT = 200


def verified(desk: Desk, callback: str, said: Mapping[str, str]) -> str | None:
    """What to answer a hub that asks whether we want a subscription, or that ends it; None for nothing of ours.

    The one GET that writes, because WebSub has it so (W3C WebSub sections 5.2 and 5.3). It confirms what we
    asked and nothing else, and a second one changes nothing.

    Args:
        desk: the desk.
        callback: the last part of the address that was asked.
        said: the query.
    """
    found = desk.store.hubs.at(callback)
    if found is None or said.get("hub.topic") != found.topic:
        return None
    mode, challenge = said.get("hub.mode"), said.get("hub.challenge", "")
    if mode == "denied" and found.standing in (HubStanding.ASKED, HubStanding.ACTIVE):
        _deny(desk, found, said.get("hub.reason", ""))
        return ""
    if mode == "unsubscribe" and found.standing is HubStanding.LEAVING and challenge:
        # Its row stays until the desk looks again, for a hub that did not hear the answer.
        desk.store.hubs.note(found.id, until=0.0)
        return challenge
    if mode != "subscribe" or found.standing not in (HubStanding.ASKED, HubStanding.ACTIVE):
        return None
    lease = _seconds(said.get("hub.lease_seconds", ""))
    if not challenge or not lease:
        return None
    # Counted from when we asked: whoever opens this address again gains nothing.
    desk.store.hubs.note(
        found.id,
        standing=HubStanding.ACTIVE,
        until=found.asked + lease,
        next_try=found.asked + _RENEWED * lease,
        failures=0,
        fault="",
    )
    return challenge


def _deny(desk: Desk, found: HubSubscription, reason: str) -> None:
    why = "".join(sign for sign in reason if sign.isprintable())[:_FAULT]
    desk.store.hubs.note(
        found.id,
        standing=HubStanding.DENIED,
        until=0.0,
        next_try=desk.clock().timestamp() + _DENIED,
        fault=f"does not want to tell us{f': {why}' if why else ''}",
    )


def _seconds(written: str) -> float:
    """A lease; 0 where it is not one."""
    return min(float(written), _LONGEST) if written.isascii() and written.isdecimal() else 0.0


def expects(desk: Desk, callback: str) -> bool:
    """True where a hub of ours may tell us something."""
    found = desk.store.hubs.at(callback)
    return found is not None and found.standing in (HubStanding.ASKED, HubStanding.ACTIVE)


def told(desk: Desk, callback: str, signature: str, body: bytes) -> bool:
    """Note that a feed has something new, and let the desk ask the feed itself; False when nothing proves it.

    The content that a hub sends is held against its signature and goes no further: it takes one way less for
    strangers' bytes, and a second delivery is nothing but another look at the feed.

    Args:
        desk: the desk.
        callback: the last part of the address that was called.
        signature: of the header X-Hub-Signature (W3C WebSub section 8).
        body: what was sent.
    """
    found = desk.store.hubs.at(callback)
    if found is None or not _is_signed(found.secret, signature, body):
        return False
    desk.store.hubs.note(found.id, heard=desk.clock().timestamp())
    return True


def _is_signed(secret: str, signature: str, body: bytes) -> bool:
    method, _, digest = signature.partition("=")
    if method.lower() not in _METHODS:
        return False
    right = hmac.new(secret.encode(), body, getattr(hashlib, method.lower())).hexdigest()
    return hmac.compare_digest(right.encode(), digest.strip().lower().encode())
