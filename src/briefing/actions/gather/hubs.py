"""Hubs: asking those that feeds name to tell us of news, so that feeds are asked less and heard sooner.

W3C WebSub (2018). Hubs call `actions.public.hub_calls`; polling goes on, at a slower pace.
"""

from __future__ import annotations

import asyncio
import ipaddress
import logging
import secrets
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING
from urllib.parse import urlencode, urlsplit

from briefing.actions.context import Desk
from briefing.actions.gather.read_sources import ReadSource, reach
from briefing.config import FeedSource
from briefing.errors import SourceError
from briefing.fetching.allowlist import Allowed, closed
from briefing.model.network.hub_subscription import HubStanding, HubSubscription, Offer

if TYPE_CHECKING:
    from briefing.fetching.fetcher import Fetcher

_LOG = logging.getLogger("briefing.polling")
#: Seconds that we ask to be told for, and between two tries: doubled with each, up to a day.
_LEASE, _FIRST_WAIT, _LONGEST_WAIT, _MOST_DOUBLINGS = 10 * 86_400, 3600.0, 86_400.0, 5
#: Seconds for one answer, hubs asked in one go, and tries to end a subscription.
_PATIENCE, _MOST, _TRIES = 5.0, 20, 3
_PORTS = {"http": 80, "https": 443}
#: Names that nobody outside knows (RFC 2606, RFC 6761, RFC 6762, RFC 9476).
_INNER = ("localhost", "local", "internal", "example", "invalid", "test", "alt")


def note_offers(desk: Desk, read: Sequence[ReadSource], now: datetime) -> None:
    """Write down which hubs feeds name now, and when each feed was read that a hub tells of.

    Args:
        desk: the desk.
        read: what the sources gave.
        now: when they were asked; aware.
    """
    leaving = HubStanding.LEAVING
    known = {one.source: one for one in desk.store.hubs.all() if one.standing is not leaving}
    for source in read:
        mine, settings = known.get(source.name), desk.config.sources[source.name]
        if mine:
            # News that it did not tell of: the feed is asked as often again, until it tells of some.
            missed = source.has_news and mine.heard <= mine.read
            heard = {"heard": 0.0} if missed else {}
            desk.store.hubs.note(mine.id, read=now.timestamp(), **heard)
        if source.offer is None or not isinstance(settings, FeedSource):
            continue
        if mine and (mine.hub, mine.topic, mine.address) != (*_names(source.offer), settings.url):
            _leave(desk, mine)
            mine = None
        if not mine and source.offer.hub and _may_ask(desk, source.offer.hub):
            desk.store.hubs.add(_offered(source, settings.url, source.offer, now))


def _names(offer: Offer) -> tuple[str, str]:
    return offer.hub, offer.topic


def _offered(source: ReadSource, address: str, offer: Offer, now: datetime) -> HubSubscription:
    return HubSubscription(
        source=source.name,
        address=address,
        topic=offer.topic,
        hub=offer.hub,
        callback=secrets.token_urlsafe(24),
        secret=secrets.token_urlsafe(32),
        read=now.timestamp(),
    )


def tend(desk: Desk) -> None:
    """Ask hubs for what is due: to begin, to go on, and to end where a source is gone."""
    now, asks = desk.clock().timestamp(), list[tuple[HubSubscription, str]]()
    for one in desk.store.hubs.all():
        source = desk.config.sources.get(one.source)
        is_followed = isinstance(source, FeedSource) and source.url == one.address
        if one.standing is not HubStanding.LEAVING and not (
            is_followed and _may_ask(desk, one.hub)
        ):
            _leave(desk, one)
        elif one.standing is HubStanding.LEAVING and (one.until <= now or one.failures >= _TRIES):
            desk.store.hubs.forget(one.id)
        elif one.next_try <= now and len(asks) < _MOST:
            asks.append((one, _begun(desk, one, now)))
    if asks:
        with asyncio.Runner(loop_factory=asyncio.SelectorEventLoop) as runner:
            runner.run(_ask_all(desk, asks))


def _leave(desk: Desk, one: HubSubscription) -> None:
    """End a subscription; one that no hub knows of is forgotten."""
    if one.until <= desk.clock().timestamp() and one.standing is not HubStanding.ASKED:
        desk.store.hubs.forget(one.id)
        return
    # A hub that was asked a moment ago may have it without our knowing.
    until = max(one.until, one.asked + _LONGEST_WAIT)
    leaving = HubStanding.LEAVING
    desk.store.hubs.note(one.id, standing=leaving, until=until, next_try=0.0, failures=0)


def _begun(desk: Desk, one: HubSubscription, now: float) -> str:
    """Write down that a hub is asked, before it is: some verify before they answer. Says for what."""
    wait = min(_FIRST_WAIT * 2 ** min(one.failures, _MOST_DOUBLINGS), _LONGEST_WAIT)
    changed = {"asked": now, "next_try": now + wait, "failures": one.failures + 1}
    if one.standing is HubStanding.LEAVING:
        desk.store.hubs.note(one.id, **changed)
        return "unsubscribe"
    standing = HubStanding.ACTIVE if one.until > now else HubStanding.ASKED
    desk.store.hubs.note(one.id, standing=standing, **changed)
    return "subscribe"


async def _ask_all(desk: Desk, asks: Iterable[tuple[HubSubscription, str]]) -> None:
    from briefing.fetching.fetcher import Fetcher  # noqa: PLC0415 - imported where a hub is asked

    async with Fetcher(reach(desk.config)) as fetcher:
        await asyncio.gather(*(_ask(desk, fetcher, one, mode) for one, mode in asks))


async def _ask(desk: Desk, fetcher: Fetcher, one: HubSubscription, mode: str) -> None:
    from briefing.fetching.fetcher import Ask  # noqa: PLC0415 - as above

    said = {
        "hub.mode": mode,
        "hub.topic": one.topic,
        "hub.callback": f"{desk.config.site.public_url.rstrip('/')}/websub/{one.callback}",
        "hub.secret": one.secret,
        "hub.lease_seconds": str(_LEASE),
    }
    form = urlencode(said if mode == "subscribe" else dict(list(said.items())[:3]))
    try:
        # The feed named the hub, so it may lead where the feed may lead and no further.
        await fetcher.get(Ask(url=one.hub, seconds=_PATIENCE, form=form, led_by=one.address))
    except SourceError as error:
        desk.store.hubs.note(one.id, fault=str(error))
        _LOG.info("The hub of %s, %s, %s.", one.source, one.hub, error)


def _may_ask(desk: Desk, hub: str) -> bool:
    """True where a hub can be asked safely, and can find us: by TLS and a public name, or a host of our own."""
    from briefing.fetching.address_guard import AddressGuard  # noqa: PLC0415 - as above

    place, home = urlsplit(hub), urlsplit(desk.config.site.public_url).hostname or ""
    guard = AddressGuard(Allowed.parse(desk.config.fetch.allow))
    if guard.is_own(place.hostname or "", place.port or _PORTS.get(place.scheme, 0)):
        return True
    return place.scheme == "https" and _is_public(home)


def _is_public(host: str) -> bool:
    try:
        return closed(ipaddress.ip_address(host)) is None
    except ValueError:
        return "." in host and host.rpartition(".")[2].lower() not in _INNER
