"""Brevo (its documentation, "Transactional webhooks")."""

from briefing.model.reason import Reason
from briefing.sends.bounces.events.event import Body, Event, Fetch, HookCall, Provider, text
from briefing.sends.bounces.events.proofs import refuse_without_password
from briefing.sends.bounces.failure import Action
from briefing.sends.bounces.verdict import Kind

#: By the event's name without its underscores, in lower case: it is written in two ways.
_MEANS = {
    "hardbounce": (Kind.FAILURE, Reason.MAILBOX_UNKNOWN, Action.FAILED),
    "invalidemail": (Kind.FAILURE, Reason.MAILBOX_UNKNOWN, Action.FAILED),
    "invalid": (Kind.FAILURE, Reason.MAILBOX_UNKNOWN, Action.FAILED),
    "softbounce": (Kind.FAILURE, Reason.HOST, Action.FAILED),
    "deferred": (Kind.FAILURE, Reason.HOST, Action.DELAYED),
    "spam": (Kind.COMPLAINT, Reason.UNKNOWN, Action.NONE),
    "complaint": (Kind.COMPLAINT, Reason.UNKNOWN, Action.NONE),
    "unsubscribed": (Kind.UNSUBSCRIBE, Reason.UNKNOWN, Action.NONE),
    "unsubscribe": (Kind.UNSUBSCRIBE, Reason.UNKNOWN, Action.NONE),
}


def events(body: Body) -> list[Event]:
    """The one event of a call."""
    name = text(body, "event").replace("_", "").lower()
    kind, reason, action = _MEANS.get(name, (Kind.NOTHING, Reason.UNKNOWN, Action.NONE))
    parts = (text(body, one) for one in ("id", "message-id", "event", "ts_event"))
    return [
        Event(
            recipient=text(body, "email"),
            kind=kind,
            action=action,
            said=text(body, "reason"),
            otherwise=reason,
            # Its `id` is the webhook's, the same for every event.
            id=" ".join(parts),
        )
    ]


def knows(body: Body) -> bool:
    """True for one of its events."""
    return {"event", "email"} <= set(body) and bool({"message-id", "ts_event"} & set(body))


def prove(request: HookCall, secret: str, _fetch: Fetch) -> None:
    """See `Provider.prove`; Brevo signs nothing, the secret is the hook's token or password."""
    refuse_without_password("Brevo", request, secret)


PROVIDER = Provider(name="brevo", knows=knows, events=events, prove=prove)
