"""Classes taken off texts where no rule of the page asks for them: Gmail cuts a letter off by its bytes."""

import re
from functools import lru_cache
from typing import Any

#: What a text is made of. Blocks keep their names: messages say by them in which part something stands.
_TEXTS = ("p", "a", "span", "strong", "em", "h1", "h2", "h3", "th")
_NAME = re.compile(r"\.(-?[_a-zA-Z][\w-]*)")


def spare_classes(page: Any, nonce: str) -> None:
    """Take from texts the classes that only `theme.css` knew, once its rules stand in the elements.

    Args:
        page: the page, changed in place.
        nonce: how readers' slots begin; what a slot becomes nobody knows.
    """
    asked = _asked(tuple(style.text or "" for style in page.iter("style")))
    for element in page.iter(*_TEXTS):
        names = element.get("class")
        if names is None:
            continue
        kept = " ".join(name for name in names.split() if name in asked or nonce in name)
        if kept:
            element.set("class", kept)
        else:
            del element.attrib["class"]


# A design's rules are the same in every letter.
@lru_cache(maxsize=64)
def _asked(sheets: tuple[str, ...]) -> frozenset[str]:
    """Every class that a rule may name; a figure such as `.5px` names none."""
    return frozenset(name for sheet in sheets for name in _NAME.findall(sheet))
