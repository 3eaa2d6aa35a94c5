"""Marks of the libraries of newspapers: by which lines an export of one is known."""

import re
from collections.abc import Sequence

from briefing.articles.vocabulary.lookup import Finder

#: "Document TOLPOS0020260512em5c00004": by which the database knows it.
NUMBERED = re.compile(r"^[^\W\d_]{4,12} (?=\S*\d{4})(?=\S*[A-Z])[A-Za-z0-9]{16,40}$")
#: "Byline: Ann Lee", "Load-Date: March 4, 2026", "Body", "Full text: The ferry".
FIELD = re.compile(r"^(?P<name>[^\W\d_][\w /-]{2,30}?)(?::(?: (?P<value>\S.*))?)?$")
_LIBRARY, TEXT_FIELD = Finder("headers", "library field"), Finder("headers", "library text")
_RIGHTS = Finder("headers", "library rights")
_MARK, _END = Finder("headers", "library mark", "library end"), Finder("headers", "library end")
LENGTH_WORDS = "(?:words|Wörter|mots|palabras|parole|woorden|palavras)"
LENGTH = re.compile(rf"^\d{{1,6}} {LENGTH_WORDS}$", re.IGNORECASE)
#: "news·20261124·CT·0815": by which a press database knows a text, with its day and its paper.
_THE_NUMBER = re.compile(r"^[a-z]{2,12}·\d{8}·\w{1,8}·[\w-]{3,40}$")
#: So many fields show that a page comes from such a library, of which one says what kind of thing it is.
FEWEST = 3


def is_export(texts: Sequence[str]) -> bool:
    """True for lines of which several are fields of such a library, or which end on its number for the text."""
    if any(map(is_the_number, texts)):
        return True
    if any(NUMBERED.match(text) for text in texts) and any(LENGTH.match(text) for text in texts):
        return True
    return any(map(is_mark, texts)) and sum(map(is_named, texts)) >= FEWEST


def is_mark(text: str) -> bool:
    """What only such a library prints: its own number for the text, its own day, its end."""
    return _MARK.find(text.partition(":")[0]) is not None


def is_the_number(text: str) -> bool:
    """The number by which a press database knows a text, in parts with a dot between them."""
    return _THE_NUMBER.match(text) is not None


def is_rights(text: str) -> bool:
    """What such a database prints of the text's paper and its rights."""
    return _RIGHTS.find(text) is not None


def is_end(text: str) -> bool:
    """What such a library prints below a text."""
    return _END.find(text) is not None


def is_named(text: str) -> bool:
    """A field of such a library, by its name."""
    match = FIELD.match(text)
    if not match:
        return False
    return bool(_LIBRARY.find(match["name"]) or TEXT_FIELD.find(match["name"]))
