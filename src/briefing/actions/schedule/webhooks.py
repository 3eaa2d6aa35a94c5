"""Webhooks out: telling systems of the house's own what happened, signed, again and again until they take it.

Signatures are those of Standard Webhooks 1.0 (standardwebhooks.com), which has readers in most languages.
"""

import hmac
import http.client  # noqa: TID251 - its errors
import urllib.error
import urllib.request  # noqa: TID251 - see _posted
from base64 import b64decode, b64encode
from binascii import Error as Base64Error
from collections.abc import Callable
from hashlib import sha256

from briefing.actions.context import Desk
from briefing.config.secrets import secret_of
from briefing.errors import ConfigError
from briefing.model.network.outgoing_call import OutgoingCall

#: Seconds after each try that fails; after the last one the call is given up.
WAITS = (60.0, 300.0, 1_800.0, 7_200.0, 28_800.0, 86_400.0, 86_400.0)
#: Seconds to wait for an answer, and calls in one go.
_PATIENCE, _MOST = 10.0, 50
_GOOD, _GONE = range(200, 300), 410


def call_hooks(desk: Desk, tell: Callable[[str], None]) -> int:
    """Put down what happened, and make the calls that are due; says how many were taken.

    Args:
        desk: the desk.
        tell: called with a sentence when a call is given up.
    """
    hooks = desk.config.webhooks
    desk.store.outbox.collect(
        {name: one.events for name, one in hooks.items()}, desk.clock().timestamp()
    )
    taken = 0
    for call in desk.store.outbox.due(desk.clock().timestamp(), _MOST) if hooks else ():
        status, fault = _made(desk, call)
        if status in _GOOD:
            desk.store.outbox.taken(call.id, desk.clock().timestamp())
            taken += 1
            continue
        over = status == _GONE or call.tries >= len(WAITS)
        later = None if over else desk.clock().timestamp() + WAITS[call.tries]
        desk.store.outbox.failed(call.id, fault, later)
        if over:
            tell(
                f"The webhook {call.hook} was not told of {call.event}, and is not any more: {fault.rstrip('.')}. "
                "`briefing webhooks` lists what waits."
            )
    return taken


def _made(desk: Desk, call: OutgoingCall) -> tuple[int, str]:
    """The status of the answer, 0 without one, and what went wrong."""
    hook = desk.config.webhooks.get(call.hook)
    if hook is None:
        return _GONE, "config.toml names it no more"
    at = int(desk.clock().timestamp())
    try:
        key = secret_of(desk.config, f"webhooks.{call.hook}", hook.secret, hook.secret_file)
    except ConfigError as error:
        return 0, str(error)
    name = f"msg_{sha256(f'{call.hook} {call.event}'.encode()).hexdigest()[:32]}"
    headers = {
        "Content-Type": "application/json; charset=utf-8",
        "User-Agent": "briefing",
        "webhook-id": name,
        "webhook-timestamp": str(at),
        "webhook-signature": signature(key, name, at, call.body),
    }
    return _posted(hook.url, headers, call.body.encode())


def signature(key: str, name: str, at: int, body: str) -> str:
    """What proves to the other side that a call is ours.

    Args:
        key: shared with the other side; after `whsec_` in base64, else as it is.
        name: of the event.
        at: when it is told; seconds since 1970.
        body: as it is sent.
    """
    signed = f"{name}.{at}.{body}".encode()
    return f"v1,{b64encode(hmac.new(_bytes(key), signed, sha256).digest()).decode()}"


def _bytes(key: str) -> bytes:
    if not key.startswith("whsec_"):
        return key.encode()
    try:
        return b64decode(key.removeprefix("whsec_"), validate=True)
    except Base64Error:
        return key.encode()


class _NoRedirects(urllib.request.HTTPRedirectHandler):  # noqa: TID251 - as below
    def redirect_request(self, *_: object, **__: object) -> None:
        return None


def _posted(url: str, headers: dict[str, str], body: bytes) -> tuple[int, str]:
    # Not through the fetcher, as with alerts: this address is the ops' own, most often an inner one, and
    # nothing of its answer is read.
    asked = urllib.request.Request(url, data=body, headers=headers)  # noqa: S310, TID251 - config.toml takes http and https
    opener = urllib.request.build_opener(_NoRedirects)  # noqa: TID251 - as above
    try:
        with opener.open(asked, timeout=_PATIENCE) as answer:
            return int(answer.status), ""
    except urllib.error.HTTPError as error:
        error.close()
        return error.code, f"{url} answered {error.code}"
    except (OSError, http.client.HTTPException, ValueError) as error:  # noqa: TID251 - as above
        return 0, f"{url} did not answer: {getattr(error, 'reason', None) or error}"
