"""/sign-in/lost and /sign-in/new: a link by mail for whoever has lost their password, and its other end."""

import logging

from starlette.background import BackgroundTask
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from briefing.actions.admin import lost_password as lost
from briefing.actions.context import Desk
from briefing.errors import DeskError
from briefing.model.mail import Letter
from briefing.web.desk.rendering import draw, tell, the_desk
from briefing.web.desk.security import comes_from_here
from briefing.web.security import read_form

_LOG = logging.getLogger("briefing.desk")
_SAID = (
    "If that name is known here and has given an address, a letter is on its way to it. Its link works "
    "once, and for half an hour. Nothing comes? Ops set a password again: briefing editors password NAME."
)


async def _ask(request: Request) -> Response:
    """The form that asks for a name; its answer is the same whoever has that name."""
    if request.method != "POST":
        return await run_in_threadpool(_asking, request)
    if not comes_from_here(request):
        return await run_in_threadpool(_asking, request, "That form was sent by another site.", 403)
    form = await read_form(request)
    return await run_in_threadpool(_answer, request, form.get("name", "").strip())


def _asking(request: Request, fault: str = "", status: int = 200) -> Response:
    view = {"fault": fault, "has_relay": lost.has_relay(the_desk(request))}
    return draw(request, "lost_password", None, status=status, title="Lost password", **view)


def _answer(request: Request, name: str) -> Response:
    desk = the_desk(request)
    response = tell(request, None, "Look into your mailbox", _SAID, onward=("/sign-in", "Sign in"))
    if name and lost.has_relay(desk):
        peer = request.client.host if request.client else ""
        # After the answer, so that its time tells nothing either.
        response.background = BackgroundTask(_look_up, desk, name, peer)
    return response


def _look_up(desk: Desk, name: str, peer: str) -> None:
    letter = lost.lost_password(desk, name, peer)
    if letter is not None:
        _post(desk, letter)


def _post(desk: Desk, letter: Letter) -> None:
    if refused := lost.post_link(desk, letter):
        _LOG.error("A letter for a lost password did not leave: %s", refused)


async def _choose(request: Request) -> Response:
    """The link's page: a form for another password. To look at it uses nothing up."""
    if request.method != "POST":
        token = request.query_params.get("token", "")
        return await run_in_threadpool(_choosing, request, token)
    if not comes_from_here(request):
        said = "That form was sent by another site."
        return await run_in_threadpool(_choosing, request, "", said, 403)
    form = await read_form(request)
    return await run_in_threadpool(_chosen, request, form)


def _choosing(request: Request, token: str, fault: str = "", status: int = 200) -> Response:
    view = {"link": token[:200], "fault": fault}
    return draw(request, "new_password", None, status=status, title="Another password", **view)


def _chosen(request: Request, form: dict[str, str]) -> Response:
    token = form.get("link", "")
    try:
        name = lost.new_password(the_desk(request), token, form.get("new", ""))
    except DeskError as error:
        return _choosing(request, token, str(error), 422)
    said = f"{name} has another password, and is signed out everywhere. Sign in with it."
    return tell(request, None, "Your password is another one", said, onward=("/sign-in", "Sign in"))


LOST = Route("/sign-in/lost", _ask, methods=["GET", "POST"])
NEW = Route("/sign-in/new", _choose, methods=["GET", "POST"])
