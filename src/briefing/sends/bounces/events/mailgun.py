"""Mailgun (its documentation, "Webhooks" and "Event structure")."""

import hmac
import json
from hashlib import sha256

from briefing.model.reason import Reason
from briefing.sends.bounces.events.event import Body, Event, Fetch, HookCall, Provider, refuse, text
from briefing.sends.bounces.events.proofs import OLDEST, refuse_old
from briefing.sends.bounces.failure import Action
from briefing.sends.bounces.verdict import Kind

_KINDS = {
    "failed": Kind.FAILURE,
    "complained": Kind.COMPLAINT,
    "unsubscribed": Kind.UNSUBSCRIBE,
}
#: Tokens of the last hours: when each came, and the body it came with.
_USED: dict[str, tuple[float, bytes]] = {}
#: Letters that it did not send, because the reader left or complained before: whoever left stays gone.
_SUPPRESSED = {
    "suppress-complaint": Kind.COMPLAINT,
    "suppress-unsubscribe": Kind.UNSUBSCRIBE,
}
_MEANS = {
    "suppress-bounce": Reason.MAILBOX_UNKNOWN,
    "old": Reason.HOST,
    "greylisted": Reason.POLICY,
    "espblock": Reason.REPUTATION,
}


def events(body: Body) -> list[Event]:
    """The one event of a call."""
    data = body.get("event-data", body)
    if not isinstance(data, dict):
        return []
    kind = _KINDS.get(text(data, "event"), Kind.NOTHING)
    why = text(data, "reason")
    kind = _SUPPRESSED.get(why, kind)
    words = (text(data, "delivery-status", name) for name in ("code", "message", "description"))
    is_last = text(data, "severity") != "temporary"
    return [
        Event(
            recipient=text(data, "recipient"),
            kind=kind,
            action=Action.FAILED if is_last else Action.DELAYED,
            status=text(data, "delivery-status", "enhanced-code"),
            said=" ".join(filter(None, words)),
            otherwise=_MEANS.get(why, Reason.UNKNOWN),
            id=text(data, "id"),
        )
    ]


def knows(body: Body) -> bool:
    """True for a webhook's call and for an event of the API."""
    return "event-data" in body or {"event", "delivery-status", "recipient"} <= set(body)


def prove(request: HookCall, secret: str, _fetch: Fetch) -> None:
    """See `Provider.prove`; the secret is the account's HTTP webhook signing key."""
    try:
        body = json.loads(request.body)
    except (ValueError, RecursionError):
        body = {}
    at, token = text(body, "signature", "timestamp"), text(body, "signature", "token")
    right = hmac.new(secret.encode(), f"{at}{token}".encode(), "sha256").hexdigest()
    if not secret or not hmac.compare_digest(text(body, "signature", "signature"), right):
        raise refuse("Mailgun", "its signature is missing or wrong")
    refuse_old("Mailgun", at, request.at)
    _refuse_used(token, request)


def _refuse_used(token: str, request: HookCall) -> None:
    """The signature does not cover the body, so a token is good for one body only."""
    for known, (came, _) in list(_USED.items()):
        if request.at - came > 2 * OLDEST:
            del _USED[known]
    body = sha256(request.body).digest()
    if _USED.setdefault(token, (request.at, body))[1] != body:
        raise refuse("Mailgun", "its token came before with another body")


PROVIDER = Provider(name="mailgun", knows=knows, events=events, prove=prove)
