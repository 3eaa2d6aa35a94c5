"""Amazon SES, by way of SNS.

SNS signs with a certificate that each message names. Anybody may have SNS sign something, so the
topic must be the one that [bounces.hooks] names as the secret, and the certificate must come from
Amazon's own host; the caller fetches it through the guarded fetcher.
"""

import json
import re
from base64 import b64decode
from binascii import Error as BinasciiError
from datetime import datetime

from briefing.model.reason import Reason
from briefing.sends.bounces.events.event import (
    Body,
    Event,
    Fetch,
    HookCall,
    Provider,
    refuse,
    rows,
    text,
)
from briefing.sends.bounces.events.proofs import refuse_old
from briefing.sends.bounces.failure import Action
from briefing.sends.bounces.verdict import Kind

#: SNS developer guide, "Verifying the signatures of Amazon SNS messages".
_CERTIFICATE = re.compile(
    r"https://sns\.[a-z0-9-]{4,30}\.amazonaws\.com(?:\.cn)?/[A-Za-z0-9._-]+\.pem"
)
_SIGNED = {
    "Notification": ("Message", "MessageId", "Subject", "Timestamp", "TopicArn", "Type"),
    "SubscriptionConfirmation": (
        *("Message", "MessageId", "SubscribeURL", "Timestamp", "Token", "TopicArn", "Type"),
    ),
}
#: SES developer guide, "Bounce types"; what it leaves to the words is not here.
_MEANS = {
    ("Permanent", "General"): Reason.MAILBOX_UNKNOWN,
    ("Permanent", "NoEmail"): Reason.MAILBOX_UNKNOWN,
    ("Permanent", "Suppressed"): Reason.MAILBOX_UNKNOWN,
    ("Permanent", "OnAccountSuppressionList"): Reason.MAILBOX_UNKNOWN,
    ("Transient", "MailboxFull"): Reason.MAILBOX_FULL,
    ("Transient", "MessageTooLarge"): Reason.CONTENT,
    ("Transient", "ContentRejected"): Reason.CONTENT,
    ("Transient", "AttachmentRejected"): Reason.CONTENT,
    ("Transient", "General"): Reason.HOST,
}
#: RFC 6430 and RFC 6591: out of the spam folder, and about our signatures.
_NO_COMPLAINT = ("not-spam", "auth-failure")


def events(body: Body) -> list[Event]:
    """The events of a notification, with or without its envelope of SNS."""
    if text(body, "Type") == "Notification":
        inner = _parsed(text(body, "Message"))
        return events(inner) if inner is not None else []
    kind = text(body, "notificationType") or text(body, "eventType")
    match kind:
        case "Bounce":
            return [_bounced(body, one) for one in rows(body, "bounce", "bouncedRecipients")]
        case "Complaint":
            return [
                _complained(body, one) for one in rows(body, "complaint", "complainedRecipients")
            ]
        case "Subscription":
            return _left(body)
        case _:
            return []


def _left(body: Body) -> list[Event]:
    """Who left by SES's own link, all topics of its contact list; nothing of a single topic."""
    wants = text(body, "subscription", "newTopicPreferences", "unsubscribeAll")
    mail = body.get("mail")
    sent_to = mail.get("destination") if isinstance(mail, dict) else None
    if wants.lower() != "true" or not isinstance(sent_to, list):
        return []
    return [Event(recipient=str(one), kind=Kind.UNSUBSCRIBE) for one in sent_to]


def _bounced(body: Body, one: Body) -> Event:
    kind, sub = text(body, "bounce", "bounceType"), text(body, "bounce", "bounceSubType")
    said = text(one, "diagnosticCode")
    return Event(
        recipient=text(one, "emailAddress"),
        kind=Kind.FAILURE,
        action=Action.FAILED if kind == "Permanent" else Action.DELAYED,
        status=text(one, "status"),
        said=said.partition(";")[2].strip() or said or f"{kind} {sub}",
        otherwise=_MEANS.get((kind, sub), Reason.UNKNOWN),
        id=text(body, "bounce", "feedbackId"),
    )


def _complained(body: Body, one: Body) -> Event:
    kind = text(body, "complaint", "complaintFeedbackType")
    return Event(
        recipient=text(one, "emailAddress"),
        kind=Kind.NOTHING if kind in _NO_COMPLAINT else Kind.COMPLAINT,
        id=text(body, "complaint", "feedbackId"),
    )


def knows(body: Body) -> bool:
    """True for SNS's envelope and for SES's own notification."""
    return "TopicArn" in body or (
        isinstance(body.get("mail"), dict) and bool({"notificationType", "eventType"} & set(body))
    )


def prove(request: HookCall, topic: str, fetch: Fetch) -> None:
    """See `Provider.prove`; the secret is the topic's ARN.

    Raises:
        SendError: as there, and when the certificate is not at Amazon or cannot be fetched.
    """
    body = _parsed(request.body.decode("utf-8", "replace")) or {}
    if not topic or text(body, "TopicArn") != topic:
        raise refuse("SES", f"its topic {text(body, 'TopicArn')[:100]!r} is not the configured one")
    names = _SIGNED.get(text(body, "Type"))
    if names is None:
        raise refuse("SES", f"its type {text(body, 'Type')[:40]!r} is unknown")
    url = text(body, "SigningCertURL")
    if not _CERTIFICATE.fullmatch(url):
        raise refuse("SES", f"its certificate {url[:100]!r} is not at Amazon")
    signed = "".join(f"{name}\n{text(body, name)}\n" for name in names if name in body)
    refuse_old("SES", _verified(body, signed, fetch(url)), request.at)


def _verified(body: Body, signed: str, certificate: bytes) -> str:
    """When it was signed, in seconds since 1970."""
    # Eight megabytes, which only a house that SES calls needs.
    from cryptography.exceptions import InvalidSignature  # noqa: PLC0415
    from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15  # noqa: PLC0415
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey  # noqa: PLC0415
    from cryptography.hazmat.primitives.hashes import SHA1, SHA256  # noqa: PLC0415
    from cryptography.x509 import load_pem_x509_certificate  # noqa: PLC0415

    kind = SHA256() if text(body, "SignatureVersion") == "2" else SHA1()  # noqa: S303 - SNS's own
    try:
        key = load_pem_x509_certificate(certificate).public_key()
        if not isinstance(key, RSAPublicKey):
            raise refuse("SES", "its certificate holds no RSA key")
        key.verify(b64decode(text(body, "Signature")), signed.encode(), PKCS1v15(), kind)
        return str(datetime.fromisoformat(text(body, "Timestamp")).timestamp())
    except (InvalidSignature, BinasciiError, ValueError) as error:
        raise refuse("SES", "its signature or its time is wrong") from error


def confirmation_url(request: HookCall) -> str:
    """Where SNS wants to be answered once, when a topic is subscribed to; empty for a notification."""
    body = _parsed(request.body.decode("utf-8", "replace")) or {}
    confirms = text(body, "Type") == "SubscriptionConfirmation"
    return text(body, "SubscribeURL") if confirms else ""


def _parsed(written: str) -> Body | None:
    try:
        found = json.loads(written)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


PROVIDER = Provider(name="ses", knows=knows, events=events, prove=prove)
