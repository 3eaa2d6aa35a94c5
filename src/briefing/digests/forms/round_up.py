"""A round-up: several stories in one text; the first sentence of each is told."""

import re

from briefing.digests.forms.form import Layout, TextStructure, respanned, without_label
from briefing.digests.senses import Sense

_BULLET = re.compile(r"[-•*·–▪■]\s+")
_LABEL = re.compile(r"[A-Z][\w’' -]{2,30}(?::| [–—-]) (?=[A-Z])")
_FEW = 3


def lay_out(reading: TextStructure) -> Layout | None:
    """The first sentences in order, then the others; bullets are cut off."""
    titled = reading.title_says & Sense.ROUNDUP_TITLE
    bullets = {
        at: found for at, block in enumerate(reading.blocks) if (found := _BULLET.match(block.text))
    }
    labels = [block for block in reading.blocks if _LABEL.match(block.text)]
    enough = max(_FEW, 2 * len(reading.blocks) / 3)
    if len(reading.blocks) < _FEW or not (titled or max(len(bullets), len(labels)) >= enough):
        return None
    changed: dict[int, tuple[int, int]] = {}
    for at, bullet in bullets.items():
        changed |= without_label(reading, reading.blocks[at], bullet.end())
    firsts = [block.places.start for block in reading.blocks]
    rest = [place for place in range(len(reading.spans)) if place not in firsts]
    return Layout(
        form="round-up",
        spans=respanned(reading, changed),
        order=(*firsts, *rest),
        is_several=True,
        flags=("round-up: the first sentence of each story",),
    )
