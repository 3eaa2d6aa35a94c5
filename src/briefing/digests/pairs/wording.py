"""A sentence with the words in it that mean something to a digest."""

from briefing.digests.vocabulary import Mark, Vocabulary


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
        self.senses = 0
        for mark in self.marks:
            self.senses |= mark.senses
        # Properties that Python remembers cost more than what is remembered here.
        self._unmarked: int | None = None
        self._spans: list[tuple[int, int]] | None = None

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
