"""/c/EDITION/LINK: on to a story, counted by link and hour where config.toml says so.

The one GET that changes a row, and never a reader's: see docs/why.md#why-one-get-may-change-a-row.
"""

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from briefing.actions.public.click_redirect import Follow
from briefing.web.rendering import front_desk

_PREFETCH = ("purpose", "sec-purpose", "x-moz", "x-purpose")


async def click(request: Request) -> Response:
    """Lead on to the story; only where an edition's own links lead."""
    who = Follow(
        edition=request.path_params["edition"],
        link=request.path_params["link"],
        method=request.method,
        agent=request.headers.get("user-agent", ""),
        is_prefetch=any("prefetch" in request.headers.get(name, "").lower() for name in _PREFETCH),
        network=request.client.host if request.client else "",
    )
    click_filter = request.app.state.click_filter
    address = await run_in_threadpool(click_filter.follow, front_desk(request), who)
    return RedirectResponse(address, status_code=302, headers={"X-Robots-Tag": "noindex"})
