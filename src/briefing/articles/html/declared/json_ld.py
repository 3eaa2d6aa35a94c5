"""Structured data (JSON-LD) as pages write it: read as leniently as browsers and search engines do."""

import html as entities
import json
import re
from collections.abc import Iterator
from typing import Any

from lxml import html

_ARTICLE = re.compile(r"(?:Article|Posting|Report|Review|Story)$")
_LISTS = frozenset({"ItemList", "CollectionPage", "SearchResultsPage", "ProfilePage", "Blog"})
_WRAPPED = re.compile(
    r"^\s*(?:<!\[CDATA\[|//\s*<!\[CDATA\[|<!--)|(?://\s*\]\]>|\]\]>|-->)\s*;?\s*$"
)
_LAST_COMMA = re.compile(r",(?=\s*[}\]])")
#: Of JSON-LD objects, those that may hold the article or be it.
_INSIDE = ("@graph", "mainEntity", "mainEntityOfPage", "hasPart", "itemListElement", "item")
_DEEPEST = 5
#: In characters; more is data of a program.
_LONGEST = 2_000_000


def objects_of(tree: html.HtmlElement) -> list[dict[str, Any]]:
    """All objects that a document declares, those in lists, @graph and mainEntity too, in their order."""
    found: list[dict[str, Any]] = []
    for script in tree.iter("script"):
        if "ld+json" in (script.get("type") or "").lower():
            found += _objects(_read(script.text or ""), _DEEPEST)
    return found


def articles_of(objects: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Those that are articles, live blogs or other pieces of text."""
    return [each for each in objects if any(_ARTICLE.search(kind) for kind in kinds(each))]


def says_article(types: frozenset[str]) -> bool:
    """True where a page declares an article, and not that it lists several or presents their writer."""
    return not types & _LISTS and any(_ARTICLE.search(kind) for kind in types)


def kinds(each: dict[str, Any]) -> list[str]:
    """The types an object says it is."""
    said = each.get("@type", "")
    return [str(kind) for kind in (said if isinstance(said, list) else [said])]


def _read(written: str) -> object:
    """The data; raw newlines, CDATA marks, comments around it, last commas and entities are forgiven."""
    text = written[:_LONGEST]
    for mend in (str, _unwrapped, lambda bare: _LAST_COMMA.sub("", _unwrapped(bare)), _unescaped):
        try:
            return json.loads(mend(text), strict=False)
        except (ValueError, RecursionError):
            continue
    return None


def _unwrapped(text: str) -> str:
    return _WRAPPED.sub("", _WRAPPED.sub("", text)).strip().rstrip(";")


def _unescaped(text: str) -> str:
    return entities.unescape(_LAST_COMMA.sub("", _unwrapped(text)))


def _objects(data: object, depth: int) -> Iterator[dict[str, Any]]:
    if depth == 0:
        return
    if isinstance(data, dict):
        yield data
        for name in _INSIDE:
            if name in data:
                yield from _objects(data[name], depth - 1)
    elif isinstance(data, list):
        for part in data[:200]:
            yield from _objects(part, depth - 1)
