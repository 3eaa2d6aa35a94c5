"""HTML → a tree that every reader of this room can walk: bounded, without scripts, comments and the unseen."""

import re

from lxml import etree, html

from briefing.errors import PageRefused

#: Elements that hold no text of a page. What a script declares is read before.
_NO_TEXT = (
    "script", "style", "noscript", "template", "svg", "iframe", "object", "select", "textarea",
    "audio", "video", "canvas", "map", "datalist", "embed", "applet", "frameset", "amp-embed",
)  # fmt: skip
#: The attribute of an element that the extractor never sees.
OUT = "data-briefing-out"
#: The attribute of an element in which a script or a frame stood.
FETCHED = "data-fetched-here"
_FETCHING = ("script", "iframe")
#: Fields whose label is a choice to click, and no text.
_CHOICES = ("radio", "checkbox")
#: The attributes in which an element says to tests and style sheets what it holds.
_NAMED_FOR_TESTS = (
    "data-testid",
    "data-test-id",
    "data-test",
    "data-qa",
    "data-cy",
    "data-component",
    "data-gu-name",
)
_TESTED = etree.XPath("//*[" + " or ".join(f"@{name}" for name in _NAMED_FOR_TESTS) + "]")
_LONGEST_NAMES = 1_000
#: In characters. A million attributes of one tag would need a gigabyte.
_TAG_LENGTH = 20_000
_LONG_TAG = re.compile(rf"<[^<>]{{{_TAG_LENGTH},}}>")
_LONG_VALUE = re.compile(r"""([\"'])[^\"'<>]{2000,}\1""")
_TAG = re.compile(r"</?[a-zA-Z]")
#: Opening and closing ones. Of 311 pages of two corpora the one with most has 19,252.
MOST_TAGS = 40_000
#: Nested deeper, elements say nothing more, and readers that call themselves break.
_DEEPEST = 120
_TOO_DEEP = etree.XPath(f"//*[count(ancestor::*) = {_DEEPEST}]")


def parse(text: str) -> html.HtmlElement:
    """The tree of a document, scripts and all; an empty one when it has no element.

    Raises:
        PageRefused: when there are more tags than anybody writes.
    """
    if text.count("<") > MOST_TAGS:
        _check_tags(text)
    parser = html.HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True
    )
    closed = _closed(text)
    if max(map(len, closed.split("<"))) > _TAG_LENGTH:
        closed = _LONG_TAG.sub(_shortened, closed)
    written = closed.encode("utf-8", errors="replace")
    try:
        tree = html.document_fromstring(written, parser=parser)
    except (etree.ParserError, ValueError):
        return html.Element("html")
    _flatten(tree)
    _name(tree)
    return tree


def _name(tree: html.HtmlElement) -> None:
    """Give elements the names that those who made the page test it by: classes made by machines say nothing."""
    for element in _TESTED(tree):
        names = [element.get("class"), *map(element.get, _NAMED_FOR_TESTS)]
        element.set("class", " ".join(filter(None, names))[:_LONGEST_NAMES])


def _check_tags(text: str) -> None:
    if len(_TAG.findall(text)) > MOST_TAGS:
        raise PageRefused(
            f"the page has more than {MOST_TAGS:,} tags, the most a page may have. "
            "Save the page of one article."
        )


def _closed(text: str) -> str:
    """Without comments, and with every stray "<" escaped: parsers are quadratic over those."""
    if "<!--" in text:
        kept, place = [], 0
        while (start := text.find("<!--", place)) >= 0:
            end = text.find("-->", start + 4)
            if end < 0:
                break
            kept.append(text[place:start])
            place = end + 3
        kept.append(text[place:])
        text = "".join(kept)
    return text


def _shortened(tag: re.Match[str]) -> str:
    """Without pictures written into the tag, and without the attributes that nobody writes."""
    return _LONG_VALUE.sub(r"\1\1", tag[0])[:_TAG_LENGTH].removesuffix(">") + ">"


def _flatten(tree: html.HtmlElement) -> None:
    """Take out the elements inside of what is nested too deep, and leave what they say."""
    for element in _TOO_DEEP(tree):
        _unnest(element)


def _unnest(element: html.HtmlElement) -> None:
    """The text of everything inside as the element's own."""
    text = " ".join(element.itertext())
    for child in list(element):
        element.remove(child)
    element.text = text


def without_code(tree: html.HtmlElement) -> None:
    """Take out, in place, the elements that hold no text; where one fetched something, its parent says so."""
    for element in tree.iter(*_FETCHING):
        if (around := element.getparent()) is not None:
            around.set(FETCHED, "")
    for label in list(tree.iter("label")):
        if any(field.get("type") in _CHOICES for field in label.iter("input")):
            label.drop_tree()
    etree.strip_elements(tree, *_NO_TEXT, with_tail=False)
