"""Where sentences end, by the tables of the text's language; no downloads, and linear in the text.

The text is never altered; a sentence is a slice of it.
"""

import re
from functools import cache

from briefing.languages.table import SentenceRules, sentence_rules
from briefing.languages.unspaced import unspaced_cuts

_QUOTES = "\"”’'»›«‹“‘"
#: Marks before a space; a closed quotation before a capital; a stop after which no space was typed.
#: What may end a sentence stands first, so that the search leaps from mark to mark; a run of marks is
#: looked at once, from its first. French sets a space before the guillemet that closes.
_CANDIDATE = r"""
    [.!?…{marks}](?<![.!?…{marks}].)
    (?:
        [.!?…{marks}]*+ (?: [{quotes})\]] | [ \u00a0\u202f][»›](?=[\s,;.:)–—-]|$) )*+ (?=\s|$)
      | ["”]+(?=[A-Z])
      | (?: (?<=[a-z]{{2}}.) | (?<=\dm.) | (?<=[\d)”"].) )
        (?= [“‘]? (?!(?:Com|Org|Net|Uk)\b) [A-Z][a-z]+[\s,’'] )
    )
"""
#: Of these a sentence ends even where no space follows: Devanagari and Arabic script.
_HARD = "।॥؟۔"
#: What stands after a mark: a bullet or dash, a word, and the first letter of the word after.
_FOLLOWING = re.compile(r"\s*([-–—•*·]\s+)?(?:(?:[«»“„]|,,)\s+)?(\S{1,60})(?:\s+(\S))?")
#: "(a)", "b)", "iv)" before a point of a list.
_POINT = re.compile(r"\(?(?:[a-z]|[ivx]{1,4})\)$")
_BRAND = re.compile(r"[a-z]{1,2}-?[A-Z]")  # iPlayer, eBay
#: With the marks of typewriters: ``so'' and ,,so''.
_OPENING = "\"“‘'([«„‚»›‹¿¡`,"
_BEFORE = _OPENING + "-–—£$€"
#: A bracket that stays open for longer than this was forgotten.
_ASIDE = 160
#: And a quotation.
_SPEECH, _CLOSING = 400, re.compile('["”]')
#: The longest word before a mark, and the longest abbreviation with spaces inside: "i. d. R.".
_WINDOW, _PARTS = 40, 16
_INITIALS = re.compile(r"(?:[^\W\d_]\.-?)+[^\W\d_]{1,2}$")
#: A letter's name has vowel signs in Devanagari: "जी.डी.पी.".
_SYLLABIC_INITIALS = re.compile(r"(?:[^\d.]{1,4}\.)+[^\d.]{1,4}$")
_SPACED_INITIALS = re.compile(
    r"(?<![^\W_])([^\W\d_]{1,2}\.)\s(?=(?:[^\W\d_]{1,2}\.\s?)*[^\W\d_]{1,2}$)"
)
_DATE = re.compile(r"(?:\d{4}|\d{1,2})\.\s?\d{1,2}\.\s?\d{1,2}$")
#: "Am 12.11. Insolvenz angemeldet": both numbers are ordinals where one is.
_DAY_AND_MONTH = re.compile(r"(?:0?[1-9]|[12]\d|3[01])\.(?:0?[1-9]|1[0-2])$")
#: A capital and consonants make a word in none of the languages: "Bgm. Ott", "Jansen & Zn. B.V.", "E. Ll. Morgan".
_NO_VOWEL = re.compile(r"[B-DF-HJ-NP-TV-XZ][b-df-hj-np-tvxzß]{1,4}$")
_ROMAN = re.compile(r"[IVX]{1,5}$")
#: A clause that says who spoke is no longer.
_CLAUSE = re.compile(r"\s*([^.!?…।؟]{1,60})[.!?…।؟,،]")
_SHORT = 2
#: An adverbial of time that opens a sentence has no more words.
_OPENING_WORDS = 4
#: A letter of Hangul is a syllable and may be a word; one of another script is an initial.
_SYLLABLES = range(0xAC00, 0xD7A4)
_NO_WORD = re.compile(r"[^\w’']+$")
#: What elision or contraction leaves behind the first word: "it’s", "mae’r".
_ELISION = re.compile(r"(?<=\w)[’'].*")


def split_sentences(text: str, language: str = "en") -> tuple[str, ...]:
    """The sentences of a text, each a slice of it without the space around it.

    Args:
        text: running text; line ends always end a sentence.
        language: BCP 47. A language without a table is split at marks that a capital, a digit or a
            letter of a script without capitals follows.
    """
    return tuple(text[start:end] for start, end in sentence_spans(text, language))


def sentence_spans(text: str, language: str = "en") -> tuple[tuple[int, int], ...]:
    """Where each sentence begins and ends, in code points: `text[start:end]` is the sentence."""
    rules = sentence_rules(language)
    cuts = _cuts if rules.has_spaces else unspaced_cuts
    spans: list[tuple[int, int]] = []
    for block in re.finditer(r"[^\n]+", text):
        cut = cuts(block[0], rules)
        for start, end in zip((0, *cut), (*cut, len(block[0])), strict=True):
            piece = block[0][start:end]
            trimmed = piece.strip()
            if trimmed:
                first = block.start() + start + len(piece) - len(piece.lstrip())
                spans.append((first, first + len(trimmed)))
    return tuple(spans)


@cache
def _candidates(marks: str) -> re.Pattern[str]:
    """What may end a sentence, where these marks do besides those of every language."""
    hard = "".join(mark for mark in marks if mark in _HARD)
    pattern = _CANDIDATE.format(marks=marks, quotes=_QUOTES)
    if hard:
        pattern = rf"[{hard}][.!?…{hard}]*+[{_QUOTES})\]]*+(?![.,،؛]) | {pattern}"
    return re.compile(pattern, re.VERBOSE)


def _cuts(block: str, rules: SentenceRules) -> tuple[int, ...]:
    ends = []
    start = counted = depth = 0
    has_brackets = "(" in block
    for match in _candidates(rules.marks).finditer(block):
        following = _FOLLOWING.match(block, match.end())
        if not following:
            break
        if has_brackets:
            depth += block.count("(", counted, match.end()) - block.count(")", counted, match.end())
            counted = match.end()
        if depth > 0 and _goes_on_after_bracket(block, match.end()):
            continue
        if _ends_here(_Stop(block, start, match), following, rules):
            ends.append(match.end())
            start, depth = match.end(), 0
    return tuple(ends)


def _goes_on_after_bracket(block: str, end: int) -> bool:
    """True inside brackets after which the sentence goes on: "(He knew. She did not.) and left"."""
    close = block.find(")", end, end + _ASIDE)
    following = _FOLLOWING.match(block, close + 1) if close > 0 else None
    return bool(following and following[2][:1].islower())


class _Stop:
    """A mark that may end a sentence, and what stands before it."""

    __slots__ = ("at", "block", "end", "mark", "start")

    def __init__(self, block: str, start: int, match: re.Match[str]) -> None:
        self.block, self.start, self.mark = block, start, match[0]
        self.at, self.end = match.start(), match.end()

    @property
    def token(self) -> str:
        """The word before the mark, without what opens it; the last letters of one without end."""
        window = self.block[max(self.start, self.at - _WINDOW) : self.at]
        word = "" if window[-1:].isspace() else (window.rsplit(maxsplit=1) or [""])[-1]
        return word.lstrip(_BEFORE)

    @property
    def joined(self) -> str:
        """The same with the spaces taken out that stand inside an abbreviation: "z. B"."""
        window = self.block[max(self.start, self.at - _PARTS) : self.at]
        joined = _SPACED_INITIALS.sub(r"\1", window)
        return (joined.rsplit(maxsplit=1) or [""])[-1].lstrip(_BEFORE)

    @property
    def has_said_enough(self) -> bool:
        """True when the sentence is past what it may open on: "W 1979 r."."""
        begins = self.block[self.start : min(self.at, self.start + _ASIDE)]
        return len(begins.split()) > _OPENING_WORDS

    def word_before(self, token: str) -> str:
        """The word before the last one."""
        before = self.block[max(self.start, self.at - _WINDOW) : self.at - len(token)]
        return (before.rsplit(maxsplit=1) or [""])[-1].rstrip(".").lower().lstrip(_BEFORE)

    def stands_alone(self, token: str) -> bool:
        """True when nothing but the token stands between the sentence's beginning and the mark."""
        before = self.block[max(self.start, self.at - _WINDOW) : self.at]
        return self.at - self.start <= _WINDOW and before.strip() == token


def _ends_here(stop: _Stop, following: re.Match[str], rules: SentenceRules) -> bool:
    bullet, word, after = following.groups(default="")
    mark, core = stop.mark, word.lstrip(_OPENING).lstrip("—–")
    is_name = word in rules.particles and after.isupper()
    if mark[0] in _HARD:
        return not (mark[-1] in _QUOTES and _says_who(stop, rules))
    if not (is_name or _may_begin(word, core, rules) or bullet.startswith("•")):
        return False
    if mark[0] == "." and not mark.startswith(".."):
        # "9 a.m. – The House": what a dash parts from an abbreviation says nothing of its stop.
        return _full_stop_ends(stop, "" if bullet else core, rules)
    if mark[0] == "…" or mark.startswith("..") or (mark[0] in "?!" and mark[-1] in _QUOTES):
        if not rules.has_capitals and mark[-1] not in _QUOTES and mark[-1] in ".…":
            # Else nothing tells "then… slowly" from an end; two sentences harm less than half of one.
            return bool(rules.finals) and stop.token.endswith(rules.finals)
        # "I never… I never said so": the capital of "I" does not mark a beginning.
        repeats_i = mark[-1] in ".…" and core == "I"
        return not (_carries_on(core, rules) or repeats_i or _says_who(stop, rules))
    return True


def _may_begin(word: str, core: str, rules: SentenceRules) -> bool:
    """A capital, a digit, a sign of money, an uncased letter, what opens; "p. 12" in a script without capitals."""
    first = core[:1]
    if not first:
        return False
    if first.islower():
        is_short = not rules.has_capitals and core.rstrip(".") in rules.titles
        return bool(is_short or _BRAND.match(core) or _POINT.match(word))
    return first.isalnum() or first in "£$€@#" or word[0] in _OPENING or not first.isascii()


def _carries_on(core: str, rules: SentenceRules) -> bool:
    """“Why?” he asked: the word is lower case there; a proper name may speak too, but begins a sentence."""
    return core[:1].islower() and core.rstrip(",.:;").lower() in rules.speech


def _says_who(stop: _Stop, rules: SentenceRules) -> bool:
    """The same without capitals: a verb of saying begins or ends a short clause behind the quotation."""
    if rules.has_capitals or stop.mark[-1] not in _QUOTES:
        return False
    clause = _CLAUSE.match(stop.block, stop.end)
    words = clause[1].split() if clause else []
    return bool(words) and not rules.speech.isdisjoint((words[0], words[-1]))


def _full_stop_ends(stop: _Stop, core: str, rules: SentenceRules) -> bool:
    token = stop.token
    if len(stop.mark) > 1 and stop.mark[-1] in _QUOTES and token.lower() not in rules.titles:
        return not _says_who(stop, rules)
    if len(token) > rules.longest and token.isalpha() and token.islower():
        return not token.endswith(rules.suffixes)  # no list has it, and an initial is shorter
    next_word = _ELISION.sub("", _NO_WORD.sub("", core).lower())
    known = _listed_ends(stop, token.lower(), core, next_word, rules)
    if known is not None:
        return known
    if len(token) == 1 and token.isalpha() and ord(token) not in _SYLLABLES:
        return _letter_ends(stop, token, core, next_word, rules)
    if token.lower() in rules.before_number:
        return not core[:1].isdigit()
    if token.isdecimal() or (rules.has_ordinals and _is_ordinal(token)):
        return _number_ends(stop, token, core, next_word, rules)
    return not _is_shortened(token, rules) or next_word in rules.beginners


def _is_shortened(token: str, rules: SentenceRules) -> bool:
    """True for what no list has and is shortened all the same: "Bgm", "U.S.A"."""
    initials = _INITIALS if rules.has_capitals else _SYLLABIC_INITIALS
    return bool(_NO_VOWEL.match(token) or ("." in token and initials.match(token)))


def _is_ordinal(token: str) -> bool:
    """True for "XIV" and for the day and month in "12.11"."""
    return bool(_ROMAN.match(token) or _DAY_AND_MONTH.match(token))


def _listed_ends(
    stop: _Stop, low: str, core: str, next_word: str, rules: SentenceRules
) -> bool | None:
    """Whether a listed abbreviation ends the sentence; None when no list has the word."""
    if low in rules.capitalised and stop.token.islower():
        return None
    if low in rules.titles or low.endswith(rules.suffixes):
        return False
    joined = stop.joined.lower() if len(low) <= _SHORT else low
    if _is_listed(low, joined, rules.titles):
        return False
    if not _is_listed(low, joined, rules.may_end):
        return None
    if next_word in rules.beginners or not core[:1].isupper():
        return next_word in rules.beginners
    return rules.names_take_article or (low in rules.ends_late and stop.has_said_enough)


def _is_listed(low: str, joined: str, words: frozenset[str]) -> bool:
    """True for a word of a list, by itself, without its spaces, or behind an article: "l’art"."""
    if low in words or joined in words:
        return True
    if "’" not in low and "'" not in low:
        return False
    return any(mark in low[:-1] and low.rpartition(mark)[2] in words for mark in "’'")


def _letter_ends(stop: _Stop, letter: str, core: str, next_word: str, rules: SentenceRules) -> bool:
    """True for "Plan B. The": a letter that opens nothing, and a word that is not a surname nor an initial."""
    inside = letter == "I" or (letter.isupper() and not stop.stands_alone(letter))
    if core[:1].islower():  # "J. W. de Boer"
        return False
    return inside and next_word in rules.beginners and core.lower() != f"{next_word[:1]}."


def _number_ends(stop: _Stop, number: str, core: str, next_word: str, rules: SentenceRules) -> bool:
    """False for "1. Cut the tax" where a sentence begins, and for "am 3. Mai" where a stop means an ordinal."""
    is_short = len(number) <= _SHORT or not number.isdecimal()
    if is_short and stop.stands_alone(number):
        return False
    if not rules.has_ordinals:
        return True
    if core[:1].islower():  # "am 24. 12. zum Streit"
        return False
    if stop.word_before(number) in rules.before_cardinal:
        return True
    if core[:1].isdigit() or _DATE.search(stop.block[max(stop.start, stop.at - _WINDOW) : stop.at]):
        return False
    return not is_short or next_word in rules.beginners
