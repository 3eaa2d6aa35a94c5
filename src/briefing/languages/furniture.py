"""The newsroom's own words in its language: what a letter and the public pages say around the stories.

English needs none of CLDR: its dates and figures are written here, so that nobody waits for babel.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING

from briefing.languages.table import Language, language, read_table

if TYPE_CHECKING:
    from babel import Locale


_ONE = re.compile(r"\b1\b")
#: A letter that stands only before a vowel, as CLDR writes it; and what follows.
_OPTIONAL, _VOWELS = re.compile(r"\((\w)\) (?=\W*(\w))"), frozenset("aeiouwy")
_GREEK, _GREEK_ACCENT = (
    re.compile(r"[\u0370-\u03ff\u1f00-\u1fff]"),
    re.compile(r"(?<=[\u0370-\u03ff])\u0301"),
)
_HIATUS = re.compile(r"([αεοΑΕΟ]\u0301)([ιυΙΥ])(?![\u0300-\u036f])")
_A_WEEK, _A_MONDAY = timedelta(days=7), date(2026, 11, 23)


@dataclass(frozen=True, slots=True, kw_only=True)
class Furniture:
    """The words of one language. Names in braces stand for what is put in."""

    #: BCP 47, as config.toml has it: its region decides how dates and figures are written.
    tag: str
    language: Language
    letter: Mapping[str, str]
    #: Forms by CLDR's plural categories of "words" and "minutes".
    counted: Mapping[str, Mapping[str, str]]
    #: "Since Monday:" and so on to Sunday.
    since_days: tuple[str, ...]
    #: Labels of paid copy, in words that the country's rules ask for.
    paid: Mapping[str, str]
    #: Labels of what a body issued itself.
    issued: Mapping[str, str]
    #: What the rules take for a clear label, in lower case.
    clear_labels: tuple[str, ...]
    pages: Mapping[str, str]
    confirmation: Mapping[str, str]

    @property
    def is_english(self) -> bool:
        """True where the words of English hold."""
        return self.language.code == "en"

    def count(self, kind: str, number: int) -> str:
        """`1,204 words`: a number of "words" or "minutes" with its noun.

        Source: Unicode CLDR, plural rules.
        """
        forms = self.counted[kind]
        if self.is_english:
            return forms["one" if number == 1 else "other"].format(n=f"{number:,}")
        from babel.numbers import format_decimal  # noqa: PLC0415 - see above

        locale = locale_of(self.tag)
        form = forms.get(locale.plural_form(number), forms["other"])
        return form.format(n=format_decimal(number, locale=locale))

    def day(self, day: date, *, with_weekday: bool = False) -> str:
        """`29 November 2026`, with or without `Sunday` before it, as the country writes it.

        Source: Unicode CLDR, date formats `full` and `long`; English as British newspapers write it.
        """
        if self.is_english:
            return f"{day:%A} {day.day} {day:%B} {day.year}"[
                0 if with_weekday else len(f"{day:%A} ") :
            ]
        from babel.dates import format_date  # noqa: PLC0415 - see above

        written = format_date(day, "full" if with_weekday else "long", locale=locale_of(self.tag))
        return self._first(day, written)

    def _first(self, day: date, written: str) -> str:
        """`mardi 1er décembre`: CLDR has the plain number everywhere."""
        first = self.language.typography.first_day
        return _ONE.sub(first, written, count=1) if first and day.day == 1 else written

    def weekday(self, day: int) -> str:
        """`Friday`: the name of an ISO weekday, as it stands alone.

        Source: Unicode CLDR, days in the stand-alone wide form.
        """
        if self.is_english:
            return f"{_A_MONDAY + timedelta(days=day - 1):%A}"
        from babel.dates import get_day_names  # noqa: PLC0415 - see above

        names = get_day_names("wide", "stand-alone", locale=locale_of(self.tag))
        return str(names[day - 1])

    def since(self, day: date, today: date) -> str:
        """`Since Tuesday:`; `Since 17 November:` where the day is a week ago or more.

        Source: Unicode CLDR, date format `MMMMd`.
        """
        if today - day < _A_WEEK:
            return self.since_days[day.weekday()]
        if self.is_english:
            return self.letter["since_date"].format(date=f"{day.day} {day:%B}")
        from babel.dates import format_skeleton  # noqa: PLC0415 - see above

        written = format_skeleton("MMMMd", day, locale=locale_of(self.tag))
        return self.letter["since_date"].format(date=self._first(day, written))

    def listed(self, names: Sequence[str]) -> str:
        """`A, B and C`.

        Source: Unicode CLDR, list patterns.
        """
        if self.is_english or not names:
            return " and ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))
        from babel.lists import format_list  # noqa: PLC0415 - see above

        return _OPTIONAL.sub(_joining, format_list(names, locale=locale_of(self.tag)))

    def quoted(self, text: str) -> str:
        """A name in the language's outer quotation marks."""
        opening, closing = self.language.quotes.primary
        space = self.language.typography.quote_space
        return f"{opening}{space}{text}{space}{closing}"


@cache
def furniture(tag: str) -> Furniture:
    """The words for a BCP 47 tag; the English ones where nobody has written any."""
    found = language(tag)
    if found is None:
        return furniture("en-GB")
    table = read_table(found.code)
    letter = table["letter"]
    return Furniture(
        tag=tag,
        language=found,
        letter={key: text for key, text in letter.items() if isinstance(text, str)},
        counted={kind: letter[kind] for kind in ("words", "minutes")},
        since_days=tuple(letter["since_days"]),
        paid=table["paid"],
        issued=table["issued"],
        clear_labels=tuple(text.strip().lower() for text in table["paid"]["clear"].split("|")),
        pages=table["pages"],
        confirmation=table["confirmation"],
    )


def _joining(optional: re.Match[str]) -> str:
    """The letter in brackets stands before a vowel: CLDR's Welsh joins names by `a(c)`."""
    letter, following = optional.groups()
    base = unicodedata.normalize("NFD", following)[0].lower()
    return f"{letter} " if base in _VOWELS else " "


def gap_behind(label: str) -> str:
    """What stands between a label and its text: a space, which a wide colon has within."""
    return "" if not label or label.endswith("：") else " "


def capitals(text: str) -> str:
    """A text in capitals; Greek ones have no accent, and a diaeresis where the accent parted two vowels.

    Source: Unicode CLDR, transform el-Upper; Unicode 16, 5.18 (case mappings).
    """
    if not _GREEK.search(text):
        return text.upper()
    parted = _HIATUS.sub("\\1\\2\u0308", unicodedata.normalize("NFD", text))
    bare = _GREEK_ACCENT.sub("", parted)
    return unicodedata.normalize("NFC", bare.upper())


@cache
def locale_of(tag: str) -> "Locale":
    """CLDR's data for a tag; for its language where CLDR does not know the region."""
    from babel import Locale, UnknownLocaleError  # noqa: PLC0415 - see above

    try:
        return Locale.parse(tag, sep="-")
    except (UnknownLocaleError, ValueError):
        return Locale.parse(tag.partition("-")[0])
