"""/confirm/TOKEN: the page that the confirmation mail leads to."""

from starlette.background import BackgroundTask
from starlette.concurrency import run_in_threadpool
from starlette.endpoints import HTTPEndpoint
from starlette.requests import Request
from starlette.responses import Response

from briefing.actions.public import form, signup
from briefing.actions.public.form import HeldBack
from briefing.errors import LinkOver
from briefing.model.subscriber import Standing
from briefing.web.rendering import front_desk, message, page, spoken
from briefing.web.security import read_form
from briefing.web.subscribe import write_to


class Confirm(HTTPEndpoint):
    """One button, because link scanners open every link and press none."""

    async def get(self, request: Request) -> Response:
        """Ask."""
        token = request.path_params["token"]
        try:
            reader = await run_in_threadpool(signup.asked, front_desk(request), token)
        except LinkOver as over:
            return await run_in_threadpool(_over, request, over)
        if reader.standing is Standing.ACTIVE:
            return _done(request, reader)
        return page(request, "confirm", title=reader.title, reader=reader)

    async def post(self, request: Request) -> Response:
        """Make the reader active."""
        filled = await read_form(request)
        token, desk = request.path_params["token"], front_desk(request)
        if filled.get("do") == "again":
            return await run_in_threadpool(_again, request, token)
        try:
            reader = await run_in_threadpool(signup.confirm, desk, token, filled.get("name", ""))
        except LinkOver as over:
            return await run_in_threadpool(_over, request, over)
        return _done(request, reader)


def _over(request: Request, over: LinkOver) -> Response:
    """A link that does not hold any more, and one button for another; else the way on of every fault."""
    if not form.can_ask_again(front_desk(request), request.path_params["token"]):
        raise over
    words = spoken(request)
    said, title = words.said_of(over, "fault"), words.pages["fault_title"]
    return page(request, "over", status=404, title=title, said=said, list=over.list)


def _again(request: Request, token: str) -> Response:
    """Send another link to the address that asked, and say the same whatever is known of it."""
    desk = front_desk(request)
    peer = request.client.host if request.client else ""
    try:
        wished = form.wish_again(desk, token, peer)
    except HeldBack as error:
        return message(request, spoken(request).pages["fault_title"], str(error), status=429)
    answer = page(request, "asked", title=signup.list_title(desk, wished.list))
    answer.background = BackgroundTask(write_to, desk, wished)
    return answer


def _done(request: Request, reader: signup.ReaderView) -> Response:
    say = spoken(request).pages
    return message(
        request,
        say["subscribed_title"].format(title=reader.title),
        f"{say['subscribed']} {say['welcome']}" if reader.is_welcomed else say["subscribed"],
        onward=("/archive", say["earlier"]),
    )
