"""/hooks/NAME: where a mail provider tells of bounces."""

import logging

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from briefing.actions.context import Desk
from briefing.errors import ConfigError, SendError
from briefing.web.rendering import front_desk
from briefing.web.security import read_body

_LOG = logging.getLogger("briefing.hooks")
#: Bytes; providers send up to a thousand events at once.
_LARGEST = 4 * 1024 * 1024


async def hook(request: Request) -> Response:
    """Take a call. What cannot be proven changes nothing, and is told to the caller and on the log."""
    desk, name = front_desk(request), request.path_params["name"]
    if name not in desk.config.bounces.hooks:
        raise HTTPException(404)
    body = await read_body(request, _LARGEST)
    try:
        done = await run_in_threadpool(
            _called, desk, name=name, headers=dict(request.headers), body=body
        )
    except SendError as error:
        _LOG.warning("Hook %s: %s", name, error)
        return PlainTextResponse(f"{error}\n", 403)
    except ConfigError as error:
        _LOG.error("Hook %s: %s", name, error)
        return PlainTextResponse("This hook is not set up.\n", 503)
    return PlainTextResponse(f"{done}\n")


def _called(desk: Desk, *, name: str, headers: dict[str, str], body: bytes) -> str:
    # What reads events and fetches certificates takes 8 MB, which a house without hooks does not need.
    from briefing.actions.sending.provider_events import call_hook  # noqa: PLC0415

    return call_hook(desk, name=name, headers=headers, body=body)
