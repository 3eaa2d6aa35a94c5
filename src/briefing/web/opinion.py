"""/opinion/EDITION/good and /bad: whether a letter was worth its reader's time; looking counts nothing."""

from starlette.concurrency import run_in_threadpool
from starlette.endpoints import HTTPEndpoint
from starlette.requests import Request
from starlette.responses import Response

from briefing.actions.public.opinion import asked_opinion
from briefing.web.rendering import front_desk, message, page, spoken

_APART = {"X-Robots-Tag": "noindex"}


class Opinion(HTTPEndpoint):
    """Scanners of mail follow links, so one button stands between a link and its count."""

    async def get(self, request: Request) -> Response:
        """Show the button."""
        names = request.path_params
        title = await run_in_threadpool(
            asked_opinion, front_desk(request), names["edition"], names["said"]
        )
        return page(request, "opinion", headers=_APART, title=title, said=names["said"])

    async def post(self, request: Request) -> Response:
        """Count it. The link says all, so the body may be anything, or nothing."""
        names, counter = request.path_params, request.app.state.opinion_counter
        network = request.client.host if request.client else ""
        await run_in_threadpool(
            counter.hear, front_desk(request), names["edition"], names["said"], network
        )
        say = spoken(request).pages
        return message(
            request,
            say["opinion_thanks"],
            say["opinion_hint"],
            onward=("/archive", say["to_archive"]),
        )
