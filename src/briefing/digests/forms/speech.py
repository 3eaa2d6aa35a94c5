"""A speech: the news of it is what the speaker does by it, or will do; courtesies are skipped."""

import re
from collections.abc import Set

from briefing.digests.anaphora import speaks_as_writer
from briefing.digests.forms.form import Layout, Spans, TextStructure
from briefing.digests.senses import Sense
from briefing.model.digest import count_words

#: An announcement is worth as much as the place of a lead; what opens a speech rarely is news.
_NEWS = 0.8
#: This share of the sentences says "I" or "we", at least.
_PERSONAL = 0.25
_FIRST = 2
#: A report of a speech says who said what; the speech says “I said”.
_REPORTED = 0.05
_OTHERS_SAID = re.compile(r"(?<!\bI)(?<!\b[Ww]e) said\b")
#: “My Lord Mayor, ladies and gentlemen”.
_MY = re.compile(r"My (?=[A-Z])")
#: Courtesies fill no more of a speech than this share.
_LONGEST_OPENING = 0.4
_FIGURE = re.compile(r"\d")
#: “From January our members will deliver no milk”: what a body does is announced by who leads it.
_OURS_WILL = re.compile(r"\b[Oo]ur (?:[\w,’'-]+ ){1,6}(?:will|shall)\b")
#: “I said that I would bring it below three”: a promise, as it is told later.
_SAID_WOULD = re.compile(r"\b(?:I|[Ww]e) said\b.*\b(?:I|we) would\b")
#: “So today I announce” says what follows from the whole speech, and stands for itself.
_SO = re.compile(r"(?:So|And so|And|Now),? ")
_LONG_ENOUGH, _FRAGMENT = 7, 3
#: Whom a speech greets is said in so many words.
_SALUTE = 10
#: What became of it follows soon.
_RESULT_WITHIN = 4


def lay_out(reading: TextStructure) -> Layout | None:
    """Announcements before all else; salutations are left out."""
    opened = reading.head_says & Sense.SALUTATION
    titled = reading.title_says & Sense.SPEECH_TITLE
    if not titled and not opened:
        return None
    texts = reading.texts
    opened = any(_greets_the_chair(reading, text) for text in texts[:_FIRST])
    if not titled and not opened:
        return None
    personal = sum(_speaks(reading, text) for text in texts)
    reported = len(_OTHERS_SAID.findall(reading.text))
    if personal < _PERSONAL * len(texts) or (not opened and reported > _REPORTED * len(texts)):
        return None
    announced = {
        at: _NEWS
        for at, text in enumerate(texts)
        if reading.says(Sense.ANNOUNCEMENT, text)
        or (reading.own is None and _OURS_WILL.search(text))
    }
    courtesies = _courtesies(reading, texts, announced.keys())
    spans, joined = _with_greeting(reading)
    news = [at for at in announced if count_words(texts[at]) > _LONG_ENOUGH]
    return Layout(
        form="speech",
        spans=spans,
        order=sorted(range(len(texts)), key=lambda at: (at in courtesies, at not in news[:1], at)),
        against=dict.fromkeys((*courtesies, *joined), "greets the hearers"),
        companions=_fragments(texts) | _results(reading, texts),
        lines=frozenset(at for at in news if _SO.match(texts[at])) | _after_greeting(reading),
        bonus=announced,
        is_voice=True,
        flags=("speech: the words are the speaker's, not the paper's",),
    )


def _courtesies(reading: TextStructure, texts: list[str], announced: Set[int]) -> set[int]:
    """Who is greeted, thanked and wished well; all of it that stands before the first thing that is told."""
    polite = {
        at
        for at, text in enumerate(texts)
        if reading.opens(Sense.GREETING, text)
        or (at not in announced and not _FIGURE.search(text) and reading.says(Sense.COURTESY, text))
    }
    tells, begins = _begins(reading, texts, announced, polite)
    last = reading.blocks[-1].places
    if reading.own is not None:
        greeted = (at for at, text in enumerate(texts) if count_words(text) <= _SALUTE)
        polite.update(at for at in greeted if _greets_the_chair(reading, texts[at]))
    found = {
        at
        for at in polite
        if at < max(begins, tells)
        or at in last
        or reading.opens(Sense.GREETING, texts[at])
        or (
            (count_words(texts[at]) <= _SALUTE or reading.own is None)
            and _greets_the_chair(reading, texts[at])
        )
    }
    if any(at < begins for at in polite) and begins <= _LONGEST_OPENING * len(texts):
        found.update(range(begins))
    if not polite.isdisjoint(last):
        found.update(at for at in last if at not in announced and not _FIGURE.search(texts[at]))
    return found


def _begins(
    reading: TextStructure, texts: list[str], announced: Set[int], polite: Set[int]
) -> tuple[int, int]:
    """The first sentence that announces or promises something, or gives a figure; and its paragraph's first."""
    for block in reading.blocks:
        for at in block.places:
            if at in polite:
                continue
            if at in announced or _FIGURE.search(texts[at]) or _promises(reading, texts[at]):
                return at, block.places.start
    return 0, 0


def _promises(reading: TextStructure, text: str) -> bool:
    if reading.own is not None:
        return reading.says(Sense.PROMISE, text)
    return bool(_senses(reading, text) & Sense.PROMISE)


def _after_greeting(reading: TextStructure) -> frozenset[int]:
    """“Liebe Mitbürger, | vor einem Jahr …”: after a comma the first sentence begins with a small letter."""
    blocks = reading.blocks
    if reading.own is None or len(blocks) < _FIRST or not blocks[0].text.rstrip().endswith(","):
        return frozenset()
    return frozenset({blocks[1].places.start})


def _with_greeting(reading: TextStructure) -> tuple[Spans, range]:
    """The spans, and the places of a greeting with which the next line is one sentence: it has a small letter."""
    spans = list(reading.spans)
    for at in _after_greeting(reading):
        start, end = spans[at]
        if reading.text[start].islower():
            spans[at] = (spans[0][0], end)
            return tuple(spans), reading.blocks[0].places
    return reading.spans, range(0)


def _fragments(texts: list[str]) -> dict[int, frozenset[int]]:
    """“Not one family.” says what it says of the sentence before."""
    return {
        at: frozenset({at - 1})
        for at, text in enumerate(texts)
        if at and count_words(text) <= _FRAGMENT
    }


def _results(reading: TextStructure, texts: list[str]) -> dict[int, frozenset[int]]:
    """What the speaker promised once goes with what they say became of it."""
    found = {}
    if reading.own is not None:
        last = len(texts) - 1
        promises = [at for at, text in enumerate(texts) if reading.says(Sense.PROMISE, text)]
        found = {at: frozenset({at + 1}) for at in promises if at < last}
        return found | {at + 1: frozenset({at}) for at in promises if at < last}
    for at, text in enumerate(texts):
        is_told = _SAID_WOULD.search(text)
        if not is_told and not _was_promised(reading, text):
            continue
        soon = range(at + 1, min(at + 1 + _RESULT_WITHIN, len(texts)))
        outcome = next((one for one in soon if _senses(reading, texts[one]) & Sense.OUTCOME), None)
        if outcome is None and is_told and soon:
            outcome = soon[0]
        if outcome is not None:
            found[at] = frozenset({outcome})
    return found


def _was_promised(reading: TextStructure, text: str) -> bool:
    tokens = reading.words.tokens(text)
    return any(
        mark.senses & Sense.PROMISE and tokens[mark.last].endswith("ed")
        for mark in reading.words.marks(tokens)
    )


def _senses(reading: TextStructure, text: str) -> int:
    senses = 0
    for mark in reading.words.marks(reading.words.tokens(text)):
        senses |= mark.senses
    return senses


def _greets_the_chair(reading: TextStructure, text: str) -> bool:
    if reading.own is not None:
        return reading.opens(Sense.SALUTATION, text)
    return reading.opens(Sense.SALUTATION, _MY.sub("", text, count=1))


def _speaks(reading: TextStructure, text: str) -> bool:
    if reading.own is not None:
        # "I" may be the ending of a verb; who announces or thanks outside quotation marks is the speaker.
        return reading.own.speaks(text, "self", "we", "announcement", "courtesy")
    return speaks_as_writer(text) or " we " in f" {text.lower()} " or " our " in text.lower()
