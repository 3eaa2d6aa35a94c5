"""An event: what a mail provider says of one letter that was handed to it."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from briefing.errors import SendError
from briefing.model.delivery import Bounce
from briefing.model.reason import Reason
from briefing.sends.bounces.failure import Action, Failure
from briefing.sends.bounces.verdict import Kind, Report, bounce_of
from briefing.sends.letters.verp import traced
from briefing.sends.refusals.reasons import Judged, by_the_words, judged

#: One JSON object as the provider sends it.
Body = Mapping[str, Any]
_KEPT = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """What a provider says of one letter."""

    recipient: str
    kind: Kind
    action: Action = Action.NONE
    status: str = ""
    #: The words of whoever refused, as the provider hands them on.
    said: str = ""
    #: What the provider's own class of the refusal means, where the words say nothing we know.
    otherwise: Reason = Reason.UNKNOWN
    #: The provider's name for this event, so that it counts once however often it comes.
    id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class HookCall:
    """A call of a webhook."""

    #: By lower-case name.
    headers: Mapping[str, str]
    body: bytes
    #: When it came, in seconds since 1970.
    at: float


#: Reads what stands at an address, through the guarded fetcher.
Fetch = Callable[[str], bytes]


@dataclass(frozen=True, slots=True, kw_only=True)
class Provider:
    """A mail provider: how its events look, and how it proves that a call is its own."""

    name: str
    knows: Callable[[Body], bool]
    events: Callable[[Body], list[Event]]
    #: Raises SendError when the call is not the provider's, or too old. Given the secret that
    #: [bounces.hooks] names, and what fetches a certificate.
    prove: Callable[[HookCall, str, Fetch], None]


def report_of(event: Event, body: Body, key: bytes) -> Report:
    """What an event says, as a message of the bounce mailbox would."""
    said = judged(event.said, event.status)
    unsaid = event.otherwise.is_about_us and by_the_words(event.said) is None
    if unsaid or said.reason is Reason.UNKNOWN:
        said = Judged(reason=event.otherwise, status=said.status)
    failure = Failure(action=event.action, status=event.status, said=event.said)
    failed = event.kind is Kind.FAILURE
    bounce = bounce_of(failure, said) if failed else None
    if event.kind is Kind.COMPLAINT:
        bounce = Bounce.COMPLAINT
    name = event.id or json.dumps(body, sort_keys=True, default=str)
    words = " ".join(event.said.split()) or said.reason
    return Report(
        digest=sha256(f"event {name} {event.recipient} {event.kind}".encode()).hexdigest(),
        about=traced(json.dumps(body, ensure_ascii=True, default=str).encode(), key),
        kind=event.kind,
        bounce=bounce,
        status=event.status or said.status,
        reason=said.reason if failed else None,
        detail=f"{event.action if failed else event.kind}: {words if failed else ''}"[:_KEPT],
    )


def text(body: object, *path: str) -> str:
    """The text at a place of a body; empty when there is none."""
    for name in path:
        body = body.get(name) if isinstance(body, Mapping) else None
    return "" if body is None or isinstance(body, Mapping | list) else str(body)


def rows(body: object, *path: str) -> list[Body]:
    """The objects of a list at a place of a body."""
    for name in path:
        body = body.get(name) if isinstance(body, Mapping) else None
    return [one for one in body if isinstance(one, Mapping)] if isinstance(body, list) else []


def refuse(name: str, why: str) -> SendError:
    """Why a call is not believed."""
    return SendError(f"A call of the hook of {name} was refused: {why}. Nothing was changed.")
