"""What guards the desk: who asks, from where, and what a browser may do with the answer."""

import hmac
from dataclasses import dataclass
from hashlib import sha256
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from briefing.actions.review.editors_desk import Newsroom
from briefing.config import Desk
from briefing.model.editor import Session

#: The desk's own pages: one script, one style sheet, frames and forms that lead here.
PAGE = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; frame-src 'self'; form-action 'self'; frame-ancestors 'none'; "
    "base-uri 'none'"
)
#: A letter inside the desk: it may look as it likes, and do and fetch nothing.
FRAME = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'none'; "
    "frame-ancestors 'self'; base-uri 'none'; sandbox"
)
_HEADERS = {
    "Content-Security-Policy": PAGE,
    "X-Content-Type-Options": "nosniff",
    # With no-referrer browsers would say "Origin: null" of our own forms too.
    "Referrer-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
_HERE = frozenset({"localhost", "127.0.0.1", "::1"})


@dataclass(frozen=True, slots=True)
class Visit:
    """Somebody signed in who asks for a page, and what their forms must carry."""

    session: Session
    token: str


class DeskGuard:
    """Stands before the whole desk: other sites' names are refused, every answer has its headers."""

    def __init__(self, app: ASGIApp, desk: Desk) -> None:
        self._app, self._names = app, desk.names | _HERE

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        # A page elsewhere whose name is made to point here must not read the desk.
        ours = _hostname(Headers(scope=scope).get("host", "")) in self._names
        app = self._app if ours else PlainTextResponse("This desk is not here.\n", 400)
        await app(scope, receive, guarded)


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
    asked = _place(f"//{request.headers.get('host', '')}")
    return asked is not None and _place(origin) == asked


def cookie_name(desk: Desk) -> str:
    """The cookie that holds a session; with TLS its name alone binds it to this host."""
    return "__Host-desk" if desk.is_encrypted else "desk"


def set_session(response: Response, desk: Desk, token: str) -> None:
    """Let the browser hold a session."""
    response.set_cookie(
        cookie_name(desk),
        token,
        path="/",
        secure=desk.is_encrypted,
        httponly=True,
        samesite="strict",
    )


def session_token(request: Request, room: Newsroom) -> str:
    """What the browser holds."""
    return request.cookies.get(cookie_name(room.config.desk), "")


def visit(request: Request, room: Newsroom) -> Visit | None:
    """Who asks; None when nobody is signed in. The store is read: call it in a thread."""
    held = session_token(request, room)
    if not held:
        return None
    session = room.store.editors.session(held, room.clock().timestamp())
    return None if session is None else Visit(session, form_token(room, held))


def form_token(room: Newsroom, held: str) -> str:
    """What a form must carry besides: made from the session, so that it ends with it."""
    return hmac.new(room.keys[-1], f"form {held}".encode(), sha256).hexdigest()


def _hostname(host: str) -> str:
    place = _place(f"//{host}")
    return place[0] if place else ""


def _place(address: str) -> tuple[str, int | None] | None:
    """Host, in small letters, and port; None where there is no host, or no such port."""
    try:
        parts = urlsplit(address)
        return (parts.hostname.lower(), parts.port) if parts.hostname else None
    except ValueError:
        return None
