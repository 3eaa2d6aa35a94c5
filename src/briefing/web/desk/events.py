"""/editions/ID/events: tells open pages that an edition has changed (server-sent events)."""

import asyncio
from collections.abc import AsyncIterator

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from briefing.actions.context import Desk
from briefing.web.desk.rendering import the_desk
from briefing.web.desk.security import visit

#: Seconds between two looks; a change made here shows at once in the page that made it.
_LOOK = 0.5
#: Looks between two comments that keep proxies from closing a quiet connection, and between two
#: looks at whether the session still holds.
_QUIET = 30


async def _events(request: Request) -> Response:
    desk, name = the_desk(request), request.path_params["edition"]
    if await run_in_threadpool(visit, request, desk) is None:
        return Response(status_code=403)
    if request.method == "HEAD":
        return Response(media_type="text/event-stream")
    stream = _changes(request, desk, name)
    return StreamingResponse(stream, media_type="text/event-stream")


async def _changes(request: Request, desk: Desk, name: str) -> AsyncIterator[str]:
    told, looks = "", 0
    yield "retry: 2000\n\n"
    while not (request.app.state.is_stopping() or await request.is_disconnected()):
        state = await run_in_threadpool(_state, desk, name)
        if state != told:
            told = state
            yield f"data: {state}\n\n"
        looks += 1
        if looks % _QUIET == 0:
            if await run_in_threadpool(visit, request, desk) is None:
                return
            yield ": still here\n\n"
        await asyncio.sleep(_LOOK)


def _state(desk: Desk, name: str) -> str:
    """The version that stands, and how many words were said about it."""
    return f"{desk.store.drafts.number(name)} {len(desk.store.approvals.of(name))}"


EVENTS = Route("/editions/{edition}/events", _events, methods=["GET"])
