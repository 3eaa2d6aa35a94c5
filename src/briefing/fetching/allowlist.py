"""Which addresses of the network the desk may ask: the public ones, and what ops name."""

import ipaddress
import re
from collections.abc import Iterable
from dataclasses import dataclass

Ip = ipaddress.IPv4Address | ipaddress.IPv6Address
PORTS = (80, 443)
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
    return port in PORTS if only is None else port == only


def closed(address: Ip) -> str | None:
    """What an address is that nobody outside has; None for a public one."""
    for network, meaning in _CLOSED.items():
        if address.version == network.version and address in network:
            return meaning
    if address.version == 6 and address not in _PUBLIC_6:  # noqa: PLR2004 - IPv6
        return "not a public address"
    return None
