"""/sign-in/openid: by an account of the house's own, where config.toml names a provider.

To come back from it changes nothing yet: the page has one button, and its form signs in. So the session's cookie
is set and sent within this site alone.
"""

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from briefing.actions.admin.openid import BACK, begin_openid, finish_openid
from briefing.errors import DeskError
from briefing.web.desk.rendering import draw, tell, the_desk
from briefing.web.desk.security import comes_from_here, own_page, set_session
from briefing.web.security import read_form

_COOKIE, _WITHIN = "desk-openid", 600
#: Characters of what a provider hands back.
_LONGEST = 4_000


async def _begin(request: Request) -> Response:
    """On to the provider; the browser holds by what it comes back."""
    return await run_in_threadpool(_on_to_provider, request)


def _on_to_provider(request: Request) -> Response:
    desk = the_desk(request)
    if desk.config.desk.openid is None:
        raise HTTPException(404)
    try:
        begun = begin_openid(desk, own_page(request.query_params.get("to", "")))
    except DeskError as error:
        return _not_in(request, error)
    response = RedirectResponse(begun.url, status_code=303)
    response.set_cookie(
        _COOKIE,
        begun.held,
        max_age=_WITHIN,
        path="/sign-in",
        secure=desk.config.desk.is_encrypted,
        httponly=True,
        samesite="strict",
    )
    return response


async def _back(request: Request) -> Response:
    if the_desk(request).config.desk.openid is None:
        raise HTTPException(404)
    if request.method != "POST":
        return await run_in_threadpool(_button, request)
    if not comes_from_here(request):
        return _not_in(request, DeskError("That form was sent by another site."))
    return await run_in_threadpool(_let_in, request, await read_form(request))


def _button(request: Request) -> Response:
    state, code = (request.query_params.get(name, "")[:_LONGEST] for name in ("state", "code"))
    if refused := request.query_params.get("error", ""):
        return _not_in(request, DeskError(f"The provider did not let you in: {refused[:200]}."))
    return draw(request, "openid", None, title="Sign in", state=state, code=code)


def _let_in(request: Request, form: dict[str, str]) -> Response:
    desk = the_desk(request)
    try:
        token, to = finish_openid(
            desk,
            request.cookies.get(_COOKIE, ""),
            state=form.get("state", ""),
            code=form.get("code", ""),
            browser=request.headers.get("user-agent", ""),
        )
    except DeskError as error:
        return _not_in(request, error)
    response = RedirectResponse(own_page(to) or "/", status_code=303)
    set_session(response, desk.config.desk, token)
    response.delete_cookie(_COOKIE, path="/sign-in")
    return response


def _not_in(request: Request, error: DeskError) -> Response:
    onward = ("/sign-in", "Sign in")
    return tell(request, None, "You are not signed in", str(error), status=403, onward=onward)


BEGIN = Route("/sign-in/openid", _begin, methods=["GET"])
COME_BACK = Route(BACK, _back, methods=["GET", "POST"])
