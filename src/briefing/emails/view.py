"""What a template sees of an edition: plain dictionaries of clean text, and nothing that acts."""

import re
from collections.abc import Mapping

from briefing.emails.settings import EmailSettings
from briefing.model.article import Article, Basis, Verdict
from briefing.model.edition import Edition, Item
from briefing.model.slot import SLOT_NAMES, Kind, Slot

#: One such character from a feed would make MJML refuse the whole edition; bidi overrides would
#: turn the text after them around.
_UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff\u202a-\u202e\u2066-\u2069]"
)
_LINK = re.compile(r"^https?://[^\s\"<>]+$")

View = dict[str, object]


def view_of(edition: Edition, settings: EmailSettings, nonce: str) -> View:
    """All that a template may print, by name."""
    slots = {name: Slot(name=name, kind=_kind(name)).token(nonce) for name in SLOT_NAMES}
    return {
        "title": plain(edition.title),
        "subject": plain(edition.subject),
        "preheader": plain(edition.preheader),
        "date": f"{edition.slot:%A} {edition.slot.day} {edition.slot:%B} {edition.slot.year}",
        "words": edition.words,
        "minutes": edition.minutes,
        "items": [_item(item) for item in edition.items],
        "sponsored": [_item(item) for item in edition.sponsored],
        "sponsor_label": f"Sponsored · {plain(settings.sponsor_label)}",
        "site": {
            "name": plain(settings.site_name),
            "url": settings.public_url,
            "postal_address": plain(settings.postal_address),
        },
        "language": settings.language,
        "direction": settings.direction,
        "start": "right" if settings.direction == "rtl" else "left",
        "verbatim": all(item.verbatim for item in (*edition.items, *edition.sponsored)),
        "slot": slots,
    }


def plain(text: str) -> str:
    """Text without the characters that no mail program can print, spaces folded."""
    return " ".join(_UNPRINTABLE.sub("", text).split())


def _kind(name: str) -> Kind:
    return Kind.URL if name.endswith("_url") else Kind.TEXT


def _item(item: Item) -> Mapping[str, object]:
    article = item.article
    return {
        "id": article.id,
        "kicker": plain(item.kicker),
        "headline": plain(item.headline),
        "paragraph": plain(item.paragraph),
        "byline": _byline(article),
        "url": _address(article),
        "topic": _topic(item),
        "source": _source(article),
        "paid": article.verdict is Verdict.SPONSORED,
        "paid_by": _paid_by(article),
    }


def _byline(article: Article) -> str:
    names = [plain(author.name) for author in article.byline]
    roles = {author.role for author in article.byline}
    role = roles.pop() if len(roles) == 1 else None
    listed = " and ".join(filter(None, [", ".join(names[:-1]), names[-1] if names else ""]))
    return f"By {listed}, {plain(role)}" if listed and role else f"By {listed}" if listed else ""


def _address(article: Article) -> str:
    for address in (article.canonical_url, article.url):
        if address and _LINK.match(address):
            return address
    return ""


def _topic(item: Item) -> str:
    """The headline's own words up to a break, so that no two links read alike."""
    headline = plain(item.headline)
    return re.split(r"[:;–—]| -+ ", headline)[0].strip() or headline


def _paid_by(article: Article) -> str:
    sponsorship = article.sponsorship
    if not sponsorship.sponsor:
        return ""
    words = "Paid for by" if sponsorship.basis is Basis.DECLARED else "From"
    return f"{words} {plain(sponsorship.sponsor)}"


def _source(article: Article) -> str:
    """Where a piece without an address comes from, as exactly as we know it."""
    supplement = plain(article.sponsorship.supplement or "")
    if supplement:
        return f"From the supplement “{supplement}”"
    named = dict.fromkeys(plain(author.publication or "") for author in article.byline)
    place = ", ".join(filter(None, named)) or f"saved page “{plain(article.page)}”"
    day = article.published
    return f"Source: {place}" + (f", {day.day} {day:%B} {day.year}" if day else "")
