"""/view/TOKEN: a letter in the browser."""

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from briefing.actions.public import archive
from briefing.web.rendering import front_desk
from briefing.web.security import EDITION


async def view(request: Request) -> Response:
    """The edition of the letter; who reads it is forgotten on the way."""
    token = request.path_params["token"]
    content = await run_in_threadpool(archive.viewed, front_desk(request), token)
    headers = {"Content-Security-Policy": EDITION, "X-Robots-Tag": "noindex"}
    return HTMLResponse(content, headers=headers)
