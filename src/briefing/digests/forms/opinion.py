"""Opinion: its thesis, which is what it says ought to be, comes first of all; irony is printed with its turn."""

import re

from briefing.digests.anaphora import points_back, speaks_as_writer
from briefing.digests.forms.form import Layout, TextStructure
from briefing.digests.senses import Sense
from briefing.model.digest import count_words

_THESIS = 0.6
_ONESELF = re.compile(r"\bI (?=[a-z])|\b[Mm]y ")
#: A text without one of these words has neither, and most news has none.
_ONESELF_PLAIN = frozenset({"i", "my"})
#: “I should not like to”: manners, and nothing that ought to be.
_OF_ONESELF = re.compile(r"\bI (?:should|must)\b")
#: “To say which should give way”, “the figures that should have warned us”: by the way; “Third, …”: one of many.
_BY_THE_WAY = re.compile(
    r"\b(?:which|that|who|what|how|whether) (?:should|must|ought)\b|should have\b"
    r"|^(?:First|Second|Third|Fourth|Fifth|Final|Last)(?:ly)?,"
)
#: Where no headline calls it opinion: this share of the sentences says "I", and this share what ought to be.
_PERSONAL, _OUGHT = 0.2, 0.25
#: Where nobody is quoted fewer say "I", or one if the headline is a thesis; the last part says what ought to be.
_FEWER, _ENDS = 0.1, 2 / 3
_QUOTES = re.compile(r"[\"“«]|(?<!\w)['‘](?=[A-Z])| (?:said|told) ")
#: And few of them report what somebody said.
_REPORTS = 0.15
_LONG_ENOUGH = 5
#: “They are right that it failed” judges; what ought to be is said by one of these (Quirk 4.51-4.56).
_OUGHT_TO_BE = re.compile(r"\b(?:should|must|ought to|needs? to|ha(?:s|ve) to|is time to|let us)\b")


def lay_out(reading: TextStructure) -> Layout | None:
    """The thesis near the beginning or the end; a "but" answers its whole paragraph."""
    titled = reading.title_says & Sense.OPINION_TITLE or _has_kicker(reading)
    # To ask every sentence is dear: news says “I” only between quotation marks, and seldom.
    count = len(reading.spans)
    if not titled and (reading.own or count < _LONG_ENOUGH or not _is_personal(reading)):
        return None
    if not titled and reading.text.count(" said") > _REPORTS * count:
        return None
    texts = reading.texts
    theses = [at for at, text in enumerate(texts) if _says_what_ought_to_be(reading, text)]
    if not titled and not _argues(reading, texts, theses):
        return None
    main = _main(reading, texts, theses)
    return Layout(
        form="opinion",
        spans=reading.spans,
        order=sorted(range(len(texts)), key=lambda at: (at not in main, at)),
        bonus=dict.fromkeys((*theses[:1], *theses[-1:]), _THESIS),
        turns_reach_back=True,
        is_voice=True,
    )


def _has_kicker(reading: TextStructure) -> bool:
    """True when a line of its own at the head calls the text opinion, as “Ein Kommentar von Jens Wolter” does."""
    first = reading.blocks[0]
    return (
        first in reading.unended
        and reading.own is not None
        and (reading.own.says("opinion_title", first.text))
    )


def _says_what_ought_to_be(reading: TextStructure, text: str) -> bool:
    if reading.own is not None:
        return reading.says(Sense.THESIS, text)
    return bool(_OUGHT_TO_BE.search(text)) and not _is_aside(text)


def _is_personal(reading: TextStructure) -> bool:
    return not _ONESELF_PLAIN.isdisjoint(reading.said) and bool(_ONESELF.search(reading.text))


def _argues(reading: TextStructure, texts: list[str], theses: list[int]) -> bool:
    count = len(texts)
    personal = sum(map(speaks_as_writer, texts))
    if _QUOTES.search(reading.text):
        ought = sum(reading.says(Sense.THESIS, text) for text in texts)
        return personal >= _PERSONAL * count and ought >= _OUGHT * count
    least = 1 if reading.title_says & Sense.THESIS else max(2, _FEWER * count)
    return personal >= least and any(at >= _ENDS * count for at in theses)


def _is_aside(text: str) -> bool:
    return bool(_OF_ONESELF.search(text) or _BY_THE_WAY.search(text))


def _main(reading: TextStructure, texts: list[str], theses: list[int]) -> list[int]:
    """The last thesis that stands alone and is not a word or two; none where all point back."""
    points = points_back if reading.own is None else reading.words.leans
    alone = [at for at in theses if count_words(texts[at]) > _LONG_ENOUGH and not points(texts[at])]
    return alone[-1:]
