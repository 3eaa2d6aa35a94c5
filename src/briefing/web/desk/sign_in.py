"""/sign-in and /sign-out: coming to the desk and leaving it."""

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from briefing.actions.admin.accounts import change_own_password, sign_in
from briefing.errors import DeskError
from briefing.web.desk.rendering import draw, the_desk
from briefing.web.desk.routes import Form
from briefing.web.desk.security import (
    Visit,
    comes_from_here,
    cookie_name,
    session_token,
    set_session,
)
from briefing.web.security import read_form


async def _sign_in(request: Request) -> Response:
    """The form; with a one-time link, a button. To look at it changes nothing."""
    if request.method != "POST":
        return await run_in_threadpool(_form, request)
    if not comes_from_here(request):
        return await run_in_threadpool(_form, request, "That form was sent by another site.", 403)
    form = await read_form(request)
    return await run_in_threadpool(_let_in, request, form)


def _form(request: Request, fault: str = "", status: int = 200, typed: str = "") -> Response:
    return draw(
        request,
        "sign_in",
        None,
        status=status,
        title="Sign in",
        fault=fault,
        typed=typed,
        link=request.query_params.get("link", ""),
        is_private=the_desk(request).config.desk.is_private,
    )


def _let_in(request: Request, form: Form) -> Response:
    desk, invitation = the_desk(request), request.app.state.invitation
    try:
        if form.get("link") and invitation is not None:
            token = invitation.accept(desk, form["link"])
        else:
            network = request.client.host if request.client else ""
            token = sign_in(desk, form.get("name", ""), form.get("password", ""), network)
    except DeskError as error:
        return _form(request, str(error), 403, form.get("name", ""))
    response = RedirectResponse("/", status_code=303)
    set_session(response, desk.config.desk, token)
    return response


SIGN_IN = Route("/sign-in", _sign_in, methods=["GET", "POST"])


def sign_out(request: Request, who: Visit, form: Form) -> Response:  # noqa: ARG001 - no field
    """End the session here."""
    desk = the_desk(request)
    desk.store.editors.sign_out(session_token(request, desk))
    response = RedirectResponse("/sign-in", status_code=303)
    response.delete_cookie(
        cookie_name(desk.config.desk), secure=desk.config.desk.is_encrypted, httponly=True
    )
    return response


def account(request: Request, who: Visit) -> Response:
    """One's own name, rights and password."""
    return draw(request, "account", who, title="Your account", fault="")


def password(request: Request, who: Visit, form: Form) -> Response:
    """Another password; every other browser is signed out."""
    desk = the_desk(request)
    try:
        token = change_own_password(
            desk, who.session.actor, form.get("old", ""), form.get("new", "")
        )
    except DeskError as error:
        return draw(request, "account", who, status=422, title="Your account", fault=str(error))
    response = RedirectResponse("/account", status_code=303)
    set_session(response, desk.config.desk, token)
    return response
