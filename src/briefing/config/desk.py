"""The [desk] table: where editors reach the desk, and who stands before it."""

import ipaddress
from typing import Annotated, Self
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field, model_validator

from briefing.config.base import Table
from briefing.config.openid import OpenId


def _network(written: str) -> str:
    try:
        ipaddress.ip_network(written)
    except ValueError as error:
        said = f"{written!r} is neither an IP address nor a network; write 127.0.0.1 or 10.2.0.0/16"
        raise ValueError(said) from error
    return written


def _listen(written: str) -> str:
    _, _, port = written.rpartition(":")
    if written and int(port) > _LAST_PORT:
        raise ValueError(f"{port} is not a port; they go from 0 to {_LAST_PORT}")
    return written


def _public(written: str) -> str:
    parts = urlsplit(written)
    if written and (not parts.hostname or parts.port == 0):
        raise ValueError("it names no host")
    return written


Network = Annotated[str, AfterValidator(_network)]
_LAST_PORT = 65_535


#: Listening here names no host.
_EVERYWHERE = ("0.0.0.0", "::")  # noqa: S104 - to be left out


class DeskSettings(Table):
    """The editors' desk in the browser."""

    #: Host and port; `briefing serve` leaves the desk out when it is empty.
    listen: Annotated[str, AfterValidator(_listen)] = Field(
        default="127.0.0.1:8081", pattern=r"^$|^[^\s]+:\d{1,5}$", examples=["127.0.0.1:8081"]
    )
    #: The https address under which a proxy leads to it; empty for this machine only.
    public_url: Annotated[str, AfterValidator(_public)] = Field(
        default="", pattern=r"^$|^https://[^\s/]+/?$", examples=["https://desk.example.org"]
    )
    #: Addresses or networks of that proxy; what they say of who asks is believed.
    proxies: tuple[Network, ...] = ()
    #: A certificate chain and its key in PEM, where no proxy does TLS.
    cert_file: str = ""
    key_file: str = ""

    #: A provider of the house that says who somebody is; passwords and passkeys go on to hold.
    openid: OpenId | None = None

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if bool(self.cert_file) != bool(self.key_file):
            raise ValueError("cert_file and key_file belong together; give both or none")
        if self.public_url and not (self.proxies or self.cert_file):
            raise ValueError(
                "public_url needs the proxy that leads there (proxies), or cert_file and key_file"
            )
        return self

    @property
    def host(self) -> str:
        """The host of `listen`, without the brackets of IPv6."""
        return self.listen.rpartition(":")[0].strip("[]")

    @property
    def port(self) -> int:
        """The port of `listen`; 0 for any that is free."""
        return int(self.listen.rpartition(":")[2])

    @property
    def is_private(self) -> bool:
        """True when only people at this machine can reach it."""
        if self.public_url:
            return False
        try:
            return ipaddress.ip_address(self.host).is_loopback
        except ValueError:
            return self.host == "localhost"

    @property
    def is_encrypted(self) -> bool:
        """True when browsers speak TLS with it, or with the proxy before it."""
        return bool(self.cert_file) or (self.public_url.startswith("https:") and bool(self.proxies))

    @property
    def address(self) -> str:
        """What begins the links that lead to it."""
        scheme = "https" if self.is_encrypted else "http"
        return self.public_url.rstrip("/") or f"{scheme}://{self.listen}"

    @property
    def names(self) -> frozenset[str]:
        """The names that browsers ask for it by, besides those of this machine."""
        named = {urlsplit(self.public_url).hostname or "", self.host}
        return frozenset(name.lower() for name in named if name and name not in _EVERYWHERE)
