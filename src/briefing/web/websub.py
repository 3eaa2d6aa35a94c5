"""/websub/NAME: where a hub verifies that we asked it, and tells that a feed has something new (W3C WebSub)."""

import logging

from starlette.concurrency import run_in_threadpool
from starlette.endpoints import HTTPEndpoint
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from briefing.actions.public import hub_calls
from briefing.web.rendering import front_desk
from briefing.web.security import read_body

_LOG = logging.getLogger("briefing.web")
#: Bytes of what a hub sends; no feed is larger.
_LARGEST = 5 * 1024 * 1024


class WebSub(HTTPEndpoint):
    """One subscription's address; nobody but its hub knows it."""

    async def get(self, request: Request) -> Response:
        """Confirm what we asked, and nothing else."""
        callback, said = request.path_params["callback"], dict(request.query_params)
        answer = await run_in_threadpool(hub_calls.verified, front_desk(request), callback, said)
        if answer is None:
            raise HTTPException(404)
        return PlainTextResponse(answer)

    async def head(self, request: Request) -> Response:  # noqa: ARG002 - nobody's
        """Nothing: hubs ask by GET."""
        raise HTTPException(405)

    async def post(self, request: Request) -> Response:
        """Take what a hub tells. What is not signed is forgotten, and the hub not told so (section 8)."""
        desk, callback = front_desk(request), request.path_params["callback"]
        if not await run_in_threadpool(hub_calls.expects, desk, callback):
            return Response(status_code=410)
        body = await read_body(request, _LARGEST)
        signature = request.headers.get("x-hub-signature", "")
        if not await run_in_threadpool(hub_calls.told, desk, callback, signature, body):
            _LOG.warning("A hub's call was not signed as agreed, and changed nothing.")
        return Response(status_code=202)
