"""Marks of the libraries of newspapers: by which lines an export of one is known."""

import re
from collections.abc import Sequence

from briefing.articles.vocabulary.lookup import Finder

#: "Document TOLPOS0020260512em5c00004": by which the database knows it.
NUMBERED = re.compile(r"^[^\W\d_]{4,12} (?=\S*\d{4})(?=\S*[A-Z])[A-Za-z0-9]{16,40}$")
#: "Byline: Ann Lee", "Load-Date: March 4, 2026", "Body", "Full text: The ferry".
FIELD = re.compile(r"^(?P<name>[^\W\d_][\w /-]{2,30}?)(?::(?: (?P<value>\S.*))?)?$")
_LIBRARY, TEXT_FIELD = Finder("headers", "library field"), Finder("headers", "library text")
_MARK, _END = Finder("headers", "library mark", "library end"), Finder("headers", "library end")
LENGTH = re.compile(r"^\d{1,6} (?:words|Wörter|mots|palabras|parole)$", re.IGNORECASE)
#: So many fields show that a page comes from such a library, of which one says what kind of thing it is.
FEWEST = 3


def is_export(texts: Sequence[str]) -> bool:
    """True for lines of which several are fields of such a library, or which end on its number for the text."""
    if any(NUMBERED.match(text) for text in texts) and any(LENGTH.match(text) for text in texts):
        return True
    return any(map(is_mark, texts)) and sum(map(is_named, texts)) >= FEWEST


def is_mark(text: str) -> bool:
    """What only such a library prints: its own number for the text, its own day, its end."""
    return _MARK.find(text.partition(":")[0]) is not None


def is_end(text: str) -> bool:
    """What such a library prints below a text."""
    return _END.find(text) is not None


def is_named(text: str) -> bool:
    """A field of such a library, by its name."""
    match = FIELD.match(text)
    if not match:
        return False
    return bool(_LIBRARY.find(match["name"]) or TEXT_FIELD.find(match["name"]))
