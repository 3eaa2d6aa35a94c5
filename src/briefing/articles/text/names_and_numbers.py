"""Telling words: names and numbers, by which pieces of one form are told from each other."""

import re
from collections.abc import Iterable

_WORD = re.compile(r"\w+")
_NUMBER = re.compile(r"(?<![\w.])\d[\d.,]*\d(?!\w)")


def telling_words(text: str) -> tuple[str, ...]:
    """The names and the numbers of two digits and more of a text, sorted.

    A name has its capital inside a sentence, and stands nowhere in small letters. A script without
    capitals shows the numbers alone.
    """
    words = [
        (found[0], text[max(0, found.start() - 2) : found.start()].rstrip(" ")[-1:])
        for found in _WORD.finditer(text)
    ]
    small = {word for word, _ in words if not word[0].isupper()}
    inside = {
        word.casefold()
        for word, before in words
        if word[0].isupper()
        and word.lower() not in small
        and before
        and (before.isalnum() or before in ",;(")
    }
    return tuple(sorted({*inside, *_NUMBER.findall(text)}))


def tell_apart(one: Iterable[str], other: Iterable[str]) -> bool:
    """True when each of two pieces has names, numbers or words that the other has not: other news in one form.

    A copy that was cut, or added to, lacks some on one side only.
    """
    return bool(set(one) - set(other)) and bool(set(other) - set(one))
