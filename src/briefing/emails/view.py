"""What a design sees of an edition: plain dictionaries of clean text, and nothing that acts."""

from collections.abc import Callable, Sequence
from functools import lru_cache
from urllib.parse import quote

from briefing.emails.blocks.block_view import Story, blocks_of
from briefing.emails.blocks.design import design_of
from briefing.emails.blocks.layout import LaidBlock, lay_out
from briefing.emails.blocks.pictures import pictures_of
from briefing.emails.blocks.story_view import story_of
from briefing.emails.click_links import counted_link, mark_of, story_addresses
from briefing.emails.printable import plain
from briefing.emails.settings import EmailSettings
from briefing.emails.small_print import link_texts, source_names
from briefing.languages.furniture import Furniture, furniture, gap_behind
from briefing.languages.table import base_of
from briefing.languages.typography import typeset
from briefing.model.digest import count_words
from briefing.model.edition import BlockKind, Edition, Item, minutes_of

View = dict[str, object]
#: The newsroom's own words that need nothing put into them.
_PLAINLY = (
    "also_today",
    "correction",
    "verbatim",
    "counts_clicks",
    "unsubscribe",
    "preferences",
    "view",
    "matters",
    "edited",
    "forwarded",
    "mistake",
    "how_made",
    "opinion",
    "opinion_good",
    "opinion_bad",
    "send_on",
    "answer",
    "colon",
)
#: A text as it is shown.
Show = Callable[[str], str]


def view_of(edition: Edition, settings: EmailSettings) -> View:
    """All that a design may print of an edition and its house, by name.

    Raises:
        TemplateError: when the design declares what no edition has.
    """
    pieces = (*edition.items, *edition.sponsored)
    design = design_of(settings.template)
    laid = lay_out(edition, design)
    words, show = furniture(settings.language), _shown(settings, settings.language)
    told = _stories(edition, laid, settings, words)
    return {
        "title": show(edition.title),
        "subject": show(edition.subject),
        "preheader": show(edition.preheader),
        "date": words.day(edition.slot, with_weekday=True),
        "words": edition.words,
        "minutes": edition.minutes,
        #: What earlier editions got wrong.
        "corrections": [show(text) for text in edition.corrections],
        #: All stories, whatever their block, and all paid pieces: what a design of one list prints.
        "items": told[: len(edition.items)],
        "sponsored": told[len(edition.items) :],
        #: What a design with blocks prints, in order.
        "blocks": blocks_of(laid, {story["id"]: story for story in told}, words, show),
        #: Those that the design prints, by the id of their story.
        "pictures": pictures_of(laid, design, settings.public_url.rstrip("/"), words, show),
        #: Every printed word is the sources' own: no editor has rewritten a paragraph or added one.
        "verbatim": all(item.verbatim for item in pieces) and not edition.blocks,
        #: Links lead over this house, which counts them; readers are told.
        "counts_clicks": bool(settings.count_at),
        **_house(edition, settings, words, show),
        "say": _said(edition, words, show),
    }


def _stories(
    edition: Edition, laid: Sequence[LaidBlock], settings: EmailSettings, words: Furniture
) -> list[Story]:
    pieces = (*edition.items, *edition.sponsored)
    brief = {
        item.id for block in laid if block.kind is BlockKind.IN_BRIEF for item in block.stories
    }
    numbers = _numbers(edition, laid)
    told = [
        story_of(item, link, words, _shown(settings, item.article.language))
        | {"is_brief": item.id in brief, **_news(item, words, edition, settings)}
        | _made(numbers.get(item.id, 0), item, settings, words)
        for item, link in zip(pieces, link_texts(pieces), strict=True)
    ]
    if settings.count_at:
        addresses = story_addresses(edition)
        for story in told:
            if story["url"]:
                story["url"] = counted_link(settings.count_at, addresses, story["url"])
    return told


def _numbers(edition: Edition, laid: Sequence[LaidBlock]) -> dict[str, int]:
    """The place at which each story is printed, from 1."""
    blocks = (block.stories for block in laid if block.kind is not BlockKind.SECONDS)
    printed = (*(item for stories in blocks for item in stories), *edition.items)
    return {name: place for place, name in enumerate(dict.fromkeys(item.id for item in printed), 1)}


def _made(number: int, item: Item, settings: EmailSettings, words: Furniture) -> Story:
    """Where it stands how a story was made, and what the link is called; paid copy has no number, and none."""
    if not (number and settings.made_url):
        return {"made_url": "", "made_said": ""}
    return {
        "made_url": f"{settings.made_url}#{mark_of(item.id)}",
        "made_said": words.letter["made_piece"].format(number=number),
    }


def shown(text: str, settings: EmailSettings) -> str:
    """A text of the newsroom's own, such as the subject, as readers see it."""
    return _shown(settings, settings.language)(text)


def printed(view: View, block: str) -> list[Story]:
    """The stories of a block, `items` or `sponsored`."""
    found = view[block]
    return found if isinstance(found, list) else []


def _shown(settings: EmailSettings, language: str) -> Show:
    """How a text in a language is shown; where it is the letter's, by the country of the letter."""
    if not settings.typography:
        return plain
    is_own = base_of(language) == base_of(settings.language)
    tag = settings.language if is_own else language
    return lambda text: _set(text, tag) if text else ""


# A letter shows the same words in several places, and its next version most of them again.
@lru_cache(maxsize=8192)
def _set(text: str, tag: str) -> str:
    return typeset(plain(text), tag)


def _said(edition: Edition, words: Furniture, show: Show) -> dict[str, str]:
    """The newsroom's own words in its language, each ready to print but for the reader's address."""
    letter, title = words.letter, plain(edition.title)
    stories = (f"{item.headline} {item.paragraph}" for item in edition.items)
    count = sum(map(count_words, (*stories, *(block.text for block in edition.blocks))))
    writes = next((block.by for block in edition.blocks if block.kind is BlockKind.INTRO), "")
    sources = words.listed(source_names(edition.items))
    return {
        **{name: show(letter[name]) for name in _PLAINLY},
        "because": show(letter["because"].format(title=title, address="{address}")),
        "sign_up": show(letter["sign_up"].format(title=title)),
        #: Who writes today; empty where nobody signs the intro.
        "writes": show(letter["by"].format(names=plain(writes))) if writes else "",
        "sources": show(letter["sources"].format(names=sources)) if sources else "",
        "words": words.count("words", count),
        "minutes": words.count("minutes", minutes_of(count)),
    }


def _house(edition: Edition, settings: EmailSettings, words: Furniture, show: Show) -> View:
    label = words.paid["heading"].format(label=plain(settings.sponsor_label) or words.paid["label"])
    direction = words.language.direction
    return {
        "sponsor_label": show(label),
        "sponsor_end": show(words.paid["end"].format(label=label)),
        "site": {
            "name": show(settings.site_name),
            "url": settings.public_url,
            "postal_address": plain(settings.postal_address),
            #: Pages of the house; empty where it has none.
            "subscribe_url": settings.subscribe_url,
            "made_url": settings.made_url,
            "archive_url": settings.archive_url,
            #: Two thumbs; empty where nobody is asked.
            "good_url": f"{settings.opinion_at}/good" if settings.opinion_at else "",
            "bad_url": f"{settings.opinion_at}/bad" if settings.opinion_at else "",
            #: A new letter: to a friend, with the archive's address, and to the desk where answers reach it.
            "send_on_url": _mail_to("", show(edition.subject), settings.archive_url),
            "answer_url": _mail_to(settings.reply_to, show(edition.title)),
            "takes_answers": bool(settings.reply_to),
        },
        "language": settings.language,
        "direction": direction,
        #: The side that lines start from.
        "start": "right" if direction == "rtl" else "left",
    }


def _mail_to(address: str, subject: str, body: str = "") -> str:
    """A `mailto:` address (RFC 6068); empty where there is neither whom to write to nor what to send."""
    if not (address or body):
        return ""
    fields = {"subject": subject, "body": body}
    return f"mailto:{quote(address, safe='@+')}?" + "&".join(
        f"{name}={quote(text, safe='')}" for name, text in fields.items() if text
    )


def _news(item: Item, words: Furniture, edition: Edition, settings: EmailSettings) -> Story:
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
        "since": f"{label}{gap_behind(label)}",
        "news": ""
        if item.paragraph.startswith(news)
        else _shown(settings, item.article.language)(news),
    }
