"""How a block of other voices is told from the stories: by its first words, its ground and its border."""

import re
from typing import Any

from briefing.emails.checks.cascade import Cascade
from briefing.emails.checks.sample import Proof, folded

_BORDERS = ("border", "border-top", "border-left", "border-right", "border-bottom")
#: Of "2px solid #c39a1c", the width; a colour has figures too.
_WIDTH = re.compile(r"(?<![\w#.])[1-9]|\b(?:thin|medium|thick)\b")


def label_of(proof: Proof, block: Any) -> str:
    """The first words of a block: all that the element around its first text says."""
    inside = set(block.iter())
    first = next((run.element for run in proof.runs if run.element in inside), None)
    if first is None:
        return ""
    while first is not block and first.tag in ("strong", "b", "em", "i", "span", "a", "font"):
        first = first.getparent()
    return folded("".join(first.itertext()))


def is_apart(look: Cascade, block: Any, story: Any) -> bool:
    """Whether the boxes around all of a block have a border, or another ground than the story."""
    boxes = [block]
    while len(inner := [one for one in boxes[-1] if isinstance(one.tag, str)]) == 1:
        boxes.append(inner[0])
    if look.ground(boxes[-1]) != look.ground(story):
        return True
    borders = (look.value(box, name) for box in boxes for name in _BORDERS)
    return any(_WIDTH.search(border) for border in borders)
