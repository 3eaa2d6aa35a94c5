"""A poll with its table: the rows are not sentences; the report of it is news, with its margin of error.

Where the report leaves the figures to the table, the first rows are the news, and are kept as lines.
"""

import re
from collections.abc import Set

from briefing.digests.forms.form import Layout, TextBlock, TextStructure
from briefing.digests.senses import Sense
from briefing.model.digest import count_words

#: “Against the bridge: 52”, before a sign or word for a share.
_SHARE = re.compile(r"[^.!?。\d]{1,50}?\s?\d{1,3}(?:[.,٫]\d)?(?!\d)\s?")
_NUMBER = re.compile(r"[-+−]?\d+(?:[.,]\d+)?%?")
#: “国民党 28（-3）”: a bracket parts two figures as a space does.
_BRACKETS = str.maketrans({"(": " (", "（": " (", "）": ")"})
#: Fewer rows are not a table; a row has so many figures, and no more words than this.
_FEW, _FIGURES, _LONGEST = 3, 1, 9
#: What the rows are worth where nothing else tells them: as much as a lead.
_TOLD_ALONE = 1.0
#: Of a table that is kept so many rows, from the top.
_KEPT = 4
#: Who was asked and how exact it is may be two sentences.
_MARGINS = 2
#: A figure of one digit stands anywhere.
_TELLING = re.compile(r"\d{2,}(?:[.,]\d+)?")


def lay_out(reading: TextStructure) -> Layout | None:
    """The report without the rows; or the rows with their margin, where it tells no figure of theirs."""
    lines = {block.start for block in reading.unended}
    rows = [
        block
        for block in reading.blocks
        if (block.text[-1] in ")）" or block.start in lines) and _is_row(reading, block)
    ]
    if len(rows) < _FEW or len(rows) == len(reading.blocks):
        return None
    begins, ends = rows[0].places.start, rows[-1].places.stop
    head = {place: "a row of a table" for block in rows for place in block.places}
    # Between the rows stand those without a figure: the head of the table, a name alone.
    between = {
        place: "a row of a table"
        for block in reading.unended
        if begins - 1 <= block.places.start < ends
        for place in block.places
    }
    asked = {
        place: "the question that was asked"
        for block in reading.blocks
        if block.places.stop == begins and block.text.endswith("?")
        for place in block.places
    }
    left_out = head | between | asked
    margins = _margins(reading) if reading.own else frozenset[int]()
    kept = frozenset[int]() if _is_told(reading, rows) else _first_of(rows)
    return Layout(
        form="poll table",
        spans=reading.spans,
        order=[
            place for place in range(len(reading.spans)) if place in kept or place not in left_out
        ],
        against={place: why for place, why in left_out.items() if place not in kept},
        lines=kept | margins,
        bonus=dict.fromkeys(kept, _TOLD_ALONE),
        alone=margins,
        companions=_together(reading, kept, left_out.keys()) | _with_margin(margins, kept),
        is_several=bool(kept),
    )


def _together(
    reading: TextStructure, kept: frozenset[int], left_out: Set[int]
) -> dict[int, frozenset[int]]:
    """The rows with their margin; the report's first sentence, which tells no figure, with the rows."""
    if not kept:
        return {}
    every = kept | _margins(reading)
    found = {place: every - {place} for place in kept}
    lead = next((at for at in range(len(reading.spans)) if at not in left_out), None)
    return found if lead is None or lead > min(kept) else found | {lead: every - {lead}}


def _with_margin(margins: frozenset[int], kept: frozenset[int]) -> dict[int, frozenset[int]]:
    """What the report tells goes with how exact it is."""
    if kept or not margins:
        return {}
    return {at: margins for at in range(min(margins)) if at not in margins}


def _is_told(reading: TextStructure, rows: list[TextBlock]) -> bool:
    """True when the report names a figure of the table."""
    own = {block.start for block in rows}
    figures = {figure for block in rows for figure in _TELLING.findall(block.text)}
    report = (block.text for block in reading.blocks if block.start not in own)
    return any(not figures.isdisjoint(_TELLING.findall(text)) for text in report)


def _first_of(rows: list[TextBlock]) -> frozenset[int]:
    return frozenset(place for block in rows[:_KEPT] for place in block.places)


def _margins(reading: TextStructure) -> frozenset[int]:
    """The first sentence that says how exact the figures are."""
    if reading.own is not None:
        texts = enumerate(reading.texts)
        return frozenset([at for at, text in texts if reading.says(Sense.MARGIN, text)][:_MARGINS])
    words = reading.words
    for place, text in enumerate(reading.texts):
        if any(mark.senses & Sense.MARGIN for mark in words.marks(words.tokens(text))):
            return frozenset({place})
    return frozenset()


def _is_row(reading: TextStructure, block: TextBlock) -> bool:
    if reading.own is not None and count_words(block.text) <= _LONGEST:
        share = _SHARE.match(block.text)
        unit = block.text[share.end() :].strip() if share else ""
        if share and (unit[:1] in ("%", "％", "٪") or reading.own.length_of("percent", unit)):
            return True
    text = block.text.translate(_BRACKETS) if reading.own is not None else block.text
    words = [word for word in text.split() if any(map(str.isalnum, word))]
    figures = sum(bool(_NUMBER.fullmatch(word.strip("()"))) for word in words)
    return figures >= _FIGURES and figures * 3 >= len(words) and len(words) <= _LONGEST
