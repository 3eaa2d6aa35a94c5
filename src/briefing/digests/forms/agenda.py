"""An agenda: what is to come, line by line; the lines are kept."""

import re
from itertools import pairwise

from briefing.digests.forms.form import Layout, Spans, TextBlock, TextStructure
from briefing.digests.forms.live_blog import clock_of
from briefing.digests.senses import Sense
from briefing.model.digest import AGENDA, count_words

#: A bullet alone tells a list inside a story as well.
_BULLET = re.compile(r"[-•*·–]\s|[▽▼●■◆○]|\(?[a-z]\)")
_NUMBERED = re.compile(r"\d{1,2}[.:)]\s")
_POINT = re.compile(
    r"(?:\d{1,2}[.:)]|(?:[01]?\d|2[0-3])[:.h][0-5]\d|\d{1,2}(?:st|nd|rd|th)?\.? [A-Z]"
    r"|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b|\d{1,2} ?[ap]\.?m\b|(?:Noon|Midnight)\b)"
)
_DAY = re.compile(r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b|\d{1,2}(?:st|nd|rd|th)? [A-Z]")
#: A line says what is to come; a time alone is the label of what follows.
_WORDS = 3
#: Fewer lines are a list inside a story; and this share of the blocks are lines.
_FEW, _SHARE = 3, 0.5


#: A time of day, as English, German and French agendas write it.
_CLOCK = re.compile(
    r"\b(?:[01]?\d|2[0-3])[.:h][0-5]\d\b|\b\d{1,2} ?[ap]\.?m\b|\b\d{1,2} Uhr\b|\bnoon\b|\bmidnight\b",
    re.IGNORECASE,
)
#: "House of Commons, 2.30pm: …": what it is and when, before what is done there.
_LABEL = re.compile(r"[^\n“”\"]{2,80}?:\s")
_LABEL_LENGTH, _HEADING_WORDS = 100, 4
#: This share of the entries names its hour; a report has quotations, a timetable none.
_TIMED = 0.75
#: “Commons, 2.30pm - Questions to the home secretary.”: where and when, before a dash.
_PLACE_AND_TIME = re.compile(r"[A-Z][^\n“”\"!?]{2,60}? [–—-] ")
_LONGEST_ENTRY = 15
_QUOTED = re.compile(r"[“”\"]")


def lay_out(reading: TextStructure) -> Layout | None:
    """The lines as they stand, after the sentence that says what they are."""
    return _listed(reading) or _timetable(reading) or _sittings(reading)


def _sittings(reading: TextStructure) -> Layout | None:
    """Short paragraphs, some with a place and an hour before a dash: what there is, house by house."""
    # The first paragraph of most articles ends it; the whole text is searched only after that.
    if any(len(block.text.split()) > _LONGEST_ENTRY for block in reading.blocks):
        return None
    if len(reading.blocks) < _FEW or _QUOTED.search(reading.text):
        return None
    labels = filter(None, (_PLACE_AND_TIME.match(block.text) for block in reading.blocks))
    if sum(_has_clock(reading, label[0]) for label in labels) < _FEW:
        return None
    return _kept(_entries(reading))


def _timetable(reading: TextStructure) -> Layout | None:
    """Paragraphs that each say what there is at which hour: each is one line, kept whole.

    The full stop at its end is left out, so that it is printed as the line it is.
    """
    if reading.title_says & Sense.LIVE_TITLE:
        return None
    is_named = bool(reading.title_says & Sense.AGENDA_TITLE)
    # Most articles are done with here; a day may stand above the first line.
    labelled = any(
        ":" in block.text[:_LABEL_LENGTH] and _LABEL.match(block.text)
        for block in reading.blocks[:_FEW]
    )
    if not (is_named or labelled) or _QUOTED.search(reading.text):
        return None
    spans = _entries(reading)
    entries = [reading.text[start:end] for start, end in spans]
    timed = [entry for entry in entries if _has_clock(reading, entry)]
    if len(entries) < _FEW or len(timed) < _TIMED * len(entries):
        return None
    labelled = all(
        _LABEL.match(entry) and _has_clock(reading, entry[:_LABEL_LENGTH]) for entry in entries
    )
    if not (labelled or is_named):
        return None
    return _kept(spans)


def _kept(spans: Spans) -> Layout:
    """Every entry as a line."""
    return Layout(
        form="agenda",
        spans=spans,
        order=range(len(spans)),
        lines=frozenset(range(len(spans))),
        flags=(AGENDA,),
    )


def _entries(reading: TextStructure) -> Spans:
    """Each paragraph without its last full stop; a day above one is part of it."""
    spans: list[tuple[int, int]] = []
    begins: int | None = None
    for block in reading.blocks:
        start = block.start if begins is None else begins
        if _is_day(reading, block):
            begins = start
            continue
        spans.append((start, block.start + len(block.text.rstrip(" ."))))
        begins = None
    return tuple(spans)


def _listed(reading: TextStructure) -> Layout | None:
    """Lines that are not sentences, each with its number, its day or its hour."""
    if len(reading.unended) < _FEW or reading.title_says & Sense.LIVE_TITLE:
        return None
    lines = [block for block in reading.unended if count_words(block.text) >= _WORDS]
    titled = reading.title_says & Sense.AGENDA_TITLE
    told = _told(reading)
    if titled and len(told) >= _FEW:
        return _points_told(reading, told, lines)
    listed = [
        block
        for block in lines
        if _is_point(reading, block.text) or (titled and _BULLET.match(block.text))
    ]
    if len(lines) < _FEW or len(lines) < _SHARE * len(reading.blocks):
        return None
    if len(listed) < _SHARE * len(lines) or not (titled or len(listed) == len(lines)):
        return None
    kept = {place for block in lines for place in block.places}
    spans = list(reading.spans)
    for day, line in pairwise(reading.blocks):
        if line in lines and _is_day(reading, day):
            # A day above a line is part of it, or nobody knows which day its hour is of.
            spans[line.places.start] = (day.start, spans[line.places.start][1])
            kept -= set(day.places)
    return Layout(
        form="agenda",
        spans=tuple(spans),
        order=range(len(spans)),
        lines=frozenset(kept),
        companions=dict.fromkeys(kept, frozenset()),
        flags=(AGENDA,),
    )


def _told(reading: TextStructure) -> list[TextBlock]:
    """The numbered points that say in sentences what is to be done."""
    return [
        block
        for block in reading.blocks
        if block not in reading.unended and _is_point(reading, block.text)
    ]


def _points_told(reading: TextStructure, told: list[TextBlock], lines: list[TextBlock]) -> Layout:
    """Where some points say what is to be done minutes, apologies and the like are not the news."""
    bare = {place for block in lines for place in block.places}
    kept = {place for block in told for place in block.places}
    heads = {block.places.start for block in told}
    return Layout(
        form="agenda",
        spans=reading.spans,
        order=sorted(
            range(len(reading.spans)), key=lambda at: (at in bare, at in kept - heads, at)
        ),
        against=dict.fromkeys(bare, "a standing item"),
        lines=frozenset(kept - bare),
        companions=dict.fromkeys(kept, frozenset()),
        flags=(AGENDA,),
    )


def _is_day(reading: TextStructure, block: TextBlock) -> bool:
    """True for a line that is a day and no more: “Monday”, “Tuesday 4 May”."""
    is_short = block in reading.unended and len(block.text.split()) <= _HEADING_WORDS
    is_day = (
        reading.own.length_of("days", block.text) > 0 if reading.own else _DAY.match(block.text)
    )
    return is_short and bool(is_day) and not _has_clock(reading, block.text)


def _has_clock(reading: TextStructure, text: str) -> bool:
    return bool((reading.own.clock if reading.own else _CLOCK).search(text))


def _is_point(reading: TextStructure, text: str) -> bool:
    """True for a line that its number, its day or its hour opens."""
    if reading.own is None:
        return bool(_POINT.match(text))
    is_day = reading.own.length_of("days", text) > 0
    return is_day or bool(clock_of(reading, text) or _NUMBERED.match(text))
