"""Credits: closing lines that say where a piece was printed first."""

import re
from dataclasses import dataclass

_PHONE = re.compile(
    r"^(?:(?:tel|telephone|phone|call)[:.]? ?)?[+(]?\d[\d ()/-]{7,18}\d$", re.IGNORECASE
)
_SUPPLEMENT = re.compile(
    r"^(?:\W{0,3})(?:(?:This|The above) (?:article|piece|feature|interview|essay|text)\b.{0,60}?|"
    r"(?:Taken|Extracted|Reproduced|Adapted|Reprinted|An? (?:extract|edited extract)|Published|"
    r"Produced|Printed|First published|From|Originally published)\b.{0,40}?)"
    r"\b(?:the |a |our |an )?(?P<publication>(?:[A-Z][\w’'&.-]*(?: (?:of|and|the|for) | )?){0,6})"
    r"(?P<kind>round-?table |special |sponsored |commercial |policy |partner |digital |print )?"
    r"(?:supplement|report|guide|insert|special)\b[,:]?\s*(?P<title>.*)$",
    re.DOTALL,
)
_PRINT_ISSUE = re.compile(
    r"^(?:This (?:article|piece|column|essay|review|interview)|A version of this)\b.{0,40}"
    r"\b(?:appears?|appeared|published)\b.{0,30}\b(?:issue|edition) of\b.{0,80}$",
    re.IGNORECASE,
)
_LONGEST = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Credit:
    """A closing credit: a supplement, with its kind and title, or an issue of the paper."""

    text: str
    is_supplement: bool
    is_roundtable: bool = False
    title: str | None = None


def credit(line: str) -> Credit | None:
    """What the line credits, or None when it is no credit."""
    if len(line.split()) > _LONGEST:
        return None
    if _PRINT_ISSUE.match(line):
        return Credit(text=line, is_supplement=False)
    match = _SUPPLEMENT.match(line)
    if not match or "supplement" not in line.lower():
        return None
    return Credit(
        text=line,
        is_supplement=True,
        is_roundtable=bool(re.search(r"round-?table", line, re.IGNORECASE)),
        title=_title(match["title"]),
    )


def _title(text: str) -> str | None:
    title = text.strip(" .“”\"‘’'")
    title = re.sub(r"^(?:on|called|entitled|titled|about)\s+", "", title)
    return title or None


def is_phone(line: str) -> bool:
    """True for a telephone number alone on its line."""
    return bool(_PHONE.match(line)) and sum(character.isdigit() for character in line) >= 9  # noqa: PLR2004
