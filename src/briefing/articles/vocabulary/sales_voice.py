"""Whether a passage speaks to its reader, as an advert does and a report outside its quotations does not."""

from briefing.articles.text.unquoted_text import own_words
from briefing.articles.vocabulary.lookup import Grammar

_READER = Grammar("voice", r"\b{the reader}\b")


def speaks_to_reader(passage: str) -> bool:
    """True for a passage that says “you” or “your” in its own voice."""
    return bool(_READER.pattern.search(own_words([passage])))
