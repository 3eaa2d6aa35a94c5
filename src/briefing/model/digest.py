"""A digest: a few of an article's own sentences, in order, each with its place."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """One sentence of the source, word for word."""

    text: str
    #: Offsets in code points into `Article.text`: `article.text[start:end] == text`.
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Digest:
    """One paragraph made of an article's own sentences."""

    article_id: str
    sentences: tuple[Sentence, ...]
    #: The engine that chose the sentences, or what stood in for it: see `digests.ENGINES`.
    engine: str
    flags: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The paragraph as readers see it."""
        return " ".join(" ".join(sentence.text.split()) for sentence in self.sentences)

    @property
    def words(self) -> int:
        """Length in words, counted at white space."""
        return len(self.text.split())


@dataclass(frozen=True, slots=True, kw_only=True)
class Explained:
    """One sentence with its rating and why it was taken or left."""

    sentence: Sentence
    rating: float
    taken: bool
    reason: str
