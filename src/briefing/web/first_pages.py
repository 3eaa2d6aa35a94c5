"""The first pages: asked for by ourselves before anybody can, so that no reader waits for what only they cost.

A new process imports, compiles templates and statements and starts a thread for its first page: 130 ms, for
which the first two hundred who ask would all wait.
"""

import logging
from collections.abc import Iterable

from starlette.types import ASGIApp, Message

_LOG = logging.getLogger("briefing.web")


async def ask_first(app: ASGIApp, paths: Iterable[str]) -> None:
    """Ask an application for these pages; what it answers is nobody's.

    Args:
        app: what answers. When it cannot, that is noted, and the process starts all the same.
        paths: of its pages.
    """
    try:
        for path in paths:
            await app(_asked(path), _nothing_more, _dropped)
    except Exception:  # noqa: BLE001 - who asks later is told, or gets the page
        _LOG.exception("The archive's first pages could not be made")


def _asked(path: str) -> dict[str, object]:
    """A GET of somebody at this machine who speaks no language."""
    return {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": "GET",
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "root_path": "",
        "query_string": b"",
        "headers": [(b"host", b"localhost")],
        "client": None,
        "server": None,
    }


async def _nothing_more() -> Message:
    return {"type": "http.request", "body": b"", "more_body": False}


async def _dropped(_: Message) -> None:
    return
