"""The frame: which blocks of a piece are its body, as trafilatura sees it, on the page's own blocks."""

from bisect import bisect_right
from collections.abc import Sequence
from copy import deepcopy
from itertools import accumulate

from lxml import etree, html

from briefing.articles.html.blocks import Block, Blocks
from briefing.articles.html.markup.regions import (
    COMMENTS,
    CONSENT,
    CONTROL,
    DIALOG,
    FOOT,
    NAVIGATION,
    OTHERS,
    SIGN_UP,
)
from briefing.articles.html.markup.tree import OUT
from briefing.articles.text.fingerprint import folded

#: Elements of a line: other readers lose the words in them, and mostly those around them.
_PLAIN = (
    "time output data bdi bdo dfn kbd samp var mark font center label ruby rb ins meter wbr".split()
)
_MARKED = etree.XPath(f"//*[@{OUT}]")
#: Regions whose elements never hold an article, and the share of a page's prose that one may have.
_CLEAR = frozenset({NAVIGATION, FOOT, CONTROL, OTHERS, COMMENTS, CONSENT, DIALOG, SIGN_UP})
_NEXT_TO_NONE = 0.15
#: A block is the extractor's when this share of its letters is.
_MOST = 0.6
#: Letters by which a line that the extractor altered is still found.
_PREFIX = 32


def framed(
    root: html.HtmlElement, blocks: Blocks, without: Sequence[html.HtmlElement] = ()
) -> list[bool]:
    """For each block whether the extractor takes it for the body of the piece under `root`.

    Args:
        root: the element of the piece.
        blocks: those inside of it.
        without: elements of other pieces in it.
    """
    furniture = _furniture(blocks)
    return _aligned(_extracted(root, [*without, *furniture]), blocks.all)


def _furniture(blocks: Blocks) -> list[html.HtmlElement]:
    """The elements that open a region and hold next to no running text: menus, feet and the like."""
    prose = [block.words if block.is_prose else 0 for block in blocks.all]
    sums = [0, *accumulate(prose)]
    found: dict[html.HtmlElement, None] = {}
    for block in blocks.all:
        for element, region in block.regions[:1]:
            if region in _CLEAR and element not in found and element in blocks.spans:
                first, last = blocks.spans[element]
                if sums[last] - sums[first] <= _NEXT_TO_NONE * sums[-1]:
                    found[element] = None
    return list(found)


def _extracted(root: html.HtmlElement, without: Sequence[html.HtmlElement]) -> list[str]:
    """The lines that trafilatura takes for the body."""
    # Half a second, and the other jobs of this process do not need it.
    from trafilatura import bare_extraction  # noqa: PLC0415, TID251
    from trafilatura.settings import Document  # noqa: PLC0415, TID251

    passed = [element for element in without if element.get(OUT) is None]
    for element in passed:
        element.set(OUT, "1")
    tree = _document(deepcopy(root))
    for element in passed:
        element.attrib.pop(OUT)
    for element in _MARKED(tree):
        element.drop_tree()
    _plain(tree)
    try:
        found = bare_extraction(tree, include_comments=False, include_tables=True, fast=True)
    except (ValueError, TypeError, AttributeError, KeyError, IndexError):
        return []  # a fault of the extractor: our own blocks are read without it
    text = found.text if isinstance(found, Document) else None
    return [line for line in (text or "").split("\n") if line.strip()]


def _plain(tree: html.HtmlElement) -> None:
    """Take off, in place, the tags of a line that mean nothing to an extractor; their words stay."""
    for element in list(tree.iter(*_PLAIN)):
        if element.tag == "center":
            element.tag = "div"
        else:
            element.drop_tag()
    for element in tree.iter("pre"):
        element.tag = "p"


def _document(root: html.HtmlElement) -> html.HtmlElement:
    if root.tag == "html":
        return root
    tree = html.Element("html")
    body = html.Element("body")
    tree.append(body)
    root.tail = None
    if root.tag == "body":
        return _renamed(tree, root)
    body.append(root)
    return tree


def _renamed(tree: html.HtmlElement, body: html.HtmlElement) -> html.HtmlElement:
    tree.remove(tree[0])
    tree.append(body)
    return tree


def _aligned(lines: list[str], blocks: list[Block]) -> list[bool]:
    letters = [folded(block.text) for block in blocks]
    whole = "".join(letters)
    starts = [0, *accumulate(map(len, letters))]
    covered = [0] * len(blocks)
    place = 0
    for line in lines:
        wanted = folded(line.strip("|-— "))
        if not wanted:
            continue
        at, length = _find(wanted, whole, place)
        if at >= 0:
            place = at + length
            _cover(covered, starts, at, place)
    return [
        bool(length) and got >= _MOST * length
        for got, length in zip(covered, map(len, letters), strict=True)
    ]


def _find(wanted: str, whole: str, place: int) -> tuple[int, int]:
    """Where a line stands, from the last one on first; an altered line by how it begins."""
    at = whole.find(wanted, place)
    if at < 0:
        at = whole.find(wanted)
    if at >= 0 or len(wanted) <= _PREFIX:
        return at, len(wanted)
    at = whole.find(wanted[:_PREFIX], place)
    return at, len(wanted)


def _cover(covered: list[int], starts: list[int], start: int, end: int) -> None:
    place = bisect_right(starts, start) - 1
    while place < len(covered) and starts[place] < end:
        covered[place] += min(end, starts[place + 1]) - max(start, starts[place])
        place += 1
