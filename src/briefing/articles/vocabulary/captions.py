"""Captions, picture credits and the button under every picture."""

import re

from briefing.articles.vocabulary.bylines import CAPITAL
from briefing.articles.vocabulary.lookup import Grammar

_BUTTON = Grammar(
    "captions",
    r"^(?:(?:show|hide|toggle|enlarge|expand|view|zoom|open|close)[\s/|]*){1,3}(?:the |this )?"
    r"{picture}s?$",
    re.IGNORECASE,
)
_MARKED_BY = (
    r"(?:{credit mark}\s*(?:by\b|[:：–—-]|©|\.\.\.|…)|[Ff]ot\.|"
    r"(?:Image|Photo|Picture) (?:source|credit),)"
)
#: Names, agencies and their joints: what stands behind "Photo:" when it is only a credit.
_WHO = (
    rf"(?:©\s*)?(?:{CAPITAL}[\w’'.&-]{{0,30}}|de|van|von|via|by|for|and|of|the|courtesy)"
    rf"(?:[\s/,|&–-]{{1,3}}(?:(?:[0-9]|{CAPITAL})[\w’'.&-]{{0,30}}|de|van|von|via|by|for|and|of|the|"
    r"courtesy)){0,9}"
)
_AGENCIES = r"{agency}(?:\s*(?:[/,&|+]|and|via)\s*{agency}){0,3}"
_FIRM = r"[A-ZÀ-Þ][\w’'.-]{1,20}"
_ONLY = Grammar(
    "captions",
    rf"^\(?(?:{_MARKED_BY}\s*{_WHO}|(?:©|Copyright)\s*{_WHO}|"
    rf"(?:{_FIRM} ){{0,3}}(?:{_FIRM})?\s*[/|]\s*{_AGENCIES}|{_AGENCIES})\)?\.?$",
)
#: "(foto Ansa)": brackets make a credit of what would be words of a sentence.
_BRACKETED = Grammar("captions", rf"^[(\[](?i:{{credit mark}}) {_WHO}[)\]]\.?$")
_WITH_AGENCY = Grammar(
    "captions",
    rf"^(?:[Aa]vec|[Ww]ith|[Mm]it|[Cc]on|[Cc]om|[Mm]et|Quelle:|Fonte:|Fuente:|Bron:) {_AGENCIES}$",
)
#: "MARÍA SANZ (ANC)".
_CAPITALS = re.compile(r"^[^\W\d_a-z]{2,}(?: [^\W\d_a-zà-ÿ]{2,}){1,3} \([A-Z]{2,6}\)$")
_OPENER = Grammar("captions", r"^{caption opener}[,:] ?")
#: "[image: Geese on the lake]", "Bild: Gänse am See | NWA": words that say it is a picture, and what it shows.
_DESCRIBED = Grammar(
    "captions",
    r"^(?:\[(?i:{credit mark})|(?!Source|Credit){credit mark})\s?[:：]\s+(?P<caption>\S+(?: \S+){2,44}?)"
    rf"(?:\s+[|/]\s+(?P<credit>{_MARKED_BY}\s*\S.{{1,60}}|{_FIRM}(?: {_FIRM}){{0,3}}))?\]?$",
)
_TRAILING = Grammar(
    "captions",
    rf"(?:\s*[(\[]\s*|\s+(?:[–—|-]\s+)?)(?:{_MARKED_BY}\s*{_WHO}|(?:©|Copyright)\s*{_WHO}"
    rf"|{{credit mark}} (?:courtesy of|from) {_WHO})[)\]]?\.?$"
    rf"|(?:\s*[(\[]\s*|(?<=[.?!:”\"’)])\s+|\s+[–—|-]\s+)"
    rf"(?:{_FIRM}(?: {_FIRM}){{0,2}}\s*/\s*)?{_AGENCIES}[)\]]?\.?$",
)
_MARKED = Grammar("captions", rf"\b{_MARKED_BY}")
#: "(Ann Lee | The Courier)", "… of the harbour. ANN LEE": in brackets with a sign between, or in capitals.
_SHAPED = re.compile(
    rf"\s*\({_FIRM}(?: {_FIRM}){{0,3}}\s*[|/]\s*{_FIRM}(?: {_FIRM}){{0,3}}\)$"
    r"|(?<=[.!?”»])\s+[^\W\d_a-z]{3,}(?: [^\W\d_a-zà-ÿ]{3,}){1,3}$"
)
#: "… at her stall in 1988. Family photograph": behind a sentence, a few words that end on what it is.
_NAMED = Grammar(
    "captions", r"(?<=[\w)][.?!”»])\s+[^\W\d_][\w’'-]*(?: [\w’'-]+){0,2} {picture}$", re.IGNORECASE
)
#: Pictures have participles that closing sentences seldom have.
_PARTICIPLE = Grammar("captions", r"\b{participle}\b")
_FINITE = Grammar("captions", r"\b{finite word}\b")
_ITEM = re.compile(r"\d{1,3}[.)]\s")
_LONGEST_END_CAPTION = 16
_LONGEST_AGENCY = 10


def is_button(line: str) -> bool:
    """True for the left-over text of a picture's toggle, which follows every such picture."""
    return len(line) <= 50 and bool(_BUTTON.match(line))  # noqa: PLR2004 - a button's few words


def is_agency(line: str) -> bool:
    """True for a line that credits a picture and says nothing else."""
    if line.count(" ") >= _LONGEST_AGENCY:
        return False
    return any(grammar.match(line) for grammar in (_ONLY, _BRACKETED, _WITH_AGENCY, _CAPITALS))


def opens_caption(line: str) -> bool:
    """True for a line that says it is a caption: "Image caption, The bridge"."""
    return bool(_OPENER.match(line) or _DESCRIBED.match(line))


def caption_of(line: str) -> tuple[str, str]:
    """A caption without the words that say it is one, and the credit behind it; either may be empty."""
    if line.startswith("(") and line.endswith(")") and line.count("(") == 1:
        line = line[1:-1]
    if described := _DESCRIBED.match(line):
        said = described["caption"]
        caption, credit = split_credit(said.rstrip("]") if line.startswith("[") else said)
        return caption, credit or described["credit"] or ""
    return split_credit(_OPENER.pattern.sub("", line))


def split_credit(line: str) -> tuple[str, str]:
    """A caption and the agency credit behind it, either of them empty."""
    if is_agency(line):
        return "", line
    tail = line[-120:]
    match = _TRAILING.search(tail) or _shaped(tail)
    if not match:
        return line, ""
    at = len(line) - len(tail) + match.start()
    return line[:at].rstrip(), line[at:].strip()


def is_credited(line: str) -> bool:
    """True for words that end on "Photograph: …": they describe a picture, wherever they stand."""
    caption, behind = split_credit(line)
    return bool(caption and (_MARKED.search(behind) or _shaped(line)))


def _shaped(line: str) -> re.Match[str] | None:
    """A credit by its shape alone; names in capitals behind words that are not."""
    if named := _NAMED.search(line):
        return named
    match = _SHAPED.search(line)
    plain = match and (match[0].strip().startswith("(") or match[0].isupper())
    return match if plain and not line.isupper() else None


def is_end_caption(line: str) -> bool:
    """True for a closing block that reads like a picture's caption rather than a sentence.

    It is short, has a participle behind its subject and no finite verb, or it names an agency: a
    short closing sentence of the article must survive.
    """
    if line.count(" ") >= _LONGEST_END_CAPTION or _ITEM.match(line) or line[:1] in "\"“‘'":
        return False
    if split_credit(line)[1]:
        return True
    match = _PARTICIPLE.search(line)
    if not match or match.start() == 0 or _FINITE.search(line):
        return False
    # "The meeting closed at nine." is a sentence, "The hall, pictured on Tuesday." is not.
    return not line.endswith(".") or line[: match.start()].rstrip().endswith((",", "(", "–", "—"))
