"""The guard of the fetcher: which addresses of the network a stranger's page may lead us to."""

import asyncio
import ipaddress
import re
import socket
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass

import httpcore2

from briefing.errors import SourceError

Ip = ipaddress.IPv4Address | ipaddress.IPv6Address
Resolve = Callable[[str, int], Awaitable[list[str]]]
_PORTS = (80, 443)
#: Python's own `is_global` says yes to NAT64, 6to4, multicast and more, so the ranges stand here:
#: IANA's special-purpose registries for IPv4 and IPv6 (RFC 6890 and its updates).
_CLOSED_4 = {
    "0.0.0.0/8": "an address of this network",
    "10.0.0.0/8": "a private address",
    "100.64.0.0/10": "an address of a provider's inner network",
    "127.0.0.0/8": "this machine",
    "169.254.0.0/16": "a link-local address",
    "172.16.0.0/12": "a private address",
    "192.0.0.0/24": "a reserved address",
    "192.0.2.0/24": "an address for documentation",
    "192.88.99.0/24": "a 6to4 relay",
    "192.168.0.0/16": "a private address",
    "198.18.0.0/15": "an address for benchmarks",
    "198.51.100.0/24": "an address for documentation",
    "203.0.113.0/24": "an address for documentation",
    "224.0.0.0/4": "a multicast address",
    "240.0.0.0/4": "a reserved address",
}
#: Of IPv6 only 2000::/3 is given out at all; these parts of it lead elsewhere.
_CLOSED_6 = {
    "2001::/23": "a tunnel or a reserved address",
    "2001:db8::/32": "an address for documentation",
    "2002::/16": "a 6to4 tunnel",
    "3fff::/20": "an address for documentation",
}
_PUBLIC_6 = ipaddress.IPv6Network("2000::/3")
_CLOSED = {
    ipaddress.ip_network(network): meaning for network, meaning in (_CLOSED_4 | _CLOSED_6).items()
}
_ENTRY = re.compile(
    r"(?P<host>\[[^\]]+\]|[^\[\]:]+|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*(?:/\d+)?)(?::(?P<port>\d{1,5}))?"
)


@dataclass(frozen=True, slots=True)
class Allowed:
    """Intranet hosts and networks that may be asked although they are not public."""

    hosts: tuple[tuple[str, int | None], ...] = ()
    networks: tuple[tuple[ipaddress.IPv4Network | ipaddress.IPv6Network, int | None], ...] = ()

    @classmethod
    def parse(cls, entries: Iterable[str]) -> "Allowed":
        """Read `host`, `host:8080`, `10.2.0.0/16`, `10.2.0.0/16:8080`, `[fd00::/8]:8080`.

        Without a port, 80 and 443 are meant.

        Raises:
            ValueError: when an entry is none of these.
        """
        hosts, networks = [], []
        for entry in entries:
            match = _ENTRY.fullmatch(entry.strip())
            if not match or int(match["port"] or 1) not in range(1, 65_536):
                raise ValueError(
                    f"{entry!r} is neither a host nor a network; write host, host:8080 or 10.2.0.0/16"
                )
            host, port = match["host"].strip("[]").lower(), match["port"]
            try:
                networks.append((ipaddress.ip_network(host), int(port) if port else None))
            except ValueError:
                if "/" in host:
                    raise
                hosts.append((host, int(port) if port else None))
        return cls(tuple(hosts), tuple(networks))

    def names(self, host: str, port: int) -> bool:
        """True when this very host and port were named."""
        return any(host.lower() == name and _fits(port, only) for name, only in self.hosts)

    def holds(self, address: Ip, port: int) -> bool:
        """True when the address lies in a network that was named."""
        return any(address in network and _fits(port, only) for network, only in self.networks)


#: Nothing inside may be asked.
NOWHERE = Allowed()


def _fits(port: int, only: int | None) -> bool:
    return port in _PORTS if only is None else port == only


def closed(address: Ip) -> str | None:
    """What an address is that nobody outside has; None for a public one."""
    for network, meaning in _CLOSED.items():
        if address.version == network.version and address in network:
            return meaning
    if address.version == 6 and address not in _PUBLIC_6:  # noqa: PLR2004 - IPv6
        return "not a public address"
    return None


async def look_up(host: str, port: int) -> list[str]:
    """The addresses of a host, as the system's resolver gives them."""
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(place[0]) for *_, place in found))


class Guard(httpcore2.AsyncNetworkBackend):
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
            if meaning is None and port not in _PORTS:
                meaning = f"port {port}, and only 80 and 443 are asked"
            if meaning is not None:
                raise SourceError(
                    f"{host} leads to {address}, {meaning}; nothing was asked of it. If it is a host "
                    f'of your own, add "{_entry(host, port)}" to [fetch] allow'
                )
        return found

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
    return name if port in _PORTS else f"{name}:{port}"
