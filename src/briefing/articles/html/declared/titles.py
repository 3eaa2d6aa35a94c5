"""Headlines that a page or its carrier declares: where they stood, and whether two texts are one headline."""

import re

from briefing.articles.text.fingerprint import folded, words_of
from briefing.articles.text.word_count import count_words

_BEFORE_NAME = re.compile(r"\s+[|–—·•:»›‹«-]+\s+|\s*[|｜]\s*")
#: Words of a site's or section's name behind a title.
_NAME_WORDS = 5
_SAME, _PART = 0.7, 0.5
_ENOUGH = 4
#: Origins that a heading of the page stands before, even one that says something else.
TITLE, CARRIER, DATA = "title", "feed or letter", "JSON-LD"
WEAK = frozenset({TITLE, CARRIER})


def agree(heading: str, declared: str) -> bool:
    """True when two texts are one headline, whatever name stands behind one of them."""
    ours, theirs = folded(heading), folded(declared)
    if not ours or not theirs:
        return False
    short, long = sorted((ours, theirs), key=len)
    if short in long and len(short) >= _PART * len(long):
        return True
    if theirs.startswith(ours) and count_words(heading) >= _ENOUGH:
        return True
    behind = declared.partition(": ")[2]
    if count_words(behind) >= _ENOUGH - 1 and ours.startswith(folded(behind)):
        return True
    one, other = set(words_of(heading)), set(words_of(declared))
    shared = len(one & other)
    return shared >= _ENOUGH and shared >= _SAME * max(len(one), len(other))


def without_site(title: str, site: str) -> str:
    """A title without the site's name behind it; of an unknown site a short last part is its name."""
    parts = _BEFORE_NAME.split(title)
    if len(parts) < 2:  # noqa: PLR2004 - nothing behind it
        return title
    for cut in (parts[-1], parts[0]):
        named = site and (folded(cut) in folded(site) or folded(site) in folded(cut))
        short = not site and cut is parts[-1] and len(cut.split()) <= _NAME_WORDS
        rest = title[: -len(cut)] if cut is parts[-1] else title[len(cut) :]
        if (named or short) and len(rest.split()) >= _ENOUGH - 1:
            return rest.strip(" |–—·•:»›‹«-｜\n\t")
    return title
