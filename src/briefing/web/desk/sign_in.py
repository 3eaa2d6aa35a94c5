"""/sign-in and /sign-out: coming to the desk and leaving it."""

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from briefing.actions.admin.accounts import (
    GUESSES,
    change_own_password,
    sign_in,
    sign_in_with_passkey,
)
from briefing.actions.admin.lost_password import set_own_address
from briefing.actions.audit import log_action
from briefing.errors import DeskError
from briefing.web.desk.passkeys import address_of, challenges_of, named_address
from briefing.web.desk.rendering import draw, the_desk
from briefing.web.desk.routes import Form, back_to
from briefing.web.desk.security import (
    Visit,
    comes_from_here,
    cookie_name,
    own_page,
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


def _form(
    request: Request,
    fault: str = "",
    status: int = 200,
    typed: str = "",
    to: str | None = None,
) -> Response:
    return draw(
        request,
        "sign_in",
        None,
        status=status,
        title="Sign in",
        fault=fault,
        typed=typed,
        link=request.query_params.get("link", ""),
        to=own_page(request.query_params.get("to", "") if to is None else to),
        is_private=the_desk(request).config.desk.is_private,
        is_named=address_of(request) is not None,
        openid=the_desk(request).config.desk.openid,
    )


def _let_in(request: Request, form: Form) -> Response:
    desk, invitation = the_desk(request), request.app.state.invitation
    try:
        if form.get("link") and invitation is not None:
            token = invitation.accept(desk, form["link"])
        elif form.get("passkey"):
            address, browser = named_address(request), request.headers.get("user-agent", "")
            held = challenges_of(request)
            token = sign_in_with_passkey(desk, address, held, form["passkey"], browser)
        else:
            peer = request.client.host if request.client else ""
            name, tried = form.get("name", ""), form.get("password", "")
            token = sign_in(desk, name, tried, peer, request.headers.get("user-agent", ""))
    except DeskError as error:
        return _form(request, str(error), 403, form.get("name", ""), form.get("to", ""))
    response = RedirectResponse(own_page(form.get("to", "")) or "/", status_code=303)
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
    """One's own name, rights, password and sessions."""
    return _account(request, who)


def _account(request: Request, who: Visit, fault: str = "", status: int = 200) -> Response:
    desk, actor = the_desk(request), who.session.actor
    return draw(
        request,
        "account",
        who,
        status=status,
        title="Your account",
        fault=fault,
        sessions=desk.store.editors.signed_in(
            actor, session_token(request, desk), desk.clock().timestamp()
        ),
        passkeys=desk.store.passkeys.of(actor),
        is_named=address_of(request) is not None,
        address=desk.store.password_links.address_of(actor),
        guesses=desk.store.audit_log.of(actor, GUESSES, most=5),
    )


def end_session(request: Request, who: Visit, form: Form) -> Response:
    """End one of one's own sessions, in another browser perhaps."""
    desk = the_desk(request)
    if not desk.store.editors.end(who.session.actor, form.get("session", "")):
        return _account(request, who, "That session has ended already.", 422)
    log_action(desk, who.session.actor, "end session")
    return back_to("/account")


def address(request: Request, who: Visit, form: Form) -> Response:
    """Where one's own letter goes when the password is lost."""
    desk, actor = the_desk(request), who.session.actor
    try:
        set_own_address(desk, actor, form.get("password", ""), form.get("address", ""))
    except DeskError as error:
        return _account(request, who, str(error), 422)
    return back_to("/account")


def password(request: Request, who: Visit, form: Form) -> Response:
    """Another password; every other browser is signed out."""
    desk, browser = the_desk(request), request.headers.get("user-agent", "")
    try:
        token = change_own_password(
            desk, who.session.actor, form.get("old", ""), form.get("new", ""), browser
        )
    except DeskError as error:
        return _account(request, who, str(error), 422)
    response = RedirectResponse("/account", status_code=303)
    set_session(response, desk.config.desk, token)
    return response
