"""Asks an ASGI application in the thread of the test.

Starlette's `TestClient` has the application run in another thread, and goes there and back seven times for each
request; a test of every route asks a thousand times.
"""

import asyncio
from collections.abc import Iterator, MutableMapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, ClassVar
from urllib.parse import unquote

import httpx2
import pytest
from anyio import to_thread
from starlette.types import ASGIApp

Message = MutableMapping[str, Any]


@dataclass(frozen=True)
class Asked:
    """What an application is asked."""

    method: str
    #: The path and the query, quoted as a client sends them.
    target: bytes
    headers: Sequence[tuple[bytes, bytes]]
    #: In as many parts as a server reads it in.
    body: Sequence[bytes] = (b"",)
    scheme: str = "http"
    #: The name and port of the site, and those of whoever asks.
    server: tuple[str, int] = ("127.0.0.1", 80)
    client: tuple[str, int] = ("127.0.0.1", 50_000)


@dataclass(frozen=True)
class Told:
    """What it answered."""

    status: int
    headers: Sequence[tuple[bytes, bytes]]
    body: bytes


class Here:
    """Has an application answer to its end in the thread of the test, what it does after its answer included."""

    #: Of all clients of a module.
    loop: ClassVar[asyncio.AbstractEventLoop]

    def __init__(self, app: ASGIApp, *, raises: bool = True) -> None:
        """Ask this application.

        Args:
            app: the application.
            raises: whether what it does not answer for comes up in the test; no answer is a 500 otherwise.
        """
        self._app, self._raises = app, raises

    def ask(self, asked: Asked) -> Told:
        """Its answer."""
        told: list[Message] = []
        try:
            self.loop.run_until_complete(self._ask(asked, told))
        except Exception:
            if self._raises:
                raise
        begun, *parts = told or [{"status": 500, "headers": []}]
        # What an answer to HEAD says beyond its headers is left out, as a server does.
        body = b"" if asked.method == "HEAD" else b"".join(one.get("body", b"") for one in parts)
        return Told(begun["status"], begun["headers"], body)

    async def _ask(self, asked: Asked, told: list[Message]) -> None:
        parts, over = list(asked.body), asyncio.Event()

        async def receive() -> Message:
            if parts:
                part = parts.pop(0)
                return {"type": "http.request", "body": part, "more_body": bool(parts)}
            await over.wait()
            return {"type": "http.disconnect"}

        async def send(message: Message) -> None:
            told.append(message)
            if message["type"] == "http.response.body" and not message.get("more_body"):
                over.set()

        await self._app(_scope(asked), receive, send)


def _scope(asked: Asked) -> Message:
    path, _, query = asked.target.partition(b"?")
    return {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": asked.method,
        "scheme": asked.scheme,
        "path": unquote(path.decode("ascii")),
        "raw_path": path,
        "root_path": "",
        "query_string": query,
        "headers": [(name.lower(), value) for name, value in asked.headers],
        "client": asked.client,
        "server": asked.server,
    }


class _Transport(httpx2.BaseTransport):
    def __init__(self, here: Here, network: str) -> None:
        self._here, self._network = here, network

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        url = request.url
        told = self._here.ask(
            Asked(
                method=request.method,
                target=url.raw_path,
                headers=request.headers.raw,
                body=[request.read()],
                scheme=url.scheme,
                server=(url.host, url.port or {"http": 80, "https": 443}[url.scheme]),
                client=(self._network, 50_000),
            )
        )
        return httpx2.Response(told.status, headers=list(told.headers), content=told.body)


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
            transport=_Transport(Here(app, raises=raises), network),
            follow_redirects=follows,
        )


async def _keep_threads(begun: asyncio.Future[None]) -> None:
    """Own the threads of the loop: anyio ends them with the task that was the first to need one.

    Each request is a task of its own, and a thread was started for each.
    """
    await to_thread.run_sync(int)
    begun.set_result(None)
    await asyncio.Event().wait()


@contextmanager
def one_loop() -> Iterator[None]:
    """An event loop for all clients."""
    with asyncio.Runner() as runner, pytest.MonkeyPatch.context() as patch:
        loop = runner.get_loop()
        begun = loop.create_future()
        keeper = loop.create_task(_keep_threads(begun))
        loop.run_until_complete(begun)
        patch.setattr(Here, "loop", loop, raising=False)
        yield
        assert not keeper.done()
