"""Titles that only their look or the name of their style shows.

Word processors write a title as a paragraph of a style, and pages older than style sheets as a line
in large letters. It becomes the main heading, so that the rest of the room reads one kind of page.
"""

import re
from collections.abc import Iterator

from lxml import html

_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
#: Word calls the style "MsoTitle", Google Docs "title".
_STYLES = frozenset({"title", "msotitle"})
_FEWEST, _MOST = 2, 30
#: In words: what is longer is text, and the title stands over it.
_TEXT = 30
#: A document has so many paragraphs with its title; fewer are a note.
_PARAGRAPHS = 3
#: So much larger than the text are the letters of a title.
_LARGER = 1.25
#: Of `<font size>`, in pixels (HTML 4.01, 15.2.2; CSS 2.1, 15.7).
_SIZES = (10, 13, 16, 18, 24, 32, 48)
_PLAIN = 16.0
_RULE = re.compile(r"([\w.#, -]{1,200})\{([^{}]{0,2000})\}")
_CLASS = re.compile(r"\.([\w-]+)")
_SIZE = re.compile(r"\bfont(?:-size)?\s*:[^;]{0,40}?(\d+(?:\.\d+)?)\s*(px|pt)")
_LOOKS = ("font", "p", "span", "div", "b", "big")


def mark_title(tree: html.HtmlElement) -> None:
    """Make a title that no heading holds the main heading, in place; the headings of its sections go below it."""
    body = tree.find("body")
    if body is None:
        return
    headings = [one for one in body.iter(*_HEADINGS) if _words(one)]
    title = _styled(body, headings)
    if title is None and not headings:
        title = _largest(tree, body)
    if title is None:
        return
    for heading in headings:
        heading.tag = f"h{min(6, int(heading.tag[1]) + 1)}"
    title.tag = "h1"


def _styled(body: html.HtmlElement, headings: list[html.HtmlElement]) -> html.HtmlElement | None:
    """The one paragraph in the style of a title, over all headings."""
    named = [
        one
        for one in body.iter("p")
        if _STYLES & set((one.get("class") or "").casefold().split()) and _is_title(one)
    ]
    if len(named) != 1:
        return None
    order = {one: at for at, one in enumerate(body.iter("p", *_HEADINGS))}
    return named[0] if all(order[named[0]] < order[one] for one in headings) else None


def _largest(tree: html.HtmlElement, body: html.HtmlElement) -> html.HtmlElement | None:
    """The line over the text in the largest letters, where it has larger ones than the text."""
    sizes = _sheet(tree)
    best: html.HtmlElement | None = None
    most, below = 0.0, _PLAIN
    smaller: list[html.HtmlElement] = []
    for element, size in _sized(body, sizes):
        if _words(element) >= _TEXT and element.tag != "div":
            below = size or _PLAIN
            break
        if size and size >= most and _is_title(element):
            best, most, smaller = element, size, []
        elif best is not None and size >= _LARGER * _PLAIN and _is_title(element):
            smaller.append(element)
    if best is None or most < _LARGER * below:
        return _bold(body)
    for element in smaller[:1]:
        _paragraph(element).set("class", "subtitle")
    return best


def _bold(body: html.HtmlElement) -> html.HtmlElement | None:
    """The first paragraph, where all of it is in bold letters and none below it is."""
    told = [one for one in body.iter("p") if _words(one)]
    if len(told) < _PARAGRAPHS or not _is_all_bold(told[0]) or not _is_title(told[0]):
        return None
    return None if any(map(_is_all_bold, told[1:])) else told[0]


def _is_all_bold(element: html.HtmlElement) -> bool:
    marked = sum(
        _words(one)
        for one in element.iter("b", "strong")
        if next(one.iterancestors("b", "strong"), None) is None
    )
    return marked == _words(element)


def _paragraph(element: html.HtmlElement) -> html.HtmlElement:
    """The paragraph that holds nothing but an element, or the element."""
    around = element.getparent()
    if around is not None and around.tag == "p" and _words(around) == _words(element):
        return around
    return element


def _sized(
    body: html.HtmlElement, sizes: dict[str, float]
) -> Iterator[tuple[html.HtmlElement, float]]:
    """The elements that may be a title or the text, with the size of their letters, 0 where none is given."""
    for element in body.iter(*_LOOKS):
        own = _size_of(element, sizes)
        if own or (element.tag == "p" and _words(element) >= _TEXT):
            yield element, own


def _size_of(element: html.HtmlElement, sizes: dict[str, float]) -> float:
    if written := _in_pixels(element.get("style") or ""):
        return written
    size = (element.get("size") or "") if element.tag == "font" else ""
    if size.lstrip("+-").isdigit():
        number = int(size) + (3 if size[0] in "+-" else 0)
        return float(_SIZES[min(max(number, 1), 7) - 1])
    classes = [sizes[name] for name in (element.get("class") or "").split() if name in sizes]
    return max(classes, default=0.0)


def _sheet(tree: html.HtmlElement) -> dict[str, float]:
    """The size of letters that the page's own style sheet gives to each class."""
    found: dict[str, float] = {}
    for style in tree.iter("style"):
        for names, rule in _RULE.findall(style.text or ""):
            if size := _in_pixels(rule):
                found |= dict.fromkeys(_CLASS.findall(names), size)
    return found


def _in_pixels(rule: str) -> float:
    found = _SIZE.search(rule)
    if not found:
        return 0.0
    return float(found[1]) * (4 / 3 if found[2] == "pt" else 1.0)


def _is_title(element: html.HtmlElement) -> bool:
    return _FEWEST <= _words(element) <= _MOST and not any(
        inner.tag in ("p", "td", "table", "div", "ul", "br") for inner in element.iterdescendants()
    )


def _words(element: html.HtmlElement) -> int:
    return len(str(element.text_content()).split())
