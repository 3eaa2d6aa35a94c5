"""Labels that a paragraph of paid copy begins with, before a colon or the like."""

import re

from briefing.articles.text.word_count import count_words
from briefing.articles.vocabulary.labels import (
    disclosure,
    is_open,
    is_slot,
    says_advertisement,
)
from briefing.articles.vocabulary.payer_lines import in_line
from briefing.articles.vocabulary.sales_voice import speaks_to_reader

_OPENING = re.compile(r"[\[(]?([^\W\d_][^:|–—.!?]{1,60}?)[\])]?\s*(?:[:：|]|\s[–—-]\s)\s*(?=\S)")
#: "[Anzeige] Eröffnen Sie", "【PR】…": brackets around it are as good as a colon behind it.
_BRACKETED = re.compile(r"(?P<label>[\[【［]\s?[^\W\d_][^\[\]【】［］]{0,40}[\]】］])\s*(?=\S)")
#: In words: what follows is a text of its own, and no name of who paid.
_TOLD = 6


def opening_label(text: str) -> str | None:
    """The label before the first colon of a paragraph, or in brackets: "Advertisement: Open an account".

    One word that news has other uses for ("Promoted: two clubs from the north") is one only where the rest
    speaks to its reader, as "Sponsored: Open an account and save on your bill" does.
    """
    found = _BRACKETED.match(text) or _OPENING.match(text)
    rest = text[found.end() :] if found else ""
    if not found or count_words(rest) < _TOLD:
        return None
    said = found[1].strip()
    is_plain = (
        is_slot(said) or " " in said or says_advertisement(said) or said != said.strip("[]【】［］")
    )
    return said if _is_label(said) and (is_plain or speaks_to_reader(rest)) else None


def _is_label(said: str) -> bool:
    return bool(is_slot(said) or (disclosure(said) and not is_open(said)) or in_line(said))
