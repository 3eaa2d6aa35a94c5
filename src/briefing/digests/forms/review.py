"""A review: where it turns, complaint and praise are printed together, and never without its verdict."""

import re

from briefing.digests.anaphora import leans_back, points_back
from briefing.digests.forms.form import Layout, TextStructure
from briefing.digests.senses import Sense

_STARS = re.compile(r"[★☆]|\b[1-5]/5\b|\b(?:10|[1-9])/10\b")
#: What the verdict is worth: less than the lead, more than what stands between.
_VERDICT = 0.5
#: “Dinner for two with wine, £96.”, “Until 14 December.”: notes of where, when and for how much.
_SUM_OR_DAY = re.compile(r"[£$€]\s?\d|\b\d{1,2} [A-Z][a-z]+")
_LONGEST_NOTE = 12
_AND_THEN = re.compile(r"(?:And then|Then|Until then)\b")
#: A sentence with fewer words says too little of the turn.
_LEAST = 6


def lay_out(reading: TextStructure) -> Layout | None:
    """The turn with what it answers; the verdict of the last paragraph."""
    named = reading.title_says & Sense.REVIEW_TITLE or _STARS.search(reading.title)
    starred = "★" in reading.text or any(_is_rating(block.text) for block in reading.unended)
    if not starred and not named:
        return None
    texts = reading.texts
    if not starred and not any(reading.says(Sense.WORK, text) for text in texts):
        return None
    last = reading.blocks[-1].places
    notes = {
        at
        for at, text in enumerate(texts)
        if _is_rating(text) or (at in last and _is_note(reading, text))
    }
    verdict = _verdict(reading, texts, notes)
    turn = _turn(reading, texts)
    return Layout(
        form="review",
        spans=reading.spans,
        order=range(len(texts)),
        against=dict.fromkeys(notes, "a rating, or where, when and for how much"),
        companions={
            place: verdict | {turn} if turn is not None and place < turn else verdict
            for place in range(len(texts))
        },
        bonus=dict.fromkeys(verdict | _what_it_is(reading, texts), _VERDICT),
        turns_reach_back=True,
        is_voice=True,
    )


def _verdict(reading: TextStructure, texts: list[str], notes: set[int]) -> frozenset[int]:
    """The last sentence of the last paragraph that judges, if it stands alone."""
    own = [block for block in reading.blocks if not notes.issuperset(block.places)]
    if not own:
        return frozenset()
    last = [at for at in own[-1].places if at not in notes]
    stands = [at for at in last if not points_back(texts[at]) and not leans_back(texts[at])]
    return frozenset(stands[-1:])


def _what_it_is(reading: TextStructure, texts: list[str]) -> frozenset[int]:
    """The first sentence, where it says what is reviewed: “opened at the Harbour Theatre on Thursday”."""
    return frozenset({0} if reading.says(Sense.WORK, texts[0]) else ())


def _turn(reading: TextStructure, texts: list[str]) -> int | None:
    """The first paragraph with another view than those before, as “And then came the fish” begins one."""
    words = reading.words
    for block in reading.blocks[1:]:
        at = block.places.start
        marks = words.marks(words.tokens(texts[at]))
        contrasts = bool(marks) and marks[0].first == 0 and marks[0].senses & Sense.CONTRAST
        if contrasts or _AND_THEN.match(texts[at]):
            longer = (one for one in block.places if len(texts[one].split()) >= _LEAST)
            return next(longer, None)
    return None


def _is_note(reading: TextStructure, text: str) -> bool:
    if len(text.split()) > _LONGEST_NOTE:
        return False
    return bool(_SUM_OR_DAY.search(text)) or reading.says(Sense.REVIEW_TITLE, text)


def _is_rating(text: str) -> bool:
    return bool(_STARS.search(text)) and not any(map(str.isalpha, _STARS.sub("", text)))
