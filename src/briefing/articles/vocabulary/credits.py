"""Credits: closing lines that say where a piece was printed first."""

import re
from dataclasses import dataclass

from briefing.articles.vocabulary.lookup import Grammar

_PHONE = Grammar(
    "credits",
    r"^(?:{call}[:.]? ?(?:us )?(?:on )?)?(?:[+(]|0)[\d ()/.-]{7,20}$",
    re.IGNORECASE,
)
_CREDIT = Grammar("credits", r"^\W{0,3}(?:{credit opening}\b|source:)", re.IGNORECASE)
_KIND = Grammar("credits", r"\b{supplement}\b", re.IGNORECASE)
#: Newspapers whose own name holds the word.
_NEWSPAPER = Grammar("credits", r"\b{newspaper}\b")
_ISSUE = Grammar(
    "credits",
    r"^\W{0,3}(?:this|a version of this|the above|an? (?:longer|shorter|"
    r"edited) version of this)? ?(?:{text}|piece|review)?\b.{0,40}\b(?:appear(?:s|ed)|published|printed|"
    r"taken from)\b"
    r".{0,60}\b(?:issue|edition) of\b.{0,120}$",
    re.IGNORECASE,
)
_FINITE = Grammar("credits", r"\b{finite word}\b")
_LONGEST = 60
_DIGITS = 9


@dataclass(frozen=True, slots=True, kw_only=True)
class Credit:
    """A closing credit: a supplement, with its kind and title, or an issue of the paper."""

    text: str
    is_supplement: bool
    is_roundtable: bool = False
    title: str | None = None


def credit(line: str) -> Credit | None:
    """What the line credits, or None when it is not a credit."""
    if line.count(" ") >= _LONGEST:
        return None
    named = _KIND.search(line) if _CREDIT.match(line) else None
    if named and not _NEWSPAPER.search(line) and not _FINITE.search(line[: named.start()]):
        return Credit(
            text=line,
            is_supplement=True,
            is_roundtable=bool(re.search(r"round-?table", line, re.IGNORECASE)),
            title=_title(line, named),
        )
    return Credit(text=line, is_supplement=False) if _ISSUE.match(line) else None


def _title(line: str, named: re.Match[str]) -> str | None:
    """What follows the word, or what stands before "…, a supplement of"."""
    last = list(_KIND.pattern.finditer(line))[-1]
    title = line[last.end() :].strip(" .,:;–—-“”\"‘’'")
    title = re.sub(r"^(?:on|called|entitled|titled|about|named)\b[ :“\"‘']*", "", title)
    if title and not re.match(r"(?:of|by|with|from|to|in|which|that|published|produced)\b", title):
        return title
    before = re.match(
        r"^\W{0,3}(?:taken|extracted|reprinted|adapted|"
        r"excerpted) from (?:our )?[“\"‘']?(?P<title>[A-Z].{2,120}?)"
        r"[”\"’']?, (?:an?|the|our) ",
        line[: named.start()] + line[named.start() :],
        re.IGNORECASE,
    )
    return before["title"] if before else None


def is_phone(line: str) -> bool:
    """True for a telephone number alone on its line; a row of years is not one."""
    if len(line) > 40:  # noqa: PLR2004 - the longest number with its words
        return False
    digits = sum(character.isdigit() for character in line)
    return digits >= _DIGITS and bool(_PHONE.match(line))
