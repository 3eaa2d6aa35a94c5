"""Trails: the way from a site's front page to a page, whose last step but the page itself is its section."""

from collections.abc import Iterator, Sequence
from typing import Any

from lxml import etree

from briefing.articles.html.declared.json_ld import kinds, objects_of
from briefing.articles.html.declared.metadata import Document, Metadata, one_line
from briefing.articles.html.declared.titles import agree

#: By WAI-ARIA, schema.org and the names that content systems give it.
_TRAILS = etree.XPath(
    "//*[contains(translate(concat(@class, ' ', @id, ' ', @aria-label, ' ', @itemtype), 'BC', 'bc'), "
    "'crumb')]"
)
#: In words: a longer step is a headline.
_SECTION_WORDS = 5
#: No trail has more steps than these figures can say.
_FIGURES = 3
_LIST = "BreadcrumbList"


def from_trails(found: Metadata, page: Document) -> None:
    """Read the section of a page from the trail that its data or its readers see."""
    found.take("section", _last(_declared(page), found, page), "JSON-LD, trail")
    found.take("section", _last(_shown(page), found, page), "trail")


def _last(steps: Sequence[str], found: Metadata, page: Document) -> str:
    """The last of several steps that is not the page; the first leads to the front page."""
    titles = [text for text, _ in found.titles] or [page.title]
    behind = [one for one in steps[1:] if not any(agree(one, title) for title in titles if title)]
    named = [one for one in behind if one and one.count(" ") < _SECTION_WORDS]
    return named[-1] if named else ""


def _declared(page: Document) -> list[str]:
    scripts = page.tree.iter("script")
    is_told = any(_LIST in (script.text or "") for script in scripts)
    lists = [each for each in objects_of(page.tree) if _LIST in kinds(each)] if is_told else []
    return [_name(step) for step in _items(lists[0])] if lists else []


def _items(trail: dict[str, Any]) -> list[dict[str, Any]]:
    said = trail.get("itemListElement")
    steps = [each for each in said if isinstance(each, dict)] if isinstance(said, list) else []
    return sorted(steps, key=_position)


def _position(step: dict[str, Any]) -> int:
    written = str(step.get("position", ""))
    return int(written) if written.isdecimal() and len(written) <= _FIGURES else 0


def _name(step: dict[str, Any]) -> str:
    item = step.get("item")
    return one_line(step.get("name") or (item.get("name") if isinstance(item, dict) else ""))


def _shown(page: Document) -> list[str]:
    """The links of the first trail that has several steps; the page itself is seldom one."""
    return next((steps for trail in _TRAILS(page.tree) if len(steps := [*_links(trail)]) > 1), [])


def _links(trail: Any) -> Iterator[str]:
    for link in trail.iter("a"):
        if told := one_line("".join(link.itertext())):
            yield told
