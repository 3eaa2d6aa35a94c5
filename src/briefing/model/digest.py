"""A digest: a few of an article's own sentences, in order, each with its place."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

#: What a sentence ends on, in any script, with or without a quotation around it.
_ENDS = ".!?…。！？।؟۔”’\"'»」』)）"
#: The stop of an initial ends nothing.
_END_MARK = re.compile(r"(?<!\b\w)[.!?…](?:\W|$)|[。！？]")
#: Behind these no space is set: Chinese and Japanese have none.
_NO_SPACE = "。！？」』）"
#: Scripts that set no space between words: Han, Hiragana, Katakana.
UNSPACED_SIGN = r"[\u3005\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]"
UNSPACED = re.compile(f"{UNSPACED_SIGN}+")
#: Of Chinese and Japanese characters so many stand for a word of other languages, in the mean of translated news.
_CHARACTERS_A_WORD = 2


def count_words(text: str) -> int:
    """How many words a text has; half the number of its characters where no space parts words."""
    if text.isascii() or not UNSPACED.search(text):
        return len(text.split())
    characters = sum(len(run[0]) for run in UNSPACED.finditer(text))
    return len(UNSPACED.sub(" ", text).split()) + -(-characters // _CHARACTERS_A_WORD)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """One sentence of the source, word for word."""

    text: str
    #: Offsets in code points into `Article.text`: `article.text[start:end] == text`.
    start: int
    end: int
    #: True when it goes on in the source: it was longer than a digest may be.
    cut: bool = False

    @property
    def printed(self) -> str:
        """On one line, with an ellipsis where it was cut."""
        return " ".join(self.text.split()) + ("…" if self.cut else "")


def paragraph_of(sentences: Sequence[Sentence]) -> str:
    """The sentences as one paragraph; lines that end on no mark stay apart: those of an agenda, a signature."""
    parts = [sentence.printed for sentence in sentences]
    written = "".join(parts[:1])
    for before, part in pairwise(parts):
        is_line, was_line = _is_line(part), _is_line(before)
        space = "" if before[-1:] in _NO_SPACE else " "
        written += (" · " if was_line else " – " if is_line else space) + part
    return written


def _is_line(part: str) -> bool:
    """True for a text without an end; “Greens 34% (+5)” closes a bracket, and ends nothing."""
    if part.endswith((")", "）")):
        return not _END_MARK.search(part)
    return part[-1:] not in _ENDS


class PairKind(StrEnum):
    """How a sentence is answered by another."""

    CONTRAST = "contrast"
    DENIAL = "denial"
    #: The accused speak, or will not, without a word of denial.
    REPLY = "reply"
    #: An ironic or assumed statement is taken back.
    TURN = "turn"
    CONDITION = "condition"
    #: What became of a promise.
    RESULT = "result"
    #: How far a measured figure may be wrong.
    MARGIN = "margin"
    #: The two halves of a headline with "but".
    HEADLINE = "headline"
    #: By many weak signs together the report comes back to it; which kind of answer that is, is not sure.
    COMEBACK = "comeback"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """A claim of an article that is not printed without one of its answers."""

    kind: PairKind
    claim: Sentence
    #: The best first; one of them is enough.
    answers: tuple[Sentence, ...]


#: The flag of a digest that is an agenda.
AGENDA = "agenda: its lines are kept"


@dataclass(frozen=True, slots=True, kw_only=True)
class Digest:
    """One paragraph made of an article's own sentences."""

    article_id: str
    sentences: tuple[Sentence, ...]
    #: The engine that chose the sentences, or what stood in for it: see `digests.ENGINES`.
    engine: str
    flags: tuple[str, ...] = ()
    #: All pairs of the article, also of sentences left out: an editor may take one of those in.
    pairs: tuple[Pair, ...] = ()

    @property
    def text(self) -> str:
        """The paragraph as readers see it."""
        return paragraph_of(self.sentences)

    @property
    def words(self) -> int:
        """Length in words, see `count_words`."""
        return count_words(self.text)


@dataclass(frozen=True, slots=True, kw_only=True)
class Explained:
    """One sentence with its rating and why it was taken or left."""

    sentence: Sentence
    rating: float
    taken: bool
    reason: str
