"""CSS with the fewest bytes that say the same: Gmail cuts a letter off by its bytes."""

import re
from functools import lru_cache

_PARTS = re.compile(
    r"""(?P<kept>"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|url\([^)]*\)|/\*.*?\*/)"""
    r"|(?P<end>(?:\s*;)*\s*\})\s*|\s*(?P<mark>[{;>])\s*|(?P<after>[:,])\s+|\s+(?P<weight>!)(?=\s*important)|\s+",
    re.DOTALL | re.IGNORECASE,
)


# A design's rules are the same in every letter.
@lru_cache(maxsize=64)
def compact_css(css: str) -> str:
    """The same rules, one a line, without white space that says nothing; strings and comments stay."""
    return _PARTS.sub(_shorter, css).strip()


def _shorter(found: re.Match[str]) -> str:
    if found["end"]:
        return "}\n"
    return found["kept"] or found["mark"] or found["after"] or found["weight"] or " "
