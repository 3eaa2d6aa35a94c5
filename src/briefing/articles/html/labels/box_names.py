"""What the markup of an element says of who paid for it: its names, attributes and data attributes."""

import re
from collections.abc import Iterator
from functools import lru_cache

from lxml import html

from briefing.articles.html.labels.hidden_disclosures import in_attributes
from briefing.articles.html.labels.label_lines import LABEL_LENGTH, is_label

_BOX = re.compile(
    r"^(?:ads?|adverts?|advertisements?|advertising|adslot|adbox|adunit|adcontainer|adwrapper|"
    r"adsbygoogle|sponsored|sponsor|promoted|paid)$"
)
#: Words that may stand next to one of those in a name: "ad-slot-top", "article-ad", "js-ad-inline".
_BESIDE = re.compile(
    r"^(?:slot|box|unit|container|wrapper?|wrap|inline|block|banner|top|bottom|middle|side|right|left|"
    r"content|text|link|links|post|item|card|story|module|native|dfp|gpt|google|js|is|in|article|body|"
    r"m|l|s|promo|amp|the|label|labelled|region|area|native|box|partner)$"
)
_TOKENS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_FOR_READERS = re.compile(r"[^\W\d_a-z]|\S+\s")
#: Where an element's name is: programs that test or fill pages look there.
_CALLED = (
    "class",
    "id",
    "data-testid",
    "data-test",
    "data-qa",
    "data-component",
    "data-module",
    "data-widget",
)
#: Longer names are made by machines.
_NAME_WORDS = 5


def label_in_markup(element: html.HtmlElement) -> str | None:
    """What the markup of one element says of who paid: its names, data attributes, aria-label or type."""
    attributes = element.attrib
    if not attributes:
        return None
    return _in_attributes(tuple(attributes.items()))


def declared_in_markup(element: html.HtmlElement) -> str | None:
    """As `label_in_markup`, but for names: those are for style sheets, and may say what a piece is about."""
    told = [one for one in element.attrib.items() if one[0] not in ("class", "id")]
    return _in_attributes(tuple(told)) if told else None


@lru_cache(maxsize=20_000)
def _in_attributes(attributes: tuple[tuple[str, str], ...]) -> str | None:
    written = " ".join(f"{name} {value[:400]}" for name, value in attributes).lower()
    return in_attributes(list(attributes)) if any(run in written for run in _IN_NAMES) else None


#: As `_RUNS`, of the names that markup gives to what is paid for.
_IN_NAMES = (
    "sponsor",
    "advert",
    "paid",
    "partner",
    "brand",
    "promot",
    "commercial",
    "native",
    "ad",
)


def box_label(element: html.HtmlElement) -> str | None:
    """As `label_in_markup`, and the names that speak of an advert's place."""
    known = label_in_markup(element)
    if known:
        return known
    said = next((value for value in _said(element) if is_label(value)), None)
    if said:
        return said
    if any(
        name.startswith(("data-ad-", "data-ad_")) or name == "data-ad" for name in element.attrib
    ):
        return "Advertisement"
    tag = str(element.tag) if "-" in str(element.tag) else ""
    called = " ".join(element.get(name) or "" for name in _CALLED)
    return _named(f"{tag} {called}"[:400])


def _said(element: html.HtmlElement) -> Iterator[str]:
    """What attributes say in words that a reader may be shown: a style sheet prints data attributes.

    A value in one small word or with hyphens, as `client-content`, is a script's and not a reader's.
    """
    for name, value in element.attrib.items():
        is_data = str(name).startswith("data-")
        if name in ("aria-label", "title") or (is_data and _FOR_READERS.match(str(value).strip())):
            yield str(value)[:LABEL_LENGTH]


@lru_cache(maxsize=20_000)
def _named(names: str) -> str | None:
    lowered = names.lower()
    if not any(run in lowered for run in ("ad", "sponsor", "promoted")):
        return None
    for name in names.split():
        words = [word.lower() for word in _TOKENS.findall(name)]
        told = 0 < len(words) <= _NAME_WORDS and any(map(_BOX.match, words))
        if told and all(_BOX.match(word) or _BESIDE.match(word) for word in words):
            return "Advertisement"
    return None
