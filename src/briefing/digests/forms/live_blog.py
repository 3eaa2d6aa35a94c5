"""A live blog: posts under clock times, most often the newest first.

The post that sums up is the digest. Without one the story is told as it happened, the oldest first.
Clock times are labels, and posts that greet or take leave carry no news.
"""

import re
from collections.abc import Sequence

from briefing.digests.forms.form import Layout, TextBlock, TextStructure, respanned, without_label
from briefing.digests.senses import Sense
from briefing.model.digest import count_words

LIVE_BLOG = "live blog"
#: Time zones, and not the first word of a heading in capitals.
_ZONES = "GMT|UTC|BST|[CEW]E(?:S)?T|[ACEMP][SD]?T|IST|MSK|JST|KST|HKT|SGT|A[CEW][SD]T|NZ[SD]?T"
_CLOCK = re.compile(
    r"[\[(]?((?:[01]?\d|2[0-3])[:.h][0-5]\d|(?:1[0-2]|[1-9])(?=\s?[ap]\.?m))"
    rf"\s?([ap]\.?m\.?)?(?:\s?(?:{_ZONES}|Uhr)\b)?[\])]?\s*[-–—:|]?\s*",
)
#: With one of these such a label begins; to look at the sign first costs little.
_BEGINS = frozenset("[(0123456789")
#: Fewer posts are a story with times in it.
_FEW = 3
#: This share of the blocks, at least, opens on a time.
_SHARE = 0.4
#: A post of no more words is kept as a line.
_SHORT, _ENDS = 5, ".!?…。！？।؟"
_HALF_DAY = 12 * 60


def lay_out(reading: TextStructure) -> Layout | None:
    """Posts in the order of their times, the summary first."""
    labels = {
        at: found
        for at, block in enumerate(reading.blocks)
        if (found := clock_of(reading, block.text))
    }
    if len(labels) < _FEW or len(labels) < _SHARE * len(reading.blocks):
        return None
    posts = _posts(reading, sorted(labels))
    changed: dict[int, tuple[int, int]] = {}
    for at, label in labels.items():
        changed |= without_label(reading, reading.blocks[at], label.end())
    spans = respanned(reading, changed)
    summary, against = list[int](), dict[int, str]()
    for post in posts:
        head = _head(reading, post, labels)
        if reading.opens(Sense.GREETING, head):
            against |= dict.fromkeys(_places(post), "greets or takes leave")
        elif reading.opens(Sense.SUMMARY_POST, head):
            summary += _places(post)
    before = range(posts[0][0].places.start)
    if any(reading.opens(Sense.SUMMARY_POST, block.text) for block in _above(reading, before)):
        summary += before
    told = sorted(posts, key=lambda post: _minutes(labels[reading.blocks.index(post[0])]))
    order = [place for post in told for place in _places(post) if place not in summary]
    return Layout(
        form=LIVE_BLOG,
        spans=spans,
        order=(*summary, *(place for place in before if place not in summary), *order),
        place_counts=bool(summary),
        prints_in_order=True,
        is_several=True,
        against=against,
        lines=_short(reading, order) - against.keys(),
        alone=_opening(reading, posts, labels),
        flags=("live blog: its summary, then oldest first",)
        if summary
        else ("live blog: oldest first",),
    )


def _opening(
    reading: TextStructure, posts: list[list[TextBlock]], labels: dict[int, re.Match[str]]
) -> frozenset[int]:
    """Where a post begins: what stands before it is another post, or its time on a line of its own."""
    if reading.own is None:
        return frozenset()
    firsts = set[int]()
    for post in posts:
        label = labels[reading.blocks.index(post[0])]
        told = post[1:] if label.end() >= len(post[0].text) else post
        firsts.update(block.places.start for block in told[:1])
    return frozenset(at for at in firsts if not reading.words.leans(reading.texts[at]))


def _short(reading: TextStructure, order: Sequence[int]) -> frozenset[int]:
    """Posts of a few words that end: “Prokurator żąda trzech lat więzienia.” is all there is at its hour."""
    if reading.own is None:
        return frozenset()
    return frozenset(
        at
        for at in order
        if _FEW <= count_words(reading.texts[at]) <= _SHORT
        and reading.texts[at][-1] in _ENDS
        and not reading.words.leans(reading.texts[at])
    )


def clock_of(reading: TextStructure, text: str) -> re.Match[str] | None:
    """The time of day that a text begins with."""
    if reading.own is not None:
        return reading.own.clock.match(text)
    return _CLOCK.match(text) if text[:1] in _BEGINS else None


def _posts(reading: TextStructure, labelled: Sequence[int]) -> list[list[TextBlock]]:
    """The blocks from each time to the next."""
    ends = [*labelled[1:], len(reading.blocks)]
    return [list(reading.blocks[start:end]) for start, end in zip(labelled, ends, strict=True)]


def _above(reading: TextStructure, before: range) -> list[TextBlock]:
    """The blocks above the first post."""
    return [block for block in reading.blocks if block.places.start in before]


def _places(post: Sequence[TextBlock]) -> list[int]:
    return [place for block in post for place in block.places]


def _head(
    reading: TextStructure, post: Sequence[TextBlock], labels: dict[int, re.Match[str]]
) -> str:
    """How a post begins behind its time, which may stand on a line of its own."""
    head = post[0].text[labels[reading.blocks.index(post[0])].end() :]
    return head if head.strip() or len(post) == 1 else post[1].text


def _minutes(label: re.Match[str]) -> int:
    named = label.groupdict()
    if named:
        late = bool(named["afternoon"] or named["evening"]) and int(named["hour"]) * 60 < _HALF_DAY
        return int(named["hour"]) * 60 + int(named["minute"] or 0) + late * _HALF_DAY
    hour, _, minute = re.sub(r"[.h]", ":", label[1]).partition(":")
    half = (label[2] or "").replace(".", "").lower()
    hours = int(hour) % 12 if half else int(hour)
    return hours * 60 + int(minute or 0) + (_HALF_DAY if half == "pm" else 0)
