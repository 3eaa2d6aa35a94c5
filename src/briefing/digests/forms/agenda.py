"""An agenda: what is to come, line by line; the lines are kept."""

import re

from briefing.digests.forms.form import Layout, TextStructure
from briefing.digests.vocabulary import Sense

#: A bullet alone tells a list inside a story as well.
_BULLET = re.compile(r"[-•*·–]\s|\(?[a-z]\)")
_POINT = re.compile(
    r"(?:\d{1,2}[.:)]|(?:[01]?\d|2[0-3])[:.h][0-5]\d|\d{1,2}(?:st|nd|rd|th)?\.? [A-Z]"
    r"|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b|\d{1,2} ?[ap]\.?m\b)"
)
#: A line says what is to come; a time alone is the label of what follows.
_WORDS = 3
#: Fewer lines are a list inside a story; and this share of the blocks are lines.
_FEW, _SHARE = 3, 0.5


def lay_out(reading: TextStructure) -> Layout | None:
    """The lines as they stand, after the sentence that says what they are."""
    if len(reading.unended) < _FEW or reading.title_says & Sense.LIVE_TITLE:
        return None
    lines = [block for block in reading.unended if len(block.text.split()) >= _WORDS]
    titled = reading.title_says & Sense.AGENDA_TITLE
    listed = [
        block
        for block in lines
        if _POINT.match(block.text) or (titled and _BULLET.match(block.text))
    ]
    if len(lines) < _FEW or len(lines) < _SHARE * len(reading.blocks):
        return None
    if len(listed) < _SHARE * len(lines) or not (titled or len(listed) == len(lines)):
        return None
    kept = frozenset(place for block in lines for place in block.places)
    return Layout(
        form="agenda",
        spans=reading.spans,
        order=range(len(reading.spans)),
        lines=kept,
        companions=dict.fromkeys(kept, frozenset()),
        flags=("agenda: its lines are kept",),
    )
