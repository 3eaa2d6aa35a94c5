"""The API's application: who asks, what may be asked, and faults as JSON."""

import logging
import time
from collections.abc import Callable
from typing import cast
from urllib.parse import urlencode

from pydantic import ValidationError
from starlette.applications import Starlette
from starlette.background import BackgroundTask
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from briefing.actions.context import Desk
from briefing.actions.public.form import HeldBack
from briefing.actions.public.house_api import holder_of
from briefing.actions.public.signup import site_of
from briefing.errors import BriefingError, EditionError, SubscriberError
from briefing.model.network.access_token import AccessToken
from briefing.web.api.bodies import ApiBody
from briefing.web.api.description import describe
from briefing.web.api.operations import OPERATIONS, Answered, Asked, Operation
from briefing.web.security import read_body

_LOG = logging.getLogger("briefing.web")
#: Calls of one token within a minute, and bytes of a body.
_MOST_CALLS, _LARGEST = 600, 4 * 1024 * 1024
_MINUTE = 60.0
_SAID = {
    404: "There is no such path.",
    405: "That path does not take this method.",
    408: "The body did not come in time.",
    413: "That is more than this path takes.",
}


class CallCount:
    """Counts the calls of each token, minute by minute."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._counts: dict[str, tuple[int, int]] = {}

    def is_over(self, name: str) -> bool:
        """Count one more; True when it is one too many."""
        minute = int(self._clock() // _MINUTE)
        begun, count = self._counts.get(name, (minute, 0))
        count = count + 1 if begun == minute else 1
        self._counts[name] = (minute, count)
        return count > _MOST_CALLS


def make_api(desk: Desk) -> Starlette:
    """The API over an open desk, which the caller closes after the last request."""
    routes = [Route(one.path, _endpoint(one), methods=[one.method]) for one in OPERATIONS]
    app = Starlette(
        routes=[*routes, Route("/openapi.json", _description)],
        exception_handlers={
            HTTPException: _refused,
            SubscriberError: _not_so,
            EditionError: _not_so,
            BriefingError: _unwell,
            Exception: _unwell,
        },
    )
    app.router.redirect_slashes = False
    app.state.desk, app.state.calls = desk, CallCount()
    return app


def _endpoint(operation: Operation) -> Callable[[Request], object]:
    async def endpoint(request: Request) -> Response:
        desk = cast("Desk", request.app.state.desk)
        token = await run_in_threadpool(_token, request, desk, operation)
        taken = await _taken(request, operation)
        asked = Asked(desk=desk, token=token, path=request.path_params, taken=taken)
        done = await run_in_threadpool(operation.does, asked)
        after = BackgroundTask(done.after) if done.after else None
        content = done.body.model_dump(mode="json")
        headers = _link(desk, operation, done)
        return JSONResponse(content, operation.status, headers=headers, background=after)

    return endpoint


def _link(desk: Desk, operation: Operation, done: Answered) -> dict[str, str]:
    """Where the next page is (RFC 8288, relation type `next`)."""
    if not done.next_page:
        return {}
    address = f"{_server(desk)}{operation.path}?{urlencode(done.next_page)}"
    return {"Link": f'<{address}>; rel="next"'}


def _server(desk: Desk) -> str:
    return f"{site_of(desk)}/api/v1"


def _token(request: Request, desk: Desk, operation: Operation) -> AccessToken:
    """Who asks, if they may."""
    kind, _, secret = request.headers.get("authorization", "").partition(" ")
    token = holder_of(desk, secret.strip()) if kind.lower() == "bearer" else None
    if token is None:
        why = "Send `Authorization: Bearer TOKEN`, with a token that `briefing tokens add` made and that holds."
        raise HTTPException(401, why, {"WWW-Authenticate": 'Bearer realm="briefing"'})
    if operation.right not in token.scopes:
        raise HTTPException(403, f"The token {token.name} has no right `{operation.right}`.")
    if request.app.state.calls.is_over(token.name):
        raise HTTPException(
            429, f"More than {_MOST_CALLS} calls in a minute.", {"Retry-After": "60"}
        )
    return token


async def _taken(request: Request, operation: Operation) -> ApiBody | None:
    if operation.takes is None:
        if request.query_params:
            raise HTTPException(422, f"There is no {next(iter(request.query_params))[:60]!r} here.")
        return None
    try:
        if operation.method == "GET":
            return operation.takes.model_validate(dict(request.query_params))
        if request.headers.get("content-type", "").partition(";")[0].strip() != "application/json":
            raise HTTPException(415, "The body must be application/json.")
        return operation.takes.model_validate_json(await read_body(request, _LARGEST), strict=True)
    except ValidationError as error:
        raise HTTPException(422, _sentence(error)) from error


def _sentence(error: ValidationError) -> str:
    told = (
        ": ".join(filter(None, (".".join(map(str, one["loc"])), one["msg"])))
        for one in error.errors(include_url=False, include_input=False, include_context=False)[:5]
    )
    return "; ".join(told)


async def _description(request: Request) -> Response:
    desk = cast("Desk", request.app.state.desk)
    return JSONResponse(describe(_server(desk)))


async def _refused(request: Request, error: Exception) -> Response:  # noqa: ARG001 - as all handlers
    assert isinstance(error, HTTPException)
    own = error.status_code in (401, 403, 415, 422, 429)
    said = error.detail if own else _SAID.get(error.status_code, "That could not be read.")
    return JSONResponse({"error": said}, error.status_code, headers=error.headers)


async def _not_so(request: Request, error: Exception) -> Response:  # noqa: ARG001 - as all handlers
    if isinstance(error, HeldBack):
        return JSONResponse({"error": str(error)}, 429, headers={"Retry-After": "3600"})
    is_missing = str(error).startswith("There is no ")
    return JSONResponse({"error": str(error)}, 404 if is_missing else 409)


async def _unwell(request: Request, error: Exception) -> Response:
    if isinstance(error, BriefingError):
        _LOG.error("%s could not be answered: %s", request.url.path, error)
    return JSONResponse({"error": "The house is not well just now. Try again in a while."}, 503)
