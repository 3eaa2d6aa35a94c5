"""A source's own furniture is taken out of its pages, except what says who paid."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from lxml import html
from lxml.cssselect import CSSSelector, SelectorError
from lxml.etree import ParserError

from briefing.articles.html.labels.hidden_disclosures import in_attributes
from briefing.articles.html.markup.is_html import is_markup
from briefing.articles.lines.line_kind import LineKind, classify
from briefing.articles.text.decoding import decode
from briefing.articles.text.own_furniture import OwnFurniture
from briefing.errors import naming
from briefing.model.article import Removed
from briefing.model.page import Page

_DECLARING = frozenset({LineKind.DISCLOSURE, LineKind.PAYER})
_LEAVES = "p li dt dd td th h1 h2 h3 h4 h5 h6 figcaption blockquote div span a".split()
_BOM = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class Cleared:
    """A page without its source's furniture, and what was taken out of it."""

    page: Page
    removed: tuple[Removed, ...] = ()
    flags: tuple[str, ...] = ()


def check_selector(written: str) -> None:
    """Make sure that it is a CSS selector.

    Raises:
        ValueError: when it is not one.
    """
    try:
        CSSSelector(written)
    except SelectorError as error:
        raise ValueError(f"is not a CSS selector: {error}") from error


def check_pattern(written: str) -> None:
    """Make sure that it is a regular expression.

    Raises:
        ValueError: when it is not one.
    """
    try:
        re.compile(written)
    except re.error as error:
        raise ValueError(f"is not a regular expression: {error}") from error


def clear(page: Page, rules: OwnFurniture) -> Cleared:
    """Take a source's own furniture out of a page. What says who paid stays, whatever a rule says.

    Raises:
        PageRefused: when the page is empty, too large or no text.
    """
    if not rules.selectors and not rules.lines:
        return Cleared(page)
    with naming(page.name):
        decoded = decode(page.body)
    if is_markup(decoded.text, page.media_type):
        text, removed = _from_markup(decoded.text, rules)
    else:
        text, removed = _from_lines(decoded.text, rules)
    if not removed:
        return Cleared(page)
    # The mark says what the bytes are in now, whatever a declaration inside them says.
    body = _BOM + text.encode()
    return Cleared(replace(page, body=body), tuple(removed), decoded.flags)


def _from_lines(text: str, rules: OwnFurniture) -> tuple[str, list[Removed]]:
    kept, removed = [], []
    for line in text.split("\n"):
        rule = _rule(line, rules)
        if rule is None or not line.strip() or _declares(line):
            kept.append(line)
        else:
            kept.append("")
            removed.append(_removed(line, rule))
    return "\n".join(kept), removed


def _from_markup(text: str, rules: OwnFurniture) -> tuple[str, list[Removed]]:
    try:
        parser = html.HTMLParser(encoding="utf-8")
        tree = html.document_fromstring(text.encode(), parser=parser)
    except ParserError:  # nothing but comments
        return text, []
    removed = []
    for element, rule in [*_selected(tree, rules), *_matching(tree, rules)]:
        words = " ".join(element.text_content().split())
        if element.getparent() is None or _discloses(element):
            continue
        element.drop_tree()
        removed.append(_removed(words, rule))
    written: bytes = html.tostring(tree, encoding="utf-8", doctype="<!doctype html>")
    return written.decode(), removed


def _selected(
    tree: html.HtmlElement, rules: OwnFurniture
) -> Iterator[tuple[html.HtmlElement, str]]:
    for selector in rules.selectors:
        for element in CSSSelector(selector)(tree):
            yield element, selector


def _matching(
    tree: html.HtmlElement, rules: OwnFurniture
) -> Iterator[tuple[html.HtmlElement, str]]:
    """Elements that are one line each; one with others of them inside is several."""
    if not rules.lines:
        return
    for element in tree.iter(*_LEAVES):
        if next(element.iterdescendants(*_LEAVES), None) is None:
            rule = _rule(" ".join(element.text_content().split()), rules)
            if rule is not None:
                yield element, rule


def _discloses(element: html.HtmlElement) -> bool:
    if any(in_attributes(list(part.attrib.items())) for part in element.iter(html.etree.Element)):
        return True
    return any(_declares(line) for line in element.itertext())


def _declares(line: str) -> bool:
    text = " ".join(line.split())
    return bool(text) and classify(text).kind in _DECLARING


def _rule(line: str, rules: OwnFurniture) -> str | None:
    return next((pattern for pattern in rules.lines if re.search(pattern, line)), None)


def _removed(text: str, rule: str) -> Removed:
    return Removed(text=text, reason=f"furniture of this source: {rule}")
