"""A speech: the news of it is what the speaker does by it, or will do."""

from briefing.digests.anaphora import speaks_as_writer
from briefing.digests.forms.form import Layout, TextStructure
from briefing.digests.senses import Sense

#: An announcement is worth as much as the place of a lead; what opens a speech rarely is news.
_NEWS = 0.8
#: This share of the sentences says "I" or "we", at least.
_PERSONAL = 0.25
_FIRST = 2
#: A report of a speech says who said what; the speech does not.
_REPORTED = 0.05


def lay_out(reading: TextStructure) -> Layout | None:
    """Announcements before all else; salutations are left out."""
    opened = reading.head_says & Sense.SALUTATION
    titled = reading.title_says & Sense.SPEECH_TITLE
    if not titled and not opened:
        return None
    texts = reading.texts
    opened = any(reading.opens(Sense.SALUTATION, text) for text in texts[:_FIRST])
    if not titled and not opened:
        return None
    personal = sum(_speaks(text) for text in texts)
    reported = reading.text.count(" said")
    if personal < _PERSONAL * len(texts) or (not opened and reported > _REPORTED * len(texts)):
        return None
    announced = {
        at: _NEWS for at, text in enumerate(texts) if reading.says(Sense.ANNOUNCEMENT, text)
    }
    greeting = {
        at: "greets the hearers"
        for at, text in enumerate(texts)
        if reading.opens(Sense.GREETING, text)
        or (at not in announced and _is_courtesy(reading, text))
    }
    return Layout(
        form="speech",
        spans=reading.spans,
        order=range(len(texts)),
        against=greeting,
        bonus=announced,
        flags=("speech: the words are the speaker's, not the paper's",),
    )


def _is_courtesy(reading: TextStructure, text: str) -> bool:
    """True for “Madam President, it is an honour to be here”."""
    return reading.opens(Sense.SALUTATION, text) and reading.says(Sense.COURTESY, text)


def _speaks(text: str) -> bool:
    return speaks_as_writer(text) or " we " in f" {text.lower()} " or " our " in text.lower()
