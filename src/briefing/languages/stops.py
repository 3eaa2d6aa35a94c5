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
#: A clause that says who spoke is no longer; the stops of initials are inside it: "जे.पी. यादव ने कहा".
_CLAUSE = re.compile(
    r"\s*((?:[^.!?…।؟]|\.(?=[^\s.])|(?<=[.\s][^\s.])\.|(?<=\.[^\s.][^\s.])\.){1,60})[.!?…।؟,،]"
)


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
        return word.lstrip(_BEFORE)

    @property
    def joined(self) -> str:
        """The same with the spaces taken out that stand inside an abbreviation: "z. B"."""
        window = self.block[max(self.start, self.at - _PARTS) : self.at]
        joined = _SPACED_INITIALS.sub(r"\1", window)
        return (joined.rsplit(maxsplit=1) or [""])[-1].lstrip(_BEFORE)

    def has_said_enough(self, rules: SentenceRules) -> bool:
        """True when the sentence, or its last clause, is past what it may open on: "W 1979 r."."""
        words = self.block[max(self.start, self.at - ASIDE) : self.at].lower().split()
        opens = (at for at, word in enumerate(words) if word.lstrip(_BEFORE) in rules.opens_clause)
        return len(words) - max(opens, default=0) > _OPENING_WORDS

    def word_before(self, token: str) -> str:
        """The word before the last one."""
        before = self.block[max(self.start, self.at - WINDOW) : self.at - len(token)]
        return (before.rsplit(maxsplit=1) or [""])[-1].rstrip(".").lower().lstrip(_BEFORE)

    def stands_alone(self, token: str) -> bool:
        """True when nothing but the token stands between the sentence's beginning and the mark."""
        before = self.block[max(self.start, self.at - WINDOW) : self.at]
        return self.at - self.start <= WINDOW and before.strip() == token

    def is_told(self, rules: SentenceRules) -> bool:
        """True when a short clause behind the quotation says who spoke, in a script that tells no capitals.

        A verb of saying begins the clause or ends it.
        """
        if rules.has_capitals or self.mark[-1] not in QUOTES:
            return False
        clause = _CLAUSE.match(self.block, self.end)
        words = clause[1].split() if clause else []
        return bool(words) and not rules.speech.isdisjoint((words[0], words[-1]))
