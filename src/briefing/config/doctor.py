"""[doctor]: whether DNS and the relay are examined before letters leave, and what only ops know of the sender."""

from ipaddress import ip_address
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from briefing.config.base import Table


def _address(written: str) -> str:
    try:
        return str(ip_address(written))
    except ValueError as error:
        raise ValueError(f"{written!r} is not an IP address; write 192.0.2.10") from error


class Doctor(Table):
    """What `briefing doctor` asks, and what follows from it."""

    #: `tell`: examined before the first letter of a sender and weekly, and told; `hold`: what providers refuse
    #: for good holds every mailing until it is put right. `off`: by `briefing doctor` alone.
    before_sending: Literal["off", "tell", "hold"] = "off"
    #: The addresses that letters reach mailbox providers from, where ops know them.
    sends_from: tuple[Annotated[str, AfterValidator(_address)], ...] = ()
    #: Zones of blocklists to ask, such as `zen.spamhaus.org`.
    blocklists: tuple[str, ...] = ()
    #: Who is asked, such as `9.9.9.9:53`; the system's resolvers when empty.
    resolvers: tuple[
        Annotated[str, Field(pattern=r"^[^\s:]+:\d{1,5}$", examples=["9.9.9.9:53"])], ...
    ] = ()
