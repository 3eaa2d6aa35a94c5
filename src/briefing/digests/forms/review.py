"""A review: where it turns, complaint and praise are printed together, and never without its verdict."""

import re

from briefing.digests.anaphora import leans_back, levelled, points_back
from briefing.digests.forms.form import Layout, TextStructure
from briefing.digests.senses import Sense
from briefing.model.digest import count_words

_STARS = re.compile(r"[★☆]|\b[1-5]/5\b|\b(?:10|[1-9])/10\b")
#: What the verdict is worth: less than the lead, more than what stands between.
_VERDICT = 0.5
#: “Dinner for two with wine, £96.”, “Until 14 December.”: notes of where, when and for how much.
_SUM_OR_DAY = re.compile(r"[£$€]\s?\d|\b\d{1,2} [A-Z][a-z]+")
_LONGEST_NOTE = 12
_LONGEST_IMPRINT = 20
#: A verdict that points back is printed with what it points at, up to so many words.
_LONGEST_VERDICT = 40
_FIGURE = re.compile(r"\d")
_WORK_NAME = re.compile(r'["“]([^"“”]{1,60})["”]')
_SUM = re.compile(r"\d\s?[€£$¥₩₹]|[€£$¥₩₹]\s?\d")
_AND_THEN = re.compile(r"(?:And then|Then|Until then)\b")
#: A sentence with fewer words says too little of the turn.
_LEAST = 6


def lay_out(reading: TextStructure) -> Layout | None:
    """The turn with what it answers; the verdict of the last paragraph."""
    named = reading.title_says & Sense.REVIEW_TITLE or _STARS.search(reading.title)
    starred = "★" in reading.text or any(
        _is_rating(reading, block.text) for block in reading.unended
    )
    starred = starred or _ends_on_its_work(reading)
    if not starred and not named:
        return None
    texts = reading.texts
    if not starred and not any(reading.says(Sense.WORK, text) for text in texts):
        return None
    last = reading.blocks[-1].places
    notes = {
        at
        for at, text in enumerate(texts)
        if _is_rating(reading, text) or (at in last and _is_note(reading, text))
    }
    if reading.own is not None:
        notes.update(_note_blocks(reading))
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
    stands = [at for at in last if not _points(reading, texts[at])]
    if reading.own is not None and stands:
        whole = range(stands[-1], last[-1] + 1)
        if sum(count_words(texts[at]) for at in whole) <= _LONGEST_VERDICT:
            return frozenset(whole)
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
            longer = (one for one in block.places if count_words(texts[one]) >= _LEAST)
            return next(longer, None)
    return None


def _note_blocks(reading: TextStructure) -> set[int]:
    """The lines under a review that say who made it, where and for how much: figures, and no long sentence."""
    return {
        place
        for block in reading.blocks[-2:]
        if _FIGURE.search(block.text) and _has_sum(reading, block.text)
        for place in block.places
        if count_words(reading.texts[place]) <= _LONGEST_IMPRINT
    }


def _points(reading: TextStructure, text: str) -> bool:
    if reading.own is not None:
        return reading.words.leans(text)
    return points_back(text) or leans_back(text)


def _ends_on_its_work(reading: TextStructure) -> bool:
    """True where the last lines name what the headline or the beginning quotes, and a sum or a day."""
    if reading.own is None:
        return False
    head = levelled(f"{reading.title}\n{reading.blocks[0].text}").replace("'", '"')
    names = {name.strip().casefold() for name in _WORK_NAME.findall(head)}
    for block in reading.blocks[-2:]:
        begins = block.text.lstrip("«»„“”\"'「『《 ").casefold()
        if any(begins.startswith(name) for name in names) and _has_sum(reading, block.text):
            return True
    return False


def _has_sum(reading: TextStructure, text: str) -> bool:
    return bool(_SUM.search(text)) or reading.says(Sense.WORK, text)


def _is_note(reading: TextStructure, text: str) -> bool:
    if count_words(text) > _LONGEST_NOTE:
        return False
    if reading.own is not None:
        return _has_sum(reading, text)
    return bool(_SUM_OR_DAY.search(text)) or reading.says(Sense.REVIEW_TITLE, text)


def _is_rating(reading: TextStructure, text: str) -> bool:
    if reading.own is not None and reading.own.says("rating", text):
        return bool(_STARS.search(text))
    return bool(_STARS.search(text)) and not any(map(str.isalpha, _STARS.sub("", text)))
