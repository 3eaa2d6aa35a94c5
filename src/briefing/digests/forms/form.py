"""What kind of text an article is, and what follows from that for its digest."""

from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from typing import NamedTuple

from briefing.digests.form_words import FormWords
from briefing.digests.senses import Sense
from briefing.digests.vocabulary import Vocabulary, words_of

Spans = tuple[tuple[int, int], ...]


class TextBlock(NamedTuple):
    """A paragraph or line of the text, and which of its sentences stand in it."""

    start: int
    text: str
    places: range


@dataclass(frozen=True, slots=True)
class TextStructure:
    """An article as a form looks at it."""

    text: str
    title: str
    spans: Spans
    blocks: tuple[TextBlock, ...]
    words: Vocabulary
    #: What the headline says, and the first two sentences: a bit for each table of words.
    title_says: int
    head_says: int
    #: The blocks that do not end as sentences do: headings, rows, signatures.
    unended: tuple[TextBlock, ...]
    #: The words of the text in lower case.
    said: Set[str]
    #: The lists of a language other than English.
    own: FormWords | None = None

    @property
    def texts(self) -> list[str]:
        """The sentences."""
        return [self.text[start:end] for start, end in self.spans]

    def says(self, sense: Sense, text: str) -> bool:
        """True when a text holds an entry of one of the tables for forms."""
        if self.own is not None:
            return self.own.says(sense.name.lower(), text)
        return bool(self.words.senses_in(words_of(text)) & sense)

    def opens(self, sense: Sense, text: str) -> bool:
        """True when a text begins with one."""
        if self.own is not None:
            return self.own.length_of(sense.name.lower(), text[:80]) > 0
        return self.words.begins(sense, words_of(text[:80]))


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """What a form makes of an article."""

    form: str = "news"
    #: The sentences, without the labels before them.
    spans: Spans
    #: The sentences as the story is told: what stands first here is the lead.
    order: Sequence[int]
    #: False where what stands first is not the news for that: a live blog's posts.
    place_counts: bool = True
    #: True when the digest is printed in that order and not as the text has it.
    prints_in_order: bool = False
    #: Why the form does not want a sentence.
    against: Mapping[int, str] = field(default_factory=dict)
    #: Sentences that wait until nothing else is left and the digest is still too short, one group after another.
    reserve: tuple[frozenset[int], ...] = ()
    #: What a sentence needs next to it: who speaks, a signature.
    companions: Mapping[int, frozenset[int]] = field(default_factory=dict)
    #: Of sentences that another of the texts answers: the places of that one.
    answered_in: Mapping[int, Sequence[int]] = field(default_factory=dict)
    #: What a sentence is worth more for its form.
    bonus: Mapping[int, float] = field(default_factory=dict)
    #: Lines that are kept although they are not sentences.
    lines: frozenset[int] = frozenset()
    #: Sentences that point at nobody but whom the headline names.
    alone: frozenset[int] = frozenset()
    #: In opinion and reviews a "but" answers its whole paragraph.
    turns_reach_back: bool = False
    #: Several texts in one: more than half of them may be printed.
    is_several: bool = False
    #: "I" is whoever the text is by, and no aside of a reporter's.
    is_voice: bool = False
    flags: tuple[str, ...] = ()


#: A form looks at an article and says what it makes of it, or that it is another form.
Form = Callable[[TextStructure], Layout | None]


def without_label(
    reading: TextStructure, block: TextBlock, length: int
) -> dict[int, tuple[int, int]]:
    """The spans of a block's sentences when so many characters at its head are a label."""
    begins = block.start + length
    changed: dict[int, tuple[int, int]] = {}
    for place in block.places:
        start, end = reading.spans[place]
        if start < begins:
            changed[place] = (min(begins, end), end)
    return changed


def respanned(reading: TextStructure, changed: Mapping[int, tuple[int, int]]) -> Spans:
    """The spans with some changed; one that is nothing but a label keeps its words."""
    return tuple(
        changed[place] if place in changed and changed[place][0] < changed[place][1] else span
        for place, span in enumerate(reading.spans)
    )
