"""Labels that a paragraph of paid copy begins with, before a colon or the like."""

import re

from briefing.articles.vocabulary.labels import (
    disclosure,
    is_open,
    is_slot,
    says_advertisement,
)
from briefing.articles.vocabulary.payer_lines import in_line

_OPENING = re.compile(r"[\[(]?([^\W\d_][^:|–—.!?]{1,60}?)[\])]?\s*(?:[:|]|\s[–—-]\s)\s*(?=\S)")
#: In words: what follows is a text of its own, and no name of who paid.
_TOLD = 6


def opening_label(text: str) -> str | None:
    """The label before the first colon of a paragraph, as in "Advertisement: Open an account".

    One word that news has other uses for ("Promoted: two clubs from the north") is not one.
    """
    found = _OPENING.match(text)
    if not found or len(text[found.end() :].split()) < _TOLD:
        return None
    said = found[1].strip()
    is_plain = is_slot(said) or " " in said or says_advertisement(said)
    return said if is_plain and _is_label(said) else None


def _is_label(said: str) -> bool:
    return bool(is_slot(said) or (disclosure(said) and not is_open(said)) or in_line(said))
