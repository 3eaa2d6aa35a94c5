"""A subscription at a hub, which tells us when a feed has something new (W3C WebSub)."""

from dataclasses import dataclass
from enum import StrEnum


class HubStanding(StrEnum):
    """How far a subscription has come."""

    #: The feed names the hub; it has not been asked.
    OFFERED = "offered"
    #: The hub was asked, and has not verified that it was us.
    ASKED = "asked"
    ACTIVE = "active"
    #: It is to end, and the hub was asked to end it.
    LEAVING = "leaving"
    #: The hub does not want to.
    DENIED = "denied"


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A hub that a feed names, and the feed's name there; both empty where it names none."""

    hub: str
    topic: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HubSubscription:
    """What we asked of a hub. Times are seconds since 1970 in UTC; 0 is never."""

    #: Its row; 0 for one that is not written down yet.
    id: int = 0
    #: The source's name in config.toml, and the address of its feed there.
    source: str
    address: str
    #: What the feed calls itself at the hub, and the hub's address.
    topic: str
    hub: str
    #: The last part of the address where the hub finds us; nobody can guess it.
    callback: str
    #: Shared with the hub; what it sends is signed with it.
    secret: str
    standing: HubStanding = HubStanding.OFFERED
    asked: float = 0.0
    #: When the hub stops telling us unless it is asked again.
    until: float = 0.0
    #: When the hub told us last that there is something new, and when the feed was read last.
    heard: float = 0.0
    read: float = 0.0
    #: When the hub is asked again.
    next_try: float = 0.0
    #: In a row.
    failures: int = 0
    #: What went wrong last; empty when nothing did.
    fault: str = ""

    def is_trusted(self, now: float) -> bool:
        """True while the hub has told us of the feed's news, so that the feed need not be asked as often."""
        return self.standing is HubStanding.ACTIVE and now < self.until and self.heard > 0
