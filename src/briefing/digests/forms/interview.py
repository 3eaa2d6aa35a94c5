"""An interview: questions and answers.

A question is not printed, nor an answer that says nothing without it. Labels such as "A:" are cut
off, and the sentence that says who speaks comes with every answer: the one before the first question,
else an answer under the speaker's name.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from briefing.digests.anaphora import leans_back, points_back
from briefing.digests.form_words import FormWords
from briefing.digests.forms.form import (
    Layout,
    Spans,
    TextBlock,
    TextStructure,
    respanned,
    without_label,
)
from briefing.digests.senses import Sense
from briefing.model.digest import count_words

_LETTER = re.compile(r"(?:Q|A|Question|Answer)\s?\d*\s?[:.–—-]\s+")
_SPEAKER = re.compile(r"([A-Z][\w’'.-]*(?: [A-Z][\w’'.-]*){0,3}): ")
#: The same in any script: words that no small letter begins, and a colon.
_SPEAKER_ANYWHERE = re.compile(r"([^\s:：.!?。？！][^:：!?。？！\n]{0,38}?)\s?[:：]\s*(?=\S)")
_NAME_WORDS = 4
#: A line that a dash opens is spoken, and one without a dash that follows it answers.
_DASHES = "–—―"
_ASKED_SHORTLY = 25
#: Fewer questions are a story with a question in it.
_FEW = 3
_WHY = "a question"
_LEANS = "answers a question that is not printed"
_FLAG = "interview: the words are the speaker's, not the paper's"
#: “The maps.”, “I was losing.”
_FRAGMENT = 3
#: An interview of no more words is printed with its questions.
_WHOLE = 60
_BARE = 12
#: “There has, and I have handed over my notes”, “I thought that somebody ought to.”: the verb is in the question.
_ELLIPTIC = re.compile(
    r"\b(?:do|does|did|has|have|had|will|would|can|could|should|must|ought to)(?:n[’']t| not)?[,.;]"
    r"|(?:\w+ ){1,2}(?:am|is|are|was|were)(?:n[’']t| not)?[,.;]"
)
#: “The inspectors had told him so in writing.”: in so short a sentence nobody else can be meant.
_MEANS_ANOTHER, _SHORT = re.compile(r" (?:him|them|its|so)\b| it[.!]$"), 10


def lay_out(reading: TextStructure) -> Layout | None:
    """The answers with whoever gives them."""
    if reading.own is None:
        if sum("?" in block.text or block.text[0] == "Q" for block in reading.blocks) < _FEW:
            return None
    elif not any(mark in reading.text for mark in reading.own.asks):
        return None
    labels = _labels(reading)
    questions = _questions(reading, labels)
    if len(questions) < _FEW or not _alternates(reading, questions):
        return None
    changed: dict[int, tuple[int, int]] = {}
    for at, label in labels.items():
        # “Hale: We lost.” names who speaks; “A: We lost.” does not.
        if _is_letter(reading, label):
            changed |= without_label(reading, reading.blocks[at], label.end())
    spans = respanned(reading, changed)
    begins = questions[0].places.start
    asked = {place for block in questions for place in block.places}
    leaning = _leaning(reading, labels, asked, begins)
    answers = [place for place in range(begins, len(spans)) if place not in asked]
    if sum(count_words(text) for text in reading.texts) <= _WHOLE:
        return _whole(spans, asked, begins)
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


def _whole(spans: Spans, asked: set[int], begins: int) -> Layout:
    """A few questions with their answers: a digest of them would be shorter than may be, so none stands alone."""
    companions: dict[int, frozenset[int]] = {}
    question = begins
    for place in range(begins, len(spans)):
        if place in asked:
            question = place
            companions[place] = frozenset({place + 1} if place + 1 < len(spans) else ())
        else:
            companions[place] = frozenset(range(question, place))
    return Layout(
        form="interview",
        spans=spans,
        order=range(len(spans)),
        lines=frozenset(range(begins, len(spans))),
        companions=companions,
        is_several=True,
        is_voice=True,
        flags=(_FLAG if begins else f"{_FLAG}; only the headline can say who speaks",),
    )


def _named(
    reading: TextStructure, labels: Mapping[int, re.Match[str]], stands: Sequence[int]
) -> frozenset[int]:
    """The first answer that stands alone and has its speaker's name before it."""
    heads = {
        reading.blocks[at].places.start
        for at, label in labels.items()
        if not _is_letter(reading, label)
    }
    return frozenset([place for place in stands if place in heads][:1])


def _labels(reading: TextStructure) -> Mapping[int, re.Match[str]]:
    found = {
        at: label
        for at, block in enumerate(reading.blocks)
        if (label := _LETTER.match(block.text) if reading.own is None else _speaker(block.text))
        and _is_letter(reading, label)
    }
    if found:
        return found
    speaker = _SPEAKER.match if reading.own is None else _speaker
    named = {at: label for at, block in enumerate(reading.blocks) if (label := speaker(block.text))}
    often = Counter(label[1] for label in named.values())
    return {at: label for at, label in named.items() if often[label[1]] > 1}


def _speaker(text: str) -> re.Match[str] | None:
    """The name before a colon; “P.” and “R.” need none."""
    label = _SPEAKER_ANYWHERE.match(text) or re.match(r"(\w{1,2})\.\s+", text)
    words = label[1].split() if label else ()
    is_name = 0 < len(words) <= _NAME_WORDS and not any(word[0].islower() for word in words)
    return label if is_name else None


def _is_letter(reading: TextStructure, label: re.Match[str]) -> bool:
    """True for a label that says question or answer, and names nobody."""
    if reading.own is None:
        return bool(_LETTER.match(label[0]))
    name = label[1].rstrip(" .0123456789").lower()
    kinds = ("question_label", "answer_label")
    return bool(name) and any(reading.own.length_of(kind, name) == len(name) for kind in kinds)


def _questions(reading: TextStructure, labels: Mapping[int, re.Match[str]]) -> list[TextBlock]:
    blocks = reading.blocks
    own = reading.own
    if own is None:
        asks = {
            at
            for at, block in enumerate(blocks)
            if (at in labels and _LETTER.match(labels[at][0]) and labels[at][0][0] == "Q")
            or block.text.rstrip("\"”’' ").endswith("?")
        }
        return [blocks[at] for at in sorted(asks | _said_by_whoever_asks(labels, asks))]
    asked = {at for at, block in enumerate(blocks) if _ends_on(own, block.text)}
    return [blocks[at] for at in sorted(asked | _asked_without_mark(reading, labels, own, asked))]


def _said_by_whoever_asks(labels: Mapping[int, re.Match[str]], asked: set[int]) -> set[int]:
    """What stands under a label of which more than half are questions."""
    found = set[int]()
    names = {at: label[0].rstrip(": ") for at, label in labels.items()}
    for name in {names[at] for at in asked if at in names}:
        theirs = [at for at, label in names.items() if label == name]
        if 2 * sum(at in asked for at in theirs) > len(theirs):
            found.update(theirs)
    return found


def _ends_on(own: FormWords, text: str) -> bool:
    return text.rstrip("\"”’'»」』) ").endswith(own.asks)


def _asked_without_mark(
    reading: TextStructure, labels: Mapping[int, re.Match[str]], own: FormWords, asked: set[int]
) -> set[int]:
    """What whoever asks says besides: under the same label, behind the same dash, or at every other line."""
    blocks = reading.blocks
    found = {
        at for at, label in labels.items() if own.length_of("question_label", label[1].strip(" ."))
    }
    found |= _said_by_whoever_asks(labels, asked)
    dashed = [at for at, block in enumerate(blocks) if block.text[0] in _DASHES]
    if len(dashed) >= _FEW and 2 * sum(at in asked for at in dashed) > len(dashed):
        found.update(dashed)
    if not labels and len(asked) >= _FEW and len({at % 2 for at in asked}) == 1:
        every_other = range(min(asked), max(asked), 2)
        found.update(at for at in every_other if count_words(blocks[at].text) <= _ASKED_SHORTLY)
    return found


def _alternates(reading: TextStructure, questions: list[TextBlock]) -> bool:
    """True when most questions are followed by an answer, and the text lives by it."""
    asked = {block.start for block in questions}
    followed = sum(
        block.start in asked and after.start not in asked
        for block, after in zip(reading.blocks, reading.blocks[1:], strict=False)
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
            is_question = text.endswith("?") if reading.own is None else _ends_on(reading.own, text)
            if is_question or (is_open and _points(reading, text, is_first=is_first)):
                found.add(place)
            elif is_first:
                is_open = False
    return found


def _points(reading: TextStructure, text: str, *, is_first: bool) -> bool:
    """True when a sentence is not understood without what it answers or goes on from."""
    if reading.own is not None:
        is_short = count_words(text) <= _FRAGMENT
        if (
            is_first
            and count_words(text) <= _BARE
            and reading.own.length_of("where_and_when", text)
        ):
            return True  # “In der Karwoche 2028.”: where or when, and nothing of what
        return is_short or reading.words.leans(text) or reading.opens(Sense.REPLY_ONLY, text)
    count = len(text.split())
    if count <= _FRAGMENT or points_back(text) or leans_back(text) or _ELLIPTIC.search(text):
        return True
    if count <= _SHORT and _MEANS_ANOTHER.search(text):
        return True
    return is_first and reading.opens(Sense.REPLY_ONLY, text)
