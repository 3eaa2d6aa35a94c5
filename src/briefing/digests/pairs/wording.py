"""A sentence with the words in it that mean something to a digest."""

from briefing.digests.entries import Mark
from briefing.digests.senses import Sense
from briefing.digests.vocabulary import Vocabulary

#: What is denied stands among so many words behind the verb; an auxiliary among so many before it.
_BEHIND, _BEFORE = 3, 2
#: “Denied that”, “was denied this week”: no object, as “a visa” is one.
_POINTING = frozenset({"this", "that", "these", "those"})


class Wording:
    """One sentence; a plain class, because each article makes dozens and few are asked for places."""

    def __init__(self, text: str, words: Vocabulary) -> None:
        """Find what its words mean.

        Args:
            text: the sentence.
            words: the tables of its language.
        """
        self.text, self._words = text, words
        #: Its words in lower case.
        self.tokens = words.tokens(text)
        self.marks = words.marks(self.tokens)
        #: All the senses of the marks together.
        self.senses = _together(self.marks)
        if self.senses & Sense.DENY and words.lists[Sense.PASSIVE]:
            self.marks = tuple(mark for mark in self.marks if not self._keeps_back(mark))
            self.senses = _together(self.marks)
        # Properties that Python remembers cost more than what is remembered here.
        self._unmarked: int | None = None
        self._spans: list[tuple[int, int]] | None = None

    def _keeps_back(self, mark: Mark) -> bool:
        """True for a verb of denying that denies no charge: “was denied a visa”, “denied him bail”."""
        if not mark.senses & Sense.DENY or mark.first != mark.last:
            return False
        behind = self.tokens[mark.last + 1 : mark.last + 1 + _BEHIND]
        if not behind or behind[0] in _POINTING:
            return False
        lists = self._words.lists
        determiners = lists[Sense.DEFINITE]
        auxiliary = self.tokens[max(0, mark.first - _BEFORE) : mark.first]
        if behind[0] in determiners and not lists[Sense.PASSIVE].isdisjoint(auxiliary):
            return True
        for token in behind:
            if token in lists[Sense.WITHHELD]:
                return True
            is_light = token in determiners or token in lists[Sense.PERSONS]
            if not is_light and not token.endswith(("'s", "’s")):
                break
        return False

    @property
    def unmarked(self) -> int:
        """The senses of the tables that are never marked."""
        if self._unmarked is None:
            self._unmarked = self._words.senses_in(self.tokens)
        return self._unmarked

    @property
    def spans(self) -> list[tuple[int, int]]:
        """From which character to which each word goes."""
        if self._spans is None:
            words = self._words.word_in(self.text).finditer(self.text)
            self._spans = [found.span() for found in words]
        return self._spans

    def start(self, mark: Mark) -> int:
        """Where the words of a mark begin."""
        return self.spans[mark.first][0]

    def end(self, mark: Mark) -> int:
        """Where they end."""
        return self.spans[mark.last][1]

    def marked(self, senses: int) -> list[Mark]:
        """The marks that have one of these senses."""
        return [mark for mark in self.marks if mark.senses & senses]

    def opens(self, senses: int) -> bool:
        """True when the sentence begins with one of these senses."""
        if not self.senses & senses:
            return False
        return self.marks[0].first == 0 and bool(self.marks[0].senses & senses)


def _together(marks: tuple[Mark, ...]) -> int:
    senses = 0
    for mark in marks:
        senses |= mark.senses
    return senses
