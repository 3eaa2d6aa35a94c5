"""Readers' letters: the first of them, with its signature."""

import re

from briefing.digests.forms.form import Layout, TextBlock, TextStructure, respanned, without_label
from briefing.digests.senses import Sense

_CAPITAL = re.compile(r"[^\W\d_a-z]")
_SALUTATION = re.compile(r"(?:Dear )?(?:Sirs?|Madam|Editor)\b[,:]?\s*[-–—]?\s*")
#: A signature has no more words, and so many of them are names at least.
_LONGEST, _NAMES = 9, 2


def lay_out(reading: TextStructure) -> Layout | None:
    """The first letter; its sentences come with who signed it."""
    signs = {block.start for block in reading.unended if _signs(reading, block)}
    if not signs:
        return None
    # A place on a line of its own goes with the name above it: both are one signature.
    signed = [
        at
        for at, block in enumerate(reading.blocks)
        if at and block.start in signs and reading.blocks[at - 1].start not in signs
    ]
    titled = reading.title_says & Sense.LETTERS_TITLE
    greeted = [
        block for block in reading.blocks if reading.opens(Sense.SALUTATION_LETTER, block.text)
    ]
    if not signed or not (greeted or (titled and len(signed) > 1)):
        return None
    first, signature = reading.blocks[: signed[0]], reading.blocks[signed[0]]
    sign = frozenset(signature.places)
    changed: dict[int, tuple[int, int]] = {}
    for block in greeted:
        label = _SALUTATION.match(block.text)
        if label:
            changed |= without_label(reading, block, label.end())
    own = [place for block in first for place in block.places]
    count = len(reading.spans)
    against = dict.fromkeys(range(signature.places.stop, count), "another letter")
    against |= {block.places.start: "a salutation" for block in greeted if _is_bare(block)}
    return Layout(
        form="letters",
        spans=respanned(reading, changed),
        order=range(count),
        against=against,
        companions=dict.fromkeys(own, sign),
        lines=sign,
        flags=(f"letters: the first of {len(signed)}",)
        if len(signed) > 1
        else ("a reader's letter",),
    )


def _is_bare(block: TextBlock) -> bool:
    label = _SALUTATION.match(block.text)
    return label is not None and label.end() >= len(block.text.rstrip())


def _signs(reading: TextStructure, block: TextBlock) -> bool:
    """True for a line of names without an end: “Ann Hale, Norburg”."""
    text = block.text.strip()
    words = text.split()
    names = sum(bool(_CAPITAL.match(word)) for word in words)
    ended = text[-1:] in ".!?:;" and not re.search(r"\b[A-Z]\.$", text)
    return (
        names >= _NAMES and names * 2 >= len(words)
        and len(words) <= _LONGEST
        and not ended
        and not reading.opens(Sense.SALUTATION_LETTER, text)
    )  # fmt: skip
