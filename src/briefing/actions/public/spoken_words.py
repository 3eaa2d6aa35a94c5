"""What the public pages and confirmation mails say, in the language of the newsroom."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from operator import itemgetter

from briefing.config import Config
from briefing.languages.furniture import Furniture, furniture
from briefing.languages.table import base_of, is_supported
from briefing.languages.typography import typeset

#: Of a header that browsers write, no more is read.
_LONGEST_HEADER = 500


@dataclass(frozen=True, slots=True, eq=False)
class SpokenWords:
    """The words by name; those in braces are put in by whoever prints them.

    Those of one language are one object, and equal to no other: pages are kept by it.
    """

    words: Furniture
    pages: Mapping[str, str]
    confirmation: Mapping[str, str]

    @property
    def tag(self) -> str:
        """BCP 47."""
        return self.words.tag

    @property
    def direction(self) -> str:
        """`ltr` or `rtl`."""
        return self.words.language.direction

    def day(self, day: date) -> str:
        """A date with its weekday."""
        return self.words.day(day, with_weekday=True)

    def weekday(self, day: int) -> str:
        """The name of an ISO weekday."""
        return self.words.weekday(day)

    def said_of(self, error: Exception, name: str) -> str:
        """What a reader is told of an error: its own sentence in English, the page's in other languages."""
        return str(error) if self.words.is_english else self.pages[name]


def read_language(wished: str, own: str) -> str:
    """The language of the pages for an Accept-Language header (RFC 9110 section 12.5.4).

    Args:
        wished: the header; may be empty, or anything.
        own: the newsroom's language, a BCP 47 tag; it is taken as soon as its base is wished for.
    """
    ranked = sorted(
        map(_weighed, wished[:_LONGEST_HEADER].split(",")), reverse=True, key=itemgetter(0)
    )
    for weight, tag in ranked:
        if weight > 0 and (base_of(tag) == base_of(own) or tag == "*"):
            return own
        if weight > 0 and is_supported(tag):
            return base_of(tag)
    return own


def _weighed(item: str) -> tuple[float, str]:
    tag, _, weight = item.replace(" ", "").partition(";q=")
    try:
        return (float(weight) if weight else 1.0), tag
    except ValueError:
        return 0.0, tag


def spoken_words(config: Config, language: str = "") -> SpokenWords:
    """The words for a language; for the one that config.toml names when it is left out."""
    return _words(language or config.site.language, typography=config.site.typography)


@lru_cache(maxsize=64)  # a page asks two or three times
def _words(tag: str, *, typography: bool) -> SpokenWords:
    words = furniture(tag)
    pages = {**words.pages, **{name: words.letter[name] for name in _OF_LETTERS}}
    if typography:
        return SpokenWords(words, _set(pages, tag), _set(words.confirmation, tag))
    return SpokenWords(words, pages, words.confirmation)


#: Pages call these as letters do.
_OF_LETTERS = (
    "correction",
    "unsubscribe",
    "preferences",
    "how_made",
    "matters",
    "opinion",
    "opinion_good",
    "opinion_bad",
)


def _set(said: Mapping[str, str], tag: str) -> dict[str, str]:
    return {name: typeset(text, tag) for name, text in said.items()}
