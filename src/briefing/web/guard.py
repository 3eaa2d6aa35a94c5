"""The guard before both web applications: whose name was asked for, which headers every answer has."""

import ipaddress
from collections.abc import Mapping
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

#: Browsers that came by TLS once come by nothing else for a year (RFC 6797).
HSTS = {"Strict-Transport-Security": "max-age=31536000"}
_EVERYWHERE = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cache-Control": "no-store",
}


class Guard:
    """Stands before a whole application, so that its error pages are guarded too.

    A page elsewhere whose name is made to point here (DNS rebinding) must not read what is here,
    so only the application's own names and those of this machine are answered.
    """

    def __init__(
        self, app: ASGIApp, *, names: frozenset[str], headers: Mapping[str, str], refusal: str
    ) -> None:
        """Guard one application.

        Args:
            app: what answers when the name is right.
            names: host names it is asked for by, in small letters and without a port.
            headers: put on every response that does not set them itself, besides those of all.
            refusal: the sentence for those who asked for another name.
        """
        self._app, self._names = app, names - {""}
        self._headers = {**_EVERYWHERE, **headers}
        self._refused = PlainTextResponse(f"{refusal}\n", 400)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self._headers.items():
                    headers.setdefault(name, value)
            await send(message)

        app = self._app if self._is_ours(Headers(scope=scope).get("host", "")) else self._refused
        await app(scope, receive, guarded)

    def _is_ours(self, host: str) -> bool:
        """One of the application's names, or this machine: a proxy and a person at it ask so."""
        place = host_and_port(f"//{host}")
        if place is None:
            return False
        name = place[0]
        if name in self._names or name == "localhost":
            return True
        try:
            return ipaddress.ip_address(name).is_loopback
        except ValueError:
            return False


def host_and_port(address: str) -> tuple[str, int | None] | None:
    """Host, in small letters, and port; None where there is no host, or the port is not a port."""
    try:
        parts = urlsplit(address)
        return (parts.hostname.lower(), parts.port) if parts.hostname else None
    except ValueError:
        return None
