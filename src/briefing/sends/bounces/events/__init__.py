"""Events of mail providers → reports; a provider is one file and one line here."""

import json
from collections.abc import Iterator

from briefing.errors import SendError
from briefing.sends.bounces.events import brevo, mailgun, postmark, sendgrid, ses
from briefing.sends.bounces.events.event import Body, HookCall, Provider, report_of
from briefing.sends.bounces.verdict import Report

#: By the name that [bounces.hooks] gives them.
PROVIDERS: dict[str, Provider] = {
    one.PROVIDER.name: one.PROVIDER for one in (ses, mailgun, sendgrid, postmark, brevo)
}


def read_events(content: bytes, key: bytes) -> Iterator[tuple[Report, str]]:
    """What a file or a call of a provider says: each report, and the address it is about.

    Args:
        content: one JSON object, a list of them, or either on each line.
        key: what Message-IDs and return paths were made with.

    Raises:
        SendError: when it is not JSON, or an object in it is not an event of a provider we know; nothing
            of it should be believed then.
    """
    found = [(body, _provider(body)) for body in _objects(content)]
    for body, provider in found:
        for event in provider.events(body):
            yield report_of(event, body, key), event.recipient


def _provider(body: Body) -> Provider:
    for provider in PROVIDERS.values():
        if provider.knows(body):
            return provider
    known = ", ".join(PROVIDERS)
    raise SendError(
        f"An event with the keys {', '.join(sorted(body))[:200]} is of no provider we know ({known}). "
        "Nothing was changed."
    )


def _objects(content: bytes) -> list[Body]:
    text = content.decode("utf-8", "replace").strip()
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        found = _lines(text)
    found = found if isinstance(found, list) else [found]
    for one in found:
        if not isinstance(one, dict):
            raise SendError(f"{str(one)[:60]!r} is not an event: an object of JSON was expected.")
    return found


def _lines(text: str) -> list[object]:
    found: list[object] = []
    for number, line in enumerate(text.split("\n"), 1):
        try:
            if line.strip():
                body = json.loads(line)
                # SendGrid's calls are lists, and a log of calls has one on each line.
                found += body if isinstance(body, list) else [body]
        except (ValueError, RecursionError) as error:
            raise SendError(
                f"Line {number} is not JSON: {error}. Expected are a provider's events: one object, a "
                "list of them, or one on each line. Nothing was changed."
            ) from error
    return found


__all__ = ["PROVIDERS", "HookCall", "Provider", "Report", "read_events", "ses"]
