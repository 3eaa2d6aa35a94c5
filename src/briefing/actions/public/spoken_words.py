"""What the public pages and confirmation mails say, in the language of the newsroom."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from briefing.config import Config
from briefing.languages.furniture import Furniture, furniture
from briefing.languages.typography import typeset


@dataclass(frozen=True, slots=True)
class SpokenWords:
    """The words by name; those in braces are put in by whoever prints them."""

    words: Furniture
    pages: Mapping[str, str]
    confirmation: Mapping[str, str]

    @property
    def direction(self) -> str:
        """`ltr` or `rtl`."""
        return self.words.language.direction

    def day(self, day: date) -> str:
        """A date with its weekday."""
        return self.words.day(day, with_weekday=True)

    def said_of(self, error: Exception, name: str) -> str:
        """What a reader is told of an error: its own sentence in English, the page's in other languages."""
        return str(error) if self.words.is_english else self.pages[name]


def spoken_words(config: Config) -> SpokenWords:
    """The words for the language that config.toml names."""
    site = config.site
    words = furniture(site.language)
    pages = {**words.pages, **{name: words.letter[name] for name in _OF_LETTERS}}
    if site.typography:
        return SpokenWords(
            words, _set(pages, site.language), _set(words.confirmation, site.language)
        )
    return SpokenWords(words, pages, words.confirmation)


#: Pages call these as letters do.
_OF_LETTERS = ("correction", "unsubscribe", "preferences", "how_made", "matters")


def _set(said: Mapping[str, str], tag: str) -> dict[str, str]:
    return {name: typeset(text, tag) for name, text in said.items()}
