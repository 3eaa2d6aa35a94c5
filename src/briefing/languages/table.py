"""What the tables of a language hold, read when somebody first asks for it.

A language is one file in `tables/`, named by its code. `docs/adding.md` says how one is added.
"""

import re
import sys
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any, Literal

#: Codes of ISO 639-1 with a table of their own; a test compares them with the files.
SUPPORTED = (
    "ar",
    "cy",
    "de",
    "el",
    "en",
    "es",
    "fr",
    "hi",
    "it",
    "ja",
    "ko",
    "nl",
    "pl",
    "pt",
    "zh",
)

#: A sentence of fewer words says too little by itself, in English.
LEAST_WORDS = 6

_TABLES = Path(__file__).parent / "tables"


@dataclass(frozen=True, slots=True, kw_only=True)
class SentenceRules:
    """What decides whether a mark ends a sentence. Words are in lower case, without the stop behind them."""

    #: Marks that end a sentence besides . ! ? and …
    marks: str = ""
    #: Spaces part words and sentences.
    has_spaces: bool = True
    #: The script tells capitals, so that a small letter begins nothing.
    has_capitals: bool = True
    #: "3." is the third.
    has_ordinals: bool = False
    #: Never the end of a sentence: a name, number or noun follows.
    titles: frozenset[str] = frozenset()
    #: May end a sentence; then the next word must be one of `beginners`.
    may_end: frozenset[str] = frozenset()
    #: Of these, those that have a capital: "Sat." is a day, "sat." is a verb.
    capitalised: frozenset[str] = frozenset()
    #: Shortened only before a number: "No. 10".
    before_number: frozenset[str] = frozenset()
    #: Behind these "4." counts and is not the fourth: "Nr. 4."
    before_cardinal: frozenset[str] = frozenset()
    #: Behind these "90." is an ordinal where numbers are not: "w latach 90. XX wieku".
    before_ordinal: frozenset[str] = frozenset()
    #: Of `may_end`, those that end a sentence before any capital once it has five words: "w 1979 r."
    ends_late: frozenset[str] = frozenset()
    #: Of `may_end`, those that end a sentence before one capital alone: "Acme Inc. Shares fell".
    ends_before_clause: frozenset[str] = frozenset()
    #: Small words inside a name: "Bank of Wales".
    joins_name: frozenset[str] = frozenset()
    #: Of the words after those, the ones that go on with them: "9 a.m. Monday".
    goes_on_with: frozenset[str] = frozenset()
    #: Conjunctions: behind one, a clause has words of its own to say before it may end late.
    opens_clause: frozenset[str] = frozenset()
    #: Behind these a letter is the name of one of several, and no initial: "Plan B."
    labels: frozenset[str] = frozenset()
    #: Laws and books number their parts with these: "Section 3. Boats at the quay".
    numbered: frozenset[str] = frozenset()
    #: How a word ends behind which a number past 31 is an ordinal; "steht 38. Beides" has none.
    leads_ordinal: tuple[str, ...] = ()
    #: Letters that are words and may be a sentence's last: "Ik dank u."
    one_letter_words: frozenset[str] = frozenset()
    #: Syllables that number the points of a list: "가."
    points: frozenset[str] = frozenset()
    #: Behind what may end, a capital begins a sentence, because a name would have its article before it.
    names_take_article: bool = False
    #: Ends of words that are shortened, as of streets in "Goethestr. 14".
    suffixes: tuple[str, ...] = ()
    #: Words that begin sentences more often than they are names.
    beginners: frozenset[str] = frozenset()
    #: Of these, numbers in words: they begin sentences, and tell one event from another.
    numerals: frozenset[str] = frozenset()
    #: Ends of verbs that begin a sentence, where the verb stands first.
    beginner_ends: tuple[str, ...] = ()
    #: What the words of the language end with; a shorter word that ends otherwise is shortened: "sarg."
    word_ends: tuple[str, ...] = ()
    #: After a quotation that ends in a mark, these say who spoke.
    speech: frozenset[str] = frozenset()
    #: Of these, verbs that a speaker's name may stand before: “Why?” Mr Hale asked.
    spoken_by: frozenset[str] = frozenset()
    #: Behind one of these, a verb of saying tells something new, and not who spoke.
    complementizers: tuple[str, ...] = ()
    #: Small words that may begin a sentence before a capital: "von Hale", "’s Avonds".
    particles: frozenset[str] = frozenset()
    #: How the last word of a sentence ends, in a script that tells no capitals: the verb stands there.
    finals: tuple[str, ...] = ()
    #: Particles that are written to a quotation, and so make it a word of the sentence.
    quote_particles: tuple[str, ...] = ()
    #: What takes a quotation up: a particle or postposition behind it.
    takes_up: tuple[str, ...] = ()
    #: A full stop ends a sentence behind `finals` alone.
    only_shortens: bool = False
    #: The rules for a line whose sentences end with a danda, which leaves the full stop for abbreviations.
    beside_danda: "SentenceRules | None" = None
    #: So many letters that no list has are a word, and no shortened one.
    shortest_word: int = 2
    #: All that any of these lists holds: `titles`, `may_end` and `before_number`.
    listed: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class QuotationMarks:
    """How the language quotes, and how inside a quotation: the mark that opens and the one that closes."""

    primary: tuple[str, str]
    secondary: tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class TypographyRules:
    """What the language sets between words, where that is not as in English."""

    #: A dash between letters, and one between spaces with them.
    tight_dash: str = "—"
    spaced_dash: str = " – "
    #: For a plain space between groups of figures; none where such groups are not parted by a space.
    figure_space: str = ""
    #: Inside the outer quotation marks.
    quote_space: str = ""
    #: How the first of a month is written, where that is not "1".
    first_day: str = ""
    #: A plain space before ; : ! ? and next to guillemets does not break.
    before_marks: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Language:
    """A language as far as the program knows it."""

    #: ISO 639-1.
    code: str
    #: Its name in English.
    name: str
    direction: Literal["ltr", "rtl"]
    #: A sentence of fewer words says too little by itself: as many as say what six words of English say.
    least_words: int
    #: Sumy's name for its stemmer and stop words; empty where it has none that works.
    stemmer: str
    stop_words: str
    sentences: SentenceRules
    quotes: QuotationMarks
    typography: TypographyRules
    #: Lists of words and phrases in lower case by what they do, such as "contrast" or "deny". Words on two sides
    #: of "…" stand in this order with others between them; a last one with a hyphen is how a word ends.
    words: Mapping[str, tuple[str, ...]]
    #: By the same names, the phrases with such words that do not do it.
    unless: Mapping[str, tuple[str, ...]]


def base_of(language: str) -> str:
    """The language of a BCP 47 tag: "de" of "de-AT"."""
    return language.replace("_", "-").partition("-")[0].lower()


def is_supported(language: str) -> bool:
    """True when a BCP 47 tag names a language with a table."""
    return base_of(language) in SUPPORTED


@cache
def language(tag: str) -> Language | None:
    """The tables for a BCP 47 tag; None where nobody has written any."""
    code = base_of(tag)
    if code not in SUPPORTED:
        return None
    table = read_table(code)
    quotes = table["quotes"]
    return Language(
        code=code,
        name=table["name"],
        direction=table.get("direction", "ltr"),
        least_words=table.get("least_words", LEAST_WORDS),
        stemmer=table.get("stemmer", ""),
        stop_words=table.get("stop_words", ""),
        sentences=_rules(table["sentences"]),
        quotes=QuotationMarks(
            primary=tuple(quotes["primary"]), secondary=tuple(quotes["secondary"])
        ),
        typography=_typography(table.get("typography", {})),
        words={kind: expanded(entry["words"]) for kind, entry in table["words"].items()},
        unless={kind: expanded(entry.get("except", "")) for kind, entry in table["words"].items()},
    )


def sentence_rules(tag: str) -> SentenceRules:
    """The rules for a BCP 47 tag; those that hold for every script where it has no table."""
    found = language(tag)
    return found.sentences if found else _UNKNOWN


@cache
def read_table(code: str) -> dict[str, Any]:
    """The file of a supported language, as TOML gives it."""
    return tomllib.loads((_TABLES / f"{code}.toml").read_text(encoding="utf-8"))


#: Consonants of no more letters shorten a word by their form: "hptm".
_SHORTEST_WORD = 6
#: Whatever the language, Devanagari and Arabic marks end a sentence.
_UNKNOWN = SentenceRules(marks="।॥؟۔")


def _rules(table: dict[str, Any]) -> SentenceRules:
    words = {
        name: frozenset(table.get(name, "").split())
        for name in (
            "titles",
            "may_end",
            "capitalised",
            "before_number",
            "before_cardinal",
            "before_ordinal",
            "ends_late",
            "ends_before_clause",
            "joins_name",
            "goes_on_with",
            "opens_clause",
            "labels",
            "numbered",
            "one_letter_words",
            "points",
            "beginners",
            "numerals",
            "speech",
            "spoken_by",
            "particles",
        )
    }
    words["beginners"] |= words["numerals"]
    rules = SentenceRules(
        marks=table.get("marks", ""),
        has_spaces=table.get("has_spaces", True),
        has_capitals=table.get("has_capitals", True),
        has_ordinals=table.get("has_ordinals", False),
        names_take_article=table.get("names_take_article", False),
        suffixes=tuple(table.get("suffixes", "").split()),
        finals=tuple(table.get("finals", "").split()),
        takes_up=tuple(table.get("takes_up", "").split()),
        quote_particles=tuple(table.get("quote_particles", "").split()),
        beginner_ends=tuple(table.get("beginner_ends", "").split()),
        word_ends=tuple(table.get("word_ends", "").split()),
        leads_ordinal=tuple(table.get("leads_ordinal", "").split()),
        complementizers=tuple(table.get("complementizers", "").split()),
        shortest_word=_SHORTEST_WORD if table.get("has_capitals", True) else 2,
        only_shortens=False,
        beside_danda=None,
        listed=words["titles"] | words["may_end"] | words["before_number"],
        **words,
    )
    if "।" in rules.marks:
        beside = replace(rules, only_shortens=True, shortest_word=sys.maxsize)
        rules = replace(rules, beside_danda=beside)
    return rules


def _typography(table: dict[str, Any]) -> TypographyRules:
    return TypographyRules(**{name: value for name, value in table.items() if name != "source"})


#: A word with its endings: "neg(o a)"; "-" is the stem alone, and without a stem the words take turns.
_ENDINGS = re.compile(r"(\S*?)\(([^)]*)\)")


def expanded(written: str) -> tuple[str, ...]:
    """The phrases of a list that is written with "|" between them, each in every form it is written with."""
    return tuple(filter(None, (one for entry in written.split("|") for one in _forms(entry))))


def _forms(entry: str) -> Iterator[str]:
    """Every form of a phrase whose words are written with their endings."""
    # Between what stands as it is, the pattern leaves a stem and its endings in turn.
    pieces = _ENDINGS.split(entry)
    words = [[piece] for piece in pieces]
    for at in range(1, len(pieces), 3):
        words[at] = [
            pieces[at] + ("" if ending == "-" else ending) for ending in pieces[at + 1].split()
        ]
        words[at + 1] = [""]
    for form in product(*words):
        yield " ".join("".join(form).split())
