"""Disclosures: sentences that say who paid for, made or backed a piece.

A phrase list misses the wording nobody foresaw. So a disclosure is a class: a verb of payment or
making, tied by "by", "with" or "from" to a proper name, in a sentence about this very piece; or
the same in a short line of its own at the head or foot.
"""

import re
from dataclasses import dataclass

_PIECE = (
    r"(?:article|content|feature|piece|post|page|supplement|section|advertorial|advertisement|story|"
    r"series|essay|column|interview|material|text|copy|report|guide|editorial|blog)"
)
_PAYMENT = (
    r"(?:paid(?: for)?|sponsored|funded|part-funded|financed|bankrolled|underwritten|commissioned|"
    r"bought|placed|supported|backed|subsidised|brought to you|presented|made possible)"
)
_MAKING = (
    r"(?:produced|created|written|provided|supplied|contributed|prepared|authored|made|published)"
)
_PARTNER = (
    r"(?:(?:in|as part of an?|through an?|thanks to an?) )(?:paid |commercial |content |media )?"
    r"(?:partnership|association|collaboration|cooperation|conjunction) with"
)
_NAME = (
    r"(?:the |our (?:partners?|sponsors?|friends)(?: at)?,? |a grant from |an? \w+ from )?"
    r"(?P<payer>[A-Z][\w&’'.-]*(?:,? (?:(?:of|for|and|the|&) )*[A-Z][\w&’'.-]*){0,7})"
)
_THIS = rf"\b(?:[Tt]his|[Tt]he (?:above|preceding|following)|[Oo]ur) (?:[\w-]+ ){{0,3}}{_PIECE}\b"
_SENTENCES = tuple(
    re.compile(pattern)
    for pattern in (
        rf"{_THIS}[^.!?]{{0,80}}\b{_PAYMENT}\b[^.!?]{{0,25}}\b(?:by|from|through|with)\b {_NAME}",
        rf"{_THIS}[^.!?]{{0,60}}\b{_PARTNER} {_NAME}",
        rf"{_THIS}[^.!?]{{0,30}}\b(?:is|was|has been) {_MAKING} (?:by|for|on behalf of|with) {_NAME}"
        r"(?=[^.!?]{0,80}\b(?:which|who|that|for a fee|advertis|sponsor|paid|commercial|partner))",
        rf"{_NAME} (?:has |have |had )?(?:\w+ )?{_PAYMENT} (?:for )?(?:this|the above) "
        rf"(?:[\w-]+ ){{0,2}}{_PIECE}\b",
        rf"{_THIS}[^.!?]{{0,40}}\b(?:advertis\w+|paid|sponsored|commercial|promotional)\b[^.!?]{{0,30}}"
        rf"\b(?:by|from|for|with|on behalf of)\b {_NAME}",
        rf"{_NAME}[^.!?]{{0,20}} paid (?:a fee |us |the publisher )?[^.!?]{{0,40}}\b(?:to appear|to publish|"
        rf"for (?:its|the) (?:inclusion|publication))",
    )
)
_UNNAMED = re.compile(
    rf"{_THIS}[^.!?]{{0,40}}\b(?:is|was|are) (?:an? )?(?:paid|sponsored|commercial|promotional)"
    r"[ -](?:for|content|feature|post|advertisement|promotion|partnership|message)\b"
    rf"|{_THIS}[^.!?]{{0,30}}\b(?:is|was) (?:an? )?(?:advertisement|advertorial|paid[ -]for)\b"
    rf"|\b(?:newsroom|editorial (?:staff|team|department)|journalists)\b[^.!?]{{0,40}}\b(?:not|no)\b"
    rf"[^.!?]{{0,40}}\b(?:involved|part|role|hand|responsible)\b[^.!?]{{0,60}}"
)
_LINE = re.compile(
    rf"^\W*(?:[A-Z][\w -]{{0,30}}[:|–—-] ?)?(?:{_PAYMENT}|{_MAKING}|promoted) (?:and \w+ )?(?:by|with|for|from) "
    rf"{_NAME}[^.]{{0,80}}\.?\W*$|^\W*{_PARTNER.replace('in|', '[Ii]n|')} {_NAME.replace('payer', 'partner')}"
    r"[^.]{0,80}\.?\W*$",
    re.IGNORECASE,
)
#: Nobody in particular: a report on public money says "paid for by taxpayers".
_NOBODY = re.compile(
    r"^(?:The|A|An|It|This|That|Taxpayers?|Voters|Members|Readers|Labour|Conservatives?|Tor(?:y|ies)|"
    r"Parliament|MPs|Ministers|Westminster|Getty|PA|Reuters|AFP|He|She|They|We|I)$"
)
_LINE_WORDS = 25


@dataclass(frozen=True, slots=True, kw_only=True)
class Disclosure:
    """The words that disclose, and the payer when they name one."""

    text: str
    payer: str | None


def in_sentence(text: str) -> Disclosure | None:
    """A disclosure inside running text, quotations already taken out."""
    for sentence in re.split(r"(?<=[.!?])\s+|\n", text):
        for pattern in _SENTENCES:
            match = pattern.search(sentence)
            if match and not _NOBODY.match(match["payer"]):
                return Disclosure(text=sentence.strip(), payer=_tidy(match["payer"]))
        if _UNNAMED.search(sentence):
            return Disclosure(text=sentence.strip(), payer=None)
    return None


def in_line(line: str) -> Disclosure | None:
    """A short line at the head or foot of a piece that names who paid for it or made it."""
    if len(line.split()) > _LINE_WORDS:
        return None
    match = _LINE.match(line)
    if not match:
        return None
    payer = match["payer"] or match["partner"]
    # The whole pattern ignores case, so the proper name is checked here.
    if not payer[:1].isupper() or _NOBODY.match(payer):
        return None
    return Disclosure(text=line, payer=_tidy(payer))


def _tidy(payer: str) -> str:
    return re.sub(r"[’']s$", "", payer).strip(" .,;:")
