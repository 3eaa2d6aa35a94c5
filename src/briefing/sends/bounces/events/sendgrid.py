"""Twilio SendGrid (its documentation, "Event Webhook Reference" and "... Security Features")."""

from base64 import b64decode
from binascii import Error as BinasciiError

from briefing.model.reason import Reason
from briefing.sends.bounces.events.event import Body, Event, Fetch, HookCall, Provider, refuse, text
from briefing.sends.bounces.events.proofs import refuse_old
from briefing.sends.bounces.failure import Action
from briefing.sends.bounces.verdict import Kind

_KINDS = {
    "bounce": (Kind.FAILURE, Action.FAILED),
    "dropped": (Kind.FAILURE, Action.FAILED),
    "deferred": (Kind.FAILURE, Action.DELAYED),
    "spamreport": (Kind.COMPLAINT, Action.NONE),
    "unsubscribe": (Kind.UNSUBSCRIBE, Action.NONE),
    "group_unsubscribe": (Kind.UNSUBSCRIBE, Action.NONE),
}
#: Why a letter was dropped unsent, by what it was the last time.
_DROPPED = {
    "bounced address": Reason.MAILBOX_UNKNOWN,
    "invalid": Reason.MAILBOX_UNKNOWN,
    "spam content": Reason.CONTENT,
}
#: The same, of readers who left or complained: whoever left stays gone.
_LEFT_BEFORE = {
    "unsubscribed address": Kind.UNSUBSCRIBE,
    "spam reporting address": Kind.COMPLAINT,
}


def events(body: Body) -> list[Event]:
    """The one event of an object; a call has a list of them."""
    kind, action = _KINDS.get(text(body, "event"), (Kind.NOTHING, Action.NONE))
    why = text(body, "reason")
    if text(body, "event") == "dropped" and why.lower() not in _DROPPED:
        kind = _LEFT_BEFORE.get(why.lower(), Kind.NOTHING)
    return [
        Event(
            recipient=text(body, "email"),
            kind=kind,
            action=action,
            status=text(body, "status"),
            said=why or text(body, "response"),
            otherwise=_DROPPED.get(why.lower(), Reason.UNKNOWN),
            id=text(body, "sg_event_id"),
        )
    ]


def knows(body: Body) -> bool:
    """True for one of its events."""
    return "sg_event_id" in body or "sg_message_id" in body


def prove(request: HookCall, secret: str, _fetch: Fetch) -> None:
    """See `Provider.prove`; the secret is the public verification key, as base64."""
    # Eight megabytes, which only a house that SendGrid calls needs.
    from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm  # noqa: PLC0415
    from cryptography.hazmat.primitives.asymmetric import ec  # noqa: PLC0415
    from cryptography.hazmat.primitives.hashes import SHA256  # noqa: PLC0415
    from cryptography.hazmat.primitives.serialization import load_der_public_key  # noqa: PLC0415

    at = request.headers.get("x-twilio-email-event-webhook-timestamp", "")
    signature = request.headers.get("x-twilio-email-event-webhook-signature", "")
    try:
        key = load_der_public_key(b64decode(secret))
        if not isinstance(key, ec.EllipticCurvePublicKey):
            raise refuse("SendGrid", "the verification key is not one of SendGrid's")
        key.verify(b64decode(signature), at.encode() + request.body, ec.ECDSA(SHA256()))
    except (InvalidSignature, UnsupportedAlgorithm, BinasciiError, ValueError) as error:
        raise refuse("SendGrid", "its signature is missing or wrong") from error
    refuse_old("SendGrid", at, request.at)


PROVIDER = Provider(name="sendgrid", knows=knows, events=events, prove=prove)
