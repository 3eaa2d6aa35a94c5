"""What a design sees of an edition: plain dictionaries of clean text, and nothing that acts."""

from collections.abc import Callable

from briefing.emails.click_links import counted_link, story_addresses
from briefing.emails.printable import plain, web_address
from briefing.emails.settings import EmailSettings
from briefing.emails.small_print import byline, issued_by, paid_by, source, topics
from briefing.languages.furniture import Furniture, furniture
from briefing.languages.table import base_of
from briefing.languages.typography import typeset
from briefing.languages.words import count_words
from briefing.model.article import Verdict
from briefing.model.edition import Edition, Item, minutes_of

View = dict[str, object]
#: A text as it is shown.
Show = Callable[[str], str]


def view_of(edition: Edition, settings: EmailSettings) -> View:
    """All that a design may print of an edition and its house, by name."""
    stories = (*edition.items, *edition.sponsored)
    addresses = story_addresses(edition)
    words, show = furniture(settings.language), _shown(settings, settings.language)
    told = [
        _story(item, topic, words, _shown(settings, item.article.language))
        | _news(item, words, edition, settings)
        for item, topic in zip(stories, topics(stories), strict=True)
    ]
    if settings.count_at:
        for story in told:
            if story["url"]:
                story["url"] = counted_link(settings.count_at, addresses, story["url"])
    return {
        "title": show(edition.title),
        "subject": show(edition.subject),
        "preheader": show(edition.preheader),
        "date": words.day(edition.slot, with_weekday=True),
        "words": edition.words,
        "minutes": edition.minutes,
        #: What earlier editions got wrong.
        "corrections": [show(text) for text in edition.corrections],
        "items": told[: len(edition.items)],
        "sponsored": told[len(edition.items) :],
        #: Every printed word is the sources' own: no editor has rewritten a paragraph.
        "verbatim": all(item.verbatim for item in stories),
        #: Links lead over this house, which counts them; readers are told.
        "counts_clicks": bool(settings.count_at),
        **_house(settings, words, show),
        "say": _said(edition, words, show),
    }


def shown(text: str, settings: EmailSettings) -> str:
    """A text of the newsroom's own, such as the subject, as readers see it."""
    return _shown(settings, settings.language)(text)


def printed(view: View, block: str) -> list[dict[str, str]]:
    """The stories of a block, `items` or `sponsored`."""
    found = view[block]
    return found if isinstance(found, list) else []


def _shown(settings: EmailSettings, language: str) -> Show:
    """How a text in a language is shown; where it is the letter's, by the country of the letter."""
    if not settings.typography:
        return plain
    is_own = base_of(language) == base_of(settings.language)
    tag = settings.language if is_own else language
    return lambda text: typeset(plain(text), tag)


def _said(edition: Edition, words: Furniture, show: Show) -> dict[str, str]:
    """The newsroom's own words in its language, each ready to print but for the reader's address."""
    letter, stories = words.letter, edition.items
    count = sum(count_words(f"{item.headline} {item.paragraph}") for item in stories)
    plainly = (
        "also_today",
        "correction",
        "verbatim",
        "counts_clicks",
        "unsubscribe",
        "preferences",
        "view",
    )
    return {
        **{name: show(letter[name]) for name in plainly},
        "because": show(letter["because"].format(title=plain(edition.title), address="{address}")),
        "words": words.count("words", count),
        "minutes": words.count("minutes", minutes_of(count)),
    }


def _house(settings: EmailSettings, words: Furniture, show: Show) -> View:
    label = words.paid["heading"].format(label=plain(settings.sponsor_label) or words.paid["label"])
    direction = words.language.direction
    return {
        "sponsor_label": show(label),
        "sponsor_end": show(words.paid["end"].format(label=label)),
        "site": {
            "name": show(settings.site_name),
            "url": settings.public_url,
            "postal_address": plain(settings.postal_address),
        },
        "language": settings.language,
        "direction": direction,
        #: The side that lines start from.
        "start": "right" if direction == "rtl" else "left",
    }


def _story(item: Item, topic: str, words: Furniture, show: Show) -> dict[str, str]:
    article = item.article
    reported = article.verdict is Verdict.EDITORIAL
    label, says = issued_by(article, words)
    note = show(item.note)
    return {
        "id": article.id,
        # A name picked from somebody's own text would read like a desk's own heading.
        "kicker": show(item.kicker) if reported else "",
        "headline": show(item.headline),
        "byline": show(byline(article, words)),
        "paragraph": show(item.paragraph),
        "note": note,
        "note_said": words.letter["editors_note"].format(note=note),
        "url": web_address(article.canonical_url, article.url),
        "topic": show(topic),
        "read_on": words.letter["read_on"].format(topic=show(topic)),
        "source": source(article, words),
        "also_in": show(words.letter["also_in"].format(names=words.listed(item.papers)))
        if item.papers
        else "",
        "paid_by": paid_by(article, words),
        #: Of what a body issued itself: its label, and who says what the paragraph says.
        "issued_by": show(label),
        "says": show(says),
    }


def _news(
    item: Item, words: Furniture, edition: Edition, settings: EmailSettings
) -> dict[str, str]:
    """The line that says what is new since an earlier edition; empty where the letter has none.

    Where the paragraph begins with that sentence the label stands before the paragraph, and `news` is
    empty: nothing is printed twice.
    """
    follow_up = item.follow_up
    if not follow_up or not follow_up.printed or not follow_up.news:
        return {"since": "", "news": ""}
    label = shown(words.since(follow_up.day, edition.slot.date()), settings)
    news = follow_up.news.printed
    return {
        # A wide colon has its space within.
        "since": label if label.endswith("：") else f"{label} ",
        "news": ""
        if item.paragraph.startswith(news)
        else _shown(settings, item.article.language)(news),
    }
