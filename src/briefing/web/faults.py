"""How faults look to readers: a page that says what happened, in their language, with a way on."""

import logging
from urllib.parse import quote

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from briefing.errors import BriefingError, LinkOver, SubscriberError
from briefing.web.rendering import message, spoken

_LOG = logging.getLogger("briefing.web")
#: By status: under which names the words of a refusal stand in the language's table.
_REFUSALS = {400: "unread", 404: "missing", 405: "method", 408: "slow", 413: "large"}


async def _refused(request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 400
    headers = error.headers if isinstance(error, HTTPException) else None
    name, say = _REFUSALS.get(status, _REFUSALS[400]), spoken(request).pages
    home = ("/", say["to_home"])
    response = message(request, say[f"{name}_title"], say[name], status=status, onward=home)
    response.headers.update(headers or {})
    return response


async def _not_ours(request: Request, error: Exception) -> Response:
    words = spoken(request)
    said = words.said_of(error, "fault")
    name = error.list if isinstance(error, LinkOver) else ""
    onward = ("/", words.pages["to_home"])
    if name:
        onward = (f"/subscribe/{quote(name, safe='')}", words.pages["again"])
    return message(request, words.pages["fault_title"], said, status=404, onward=onward)


async def _unwell(request: Request, error: Exception) -> Response:
    _LOG.error("A page could not be served: %s", error)
    return _try_later(request, 503)


async def _broken(request: Request, error: Exception) -> Response:  # noqa: ARG001 - the server logs it
    return _try_later(request, 500)


def _try_later(request: Request, status: int) -> Response:
    say = spoken(request).pages
    return message(request, say["unwell_title"], say["unwell"], status=status)


#: By what is raised.
HANDLERS = {
    HTTPException: _refused,
    SubscriberError: _not_ours,
    BriefingError: _unwell,
    Exception: _broken,
}
