"""Proxies that config.toml does not name: behind one, the whole world is one network."""

import ipaddress
from pathlib import Path

from briefing.config import Config


def note_proxy(config: Config, peer: str) -> str | None:
    """Keep in mind that requests come by a proxy that nobody named.

    Args:
        config: the house.
        peer: who connects, and says that it speaks for others.

    Returns:
        What somebody should know, the first time; None when it is known, or is not a proxy of ours.
    """
    try:
        address = ipaddress.ip_address(peer.partition("%")[0])
    except ValueError:
        return None
    # Anybody on the internet can pretend to be a proxy; ours are near.
    if not address.is_private or is_named(config, str(address)) or _known(config) == str(address):
        return None
    _place(config).write_text(f"{address}\n", "ascii")
    return _sentence(str(address))


def unnamed_proxy(config: Config) -> str | None:
    """What somebody should know of a proxy that was seen and is still not named; None for none."""
    known = _known(config)
    return _sentence(known) if known and not is_named(config, known) else None


def is_named(config: Config, peer: str) -> bool:
    """True when [public] proxies holds this address."""
    address = ipaddress.ip_address(peer)
    return any(
        address in ipaddress.ip_network(written, strict=False) for written in config.public.proxies
    )


def _known(config: Config) -> str:
    try:
        return _place(config).read_text("ascii").strip()
    except (OSError, ValueError):
        return ""


def _place(config: Config) -> Path:
    return config.path(config.data.path) / "unnamed-proxy"


def _sentence(peer: str) -> str:
    return (
        f"Requests come by a proxy at {peer}, which [public] proxies does not name: all readers look "
        "like one network, whose sign-ups are soon refused. "
        f'Add "{peer}" to [public] proxies if it is yours.'
    )
