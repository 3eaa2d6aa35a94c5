"""An obituary: who has died and who they were, and then what they did; the childhood is left to the page.

Many begin with the childhood and say last that somebody has died. A digest of one says that first,
whatever the order of the text.
"""

import re
from collections.abc import Iterator

from briefing.digests.forms.form import Layout, TextBlock, TextStructure
from briefing.digests.senses import Sense

_FIRST = 2
#: A life is told in order: what stands early is worth this much more a sentence.
_IN_ORDER = 0.15
_EARLY = 6
#: “Tomas Okwu, trade union leader”, “Sister Agnes Polwarth”: a headline of a name alone.
_NAMED = re.compile(r"((?:[A-Z][\w’'.-]*\s?){2,5})(?:$|[,:(–—-])")
#: “(1938–2026)”.
_YEARS = re.compile(r"[(（]\s?1[89]\d\d\s?年?\s?[-–—~〜～]\s?(?:19|20)\d\d\s?년?年?\s?[)）]")
_DEATH_WORD = re.compile(r"\b(?:has |have |had )?die[ds]\b")
_AGED = re.compile(r"\b(?:aged|was|age of) \d{1,3}\b")
#: “In 1974 she took over”: she is whoever has died.
_OF_THEM = re.compile(r"(?:In|By|Since|From|At|Within|After|Until) (?:[\w’'-]+,? ){1,3}s?he\b")
_CHILDHOOD = "tells of the childhood"
_ALLEGED = "somebody says it of them, and a digest has no room to weigh it"
_CHARGES = Sense.ACCUSE | Sense.CHARGE
#: What is said begins with this word, so that “she was called to the bar” says nothing against her.
_THAT = ("that",)


def lay_out(reading: TextStructure) -> Layout | None:
    """The death first, then the life in the text's own order."""
    death = _at_the_head(reading)
    if not death:
        death = _further_down(reading) if reading.own is None else death
    if death is None:
        return None
    young = dict.fromkeys(_childhood(reading, death), _CHILDHOOD)
    alleged = [at for at, text in enumerate(reading.texts) if _alleges(reading, text)]
    rest = [at for at in range(len(reading.spans)) if at not in death]
    order = [*death, *(at for at in rest if at not in young), *(at for at in rest if at in young)]
    bonus = {place: _IN_ORDER * (_EARLY - at) for at, place in enumerate(order[:_EARLY])}
    return Layout(
        form="obituary",
        spans=reading.spans,
        order=order,
        prints_in_order=True,
        against=young | dict.fromkeys(set(alleged) - set(death), _ALLEGED),
        alone=frozenset(at for at, text in enumerate(reading.texts) if _is_of_them(reading, text)),
        bonus=bonus | dict.fromkeys(death, 1.0),
    )


def _alleges(reading: TextStructure, text: str) -> bool:
    """True for “the claim that”, “a critic wrote that she had stolen it”; not where that is denied."""
    tokens = reading.words.tokens(text)
    marks = reading.words.marks(tokens)
    if any(mark.senses & (Sense.DENY | Sense.CLEAR) for mark in marks):
        return False
    is_harm = reading.words.senses_in(tokens) & (Sense.HARM | Sense.DEED)
    return any(
        mark.senses & _CHARGES or (is_harm and mark.senses & Sense.ATTRIBUTION)
        for mark in marks
        if tokens[mark.last + 1 : mark.last + 2] == _THAT
        and reading.words.lists[Sense.PASSIVE].isdisjoint(tokens[mark.first - 1 : mark.first])
    )


def _is_of_them(reading: TextStructure, text: str) -> bool:
    if reading.own is None:
        return bool(_OF_THEM.match(text))
    first = reading.words.tokens(text)[:1]
    return not reading.words.lists[Sense.PERSONS].isdisjoint(first)


def _at_the_head(reading: TextStructure) -> list[int] | None:
    """The first sentences that say that somebody has died; none of them where only the headline does."""
    has_years = bool(reading.own and _YEARS.search(reading.title))
    if not has_years and not (reading.title_says | reading.head_says) & Sense.DEATH:
        return None
    head = reading.texts if has_years else reading.texts[:_FIRST]
    says_death = [at for at, text in enumerate(head) if reading.says(Sense.DEATH, text)]
    if has_years:
        return says_death[:1]
    aged = (reading.title_says | reading.head_says) & Sense.AGE
    named = reading.title_says & Sense.DEATH
    return says_death if aged and (says_death or named) else None


def _further_down(reading: TextStructure) -> list[int] | None:
    """The sentence that says of whom the headline names that they have died, and how old; None where none does."""
    named = _NAMED.match(reading.title)
    if named is None or not _DEATH_WORD.search(reading.text):
        return None
    names = named[1].split()
    texts = reading.texts
    if not any(reading.says(Sense.CHILDHOOD, text) for text in texts):
        return None
    for at, text in enumerate(texts):
        died = _DEATH_WORD.search(text)
        if died is None or not any(name in text[: died.start()] for name in names):
            continue
        if any(_AGED.search(one) for one in texts[at : at + 2]):
            return [at]
    return None


def _childhood(reading: TextStructure, death: list[int]) -> Iterator[int]:
    """Paragraphs that tell of it, whole; next to the death the sentences alone."""
    for block in reading.blocks:
        tells = [place for place in block.places if _tells_of_it(reading, place)]
        if not tells:
            continue
        yield from set(tells) - set(death) if _holds(block, death) else block.places


def _tells_of_it(reading: TextStructure, place: int) -> bool:
    start, end = reading.spans[place]
    return reading.says(Sense.CHILDHOOD, reading.text[start:end])


def _holds(block: TextBlock, death: list[int]) -> bool:
    return not death or any(place in block.places for place in death)
