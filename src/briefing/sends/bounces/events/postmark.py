"""Postmark (its documentation, "Bounce webhook", "Spam complaint webhook", "Bounce types")."""

from dataclasses import replace

from briefing.model.reason import Reason
from briefing.sends.bounces.events.event import Body, Event, Fetch, HookCall, Provider, text
from briefing.sends.bounces.events.proofs import refuse_without_password
from briefing.sends.bounces.failure import Action
from briefing.sends.bounces.verdict import Kind

#: What each type of bounce means where its words say nothing we know, and whether it is the last word.
_MEANS = {
    "HardBounce": (Reason.MAILBOX_UNKNOWN, Action.FAILED),
    "BadEmailAddress": (Reason.MAILBOX_UNKNOWN, Action.FAILED),
    "SoftBounce": (Reason.HOST, Action.FAILED),
    "Transient": (Reason.HOST, Action.DELAYED),
    "DnsError": (Reason.HOST, Action.DELAYED),
    "AddressChange": (Reason.MAILBOX_UNKNOWN, Action.DELAYED),
    "Blocked": (Reason.POLICY, Action.FAILED),
    "SpamNotification": (Reason.CONTENT, Action.FAILED),
    "VirusNotification": (Reason.CONTENT, Action.FAILED),
    "DMARCPolicy": (Reason.POLICY, Action.FAILED),
    "TemplateRenderingFailed": (Reason.CONTENT, Action.FAILED),
}


def events(body: Body) -> list[Event]:
    """The one event of a call."""
    record, kind = text(body, "RecordType"), text(body, "Type")
    of = Event(
        recipient=text(body, "Email") or text(body, "Recipient"),
        kind=Kind.NOTHING,
        id=text(body, "ID"),
    )
    if "SpamComplaint" in (record, kind):
        return [replace(of, kind=Kind.COMPLAINT)]
    if record == "SubscriptionChange":
        left = body.get("SuppressSending") is True
        left = left and text(body, "SuppressionReason") == "ManualSuppression"
        return [replace(of, kind=Kind.UNSUBSCRIBE if left else Kind.NOTHING)]
    if record != "Bounce" or kind not in _MEANS:
        return [of]
    reason, action = _MEANS[kind]
    said = text(body, "Details")
    return [replace(of, kind=Kind.FAILURE, action=action, said=said, otherwise=reason)]


def knows(body: Body) -> bool:
    """True for a call of one of its webhooks."""
    return "RecordType" in body


def prove(request: HookCall, secret: str, _fetch: Fetch) -> None:
    """See `Provider.prove`; Postmark signs nothing, the secret is the password in the hook's address."""
    refuse_without_password("Postmark", request, secret)


PROVIDER = Provider(name="postmark", knows=knows, events=events, prove=prove)
