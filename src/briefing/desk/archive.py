"""The archive: editions as everybody may read them, with every reader's slot filled neutrally."""

import html
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import quote
from uuid import NAMESPACE_URL, uuid5
from zoneinfo import ZoneInfo

from briefing.desk.subscribe import FrontDesk
from briefing.errors import SubscriberError
from briefing.model.mailing import Mailing, Status
from briefing.model.slot import Kind, Slot, cut

#: How many editions a feed tells of.
_FEED = 20
_PUBLIC = (Status.SENDING, Status.SENT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """One edition in the archive."""

    edition: str
    subject: str
    #: When its sending began, in the briefing's own time zone.
    at: datetime
    #: The same for ever, wherever the archive moves.
    urn: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelf:
    """One briefing's editions, newest first."""

    briefing: str
    title: str
    list: str
    editions: tuple[Listed, ...]


def path_of(briefing: str, *below: str) -> str:
    """Where the archive shows a briefing, or something of it."""
    return "/".join(("/archive", *(quote(part, safe="") for part in (briefing, *below))))


def shelves(desk: FrontDesk) -> tuple[Shelf, ...]:
    """Every briefing that config.toml names, as the archive shows it."""
    return tuple(shelf(desk, name) for name in desk.config.briefings)


def shelf(desk: FrontDesk, briefing: str) -> Shelf:
    """The archive of one briefing.

    Raises:
        SubscriberError: when there is no such briefing.
    """
    if briefing not in desk.config.briefings:
        raise SubscriberError("There is no such briefing here.")
    settings = desk.config.briefings[briefing]
    zone = ZoneInfo(settings.time_zone)
    return Shelf(
        briefing=briefing,
        title=settings.title,
        list=settings.list,
        editions=tuple(
            Listed(
                edition=row.edition,
                subject=row.subject,
                at=datetime.fromtimestamp(row.frozen_at, UTC).astimezone(zone),
                urn=uuid5(NAMESPACE_URL, f"{row.edition} {row.hash}").urn,
            )
            for row in desk.store.mailings.listed(briefing, _PUBLIC)
        ),
    )


def told(desk: FrontDesk, briefing: str) -> tuple[Shelf, tuple[tuple[Listed, str], ...]]:
    """The newest editions for the feed, each with the line that inboxes show. Errors as `shelf`."""
    found = shelf(desk, briefing)
    mailings = desk.store.mailings
    newest = found.editions[:_FEED]
    return found, tuple((each, mailings.get(each.edition).email.preheader) for each in newest)


def archived(desk: FrontDesk, briefing: str, edition: str) -> str:
    """The page of an edition that was sent, or is being sent.

    Raises:
        SubscriberError: when there is none of that name.
    """
    mailing = _mailing(desk, edition)
    if mailing.briefing != briefing or mailing.status not in _PUBLIC:
        raise SubscriberError("There is no such edition in the archive.")
    return _neutral(desk, mailing)


def viewed(desk: FrontDesk, token: str) -> str:
    """The page behind the link "View in browser" of a letter, without a trace of its reader.

    Raises:
        SubscriberError: when the link is not ours, or the edition is not sent yet.
    """
    return _neutral(desk, _mailing(desk, desk.claims("view", token)["edition"]))


def _mailing(desk: FrontDesk, edition: str) -> Mailing:
    found = desk.store.mailings.find(edition) if edition.isprintable() else None
    if found is None:
        raise SubscriberError("There is no such edition in the archive.")
    return found


def _neutral(desk: FrontDesk, mailing: Mailing) -> str:
    """The very HTML that was sent; only the slots differ."""
    values = {
        "name": "",
        "email": "a reader",
        "tags": "",
        # These pages say that every letter has a link of its own.
        "unsubscribe_url": f"{desk.site}/unsubscribe",
        "preferences_url": f"{desk.site}/preferences",
        "view_url": f"{desk.site}{path_of(mailing.briefing, mailing.edition)}",
    }
    pieces = cut(mailing.email.html, mailing.email.nonce)
    return "".join(_filled(piece, values) if isinstance(piece, Slot) else piece for piece in pieces)


def _filled(slot: Slot, values: dict[str, str]) -> str:
    # A value inside a query would be a reader's: nobody is reading here.
    return "" if slot.kind is Kind.QUERY else html.escape(values[slot.name])
