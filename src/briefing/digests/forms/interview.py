"""An interview: questions and answers.

A question is not printed, nor an answer that says nothing without it. Labels such as "A:" are cut
off, and the sentence that says who speaks comes with every answer: the one before the first question,
else an answer under the speaker's name.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from briefing.digests.anaphora import leans_back, points_back
from briefing.digests.forms.form import Layout, TextBlock, TextStructure, respanned, without_label
from briefing.digests.senses import Sense

_LETTER = re.compile(r"(?:Q|A|Question|Answer)\s?\d*\s?[:.–—-]\s+")
_SPEAKER = re.compile(r"([A-Z][\w’'.-]*(?: [A-Z][\w’'.-]*){0,3}): ")
#: Fewer questions are a story with a question in it.
_FEW = 3
_WHY = "a question"
_LEANS = "answers a question that is not printed"
_FLAG = "interview: the words are the speaker's, not the paper's"
#: “The maps.”, “I was losing.”
_FRAGMENT = 3
#: “There has, and I have handed over my notes”, “I thought that somebody ought to.”: the verb is in the question.
_ELLIPTIC = re.compile(
    r"\b(?:do|does|did|has|have|had|will|would|can|could|should|must|ought to)(?:n[’']t| not)?[,.;]"
    r"|(?:\w+ ){1,2}(?:am|is|are|was|were)(?:n[’']t| not)?[,.;]"
)
#: “The inspectors had told him so in writing.”: in so short a sentence nobody else can be meant.
_MEANS_ANOTHER, _SHORT = re.compile(r" (?:him|them|its|so)\b| it[.!]$"), 10


def lay_out(reading: TextStructure) -> Layout | None:
    """The answers with whoever gives them."""
    if sum("?" in block.text or block.text[0] == "Q" for block in reading.blocks) < _FEW:
        return None
    labels = _labels(reading)
    questions = [block for at, block in enumerate(reading.blocks) if _asks(block, labels.get(at))]
    if len(questions) < _FEW or not _alternates(reading, labels, questions):
        return None
    changed: dict[int, tuple[int, int]] = {}
    for at, label in labels.items():
        # “Hale: We lost.” names who speaks; “A: We lost.” does not.
        if _LETTER.match(label[0]):
            changed |= without_label(reading, reading.blocks[at], label.end())
    spans = respanned(reading, changed)
    begins = questions[0].places.start
    asked = {place for block in questions for place in block.places}
    leaning = _leaning(reading, labels, asked, begins)
    answers = [place for place in range(begins, len(spans)) if place not in asked]
    stands = [place for place in answers if place not in leaning]
    speaks = frozenset(range(min(begins, 1))) or _named(reading, labels, stands)
    return Layout(
        form="interview",
        spans=spans,
        order=range(len(spans)),
        against=dict.fromkeys(asked, _WHY) | dict.fromkeys(leaning, _LEANS),
        companions=dict.fromkeys(answers, speaks),
        is_voice=True,
        flags=(_FLAG if speaks else f"{_FLAG}; only the headline can say who speaks",),
    )


def _named(
    reading: TextStructure, labels: Mapping[int, re.Match[str]], stands: Sequence[int]
) -> frozenset[int]:
    """The first answer that stands alone and has its speaker's name before it."""
    heads = {
        reading.blocks[at].places.start
        for at, label in labels.items()
        if not _LETTER.match(label[0])
    }
    return frozenset([place for place in stands if place in heads][:1])


def _labels(reading: TextStructure) -> Mapping[int, re.Match[str]]:
    found = {
        at: label for at, block in enumerate(reading.blocks) if (label := _LETTER.match(block.text))
    }
    if found:
        return found
    named = {
        at: label
        for at, block in enumerate(reading.blocks)
        if (label := _SPEAKER.match(block.text))
    }
    often = Counter(label[1] for label in named.values())
    return {at: label for at, label in named.items() if often[label[1]] > 1}


def _asks(block: TextBlock, label: re.Match[str] | None) -> bool:
    if label is not None and label[0][0] == "Q":
        return True
    return block.text.rstrip("\"”’' ").endswith("?")


def _alternates(
    reading: TextStructure, labels: Mapping[int, re.Match[str]], questions: list[TextBlock]
) -> bool:
    """True when most questions are followed by an answer, and the text lives by it."""
    followed = sum(
        _asks(block, labels.get(at)) and not _asks(after, labels.get(at + 1))
        for at, (block, after) in enumerate(zip(reading.blocks, reading.blocks[1:], strict=False))
    )
    return followed >= _FEW and 3 * len(questions) >= len(reading.blocks)


def _leaning(
    reading: TextStructure, labels: Mapping[int, re.Match[str]], asked: set[int], begins: int
) -> set[int]:
    """Answers that say nothing without their question, and what points back at those."""
    found = set[int]()
    for at, block in enumerate(reading.blocks):
        label = labels.get(at)
        head = block.start + (label.end() if label else 0)
        is_open = block.places.start - 1 in asked
        for place in block.places:
            if place < begins or place in asked:
                continue
            start, end = reading.spans[place]
            text = reading.text[max(start, head) : end]
            is_first = place == block.places.start
            if text.endswith("?") or (is_open and _points(reading, text, is_first=is_first)):
                found.add(place)
            elif is_first:
                is_open = False
    return found


def _points(reading: TextStructure, text: str, *, is_first: bool) -> bool:
    """True when a sentence is not understood without what it answers or goes on from."""
    count = len(text.split())
    if count <= _FRAGMENT or points_back(text) or leans_back(text) or _ELLIPTIC.search(text):
        return True
    if count <= _SHORT and _MEANS_ANOTHER.search(text):
        return True
    return is_first and reading.opens(Sense.REPLY_ONLY, text)
