"""Health: whether the process is alive, whether it can work, and its figures."""

from collections.abc import Callable

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp

from briefing.actions.admin.metrics import figures
from briefing.config import Config
from briefing.errors import BriefingError

#: Prometheus' text format, version 0.0.4.
_FORMAT = "text/plain; version=0.0.4; charset=utf-8"


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
    return app


async def healthz(request: Request) -> Response:  # noqa: ARG001 - to answer is the answer
    """The process answers."""
    return PlainTextResponse("alive\n")


async def readyz(request: Request) -> Response:
    """The database answers too; if not, the reason."""
    try:
        await run_in_threadpool(figures, request.app.state.current())
    except BriefingError as error:
        return PlainTextResponse(f"{error}\n", status_code=503)
    return PlainTextResponse("ready\n")


async def metrics(request: Request) -> Response:
    """Counts of readers, letters and slots; no address, no name."""
    try:
        found = await run_in_threadpool(figures, request.app.state.current())
    except BriefingError as error:
        return PlainTextResponse(f"# {error}\n", status_code=503)
    lines: list[str] = []
    for figure in found:
        lines += [f"# HELP {figure.name} {figure.meaning}", f"# TYPE {figure.name} gauge"]
        for labels, value in figure.values:
            said = ",".join(f'{name}="{_escaped(text)}"' for name, text in labels)
            lines.append(
                f"{figure.name}{{{said}}} {value:.15g}" if said else f"{figure.name} {value:.15g}"
            )
    return Response("\n".join(lines) + "\n", media_type=_FORMAT)


def _escaped(text: str) -> str:
    return text.replace("\\", r"\\").replace('"', r"\"").replace("\n", r"\n")
