"""A live blog: posts under clock times, most often the newest first.

The post that sums up is the digest. Without one the story is told as it happened, the oldest first.
Clock times are labels, and posts that greet or take leave carry no news.
"""

import re
from collections.abc import Sequence

from briefing.digests.forms.form import Layout, TextBlock, TextStructure, respanned, without_label
from briefing.digests.senses import Sense

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
_HALF_DAY = 12 * 60


def lay_out(reading: TextStructure) -> Layout | None:
    """Posts in the order of their times, the summary first."""
    labels = {
        at: found
        for at, block in enumerate(reading.blocks)
        if block.text[:1] in _BEGINS and (found := _CLOCK.match(block.text))
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
        form="live blog",
        spans=spans,
        order=(*summary, *(place for place in before if place not in summary), *order),
        place_counts=bool(summary),
        prints_in_order=True,
        is_several=True,
        against=against,
        flags=("live blog: its summary, then oldest first",)
        if summary
        else ("live blog: oldest first",),
    )


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
    hour, _, minute = re.sub(r"[.h]", ":", label[1]).partition(":")
    half = (label[2] or "").replace(".", "").lower()
    hours = int(hour) % 12 if half else int(hour)
    return hours * 60 + int(minute or 0) + (_HALF_DAY if half == "pm" else 0)
