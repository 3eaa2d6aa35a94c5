"""/confirm/TOKEN: the page that the confirmation mail leads to."""

from starlette.concurrency import run_in_threadpool
from starlette.endpoints import HTTPEndpoint
from starlette.requests import Request
from starlette.responses import Response

from briefing.actions.public import signup
from briefing.model.subscriber import Standing
from briefing.web.rendering import front_desk, message, page, spoken
from briefing.web.security import read_form


class Confirm(HTTPEndpoint):
    """One button, because link scanners open every link and press none."""

    async def get(self, request: Request) -> Response:
        """Ask."""
        token = request.path_params["token"]
        reader = await run_in_threadpool(signup.asked, front_desk(request), token)
        if reader.standing is Standing.ACTIVE:
            return _done(request, reader)
        return page(request, "confirm", title=reader.title, reader=reader)

    async def post(self, request: Request) -> Response:
        """Make the reader active."""
        form = await read_form(request)
        token, name = request.path_params["token"], form.get("name", "")
        reader = await run_in_threadpool(signup.confirm, front_desk(request), token, name)
        return _done(request, reader)


def _done(request: Request, reader: signup.ReaderView) -> Response:
    say = spoken(request).pages
    return message(
        request,
        say["subscribed_title"].format(title=reader.title),
        say["subscribed"],
        onward=("/archive", say["earlier"]),
    )
