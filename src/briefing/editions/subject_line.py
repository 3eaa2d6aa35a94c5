"""Subject and preheader: what a reader sees in the inbox, made from editorial stories only.

Sponsored copy has no way in: these functions are handed the items and nothing else. What a body
issued itself stands among those and is passed over.
"""

import re
from collections.abc import Sequence

from briefing.model.article import Verdict
from briefing.model.edition import Item

#: Most phone clients show about this many characters of a subject.
SUBJECT_LENGTH = 60
#: Long enough that no client fills the row with the mail's own text, short enough to be read.
PREHEADER_LENGTH = 100
#: A subject shorter than this says too little to be worth the cut.
_SHORTEST = 20


def subject_for(items: Sequence[Item], title: str) -> str:
    """The headline of the first report, cut only where its own punctuation lets it go."""
    reports = _reports(items)
    if not reports:
        return title
    headline = reports[0].headline
    if len(headline) <= SUBJECT_LENGTH:
        return headline
    breaks = [match.start() for match in re.finditer(r"(?:[:;,]| [-–—]{1,2}) ", headline)]
    fitting = [place for place in breaks if _SHORTEST <= place <= SUBJECT_LENGTH]
    return headline[: fitting[-1]] if fitting else headline


def preheader_for(items: Sequence[Item]) -> str:
    """The headlines below the first, as many as fit; with one report, its own first sentence."""
    reports = _reports(items)
    if not reports:
        return ""
    others = [item.headline for item in reports[1:]]
    if not others:
        return _shorten(reports[0].paragraph)
    text = f"Plus: {others[0]}"
    for headline in others[1:]:
        if len(text) + 2 + len(headline) > PREHEADER_LENGTH:
            break
        text += f"; {headline}"
    return _shorten(text)


def _reports(items: Sequence[Item]) -> list[Item]:
    return [item for item in items if item.article.verdict is Verdict.EDITORIAL]


def _shorten(text: str) -> str:
    if len(text) <= PREHEADER_LENGTH:
        return text
    return text[:PREHEADER_LENGTH].rpartition(" ")[0].rstrip(" ,;:–—-") + "…"
