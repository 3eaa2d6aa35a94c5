"""Health: whether the process is alive, whether it can work, and its metrics."""

from collections.abc import Callable
from typing import TypeVar

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp

from briefing.actions.admin.metrics import exposition, probe
from briefing.actions.context import Desk, open_desk
from briefing.config import Config
from briefing.errors import BriefingError
from briefing.web.guard import Guard

T = TypeVar("T")


def make_health(current: Callable[[], Config]) -> ASGIApp:
    """`/healthz`, `/readyz` and `/metrics`, for a listener of their own: nobody's but ops'.

    Args:
        current: the configuration in force.
    """
    app = Starlette(
        routes=[
            Route("/healthz", healthz),
            Route("/readyz", readyz),
            Route("/metrics", metrics),
        ]
    )
    app.state.current = current
    health = current().health
    names = {name.lower() for name in (health.listen.rpartition(":")[0], *health.hosts) if name}
    return Guard(app, names=frozenset(names), headers={}, refusal="Nothing is here.")


async def healthz(request: Request) -> Response:  # noqa: ARG001 - to answer is the answer
    """The process answers."""
    return PlainTextResponse("alive\n")


async def readyz(request: Request) -> Response:
    """The database answers and takes a write, so does the disk; if not, the reason."""
    try:
        await run_in_threadpool(_at_desk, request, probe)
    except BriefingError as error:
        return PlainTextResponse(f"{error}\n", status_code=503)
    return PlainTextResponse("ready\n")


async def metrics(request: Request) -> Response:
    """Counts of readers, letters and slots; no address, no name."""
    accept = request.headers.get("accept", "")
    try:
        body, media_type = await run_in_threadpool(
            _at_desk, request, lambda desk: exposition(desk, accept)
        )
    except BriefingError as error:
        return PlainTextResponse(f"# {error}\n", status_code=503)
    return Response(body, headers={"Content-Type": media_type})


def _at_desk(request: Request, count: Callable[[Desk], T]) -> T:
    """What is counted at a desk of its own: a database that was away is asked again each time."""
    with open_desk(request.app.state.current()) as desk:
        return count(desk)
