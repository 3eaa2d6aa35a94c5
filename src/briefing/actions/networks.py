"""The network that somebody asks from, as limits count it."""

import ipaddress


def network_of(peer: str) -> str:
    """The network that one asker can be expected to own: IPv4 /24, IPv6 /64."""
    try:
        address = ipaddress.ip_address(peer.partition("%")[0])
    except ValueError:
        return "unknown"
    if isinstance(address, ipaddress.IPv6Address) and address.ipv4_mapped:
        address = address.ipv4_mapped
    length = 24 if isinstance(address, ipaddress.IPv4Address) else 64
    return str(ipaddress.ip_network((address, length), strict=False))
