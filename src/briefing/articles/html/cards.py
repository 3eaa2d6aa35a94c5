"""Cards: boxes that are alike, each with a link to another page."""

from collections.abc import Sequence

from lxml import html

from briefing.articles.html.blocks import HEADINGS
from briefing.articles.text.word_count import count_words

#: So many alike are cards.
_FEWEST = 3
#: In words: what a link to a story says at least.
_LINK = 3
#: How far above an element its card may begin.
_HIGHEST = 5


def cards_in(elements: Sequence[html.HtmlElement]) -> dict[html.HtmlElement, html.HtmlElement]:
    """The card around each of these elements that stands in one.

    A card has at least two more like it (the same tag and class under one parent), and each of them a link of
    three words or more that leads away from the page.
    """
    known: dict[html.HtmlElement, bool] = {}
    found = {}
    for element in elements:
        for around in (element, *element.iterancestors())[:_HIGHEST]:
            if _is_card(around, known):
                found[element] = around
                break
    return found


def _is_card(element: html.HtmlElement, known: dict[html.HtmlElement, bool]) -> bool:
    around = element.getparent()
    if around is None or element.tag in ("body", "main", "p", "a", "span"):
        return False
    if element not in known:
        alike = [
            one
            for one in around
            if one.tag == element.tag and one.get("class") == element.get("class")
        ]
        links = [_link(one) for one in alike]
        linked = all(links) and len(set(links)) >= _FEWEST
        known |= dict.fromkeys(alike, linked)
    return known[element]


def _link(element: html.HtmlElement) -> str:
    """What its first link to another page says; empty without one, or with fewer words than a headline has."""
    for link in element.iter("a"):
        words = " ".join(str(link.text_content()).split())
        is_headline = any(above.tag in HEADINGS for above in link.iterancestors())
        fewest = 1 if is_headline else _LINK
        if not (link.get("href") or "#").startswith("#") and count_words(words) >= fewest:
            return words
    return ""
