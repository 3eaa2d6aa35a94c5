"""What guards every page: whose site it is asked for, what browsers may do with it, how much it reads."""

import asyncio
import ipaddress
from urllib.parse import parse_qsl, urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

#: Pages of our own: one style sheet, forms that lead here, nothing else.
STRICT = (
    "default-src 'none'; style-src 'self'; form-action 'self'; frame-ancestors 'none'; "
    "base-uri 'none'"
)
#: Links may open a tab of their own, which is then as free as any other.
_SANDBOX = "; sandbox allow-popups allow-popups-to-escape-sandbox"
#: Our own pages beside editions.
STRICT_SANDBOX = STRICT + _SANDBOX
#: An edition: what came in from outside may look as it likes and do nothing, not even count views.
EDITION = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; form-action 'none'; "
    "frame-ancestors 'none'; base-uri 'none'" + _SANDBOX
)
_HEADERS = {
    "Content-Security-Policy": STRICT,
    "X-Content-Type-Options": "nosniff",
    # A reader's link must not travel to the next site.
    "Referrer-Policy": "no-referrer",
    "X-Frame-Options": "DENY",
    "Cache-Control": "no-store",
}
#: Bytes; the largest form of these pages has a few hundred.
LARGEST_BODY = 64 * 1024
_BODY_WITHIN = 20.0


class PublicGuard:
    """Stands before the whole application, so that its error pages are guarded too."""

    def __init__(self, app: ASGIApp, public_url: str) -> None:
        self._app, self._host = app, (urlsplit(public_url).hostname or "").lower()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse requests for other sites; put the headers on every response that lacks them."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        ours = self._is_ours(Headers(scope=scope).get("host", ""))
        app = self._app if ours else PlainTextResponse("This site is not here.\n", 400)
        await app(scope, receive, guarded)

    def _is_ours(self, host: str) -> bool:
        """The site's own name, or this machine: a proxy and a person at it ask so."""
        try:
            name = urlsplit(f"//{host}").hostname or ""
        except ValueError:
            return False
        if name in (self._host, "localhost"):
            return bool(name)
        try:
            return ipaddress.ip_address(name).is_loopback
        except ValueError:
            return False


async def read_body(request: Request) -> bytes:
    """The body, unless it is too large or comes too slowly.

    What is a little too large is read to its end and dropped: a sender that is cut off while it
    speaks does not hear why.
    """
    body, length = bytearray(), 0
    try:
        async with asyncio.timeout(_BODY_WITHIN):
            async for piece in request.stream():
                length += len(piece)
                if length <= LARGEST_BODY:
                    body += piece
                elif length > 16 * LARGEST_BODY:
                    break
    except TimeoutError as error:
        raise HTTPException(408) from error
    if length > LARGEST_BODY:
        raise HTTPException(413)
    return bytes(body)


async def read_form(request: Request, most: int = 20) -> dict[str, str]:
    """The fields of a form, so many at most; of a name that is there twice, the last."""
    body = await read_body(request)
    try:
        return dict(parse_qsl(body.decode(), keep_blank_values=True, max_num_fields=most))
    except ValueError as error:
        raise HTTPException(400) from error
