"""`dir="auto"` taken out where it says what holds anyway: Gmail cuts a letter off by its bytes."""

import re
from collections.abc import Iterator
from typing import Any
from unicodedata import bidirectional

#: Elements that begin a paragraph of their own; on others `dir` keeps a text apart from its neighbours too.
_BLOCKS = ("p", "h1", "h2", "h3", "h4", "h5", "h6", "div", "td", "th", "li")
_STYLED = re.compile(r"(?:^|[;\s])direction:\s*(ltr|rtl)")
#: The classes of strong characters (Unicode Standard Annex 9, rule P2).
_STRONG = {"L": "ltr", "R": "rtl", "AL": "rtl"}


def spare_directions(page: Any, nonce: str) -> None:
    """Take `dir="auto"` from blocks whose text goes the way of what they stand in.

    Args:
        page: the page, changed in place.
        nonce: how readers' slots begin; nobody knows which way a reader's name goes.
    """
    around: dict[Any, str] = {}
    for element in page.xpath("//*[@dir='auto']"):
        if element.tag in _BLOCKS:
            parent = element.getparent()
            if parent not in around:
                around[parent] = _way(parent)
            if _goes(element, nonce) == around[parent]:
                del element.attrib["dir"]


def _way(element: Any) -> str:
    """The direction an element names for what stands in it, by style or `dir`: that of HTML where nothing does.

    mrml writes a direction into the cells of each section and column.
    """
    while element is not None:
        styled = _STYLED.search(element.get("style", ""))
        said = styled[1] if styled else element.get("dir")
        if said:
            return str(said)
        element = element.getparent()
    return "ltr"


def _goes(element: Any, nonce: str) -> str:
    """The direction that a browser finds (HTML, section 3.2.6.4); empty where that is not for us to say."""
    text = element.text or ""
    if not len(element):
        return "" if nonce in text else next(_strong([text]), "")
    if any(
        one.get("dir") or one.tag in ("bdi", "style", "script") for one in element.iterdescendants()
    ):
        return ""
    texts = list(element.itertext())
    if any(nonce in text for text in texts):
        return ""
    return next(_strong(texts), "")


def _strong(texts: list[str]) -> Iterator[str]:
    for text in texts:
        for character in text:
            # Most texts begin with a letter of ours.
            if character.isascii():
                if character.isalpha():
                    yield "ltr"
            elif bidirectional(character) in _STRONG:
                yield _STRONG[bidirectional(character)]
