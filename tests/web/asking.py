"""Asks an ASGI application in the thread of the test.

Starlette's `TestClient` has the application run in another thread, and goes there and back seven times for each
request; a test of every route asks a thousand times.
"""

import asyncio
from collections.abc import Iterator, MutableMapping
from contextlib import contextmanager
from typing import Any, ClassVar
from urllib.parse import unquote

import httpx2
import pytest
from starlette.types import ASGIApp

Message = MutableMapping[str, Any]


class _Here(httpx2.BaseTransport):
    """Has the application answer to its end, what it does after its answer included."""

    #: Of all clients of a module.
    loop: ClassVar[asyncio.AbstractEventLoop]

    def __init__(self, app: ASGIApp, network: str, *, raises: bool) -> None:
        self._app, self._network, self._raises = app, network, raises

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        told: list[Message] = []
        try:
            self.loop.run_until_complete(self._ask(request, told))
        except Exception:
            if self._raises:
                raise
        begun, *parts = told or [{"status": 500, "headers": []}]
        # What an answer to HEAD says beyond its headers is left out, as a server does.
        body = b"" if request.method == "HEAD" else b"".join(one.get("body", b"") for one in parts)
        return httpx2.Response(begun["status"], headers=begun["headers"], content=body)

    async def _ask(self, request: httpx2.Request, told: list[Message]) -> None:
        asked, over = [{"type": "http.request", "body": request.read()}], asyncio.Event()

        async def receive() -> Message:
            if asked:
                return asked.pop()
            await over.wait()
            return {"type": "http.disconnect"}

        async def send(message: Message) -> None:
            told.append(message)
            if message["type"] == "http.response.body" and not message.get("more_body"):
                over.set()

        await self._app(_scope(request, self._network), receive, send)


def _scope(request: httpx2.Request, network: str) -> Message:
    url = request.url
    port = url.port or {"http": 80, "https": 443}[url.scheme]
    headers = [(name.lower(), value) for name, value in request.headers.raw]
    return {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": request.method,
        "scheme": url.scheme,
        "path": unquote(url.path),
        "raw_path": url.raw_path.split(b"?", 1)[0],
        "root_path": "",
        "query_string": url.query,
        "headers": headers,
        "client": (network, 50_000),
        "server": (url.host, port),
    }


class Client(httpx2.Client):
    """A browser or a program before an application, with a memory for cookies."""

    def __init__(
        self,
        app: ASGIApp,
        base_url: str,
        *,
        raises: bool = True,
        follows: bool = True,
        network: str = "testclient",
    ) -> None:
        """Stand before it.

        Args:
            app: the application.
            base_url: where a browser would find it.
            raises: whether what it does not answer for comes up in the test; its error page otherwise.
            follows: whether the browser goes where it is sent on to.
            network: the address that it asks from.
        """
        super().__init__(
            base_url=base_url,
            headers={"User-Agent": "testclient"},
            transport=_Here(app, network, raises=raises),
            follow_redirects=follows,
        )


@contextmanager
def one_loop() -> Iterator[None]:
    """An event loop for all clients."""
    with asyncio.Runner() as runner, pytest.MonkeyPatch.context() as patch:
        patch.setattr(_Here, "loop", runner.get_loop(), raising=False)
        yield
