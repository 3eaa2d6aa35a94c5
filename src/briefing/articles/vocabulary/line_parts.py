"""Lines of several parts: a label next to a section's name, a date or a reading time."""

import re

from briefing.articles.vocabulary.payer_names import is_name

#: What stands between a label and a section's name, a date or a reading time.
_BESIDE = re.compile(r"\s+[|/·•›»>–—-]\s+|\s*[|·•]\s*")
_BESIDE_WORDS = 4
#: A name before a label of two words or more; one word behind a colon is a headline's.
_NAMED_FIRST = re.compile(r"^(?P<name>[^:]{2,60}): (?P<label>\w+ \w+(?: \w+)?)$")

#: “Sponsored by Norvane” stood at the foot.
_TOLD = re.compile(
    r"^(?:“[^“”]{2,80}[”“]|„[^„“”]{2,80}[“”]|«[^«»]{2,80}»|»[^«»]{2,80}«|\"[^\"]{2,80}\"),? (?=[^\W\d_])"
)


def tells_of_words(line: str) -> bool:
    """True for a sentence that opens on quoted words and goes on: what it quotes stood elsewhere."""
    return bool(_TOLD.match(line))


def beside(line: str) -> list[str]:
    """The parts of a line that have only a few words next to them: "Energy | Sponsored".

    A headline is no such part, nor is what stands next to one: see `lift_disclosure`.
    """
    named = _NAMED_FIRST.match(line)
    if named and is_name(named["name"]):
        return [named["label"]]
    parts = _BESIDE.split(line)
    short = [len(part.split()) <= _BESIDE_WORDS for part in parts]
    if len(parts) == 1 or short.count(False) > 1:
        return []
    return [part for part, fits in zip(parts, short, strict=True) if all(short) or not fits]
