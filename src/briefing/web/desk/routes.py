"""Who may do what: every page and every action of the desk is made here, so none is unguarded."""

import hmac
from collections.abc import Callable
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from briefing.model.editor import Right
from briefing.web.desk.rendering import tell, the_desk
from briefing.web.desk.security import Visit, comes_from_here, visit
from briefing.web.security import LARGEST_BODY, read_form

Form = dict[str, str]
#: Run in a thread, so that they may read and write the store.
Shows = Callable[[Request, Visit], Response]
Does = Callable[[Request, Visit, Form], Response]
#: A source page has a box for every sentence.
_FIELDS = 1_500
#: Fields of words; what stands in them unchanged is shown too.
_TYPED = (
    *(
        "written",
        "headline",
        "kicker",
        "paragraph",
        "matters",
        "note",
        "link",
        "text",
        "by",
        "sponsor",
    ),
    *("subject", "preheader", "addresses", "alt", "credit", "address"),
)
_MAY = {
    Right.EDIT: "change an edition",
    Right.APPROVE: "approve, reject or correct an edition or change its hour",
    Right.SEND: "steer its letters",
}


def page(path: str, shows: Shows) -> Route:
    """A page for everybody who is signed in. It changes nothing."""

    async def endpoint(request: Request) -> Response:
        who = await run_in_threadpool(visit, request, the_desk(request))
        if who is None:
            return RedirectResponse(sign_in_path(request), status_code=303)
        return await run_in_threadpool(shows, request, who)

    return Route(path, endpoint, methods=["GET"])


def action(path: str, does: Does, *rights: Right, largest: int = LARGEST_BODY) -> Route:
    """A form's other end, for those who have one of the rights; from the desk's own pages alone."""

    async def endpoint(request: Request) -> Response:
        if not comes_from_here(request):
            return _refused(request, None, "That form was not sent by a page of this desk.")
        who = await run_in_threadpool(visit, request, the_desk(request))
        if who is None:
            return _refused(
                request, None, "You are not signed in any more. Sign in, then do it again."
            )
        form = await read_form(request, _FIELDS, largest)
        if not hmac.compare_digest(form.pop("token", "").encode(), who.token.encode()):
            return _refused(request, who, "That form is out of date. Reload its page.")
        if rights and not any(map(who.session.may, rights)):
            what = " or ".join(_MAY[right] for right in rights)
            return _refused(request, who, f"{who.session.actor} may look, but not {what}.")
        if "edition" in request.path_params:
            request.state.typed = typed_in(form)
        return await run_in_threadpool(does, request, who, form)

    return Route(path, endpoint, methods=["POST"])


def typed_in(form: Form) -> tuple[str, ...]:
    """What a person typed into a form of an edition, and would miss."""
    return tuple(form[name] for name in _TYPED if form.get(name, "").strip())


def sign_in_path(request: Request) -> str:
    """Where somebody signs in who asked for a page, and comes back to it afterwards."""
    query = f"?{request.url.query}" if request.url.query else ""
    asked = request.url.path + query
    return "/sign-in" if asked == "/" else f"/sign-in?to={quote(asked, safe='/')}"


def wants_json(request: Request) -> bool:
    """True when the page's script asks, not the browser itself."""
    return request.headers.get("accept", "").startswith("application/json")


def back_to(path: str) -> Response:
    """On to a page after an action."""
    return RedirectResponse(path, status_code=303)


def _refused(request: Request, who: Visit | None, why: str) -> Response:
    if wants_json(request):
        return JSONResponse({"error": why}, status_code=403)
    onward = ("/sign-in", "Sign in") if who is None else ("/", "Today")
    return tell(request, who, "That was not done", why, status=403, onward=onward)
