"""Whether a full stop ends a sentence or shortens the word before it."""

import re

from briefing.languages.quoted import is_told
from briefing.languages.stops import QUOTES, WINDOW, Stop
from briefing.languages.table import SentenceRules

_INITIALS = re.compile(r"(?:[^\W\d_]\.-?)+[^\W\d_]{1,2}$")
#: A letter's name has vowel signs in Devanagari: "जी.डी.पी.".
_SYLLABIC_INITIALS = re.compile(r"(?:[^\d.]{1,4}\.)+[^\d.]{1,4}$")
_DATE = re.compile(r"(?:\d{4}|\d{1,2})\.\s?\d{1,2}\.\s?\d{1,2}$")
#: "Am 12.11. Insolvenz angemeldet": both numbers are ordinals where one is.
_DAY_AND_MONTH = re.compile(r"(?:0?[1-9]|[12]\d|3[01])\.(?:0?[1-9]|1[0-2])$")
#: What shortens by its form alone. Consonants make a word in none of the languages ("Bgm. Ott", "18 mnd.",
#: "E. Ll. Morgan"), and a stop before a hyphen shortened already ("Dipl.-Kfm.", but "St.-Pieter").
_SHAPES = re.compile(
    r"[B-DF-HJ-NP-TV-XZ][b-df-hj-np-tvxzß]{1,4}$|[b-df-hj-np-tvxzß]{3,5}$|(?!St\.)[^\W\d_]+\.-[^\W\d_]{2,6}$"
)
#: The plural of an initial is two of it: "CC. OO.".
_DOUBLED = re.compile(r"([A-Z])\1\b")
#: "Anna-L. Reimers".
_HYPHENED = re.compile(r"[^\W\d_]+-[^\W\d_]$")
_LAST_DAY = 31
_ROMAN = re.compile(r"[IVX]{1,5}$")
#: "vol. II", but "I".
_NUMERAL = re.compile(r"(?:[IVXL]{2,6}|[VX])\b")
_SHORT = 2
#: Places end like verbs, and are shorter: "Clwyd".
_SHORT_VERB = 5
#: The longest word that is taken for shortened because of its last letter: "sarg", and not "internet".
_SHORTENED = 5
#: A letter of Hangul is a syllable and may be a word; one of another script is an initial.
_SYLLABLES = range(0xAC00, 0xD7A4)
_NO_WORD = re.compile(r"[^\w’']+$")
#: What elision or contraction leaves behind the first word: "it’s", "mae’r".
_ELISION = re.compile(r"(?<=\w)[’'].*")


def full_stop_ends(stop: Stop, core: str, rules: SentenceRules) -> bool:
    """True when a full stop ends its sentence; `core` is the word after it, without what opens it."""
    token = stop.token
    if len(stop.mark) > 1 and stop.mark[-1] in QUOTES and token.lower() not in rules.titles:
        return not is_told(stop, rules)
    if (token.islower() or not rules.has_capitals) and _is_whole(token, rules):
        return not token.endswith(rules.suffixes)  # most words are done with here
    if rules.only_shortens:  # "सी.बी.आई." ends like a verb
        return token.endswith(rules.finals) and "." not in token and token not in rules.listed
    next_word = _ELISION.sub("", _NO_WORD.sub("", core).lower())
    if next_word in rules.before_number and core[-1:] == ".":  # "Northgate Dist. No. 4"
        next_word = ""
    if len(token) == 1 and token.isalpha() and _is_listed(stop.word_before(token), rules.labels):
        return not core[:1].islower()  # "Plan B. Jest"
    known = _listed_ends(stop, token.lower(), core, next_word, rules)
    if known is not None:
        return known
    return _unlisted_ends(stop, token, core, next_word, rules)


def _is_whole(token: str, rules: SentenceRules) -> bool:
    """True for a word in small letters that neither a list nor its form knows as shortened."""
    if not token.isalpha() or token.lower() in rules.listed:
        return False
    if len(token) >= rules.shortest_word:
        return True
    if not rules.has_capitals or len(token) <= _SHORT or _SHAPES.match(token):
        return False
    return not rules.word_ends or token.endswith(rules.word_ends)


def _unlisted_ends(stop: Stop, token: str, core: str, next_word: str, rules: SentenceRules) -> bool:
    """What the form of a word says that no list has."""
    if len(token) == 1 and token.isalpha():
        return _letter_ends(stop, token, core, next_word, rules)
    if token.lower() in rules.before_number:
        return not (core[:1].isdigit() or _NUMERAL.match(core))
    if token.isdecimal() or _ROMAN.match(token) or (rules.has_ordinals and _is_ordinal(token)):
        return _number_ends(stop, token, core, next_word, rules)
    if _is_shortened(token, core, rules):
        is_unit = "." not in token and stop.word_before(token)[:1].isdigit()  # "6 km. Residents"
        may_end = _is_beginner(next_word, rules) or (is_unit and stop.has_said_enough(rules))
        return may_end and not core[:1].islower()
    return True


def _is_beginner(next_word: str, rules: SentenceRules) -> bool:
    """True for a word that begins sentences; where the verb stands first, for its form."""
    is_verb = len(next_word) > _SHORT_VERB and next_word.endswith(rules.beginner_ends)
    return next_word in rules.beginners or is_verb


def _is_shortened(token: str, core: str, rules: SentenceRules) -> bool:
    """True for what no list has and is shortened all the same: "Bgm", "U.S.A", "Anna-L"."""
    if _SHAPES.match(token) or (_DOUBLED.match(token) and _DOUBLED.match(core)):
        return True
    if _HYPHENED.match(token) and token[-1].isupper():
        return True
    if rules.word_ends and token.islower() and token.isalpha() and len(token) <= _SHORTENED:
        return not token.endswith(rules.word_ends)
    initials = _INITIALS if rules.has_capitals else _SYLLABIC_INITIALS
    return "." in token and bool(initials.match(token.rpartition("’")[2]))


def _is_ordinal(token: str) -> bool:
    """True for "XIV" and for the day and month in "12.11"."""
    return bool(_ROMAN.match(token) or _DAY_AND_MONTH.match(token))


def _listed_ends(
    stop: Stop, low: str, core: str, next_word: str, rules: SentenceRules
) -> bool | None:
    """Whether a listed abbreviation ends the sentence; None when no list has the word."""
    if low in rules.capitalised and stop.token.islower():
        return None
    if len(low) <= _SHORT:
        # "a. C.": the list has it as one, whatever its last letter is by itself.
        joined = stop.joined.lower()
        low = joined if joined in rules.titles or joined in rules.may_end else low
    last = low.rpartition("-")[2]  # "oud-burg."
    may_end = _is_listed(low, rules.may_end) and not (len(low) == 1 and stop.token.isupper())
    is_title = low.endswith(rules.suffixes) or _is_listed(
        last if len(last) > _SHORT else low, rules.titles
    )
    if "." in low and not may_end:
        is_title = is_title or rules.titles.issuperset(low.split("."))  # "Lt.Gen"
    if is_title and not (may_end and stop.word_before(stop.token)[:1].isdigit()):  # "5 min."
        return False
    if not may_end:
        return None
    if not core[:1].isupper() or _is_beginner(next_word, rules):
        return _is_beginner(next_word, rules)
    if rules.names_take_article:
        return True
    is_late = low in rules.ends_late and next_word not in rules.goes_on_with
    is_late = is_late or (low in rules.ends_before_clause and stop.begins_clause(rules))
    return is_late and stop.has_said_enough(rules)


def _is_listed(low: str, words: frozenset[str]) -> bool:
    """True for a word of a list, by itself or behind an article: "l’art"."""
    if low in words:
        return True
    if "’" not in low and "'" not in low:
        return False
    return any(mark in low[:-1] and low.rpartition(mark)[2] in words for mark in "’'")


def _letter_ends(stop: Stop, letter: str, core: str, next_word: str, rules: SentenceRules) -> bool:
    """True for "Plan B. The": a letter that opens nothing, and a word that is not a surname nor an initial."""
    if ord(letter) in _SYLLABLES:
        return not (letter in rules.points and stop.stands_alone(letter))
    if core[:1].islower():  # "J. W. de Boer"
        return False
    if letter in rules.one_letter_words:
        return True
    if not letter.isupper() and stop.word_before(letter)[:1].isdigit() and "." not in core:
        # "à 16 h. Mme Puy": a unit; "en el 44 a. C." opens another abbreviation.
        return next_word in rules.beginners or (core[:1].isupper() and stop.has_said_enough(rules))
    inside = letter == "I" or (letter.isupper() and not stop.stands_alone(letter))
    return inside and next_word in rules.beginners and core.lower() != f"{next_word[:1]}."


def _number_ends(stop: Stop, number: str, core: str, next_word: str, rules: SentenceRules) -> bool:
    """False for "1. Cut the tax" and "Section 3. Boats", which open, and for "am 3. Mai", which is an ordinal."""
    is_short = len(number) <= _SHORT or not number.isdecimal()
    if (is_short and stop.stands_alone(number)) or stop.is_heading(number, rules):
        return False
    before = stop.word_before(number)
    if before in rules.before_ordinal:  # "w latach 90. XX wieku", "od lat 90. Potem"
        is_century = bool(_ROMAN.match(core))
        return next_word in rules.beginners or (stop.has_said_enough(rules) and not is_century)
    if not rules.has_ordinals:
        return True
    if core[:1].islower():  # "am 24. 12. zum Streit"
        return False
    if before in rules.before_cardinal or before in rules.labels:
        return True
    if core[:1].isdigit() or _DATE.search(stop.block[max(stop.start, stop.at - WINDOW) : stop.at]):
        return False
    return not is_short or next_word in rules.beginners or _is_cardinal(number, before, rules)


def _is_cardinal(number: str, before: str, rules: SentenceRules) -> bool:
    """True for "In der Chronik steht 38.": no day of a month, and no article or preposition before it."""
    is_day = not number.isdecimal() or int(number) <= _LAST_DAY
    return bool(rules.leads_ordinal) and not is_day and not before.endswith(rules.leads_ordinal)
