"""A review: where it turns, complaint and praise are printed together, and its last word counts."""

import re

from briefing.digests.forms.form import Layout, TextStructure
from briefing.digests.senses import Sense

_STARS = re.compile(r"[★☆]|\b[1-5]/5\b|\b(?:10|[1-9])/10\b")
#: What the verdict is worth: less than the lead, more than what stands between.
_VERDICT = 0.5


def lay_out(reading: TextStructure) -> Layout | None:
    """The turn with what it answers; the verdict of the last paragraph."""
    named = reading.title_says & Sense.REVIEW_TITLE or _STARS.search(reading.title)
    starred = "★" in reading.text or any(_is_rating(block.text) for block in reading.unended)
    if not starred and not named:
        return None
    texts = reading.texts
    if not starred and not any(reading.says(Sense.WORK, text) for text in texts):
        return None
    last = (
        reading.blocks[-1].places if len(reading.blocks) > 1 else range(len(texts) - 3, len(texts))
    )
    return Layout(
        form="review",
        spans=reading.spans,
        order=range(len(texts)),
        against={at: "a rating" for at, text in enumerate(texts) if _is_rating(text)},
        bonus={place: _VERDICT for place in last if place > 0},
        turns_reach_back=True,
    )


def _is_rating(text: str) -> bool:
    return bool(_STARS.search(text)) and not any(map(str.isalpha, _STARS.sub("", text)))
