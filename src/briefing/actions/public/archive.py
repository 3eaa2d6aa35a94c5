"""The archive: editions as everybody may read them, with every reader's slot filled neutrally."""

import html
import re
from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from urllib.parse import quote
from uuid import NAMESPACE_URL, uuid5

from briefing.actions.context import Desk
from briefing.actions.public.signup import claims_of, site_of
from briefing.actions.rendering.render import the_email
from briefing.clock import time_zone
from briefing.errors import SubscriberError
from briefing.model.correction import Correction
from briefing.model.edition import Edition
from briefing.model.mail import Email
from briefing.model.mailing import Mailing, MailingStatus
from briefing.model.merge_field import Escaping, MergeField, cut
from briefing.store import Headed

#: How many editions a feed tells of.
_FEED = 20
_PUBLIC = (MailingStatus.SENDING, MailingStatus.SENT)
_BODY = re.compile(r"<body[^>]*>")
#: Dark on light in either scheme: nobody should miss it.
_BOX = "background:#fbf0d2;color:#1c1917;font:16px/24px Arial,sans-serif;padding:14px 32px"


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """One edition in the archive."""

    edition: str
    subject: str
    #: When its sending began, in the briefing's own time zone.
    at: datetime
    #: The same for ever, wherever the archive moves.
    urn: str
    #: What was wrong in it, oldest first.
    corrections: tuple[str, ...] = ()
    #: When it changed last: when it was sent, or corrected since.
    changed: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class BriefingArchive:
    """One briefing's editions, newest first."""

    briefing: str
    title: str
    list: str
    editions: tuple[Listed, ...]


def path_of(briefing: str, *below: str) -> str:
    """Where the archive shows a briefing, or something of it."""
    return "/".join(("/archive", *(quote(part, safe="") for part in (briefing, *below))))


def database_state(desk: Desk) -> int | None:
    """A number that changes with all the archive shows; None where that is not known."""
    return desk.store.database.watch.number()


def shelves(desk: Desk) -> tuple[BriefingArchive, ...]:
    """Every briefing that config.toml names, as the archive shows it."""
    return tuple(shelf(desk, name) for name in desk.config.briefings)


def shelf(desk: Desk, briefing: str) -> BriefingArchive:
    """The archive of one briefing.

    Raises:
        SubscriberError: when there is no such briefing.
    """
    if briefing not in desk.config.briefings:
        raise SubscriberError("There is no such briefing here.")
    settings = desk.config.briefings[briefing]
    zone = time_zone(settings.time_zone)
    corrected: defaultdict[str, list[Correction]] = defaultdict(list)
    for one in desk.store.corrections.all(briefing):
        corrected[one.edition].append(one)
    return BriefingArchive(
        briefing=briefing,
        title=settings.title,
        list=settings.list,
        editions=tuple(
            _listed(row, corrected[row.edition], zone)
            for row in desk.store.mailings.listed(briefing, _PUBLIC)
        ),
    )


def _listed(row: Headed, corrections: list[Correction], zone: tzinfo) -> Listed:
    moments = (row.frozen_at, max((one.at for one in corrections), default=row.frozen_at))
    sent, changed = (datetime.fromtimestamp(one, UTC).astimezone(zone) for one in moments)
    return Listed(
        edition=row.edition,
        subject=row.subject,
        at=sent,
        urn=uuid5(NAMESPACE_URL, f"{row.edition} {row.hash}").urn,
        corrections=tuple(one.text for one in corrections),
        changed=max(sent, changed),
    )


def told(desk: Desk, briefing: str) -> tuple[BriefingArchive, tuple[tuple[Listed, str], ...]]:
    """The newest editions for the feed, each with its corrections and the line that inboxes show.

    Errors as `shelf`.
    """
    found = shelf(desk, briefing)

    def summary(each: Listed) -> str:
        corrections = [f"Correction: {text}" for text in each.corrections]
        return " ".join((*corrections, desk.store.mailings.get(each.edition).email.preheader))

    return found, tuple((each, summary(each)) for each in found.editions[:_FEED])


def archived(desk: Desk, briefing: str, edition: str) -> str:
    """The page of an edition that was sent, or is being sent.

    Raises:
        SubscriberError: when there is none of that name.
    """
    mailing = _mailing(desk, edition)
    if mailing.briefing != briefing or mailing.status not in _PUBLIC:
        raise SubscriberError("There is no such edition in the archive.")
    return _neutral(desk, mailing.email, briefing, edition)


def foreseen(desk: Desk, edition: Edition) -> str:
    """The page that the archive will show of an edition, and a letter's own page in the browser.

    Raises:
        TemplateError: when the design does not render, with file and line.
    """
    return _neutral(desk, the_email(desk, edition), edition.briefing, edition.id)


def sent_at(desk: Desk, briefing: str, edition: str) -> datetime:
    """When the sending of an edition in the archive began, in the briefing's own time zone.

    Raises:
        SubscriberError: when there is none of that name.
    """
    found = (each for each in shelf(desk, briefing).editions if each.edition == edition)
    listed = next(found, None)
    if listed is None:
        raise SubscriberError("There is no such edition in the archive.")
    return listed.at


def viewed(desk: Desk, token: str) -> str:
    """The page behind the link "View in browser" of a letter, without a trace of its reader.

    Raises:
        SubscriberError: when the link is not ours, or the edition is not sent yet.
    """
    claims = claims_of(desk, "view", token)
    mailing = _mailing(desk, claims["edition"])
    form = _form(desk, mailing, claims.get("variant", ""))
    return _neutral(desk, form, mailing.briefing, mailing.edition)


def _form(desk: Desk, mailing: Mailing, number: str) -> Email:
    """The variant that a letter was; the whole edition where it was that."""
    forms = desk.store.mailings.forms(mailing) if number else ()
    found = (one.form.email for one in forms if str(one.number) == number)
    return next(found, mailing.email)


def _mailing(desk: Desk, edition: str) -> Mailing:
    found = desk.store.mailings.find(edition) if edition.isprintable() else None
    if found is None:
        raise SubscriberError("There is no such edition in the archive.")
    return found


def _neutral(desk: Desk, email: Email, briefing: str, edition: str) -> str:
    """The very HTML that is sent; only the slots differ."""
    values = {
        "name": "",
        "email": "•••@•••",
        "tags": "",
        # These pages say that every letter has a link of its own.
        "unsubscribe_url": f"{site_of(desk)}/unsubscribe",
        "preferences_url": f"{site_of(desk)}/preferences",
        "view_url": f"{site_of(desk)}{path_of(briefing, edition)}",
    }
    pieces = cut(email.html, email.nonce)
    sent = "".join(_filled(one, values) if isinstance(one, MergeField) else one for one in pieces)
    return _corrected(desk, edition, sent)


def _corrected(desk: Desk, edition: str, sent: str) -> str:
    """What was wrong above what was sent; not a letter of that changes."""
    told = "".join(
        f'<p style="margin:0 auto;max-width:576px"><strong>Correction:</strong> '
        f"{html.escape(one.text)}</p>"
        for one in desk.store.corrections.of(edition)
    )
    body = _BODY.search(sent)
    if not told or body is None:
        return sent
    # A landmark of its own: it stands before the letter's.
    box = f'<section aria-label="Correction" style="{_BOX}">{told}</section>'
    return sent[: body.end()] + box + sent[body.end() :]


def _filled(slot: MergeField, values: dict[str, str]) -> str:
    # A value inside a query would be a reader's: nobody is reading here.
    return "" if slot.kind is Escaping.QUERY else html.escape(values[slot.name])
