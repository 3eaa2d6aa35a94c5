"""/: who we are, what there is to subscribe to, and the newest edition of each briefing."""

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from briefing.actions.public import archive
from briefing.actions.public.signup import is_public
from briefing.web.rendering import front_desk, page


async def home_page(request: Request) -> Response:
    """Greet whoever comes without a path."""
    desk = front_desk(request)
    shelves = await run_in_threadpool(archive.shelves, desk)
    return page(
        request,
        "home",
        title=desk.config.site.name,
        about=desk.config.site.about,
        shelves=shelves,
        joinable={shelf.list for shelf in shelves if is_public(desk, shelf.list)},
    )
