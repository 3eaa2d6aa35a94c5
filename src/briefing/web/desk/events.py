"""/editions/ID/events: tells open pages that an edition has changed, and who looks at it.

Server-sent events (HTML standard, section 9.2).
"""

import asyncio
from collections import Counter
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
    who = await run_in_threadpool(visit, request, desk)
    if who is None:
        return Response(status_code=403)
    if request.method == "HEAD":
        return Response(media_type="text/event-stream")
    stream = _changes(request, desk, name, who.session.actor)
    return StreamingResponse(stream, media_type="text/event-stream")


async def _changes(request: Request, desk: Desk, name: str, actor: str) -> AsyncIterator[str]:
    here: Counter[str] = request.app.state.here.setdefault(name, Counter())
    here[actor] += 1
    try:
        async for line in _lines(request, desk, name, here):
            yield line
    finally:
        here[actor] -= 1


async def _lines(request: Request, desk: Desk, name: str, here: Counter[str]) -> AsyncIterator[str]:
    told, looks = "", 0
    yield "retry: 2000\n\n"
    while not (request.app.state.is_stopping() or await request.is_disconnected()):
        people = ", ".join(sorted(actor for actor, pages in here.items() if pages > 0))
        state = f"{await run_in_threadpool(_state, desk, name)} {people}"
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
    """The version that stands, and how much was said about it."""
    said = len(desk.store.approvals.of(name)) + desk.store.comments.moves(name)
    return f"{desk.store.drafts.number(name)} {said}"


EVENTS = Route("/editions/{edition}/events", _events, methods=["GET"])
