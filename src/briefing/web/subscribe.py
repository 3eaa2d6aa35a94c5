"""/subscribe/LIST: the form, and the same answer to everybody who fills it in."""

import logging

from starlette.background import BackgroundTask
from starlette.concurrency import run_in_threadpool
from starlette.endpoints import HTTPEndpoint
from starlette.requests import Request
from starlette.responses import Response

from briefing.actions.context import Desk
from briefing.actions.public import signup
from briefing.actions.public.confirmation_mail import post
from briefing.actions.public.retry_confirmations import note
from briefing.actions.public.signup import Wish, list_title
from briefing.errors import BriefingError, SubscriberError
from briefing.web.rendering import front_desk, page, spoken
from briefing.web.security import read_form

_LOG = logging.getLogger("briefing.web")


class Subscribe(HTTPEndpoint):
    """The form for one list."""

    async def get(self, request: Request) -> Response:
        """Show the empty form."""
        stamp = signup.stamp(front_desk(request), request.path_params["list"])
        return _form(request, stamp)

    async def post(self, request: Request) -> Response:
        """Take a wish. All that depends on the address happens after the answer has left."""
        desk, name = front_desk(request), request.path_params["list"]
        form = await read_form(request)
        address, before = form.get("email", ""), form.get("stamp", "")
        stamp = signup.stamp(desk, name, before)
        peer = request.client.host if request.client else ""
        try:
            wished = signup.wish(desk, name, address, before, peer)
        except SubscriberError as error:
            fault = spoken(request).said_of(error, "form_fault")
            return _form(request, stamp, address=address, fault=fault)
        # Only programs fill in the field that people cannot see.
        task = None if form.get("website") else BackgroundTask(_write_to, desk, wished)
        answer = page(request, "asked", title=list_title(desk, name))
        answer.background = task
        return answer


def _form(request: Request, stamp: str, *, address: str = "", fault: str = "") -> Response:
    name = request.path_params["list"]
    return page(
        request,
        "subscribe",
        status=422 if fault else 200,
        title=list_title(front_desk(request), name),
        stamp=stamp,
        address=address,
        fault=fault,
    )


async def _write_to(desk: Desk, wished: Wish) -> None:
    """Post the confirmation mail; nobody waits for it, so a fault is told to the log."""
    try:
        asked = await run_in_threadpool(signup.sign_up, desk, wished)
        if asked is not None:
            delivery = await post(desk, asked.letter)
            await run_in_threadpool(note, desk, asked, delivery)
    except BriefingError as error:
        _LOG.error("A sign-up was lost: %s", error)
