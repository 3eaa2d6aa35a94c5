"""What connections may cost: a time for each step, a number in all and for each network.

A server that waits for ever for the rest of a header can be used up with a few hundred half-open
connections. Here each listener has its share of the process's open files, and the rest is kept back
for the database, for health and for the desk.
"""

import asyncio
import ipaddress
import resource
from collections import Counter
from collections.abc import Collection
from typing import Any, cast

import uvicorn
from starlette.types import ASGIApp
from uvicorn.protocols.http.h11_impl import H11Protocol, RequestResponseCycle

from briefing.actions.networks import network_of

#: Seconds for a whole header, and for a request from its header to the last byte of its answer. A
#: stream of events has no end.
_HEADER, _ANSWER = 10.0, 90.0
_ENDLESS = "/events"
#: Open files that no connection gets, of those a process may have; and the most that are asked for.
_KEPT_BACK, _MOST_FILES = 128, 8_192
#: Connections that are taken at a time, for each has a file before there is a doorkeeper; and that may
#: wait in the kernel meanwhile. One that finds no place there is asked for again after a second.
_AT_ONCE, _QUEUE = 128, 1_024
_BUSY = (
    b"HTTP/1.1 503 Service Unavailable\r\nContent-Type: text/plain\r\nContent-Length: 34\r\n"
    b"Retry-After: 5\r\nConnection: close\r\n\r\nToo many connections. Try later.\r\n"
)


class Doorkeeper:
    """Counts the connections of one listener."""

    def __init__(self, most: int, trusted: Collection[str] = ()) -> None:
        """Let in no more than so many.

        Args:
            most: in all; a network gets a quarter of that.
            trusted: addresses and networks of proxies, behind which everybody may be.
        """
        self._most, self._most_of_one = most, max(4, most // 4)
        self._trusted = [
            ipaddress.ip_network(one, strict=False) for one in trusted if one[:1].isalnum()
        ]
        self._inside: Counter[str] = Counter()

    def admit(self, peer: str) -> str | None:
        """The name under which a connection is counted until `leave`; None when there is no room."""
        network = "trusted" if self._is_trusted(peer) else network_of(peer)
        most = self._most if network == "trusted" else self._most_of_one
        if self._inside[network] >= most or self._inside.total() >= self._most:
            return None
        self._inside[network] += 1
        return network

    def leave(self, network: str) -> None:
        """A connection has ended."""
        self._inside[network] -= 1
        if not self._inside[network]:
            del self._inside[network]

    def _is_trusted(self, peer: str) -> bool:
        try:
            address = ipaddress.ip_address(peer.partition("%")[0])
        except ValueError:
            return False
        return address.is_loopback or any(address in network for network in self._trusted)


def share(part: float) -> int:
    """How many connections a listener gets that may have this part of the process's files."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    files = _MOST_FILES if hard == resource.RLIM_INFINITY else min(hard, _MOST_FILES)
    resource.setrlimit(resource.RLIMIT_NOFILE, (files, hard))
    return max(8, int((files - _KEPT_BACK) * part))


def server_settings(app: ASGIApp, door: Doorkeeper, **more: Any) -> uvicorn.Config:
    """Uvicorn's settings of a listener whose connections are counted and timed."""
    return uvicorn.Config(
        app,
        http=cast("type[asyncio.Protocol]", _guarded_by(door)),
        ws="none",
        lifespan="off",
        access_log=False,
        log_level="warning",
        server_header=False,
        backlog=_AT_ONCE,
        **more,
    )


class Server(uvicorn.Server):
    """Takes few connections at a time, and lets more of them wait."""

    async def startup(self, sockets: list[Any] | None = None) -> None:
        """As uvicorn's; the length that it gave the kernel's queue is that of one helping."""
        await super().startup(sockets)
        for each in sockets or ():
            each.listen(_QUEUE)


def _guarded_by(door: Doorkeeper) -> type[H11Protocol]:
    class Guarded(_Timed):
        doorkeeper = door

    return Guarded


class _Timed(H11Protocol):
    """One connection: it ends when a step takes too long, and at once when there is no room."""

    doorkeeper: Doorkeeper
    _network: str | None = None
    _timer: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        peer = transport.get_extra_info("peername")
        self._network = self.doorkeeper.admit(str(peer[0]) if peer else "")
        if self._network is None:
            transport.write(_BUSY)
            transport.close()
            return
        super().connection_made(transport)
        self._within(_HEADER)

    def data_received(self, data: bytes) -> None:
        if self._network is None:
            return
        was = self._answered()
        super().data_received(data)
        if self._answered() is not was:
            self._answering()
        elif (was is None or was.response_complete) and self._timer is None:
            self._within(_HEADER)

    def on_response_complete(self) -> None:
        self._stop()
        before = self._answered()
        super().on_response_complete()
        if self._answered() is not before:  # the next one had come with it
            self._answering()

    def connection_lost(self, exc: Exception | None) -> None:
        self._stop()
        if self._network is None:
            return
        self.doorkeeper.leave(self._network)
        super().connection_lost(exc)

    def _answered(self) -> RequestResponseCycle | None:
        """The request that is being answered, or was last."""
        return self.cycle

    def _answering(self) -> None:
        self._stop()
        if not str(self.scope["path"]).endswith(_ENDLESS):
            self._within(_ANSWER)

    def _within(self, seconds: float) -> None:
        self._stop()
        self._timer = self.loop.call_later(seconds, self._cut)

    def _cut(self) -> None:
        self._timer = None
        self.transport.abort()

    def _stop(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
