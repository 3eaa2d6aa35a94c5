"""A round-up: several stories in one text; the first sentence of each is told."""

import re

from briefing.digests.forms.form import Layout, TextStructure, respanned, without_label
from briefing.digests.senses import Sense
from briefing.model.digest import count_words

_BULLET = re.compile(r"[-•*·–▪■]\s+|[▪■□▽▼●○◆◇]")
_LABEL = re.compile(r"[A-Z][\w’' -]{2,30}(?::| [–—-]) (?=[A-Z])")
#: The same in any script: “【緑野】”, “واحة النور - ”.
_LABEL_ANYWHERE = re.compile(
    r"[【\[（(][^】\]）)\n]{1,20}[】\]）)]\s*(?=\S)|([^\W\d_][^.:：!?。！？\n]{0,30}?)(?:\s[–—-]\s|\s?[:：])\s*(?=\S)"
)
#: “Brest. The council …”: a place with a stop, which says where the story is.
_PLACE_WORDS = 3
_FEW = 3


def lay_out(reading: TextStructure) -> Layout | None:
    """The first sentences in order, then the others; bullets are cut off."""
    titled = reading.title_says & Sense.ROUNDUP_TITLE
    bullets = {
        at: found for at, block in enumerate(reading.blocks) if (found := _BULLET.match(block.text))
    }
    labels = _labels(reading)
    enough = max(_FEW, 2 * len(reading.blocks) / 3)
    if len(reading.blocks) < _FEW or not (titled or max(len(bullets), len(labels)) >= enough):
        return None
    changed: dict[int, tuple[int, int]] = {}
    for at, bullet in bullets.items():
        changed |= without_label(reading, reading.blocks[at], bullet.end())
    spans = list(respanned(reading, changed))
    places = _places(reading)
    for at in places:
        spans[at + 1] = (spans[at][0], spans[at + 1][1])
    firsts = [block.places.start + (block.places.start in places) for block in reading.blocks]
    rest = [place for place in range(len(spans)) if place not in firsts]
    return Layout(
        form="round-up",
        spans=tuple(spans),
        order=(*firsts, *rest),
        against=dict.fromkeys(places, "a place, which stands before its story"),
        is_several=True,
        flags=("round-up: the first sentence of each story",),
    )


def _labels(reading: TextStructure) -> set[str]:
    """What stands before the stories, each with its own: where they are, what they are about."""
    if reading.own is None:
        return {
            block.text[: _FEW + at]
            for at, block in enumerate(reading.blocks)
            if _LABEL.match(block.text)
        }
    found = set[str]()
    for block in reading.blocks:
        label = _LABEL_ANYWHERE.match(block.text)
        name = label[1] or "" if label else ""
        if label and len(name.split()) <= _PLACE_WORDS and not name[:1].islower():
            found.add(label[0])
    return found


def _places(reading: TextStructure) -> set[int]:
    """The places that stand alone before their stories; there are several, or none is one."""
    if reading.own is None:
        return set()
    found = {
        block.places.start
        for block in reading.blocks
        if len(block.places) > 1
        and count_words(reading.texts[block.places.start]) <= _PLACE_WORDS
        and reading.texts[block.places.start].endswith(".")
    }
    return found if len(found) >= _FEW else set()
