"""What a design sees of an edition: plain dictionaries of clean text, and nothing that acts."""

from briefing.emails.click_links import counted_link, story_addresses
from briefing.emails.printable import plain, web_address
from briefing.emails.settings import EmailSettings
from briefing.emails.small_print import byline, paid_by, source, topics
from briefing.model.article import Verdict
from briefing.model.edition import Edition, Item

View = dict[str, object]


def view_of(edition: Edition, settings: EmailSettings) -> View:
    """All that a design may print of an edition and its house, by name."""
    stories = (*edition.items, *edition.sponsored)
    addresses = story_addresses(edition)
    told = [_story(item, topic) for item, topic in zip(stories, topics(stories), strict=True)]
    if settings.count_at:
        for story in told:
            if story["url"]:
                story["url"] = counted_link(settings.count_at, addresses, story["url"])
    return {
        "title": plain(edition.title),
        "subject": plain(edition.subject),
        "preheader": plain(edition.preheader),
        "date": f"{edition.slot:%A} {edition.slot.day} {edition.slot:%B} {edition.slot.year}",
        "words": edition.words,
        "minutes": edition.minutes,
        #: What earlier editions got wrong.
        "corrections": [plain(text) for text in edition.corrections],
        "items": told[: len(edition.items)],
        "sponsored": told[len(edition.items) :],
        #: Every printed word is the sources' own: no editor has rewritten a paragraph.
        "verbatim": all(item.verbatim for item in stories),
        #: Links lead over this house, which counts them; readers are told.
        "counts_clicks": bool(settings.count_at),
        **_house(settings),
    }


def printed(view: View, block: str) -> list[dict[str, str]]:
    """The stories of a block, `items` or `sponsored`."""
    found = view[block]
    return found if isinstance(found, list) else []


def _house(settings: EmailSettings) -> View:
    return {
        "sponsor_label": f"Sponsored · {plain(settings.sponsor_label)}",
        "site": {
            "name": plain(settings.site_name),
            "url": settings.public_url,
            "postal_address": plain(settings.postal_address),
        },
        "language": settings.language,
        "direction": settings.direction,
        #: The side that lines start from.
        "start": "right" if settings.direction == "rtl" else "left",
    }


def _story(item: Item, topic: str) -> dict[str, str]:
    article = item.article
    paid = article.verdict is Verdict.SPONSORED
    return {
        "id": article.id,
        # A name picked from an advert's text would read like a desk's own heading.
        "kicker": "" if paid else plain(item.kicker),
        "headline": plain(item.headline),
        "byline": byline(article),
        "paragraph": plain(item.paragraph),
        "note": plain(item.note),
        "url": web_address(article.canonical_url, article.url),
        "topic": topic,
        "source": source(article),
        "paid_by": paid_by(article),
    }
