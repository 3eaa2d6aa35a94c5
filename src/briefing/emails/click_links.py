"""Counted links: a story's address replaced by one of the house, the same for every reader."""

from hashlib import blake2b

from briefing.emails.printable import web_address
from briefing.model.edition import Edition


def story_addresses(edition: Edition) -> tuple[str, ...]:
    """Where the stories of an edition lead, in print order, without those that lead nowhere.

    A link's number is its place here, counted from 1.
    """
    stories = (*edition.items, *edition.sponsored)
    found = (web_address(*item.links) for item in stories)
    return tuple(dict.fromkeys(filter(None, found)))


def counted_at(public_url: str, edition_id: str) -> str:
    """What the counted links of an edition begin with; it ends without a slash."""
    return f"{public_url.rstrip('/')}/c/{edition_id}"


def counted_links(public_url: str, edition: Edition) -> dict[str, str]:
    """Where each counted link of an edition leads."""
    base, addresses = counted_at(public_url, edition.id), story_addresses(edition)
    return {counted_link(base, addresses, address): address for address in addresses}


def counted_link(base: str, addresses: tuple[str, ...], address: str) -> str:
    """The house's link to one of these addresses; `base` ends without a slash."""
    return f"{base}/{addresses.index(address) + 1}-{mark_of(address)}"


def mark_of(text: str) -> str:
    """Eight digits of an address, so that nobody can exchange where a link leads, or of a piece's name."""
    return blake2b(text.encode(), digest_size=4).hexdigest()
