"""Confusables: a line as a reader sees it, whatever characters it is written in."""

import re
import unicodedata

#: Cyrillic and Greek letters that nobody can tell from the Latin ones.
_TWINS = str.maketrans(
    "аеорсухіјѕԁӏАВЕКМНОРСТУХЅІЈοανιρτΑΒΕΖΗΙΚΜΝΟΡΤΥΧ",
    "aeopcyxijsdlABEKMHOPCTYXSIJoaviptABEZHIKMNOPTYX",
)
_LATIN = re.compile("[A-Za-z]")
_FOREIGN = re.compile("[\u0370-\u052f]")
_SPACED = re.compile(r"^\W*(?:\w ){3,40}\w\W*$")


def as_seen(line: str) -> str:
    """The line in plain letters, for recognising labels only; the text itself stays as written.

    Full-width forms become ordinary ones, look-alikes from other alphabets become Latin where both
    stand in one line, signs (★, ⓘ) fall away, and a word spaced out letter by letter is closed up.
    """
    if line.isascii():
        seen = line
    else:
        plain = "".join(" " if unicodedata.category(sign) == "So" else sign for sign in line)
        seen = unicodedata.normalize("NFKC", plain).strip()
        if _LATIN.search(seen) and _FOREIGN.search(seen):
            seen = seen.translate(_TWINS)
    return re.sub(r"(?<=\w) (?=\w)", "", seen) if _SPACED.match(seen) else seen
