"""Plain words: those that say nothing of what a text is about, and words without what is put to them."""

from functools import cache
from itertools import chain

from briefing.languages.furniture import locale_of
from briefing.languages.table import base_of, language

_APOSTROPHES = "’'"
_ENGLISH = (
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july "
    "august september october november december today yesterday tomorrow"
)


@cache
def function_words(tag: str) -> frozenset[str]:
    """Articles, pronouns, connectives and the like, and the names of days and months; in lower case.

    Numbers in words are none of them: they tell one event from another. Lists of stop words of other
    languages are short: French "de" and "une" are in none of Sumy's.
    """
    found = language(tag)
    if found is None:
        return frozenset()
    phrases = chain.from_iterable(
        found.words.get(kind, ()) for kind in ("pronouns", "connectives", "contrast")
    )
    single = (phrase for phrase in phrases if " " not in phrase)
    rules = found.sentences
    written = (rules.beginners - rules.numerals) | rules.titles | frozenset(single)
    return calendar(tag) | frozenset(part for word in written for part in (word, bare(word, tag)))


@cache
def calendar(tag: str) -> frozenset[str]:
    """The words of a language's days and months, in lower case.

    Source: Unicode CLDR, days and months in the wide form, alone and in a date.
    """
    if base_of(tag) == "en":
        return frozenset(_ENGLISH.split())
    from babel.dates import get_day_names, get_month_names  # noqa: PLC0415 - English needs none of it

    names = chain.from_iterable(
        named("wide", form, locale_of(tag)).values()
        for named in (get_day_names, get_month_names)
        for form in ("format", "stand-alone")
    )
    return frozenset(word.lower() for name in names for word in name.split())


def bare(word: str, tag: str) -> str:
    """A word without the article or pronoun that an apostrophe puts to it: "Ardèche" of "l’Ardèche".

    An English word stays whole.
    """
    if base_of(tag) == "en" or not any(mark in word for mark in _APOSTROPHES):
        return word
    # The longer part, the last of two: "aujourd" of "aujourd’hui", "foto" of "foto's".
    parts = word.replace("’", "'").split("'")
    return max(reversed(parts), key=len)
