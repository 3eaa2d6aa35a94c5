"""An obituary: who has died, and then the life as it was lived."""

from briefing.digests.forms.form import Layout, TextStructure
from briefing.digests.senses import Sense

_FIRST = 2
#: A life is told in order: what stands early is worth this much more a sentence.
_IN_ORDER = 0.15
_EARLY = 6


def lay_out(reading: TextStructure) -> Layout | None:
    """The death first, then the text's own order."""
    if not (reading.title_says | reading.head_says) & Sense.DEATH:
        return None
    head = [reading.text[start:end] for start, end in reading.spans[:_FIRST]]
    says_death = [at for at, text in enumerate(head) if reading.says(Sense.DEATH, text)]
    named = reading.title_says & Sense.DEATH
    aged = (reading.title_says | reading.head_says) & Sense.AGE
    if not (says_death and aged) and not (named and aged):
        return None
    bonus = {
        place: _IN_ORDER * (_EARLY - place) for place in range(min(_EARLY, len(reading.spans)))
    }
    return Layout(
        form="obituary",
        spans=reading.spans,
        order=range(len(reading.spans)),
        bonus=bonus | dict.fromkeys(says_death, 1.0),
    )
