"""The wire between the client, which knows requests, and the pool, whose connections are guarded."""

from collections.abc import AsyncIterator
from typing import cast

import httpcore2
import httpx2


class _Body(httpx2.AsyncByteStream):
    def __init__(self, stream: httpcore2.Response) -> None:
        self._answer = stream

    async def __aiter__(self) -> AsyncIterator[bytes]:
        async for part in self._answer.aiter_stream():
            yield part

    async def aclose(self) -> None:
        await self._answer.aclose()


class GuardedTransport(httpx2.AsyncBaseTransport):
    """A transport over one pool. The client's own would make a pool that nobody guards."""

    def __init__(self, pool: httpcore2.AsyncConnectionPool) -> None:
        self._pool = pool

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        """Send a request and give its answer, the body still to come."""
        url = httpcore2.URL(
            scheme=request.url.raw_scheme,
            host=request.url.raw_host,
            port=request.url.port,
            target=request.url.raw_path,
        )
        asked = httpcore2.Request(
            request.method,
            url,
            headers=request.headers.raw,
            content=cast("httpx2.AsyncByteStream", request.stream),
            extensions=request.extensions,
        )
        answer = await self._pool.handle_async_request(asked)
        return httpx2.Response(answer.status, headers=answer.headers, stream=_Body(answer))

    async def aclose(self) -> None:
        """Close every connection."""
        await self._pool.aclose()
