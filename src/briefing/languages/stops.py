"""A mark that may end a sentence, and what stands around it in its line."""

import re

from briefing.languages.table import SentenceRules

QUOTES = "\"”’'»›«‹“‘"
#: With the marks of typewriters: ``so'' and ,,so''.
OPENING = "\"“‘'([«„‚»›‹¿¡`,"
_BEFORE = OPENING + "-–—£$€"
#: A bracket that stays open for longer than this was forgotten.
ASIDE = 160
#: The longest word before a mark, and the longest abbreviation with spaces inside: "i. d. R.".
WINDOW, _PARTS = 40, 16
_SPACED_INITIALS = re.compile(
    r"(?<![^\W_])([^\W\d_]{1,2}\.)\s(?=(?:[^\W\d_]{1,2}\.\s?)*[^\W\d_]{1,2}$)"
)
#: An adverbial of time that opens a sentence has no more words.
_OPENING_WORDS = 4
#: Companies and works with a mark of their own: "Yahoo! Japan".
NAMED_WITH_MARK = frozenset({"Yahoo", "Jeopardy", "Joomla"})


class Stop:
    """A mark that may end a sentence, and what stands before it."""

    __slots__ = ("at", "block", "end", "mark", "start")

    def __init__(self, block: str, start: int, match: re.Match[str]) -> None:
        self.block, self.start, self.mark = block, start, match[0]
        self.at, self.end = match.start(), match.end()

    @property
    def token(self) -> str:
        """The word before the mark, without what opens it; the last letters of one without end."""
        space = self.block.rfind(" ", max(self.start, self.at - WINDOW), self.at)
        if space >= 0 and (plain := self.block[space + 1 : self.at]).isalpha():
            return plain  # most words are found so, at half the cost
        window = self.block[max(self.start, self.at - WINDOW) : self.at]
        word = "" if window[-1:].isspace() else (window.rsplit(maxsplit=1) or [""])[-1]
        return word.lstrip(_BEFORE).rpartition("(")[2]  # "김대현(No. 9)"

    @property
    def joined(self) -> str:
        """The same with the spaces taken out that stand inside an abbreviation: "z. B"."""
        window = self.block[max(self.start, self.at - _PARTS) : self.at]
        joined = _SPACED_INITIALS.sub(r"\1", window)
        return (joined.rsplit(maxsplit=1) or [""])[-1].lstrip(_BEFORE)

    def has_said_enough(self, rules: SentenceRules) -> bool:
        """True when the sentence, or its last clause, is past what it may open on: "W 1979 r."."""
        words = self.block[max(self.start, self.at - ASIDE) : self.at].lower().split()
        opens = (
            at
            for at, word in enumerate(words)
            if word.lstrip(_BEFORE) in rules.opens_clause and not _is_number(words, at + 1)
        )
        return len(words) - max(opens, default=0) > _OPENING_WORDS

    def begins_clause(self, rules: SentenceRules) -> bool:
        """True when one capital alone follows: "Shares fell", and not "Bank of" or "Chairman Bob"."""
        words = self.block[self.end : self.end + 2 * WINDOW].split(maxsplit=2)
        if len(words) < 2 or not words[0].isalpha():  # noqa: PLR2004 - the next two words
            return False
        return words[1][:1].islower() and words[1] not in rules.joins_name

    def has_words(self, least: int) -> bool:
        """True when the sentence has at least so many words before the mark."""
        return len(self.block[max(self.start, self.at - ASIDE) : self.at].split()) >= least

    def word_before(self, token: str) -> str:
        """The word before the last one."""
        before = self.block[max(self.start, self.at - WINDOW) : self.at - len(token)]
        return (before.rsplit(maxsplit=1) or [""])[-1].rstrip(".").lower().lstrip(_BEFORE)

    def is_heading(self, number: str, rules: SentenceRules) -> bool:
        """True where the sentence is nothing but the number of a part: "Section 3."."""
        before = self.block[self.start : min(self.at, self.start + WINDOW)]
        word, _, rest = before.lstrip(" ").partition(" ")
        return rest.strip() == number and word.rstrip(".").lower() in rules.numbered

    def stands_alone(self, token: str) -> bool:
        """True when nothing but the token stands between the sentence's beginning and the mark."""
        before = self.block[max(self.start, self.at - WINDOW) : self.at]
        return self.at - self.start <= WINDOW and before.strip() == token


def _is_number(words: list[str], at: int) -> bool:
    """True for the number in "lasted until 4 p.m.", before which a conjunction is a preposition."""
    return bool(words[at:]) and words[at][0].isdecimal()
