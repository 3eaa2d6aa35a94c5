"""What guards the desk: who asks, from where, and what a browser may do with the answer."""

import hmac
from dataclasses import dataclass
from hashlib import sha256

from starlette.requests import Request
from starlette.responses import Response

from briefing.actions.context import Desk
from briefing.config import DeskSettings
from briefing.model.editor import Session
from briefing.web.guard import host_and_port

#: The desk's own pages: one script, one style sheet, frames and forms that lead here.
PAGE = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; frame-src 'self'; form-action 'self'; frame-ancestors 'none'; "
    "base-uri 'none'"
)
#: A letter inside the desk: it may look as it likes, do nothing, and fetch nothing but the pictures that the
#: desk keeps. Of the same origin, so that the desk's script can keep its place; without scripts of its own
#: that gives it no power.
FRAME = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; form-action 'none'; "
    "frame-ancestors 'self'; base-uri 'none'; sandbox allow-same-origin"
)
#: Of every response that does not set them itself.
HEADERS = {
    "Content-Security-Policy": PAGE,
    # With no-referrer browsers would say "Origin: null" of our own forms too.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


#: Characters of a path to come back to.
_LONGEST_PATH = 500


@dataclass(frozen=True, slots=True)
class Visit:
    """Somebody signed in who asks for a page, and what their forms must carry."""

    session: Session
    token: str


def comes_from_here(request: Request) -> bool:
    """True when a form was sent by one of the desk's own pages.

    Browsers tell by Sec-Fetch-Site (Fetch Metadata); older ones by Origin. One that tells neither
    is not believed.
    """
    site = request.headers.get("sec-fetch-site")
    if site is not None and site != "same-origin":
        return False
    origin = request.headers.get("origin")
    if origin is None:
        return site == "same-origin"
    asked = host_and_port(f"//{request.headers.get('host', '')}")
    return asked is not None and host_and_port(origin) == asked


def cookie_name(settings: DeskSettings) -> str:
    """The cookie that holds a session; with TLS its name alone binds it to this host."""
    return "__Host-desk" if settings.is_encrypted else "desk"


def set_session(response: Response, settings: DeskSettings, token: str) -> None:
    """Let the browser hold a session."""
    response.set_cookie(
        cookie_name(settings),
        token,
        path="/",
        secure=settings.is_encrypted,
        httponly=True,
        samesite="strict",
    )


def session_token(request: Request, desk: Desk) -> str:
    """What the browser holds."""
    return request.cookies.get(cookie_name(desk.config.desk), "")


def visit(request: Request, desk: Desk) -> Visit | None:
    """Who asks; None when nobody is signed in. The store is read: call it in a thread."""
    held = session_token(request, desk)
    if not held:
        return None
    session = desk.store.editors.session(held, desk.clock().timestamp())
    return None if session is None else Visit(session, form_token(desk, held))


def form_token(desk: Desk, held: str) -> str:
    """What a form must carry besides: made from the session, so that it ends with it."""
    return hmac.new(desk.keys[-1], f"form {held}".encode(), sha256).hexdigest()


def own_page(path: str) -> str:
    """A page of the desk to go on to; "" for anything a browser could take for another host."""
    is_ours = path[:1] == "/" and path[1:2] not in ("/", "\\") and path.isascii()
    return path if is_ours and path.isprintable() and len(path) <= _LONGEST_PATH else ""
