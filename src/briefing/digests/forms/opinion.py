"""Opinion: its thesis is what it says ought to be, and irony is printed with its turn."""

import re

from briefing.digests.anaphora import speaks_as_writer
from briefing.digests.forms.form import Layout, TextStructure
from briefing.digests.senses import Sense

_THESIS = 0.6
#: “I should not like to”: manners, and nothing that ought to be.
_OF_ONESELF = re.compile(r"\bI (?:should|must)\b")
#: Where no headline calls it opinion: these shares of the sentences say "I" or what ought to be.
_PERSONAL, _OUGHT = 0.2, 0.25
#: And few of them report what somebody said.
_REPORTS = 0.15
_LONG_ENOUGH = 5


def lay_out(reading: TextStructure) -> Layout | None:
    """The thesis near the beginning or the end; a "but" answers its whole paragraph."""
    titled = reading.title_says & Sense.OPINION_TITLE
    # To ask every sentence is dear: news says “I” only between quotation marks, and seldom.
    count = len(reading.spans)
    reports = reading.text.count(" said") > _REPORTS * count
    if not titled and (reports or reading.text.count("I ") < _PERSONAL * count):
        return None
    texts = reading.texts
    if not titled and not _argues(reading, texts):
        return None
    theses = [
        at
        for at, text in enumerate(texts)
        if reading.says(Sense.THESIS, text) and not _OF_ONESELF.search(text)
    ]
    return Layout(
        form="opinion",
        spans=reading.spans,
        order=range(len(texts)),
        bonus=dict.fromkeys((*theses[:1], *theses[-1:]), _THESIS),
        turns_reach_back=True,
    )


def _argues(reading: TextStructure, texts: list[str]) -> bool:
    if len(texts) < _LONG_ENOUGH:
        return False
    personal = sum(speaks_as_writer(text) for text in texts) / len(texts)
    if personal < _PERSONAL:
        return False
    ought = sum(reading.says(Sense.THESIS, text) for text in texts) / len(texts)
    return ought >= _OUGHT
