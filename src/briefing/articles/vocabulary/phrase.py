r"""Phrases as an editor writes them in a table, and the regular expressions they stand for.

paid for by           the words themselves; ' is any apostrophe
(paid|bought) for     one of them
[the ]article         may be left out
( and more)+          one to eight times
advertis*             any ending
…  …40  …2-60         up to 60 characters, up to 40, from 2 to 60; " … " reaches from word to word
_                     any word
#                     a number
{piece}               any phrase of the class "piece"
\(                    the sign itself, where it would mean something
"""

import re
from collections.abc import Callable

_TOKEN = re.compile(
    r"\\(?P<sign>.)|(?P<before> ?)…(?P<least>\d+(?=-))?-?(?P<most>\d+)?(?P<after> ?)|"
    r"\{(?P<name>[^{}]+)\}|\^(?P<first>.)|(?P<letters>[^\W_]+)|(?P<other>.)"
)
_PLAIN = {
    "(": "(?:",
    ")": ")",
    "[": "(?:",
    "]": ")?",
    "|": "|",
    "*": r"\w*",
    "+": "{1,8}",
    "_": r"[\w’'&-]+",
    "#": r"\d+(?:[.,]\d+)*",
    "'": "[’']",
    "’": "[’']",
}
_GAP = "60"
#: Stands for a sign that was escaped while the brackets are counted.
_ANY = "\ue000"
#: So many letters tell where a phrase cannot begin.
OPENING = 3
_FIRST_LETTERS = re.compile(rf"[\W\d_]*([^\W\d_]{{0,{OPENING}}})")


def expression(phrase: str, words_of: Callable[[str], str]) -> str:
    """The regular expression of a phrase.

    Args:
        phrase: as in the table above.
        words_of: gives the expression of a class by its name.

    Raises:
        ValueError: for a bracket without its partner.
    """
    plain = re.sub(r"\\.", "", phrase)
    if sum(map(plain.count, "([")) != sum(map(plain.count, ")]")):
        raise ValueError(f"“{phrase}” has a bracket without its partner")
    return "".join(_part(token, words_of) for token in _TOKEN.finditer(phrase))


def _part(token: re.Match[str], words_of: Callable[[str], str]) -> str:
    if token["sign"]:
        return re.escape(token["sign"])
    if token["letters"]:
        return token["letters"]
    if token["first"]:
        return f"[{token['first']}{token['first'].upper()}]"
    if token["name"]:
        return words_of(token["name"])
    if token["other"]:
        return _PLAIN.get(token["other"]) or _letter(token["other"])
    edge = " " if token["least"] else r"\b"
    before, after = (edge if token[side] else "" for side in ("before", "after"))
    return f"{before}.{{{token['least'] or 0},{token['most'] or _GAP}}}{after}"


def _letter(written: str) -> str:
    return written if written == " " else re.escape(written)


def opening(line: str) -> str:
    """The first letters of a line, by which phrases that it cannot hold are passed over."""
    match = _FIRST_LETTERS.match(line)
    return match[1].lower() if match else ""


def openings(phrase: str) -> frozenset[str]:
    """The first letters with which a line of this phrase can begin; "" for any."""
    return _openings(re.sub(r"\\.", _ANY, phrase), "")


def _openings(phrase: str, known: str) -> frozenset[str]:
    if len(known) == OPENING or not phrase:
        return frozenset({known})
    sign, rest = phrase[0], phrase[1:]
    if sign in "([":
        inside, behind = _group(rest)
        found = [_openings(way + behind, known) for way in _ways(inside)]
        found += [_openings(behind, known)] if sign == "[" else []
        return frozenset().union(*found)
    if sign in f"{{…_#*{_ANY}" or phrase.startswith(" …"):
        return frozenset({known if sign == " " and known else ""})
    if sign.isalpha():
        return _openings(rest, known + sign.lower())
    return frozenset({known}) if known else _openings(rest, "")


def _group(rest: str) -> tuple[str, str]:
    """What stands in the bracket that was opened, and what stands behind it."""
    depth = 1
    for place, sign in enumerate(rest):
        depth += (sign in "([") - (sign in ")]")
        if not depth:
            return rest[:place], rest[place + 1 :]
    return rest, ""


def _ways(inside: str) -> list[str]:
    """The alternatives of a bracket; those of a bracket inside it stay together."""
    ways, depth = [""], 0
    for sign in inside:
        depth += (sign in "([") - (sign in ")]")
        if sign == "|" and not depth:
            ways.append("")
        else:
            ways[-1] += sign
    return ways
