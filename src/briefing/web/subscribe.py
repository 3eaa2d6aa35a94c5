"""/subscribe/LIST: the form, and the same answer to everybody who fills it in."""

import logging

from starlette.background import BackgroundTask
from starlette.concurrency import run_in_threadpool
from starlette.endpoints import HTTPEndpoint
from starlette.requests import Request
from starlette.responses import Response

from briefing.actions.context import Desk
from briefing.actions.public import form
from briefing.actions.public.confirmation_mail import post
from briefing.actions.public.form import HeldBack, UsedStamp, Wish
from briefing.actions.public.retry_confirmations import note
from briefing.actions.public.signup import list_title
from briefing.errors import BriefingError, SubscriberError
from briefing.web.rendering import front_desk, page, spoken
from briefing.web.security import read_form

_LOG = logging.getLogger("briefing.web")


class Subscribe(HTTPEndpoint):
    """The form for one list."""

    async def get(self, request: Request) -> Response:
        """Show the empty form."""
        stamp = form.stamp(front_desk(request), request.path_params["list"])
        return _form(request, stamp)

    async def post(self, request: Request) -> Response:
        """Take a wish. What depends on whose address it is happens after the answer."""
        desk, name = front_desk(request), request.path_params["list"]
        filled = await read_form(request)
        address, before = filled.get("email", ""), filled.get("stamp", "")
        stamp = form.stamp(desk, name, before)
        peer = request.client.host if request.client else ""
        # Only programs fill in the field that people cannot see.
        if filled.get("website"):
            return page(request, "asked", title=list_title(desk, name))
        try:
            wished = await run_in_threadpool(form.wish, desk, name, address, before, peer)
        except HeldBack as error:
            return _form(request, stamp, address=address, fault=str(error), status=429)
        except UsedStamp as error:
            fresh = form.stamp(desk, name)
            fault = spoken(request).said_of(error, "form_fault")
            return _form(request, fresh, address=address, fault=fault)
        except SubscriberError as error:
            fault = spoken(request).said_of(error, "form_fault")
            return _form(request, stamp, address=address, fault=fault)
        answer = page(request, "asked", title=list_title(desk, name))
        answer.background = BackgroundTask(write_to, desk, wished)
        return answer


def _form(
    request: Request, stamp: str, *, address: str = "", fault: str = "", status: int = 422
) -> Response:
    name = request.path_params["list"]
    return page(
        request,
        "subscribe",
        status=status if fault else 200,
        title=list_title(front_desk(request), name),
        stamp=stamp,
        address=address,
        fault=fault,
    )


async def write_to(desk: Desk, wished: Wish) -> None:
    """Post the confirmation mail; nobody waits for it, so a fault is told to the log."""
    try:
        asked = await run_in_threadpool(form.sign_up, desk, wished)
        if asked is not None:
            delivery = await post(desk, asked.letter)
            await run_in_threadpool(note, desk, asked, delivery)
    except BriefingError as error:
        _LOG.error("A sign-up was lost: %s", error)
