"""Credits: closing lines that say where a piece was printed first."""

import re
from dataclasses import dataclass

_PHONE = re.compile(
    r"^(?:(?:tel|telephone|phone|call|freephone|t)[:.]? ?(?:us )?(?:on )?)?(?:[+(]|"
    r"0)[\d ()/.-]{7,20}$",
    re.IGNORECASE,
)
_START = (
    r"(?:this|the above|the preceding|our) (?:\w+ )?(?:article|piece|feature|interview|essay|text|"
    r"column|"
    r"story|content|extract|contribution|report)s?\b|taken\b|extract(?:ed)?\b|reproduced\b|"
    r"adapted\b|"
    r"reprinted\b|an? (?:edited |adapted )?extract\b|published\b|produced\b|printed\b|"
    r"excerpt(?:ed)?\b|"
    r"(?:first|originally) (?:published|printed|appeared)\b|appear(?:s|ed)\b|source:|from (?:the|"
    r"our|an?)\b|"
    r"part of\b|for more\b|read the full\b|(?:also )?featured in\b"
)
_CREDIT = re.compile(rf"^\W{{0,3}}(?:{_START})", re.IGNORECASE)
_KIND = re.compile(
    r"\b(?:supplements?|round-?table(?: (?:report|discussion|event|special|feature|debate|paper|"
    r"write-up))?)\b",
    re.IGNORECASE,
)
#: Newspapers whose own name holds the word.
_NEWSPAPER = re.compile(
    r"\b(?:Times |Higher |Literary |Educational |Education |Sunday |Saturday |Colour )+Supplement\b"
)
_ISSUE = re.compile(
    r"^\W{0,3}(?:this|a version of this|the above|an? (?:longer|shorter|"
    r"edited) version of this)? ?(?:article|piece|"
    r"column|essay|review|interview|feature|story)?\b.{0,40}\b(?:appear(?:s|ed)|published|printed|"
    r"taken from)\b"
    r".{0,60}\b(?:issue|edition) of\b.{0,120}$",
    re.IGNORECASE,
)
_FINITE = re.compile(r"\b(?:will|would|said|says|argued?s?|hopes?|wants?|shows?|costs?)\b")
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
    """What the line credits, or None when it is no credit."""
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
    last = list(_KIND.finditer(line))[-1]
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
    """True for a telephone number alone on its line; a row of years is none."""
    if len(line) > 40:  # noqa: PLR2004 - the longest number with its words
        return False
    digits = sum(character.isdigit() for character in line)
    return digits >= _DIGITS and bool(_PHONE.match(line))
