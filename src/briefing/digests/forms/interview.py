"""An interview: questions and answers.

A question is not printed, nor an answer that says nothing without it. Labels such as "A:" are cut
off, and the sentence that says who speaks comes with every answer.
"""

import re
from collections import Counter
from collections.abc import Mapping

from briefing.digests.forms.form import Layout, TextBlock, TextStructure, respanned, without_label
from briefing.digests.senses import Sense

_LETTER = re.compile(r"(?:Q|A|Question|Answer)\s?\d*\s?[:.–—-]\s+")
_SPEAKER = re.compile(r"([A-Z][\w’'.-]*(?: [A-Z][\w’'.-]*){0,3}): ")
#: Fewer questions are a story with a question in it.
_FEW = 3
_WHY = "a question"
_LEANS = "answers a question that is not printed"


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
    against = dict.fromkeys(asked, _WHY) | _leaning(reading, spans, asked, begins)
    intro = frozenset(range(min(begins, 1)))
    answers = [place for place in range(begins, len(spans)) if place not in asked]
    return Layout(
        form="interview",
        spans=spans,
        order=range(len(spans)),
        against=against,
        companions=dict.fromkeys(answers, intro),
        flags=("interview: the words are the speaker's, not the paper's",),
    )


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
    reading: TextStructure, spans: tuple[tuple[int, int], ...], asked: set[int], begins: int
) -> dict[int, str]:
    """Answers that cannot stand alone: the first sentence of one that opens like a reply."""
    found = {}
    for place in range(begins, len(spans)):
        start, end = spans[place]
        text = reading.text[start:end]
        if place not in asked and (reading.opens(Sense.REPLY_ONLY, text) or text.endswith("?")):
            found[place] = _LEANS
    return found
