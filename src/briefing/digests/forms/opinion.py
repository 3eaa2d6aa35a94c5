"""Opinion: its thesis, which is what it says ought to be, comes first of all; irony is printed with its turn."""

import re

from briefing.digests.anaphora import points_back, speaks_as_writer
from briefing.digests.forms.form import Layout, TextStructure
from briefing.digests.senses import Sense

_THESIS = 0.6
_ONESELF = re.compile(r"\bI (?=[a-z])|\b[Mm]y ")
#: “I should not like to”: manners, and nothing that ought to be.
_OF_ONESELF = re.compile(r"\bI (?:should|must)\b")
#: “To say which should give way”, “the figures that should have warned us”: by the way; “Third, …”: one of many.
_BY_THE_WAY = re.compile(
    r"\b(?:which|that|who|what|how|whether) (?:should|must|ought)\b|should have\b"
    r"|^(?:First|Second|Third|Fourth|Fifth|Final|Last)(?:ly)?,"
)
#: Where no headline calls it opinion: this share of the sentences says "I"; the smaller one if nobody is quoted.
#: One sentence is enough where the headline is a thesis.
_PERSONAL, _FEWER = 0.2, 0.1
#: Its last part says what ought to be.
_ENDS = 2 / 3
#: And few of them report what somebody said.
_REPORTS = 0.15
_LONG_ENOUGH = 5


def lay_out(reading: TextStructure) -> Layout | None:
    """The thesis near the beginning or the end; a "but" answers its whole paragraph."""
    titled = reading.title_says & Sense.OPINION_TITLE
    claimed = reading.title_says & Sense.THESIS
    # To ask every sentence is dear: news says “I” only between quotation marks, and seldom.
    count = len(reading.spans)
    reports = reading.text.count(" said") > _REPORTS * count
    if not titled and (reports or not _ONESELF.search(reading.text)):
        return None
    texts = reading.texts
    share = _PERSONAL if " said" in reading.text else _FEWER
    least = 1 if claimed else max(2, share * count)
    if not titled and (count < _LONG_ENOUGH or sum(map(speaks_as_writer, texts)) < least):
        return None
    theses = [
        at
        for at, text in enumerate(texts)
        if reading.says(Sense.THESIS, text) and not _is_aside(text)
    ]
    if not titled and not any(at >= _ENDS * count for at in theses):
        return None
    main = _main(texts, theses)
    return Layout(
        form="opinion",
        spans=reading.spans,
        order=sorted(range(len(texts)), key=lambda at: (at not in main, at)),
        bonus=dict.fromkeys((*theses[:1], *theses[-1:]), _THESIS),
        turns_reach_back=True,
        is_voice=True,
    )


def _is_aside(text: str) -> bool:
    return bool(_OF_ONESELF.search(text) or _BY_THE_WAY.search(text))


def _main(texts: list[str], theses: list[int]) -> list[int]:
    """The last thesis that stands alone and is not a word or two; none where all point back."""
    alone = [
        at for at in theses if texts[at].count(" ") >= _LONG_ENOUGH and not points_back(texts[at])
    ]
    return alone[-1:]
