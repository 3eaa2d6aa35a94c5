"""The names, days and figures of a sentence: what it tells, whatever the words around them."""

import re

from briefing.digests.candidates import Candidates

#: With this share of its stems in one that also gives all its names, days and figures it tells nothing else.
_SAME_NAMES = 0.35
#: A name or a day inside a sentence, and any figure.
_ANCHOR = re.compile(r"(?<=[\w,;’'] )[A-Z][\w’-]+|\d+(?:[.,]\d+)*")
#: So many, or a figure, are enough to compare two sentences by.
_LEAST = 2


def says_what(found: Candidates, place: int, other: int) -> bool:
    """True when one sentence gives all the names, days and figures of another, and many of its words."""
    own = found.stems[other]
    if not own or len(own & found.stems[place]) < _SAME_NAMES * len(own):
        return False
    wanted = _anchors(found.texts[other])
    if len(wanted) < _LEAST and not any(one[0].isdigit() for one in wanted):
        return False
    return wanted <= _anchors(found.texts[place])


def _anchors(text: str) -> set[str]:
    return set(_ANCHOR.findall(text))
