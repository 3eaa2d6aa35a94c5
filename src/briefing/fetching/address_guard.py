"""The guard of the fetcher: it connects to nothing that it has not looked at."""

import asyncio
import ipaddress
import socket
from collections.abc import Awaitable, Callable, Iterable

import httpcore2

from briefing.errors import SourceError
from briefing.fetching.allowlist import PORTS, Allowed, closed

Resolve = Callable[[str, int], Awaitable[list[str]]]


async def look_up(host: str, port: int) -> list[str]:
    """The addresses of a host, as the system's resolver gives them."""
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(place[0]) for *_, place in found))


class AddressGuard(httpcore2.AsyncNetworkBackend):
    """Opens connections, and only to addresses that were looked at.

    A name is looked up once, every address it has is vetted, and the connection goes to one of
    those very addresses: a name that changes its answer between look and connection gains nothing.
    """

    def __init__(self, allowed: Allowed, resolve: Resolve = look_up) -> None:
        self._allowed, self._resolve = allowed, resolve
        self._backend = httpcore2.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore2.SOCKET_OPTION] | None = None,
    ) -> httpcore2.AsyncNetworkStream:
        """Connect to a vetted address of the host.

        Raises:
            SourceError: when the name is not known, or any of its addresses is not public.
        """
        fault: Exception | None = None
        for address in await self.vetted(host, port):
            try:
                return await self._backend.connect_tcp(
                    address, port, timeout, local_address, socket_options
                )
            except (httpcore2.ConnectError, httpcore2.ConnectTimeout) as error:
                fault = error
        raise fault or SourceError(f"{host} has no address")

    async def vetted(self, host: str, port: int) -> list[str]:
        """All addresses of a host, none of which leads inside."""
        try:
            found = await self._resolve(host, port)
        except (OSError, UnicodeError) as error:
            raise SourceError(f"the name {host!r} is not known; correct the address") from error
        named = self._allowed.names(host, port)
        for written in found:
            address = ipaddress.ip_address(written.partition("%")[0])
            if named or self._allowed.holds(address, port):
                continue
            meaning = closed(address)
            if meaning is None and port not in PORTS:
                meaning = f"port {port}, and only 80 and 443 are asked"
            if meaning is not None:
                raise SourceError(
                    f"leads to {address}, {meaning}; nothing was asked of it. If the host is yours, "
                    f'add "{_entry(host, port)}" to [fetch] allow; then a source may name it, though '
                    "no stranger's page may lead there"
                )
        return found

    def is_own(self, host: str, port: int) -> bool:
        """True when ops wrote this host, or this very address's network, into [fetch] allow.

        Nothing is looked up: where a name points today is its owner's to say, not ours.
        """
        if self._allowed.names(host, port):
            return True
        try:
            return self._allowed.holds(ipaddress.ip_address(host), port)
        except ValueError:
            return False

    async def connect_unix_socket(
        self,
        path: str,
        timeout: float | None = None,  # noqa: ARG002 - httpcore's own signature
        socket_options: Iterable[httpcore2.SOCKET_OPTION] | None = None,  # noqa: ARG002
    ) -> httpcore2.AsyncNetworkStream:
        """Never.

        Raises:
            SourceError: always.
        """
        raise SourceError(f"{path} is a socket of this machine; nothing was asked of it")

    async def sleep(self, seconds: float) -> None:
        """Wait."""
        await self._backend.sleep(seconds)


def _entry(host: str, port: int) -> str:
    name = f"[{host}]" if ":" in host else host
    return name if port in PORTS else f"{name}:{port}"
