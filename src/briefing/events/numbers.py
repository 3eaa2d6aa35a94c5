"""Numbers of a text by their value: "£2 million", "2m" and "two million" are one number."""

import re

_SMALL = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen"
).split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
#: The plain number words of English; other languages have their figures only.
_WORDS = {word: value for value, word in enumerate(_SMALL)} | {
    word: 10 * value for value, word in enumerate(_TENS, 2)
}
_SCALES = {
    "hundred": 100,
    "k": 1_000,
    "thousand": 1_000,
    "m": 1_000_000,
    "mn": 1_000_000,
    "million": 1_000_000,
    "bn": 1_000_000_000,
    "billion": 1_000_000_000,
    "tn": 1_000_000_000_000,
    "trillion": 1_000_000_000_000,
}
_FIGURE = r"\d[\d,]*(?:\.\d+)?"
_NUMBER = re.compile(
    rf"(?<![\w.])({_FIGURE}|(?:{'|'.join(_TENS)})(?:[ -](?:{'|'.join(_SMALL[1:10])}))?|{'|'.join(_SMALL[1:])})"
    rf"(?:[ -]?({'|'.join(sorted(_SCALES, key=len, reverse=True))})\b)?(?![\d])",
    re.IGNORECASE,
)
#: Below this a number counts on fingers: "one of the two" says nothing of which news it is.
TELLING = 13


def numbers_of(text: str) -> tuple[str, ...]:
    """The values of a text's numbers in order, written plainly: "340000", "6.5".

    Number words of English are read too. A clock time such as 7.30 is read as the number 7.3, and
    parts of names such as A39 or B2B do not count.
    """
    return tuple(_plain(_value(found) * scale(found)) for found in _NUMBER.finditer(text))


def scale(found: re.Match[str]) -> int:
    """What the word behind a number multiplies it by; 1 without one."""
    return _SCALES.get((found[2] or "").lower(), 1)


def _value(found: re.Match[str]) -> float:
    written = found[1].lower().replace(",", "")
    if written[0].isdigit():
        return float(written)
    return float(sum(_WORDS[word] for word in re.split("[ -]", written)))


def _plain(value: float) -> str:
    return f"{value:.4f}".rstrip("0").rstrip(".")
