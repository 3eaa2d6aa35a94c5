"""The words by which a form shows itself in a language other than English: its table `[forms]`."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property

from briefing.digests.anaphora import levelled
from briefing.digests.senses import Sense
from briefing.languages.table import Language, base_of, expanded, read_table
from briefing.languages.table import language as tables_of

#: English has its lists in `[digests]`.
_ENGLISH = "en"
#: What may stand before the first word of a line.
_BEFORE = "\"“”„«»‘'(（[【「『–—-•▽■ "
#: A quotation is not what the writer says.
_QUOTED = re.compile(r"[\"“][^\"“”]*[\"”]?")
#: A time of day: hour and minutes, with the language's words before and behind; where its sign for the hour
#: stands, minutes may be left out.
_CLOCK = r"""
    [\[(（]? (?:(?P<sure>{hour_before})\s? | (?:{before})\s?)? (?P<afternoon>(?:{afternoon})\s?)?
    (?P<hour>[01]?\d|2[0-3])
    (?: (?: [:.] | \s?(?:{hour})\s? )
        (?P<minute>[0-5]\d|\d(?=\s?(?:{minute}))) (?!\d|[.,]\d)
        (?:\s?(?:{minute}))? (?:\s?(?:{hour}))? (?!{letter})
      | \s?(?:{hour})(?!{letter})
      | (?(sure)(?![\d.,]\d)(?!\w)|(?!)) )
    (?P<evening>\s?(?:{afternoon})(?!{letter}))?
    [\])）]? (?: \.(?=\s) )? \s*[-–—:：|]?\s*
"""
_NEVER = r"(?!)"
#: A letter or vowel sign behind a sign for the hour belongs to a word that begins so: "12:05 시장은".
_LETTER = r"[^\W\d_]|[\u0900-\u0903\u093a-\u094f]"
#: Without spaces any word may follow the sign; only these make the time a part of the sentence: "8時に", "8时许".
_GOES_ON = "[a-zà-žにはからまでごろ頃過半台前の至到起许許左后後整]"


@dataclass(frozen=True)
class FormWords:
    """Lists of one language, each a pattern for a text in lower case."""

    lists: Mapping[str, re.Pattern[str]]
    #: What a question ends on.
    asks: tuple[str, ...]
    #: The script tells capitals, so that a name can be told from a heading.
    has_capitals: bool
    #: A time of day; its groups are `hour`, `minute`, and `afternoon` or `evening` for the second half of the day.
    clock: re.Pattern[str]

    def says(self, kind: str, text: str) -> bool:
        """True when a text holds an entry of a list."""
        found = self.lists.get(kind)
        return found is not None and bool(found.search(_plain(text)))

    def length_of(self, kind: str, text: str) -> int:
        """How many characters at a text's head are an entry of a list and what stands before it; 0 for none."""
        found = self.lists.get(kind)
        if found is None:
            return 0
        plain = _plain(text)
        opening = len(plain) - len(plain.lstrip(_BEFORE))
        entry = found.match(plain, opening)
        return entry.end() if entry else 0

    def senses(self, text: str) -> int:
        """A bit for each sense of which a text holds an entry."""
        senses = 0
        for sense, pattern in self._senses:
            if pattern.search(_plain(text)):
                senses |= sense
        return senses

    @cached_property
    def _senses(self) -> tuple[tuple[Sense, re.Pattern[str]], ...]:
        return tuple(
            (Sense[kind.upper()], pattern)
            for kind, pattern in self.lists.items()
            if kind.upper() in Sense.__members__
        )

    def speaks(self, text: str, *kinds: str) -> bool:
        """True when the writer says "I" (`self`) or "we" (`we`) outside quotation marks."""
        outside = _QUOTED.sub(" ", levelled(text))
        return any(self.says(kind, outside) for kind in kinds)


@cache
def form_words(language: str) -> FormWords | None:
    """The lists for a BCP 47 tag; None for English, and where nobody has written any."""
    found = tables_of(language)
    if found is None or base_of(language) == _ENGLISH:
        return None
    table = dict(read_table(found.code)["forms"])
    clock = table.pop("clock")
    asks = tuple(table.pop("asks").split())
    table.pop("source")
    return FormWords(
        lists={kind: _pattern(found, written) for kind, written in table.items()},
        asks=asks,
        has_capitals=found.sentences.has_capitals,
        clock=_clock(clock, _LETTER if found.sentences.has_spaces else _GOES_ON),
    )


def _plain(text: str) -> str:
    """Sign for sign: no place in a text changes."""
    lowered = text.lower().replace("’", "'")
    return lowered if len(lowered) == len(text) else text


def _pattern(found: Language, written: str) -> re.Pattern[str]:
    """Whole words; a hyphen stands where a word goes on, "#" for a number."""
    entries = sorted(expanded(written.replace("’", "'")), key=len, reverse=True)
    parts = []
    for entry in entries:
        inner = re.escape(entry.strip("-")).replace(r"\#", r"\d{1,3}").replace(r"\ ", r"\s+")
        if found.sentences.has_spaces:
            left = "" if entry.startswith("-") else r"(?<![^\W_])"
            right = "" if entry.endswith("-") or not entry[-1].isalnum() else r"(?![^\W_])"
            inner = f"{left}{inner}{right}"
        parts.append(inner)
    return re.compile("|".join(parts))


def _clock(table: Mapping[str, str], letter: str) -> re.Pattern[str]:
    words = {
        name: "|".join(map(re.escape, sorted(expanded(table.get(name, "")), key=len, reverse=True)))
        or _NEVER
        for name in ("hour_before", "before", "hour", "minute", "afternoon")
    }
    return re.compile(
        _CLOCK.format(**words, letter=letter).replace(r"\ ", r"[\s]"), re.VERBOSE | re.IGNORECASE
    )
