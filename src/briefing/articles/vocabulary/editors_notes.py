"""Notes at the head or foot of a piece that speak of the piece itself: who paid, where it came from.

A phrase list misses the wording nobody foresaw. At an edge it takes less to be sure than in a text:
there a line that names this very page and money or trade in one sentence is a disclosure,
whatever verb joins them; so is one that speaks of "our sponsor", because only the house has one.
"""

import re

from briefing.articles.vocabulary.disclosures import SYNDICATED, at_edge, in_sentence
from briefing.articles.vocabulary.lookup import Grammar
from briefing.articles.vocabulary.notices import notice
from briefing.articles.vocabulary.payer_names import (
    CAP,
    HOUSE,
    PAYER,
    Disclosure,
    disclosed,
    is_nobody,
)

_HERE = Grammar(
    "disclosures",
    r"\b(?:[Tt]h(?:is|ese)|[Tt]he (?:above|following|preceding|present|whole))(?: [\w’'-]+){0,3}? "
    r"{noted piece}\b",
)
_TRADE = Grammar(
    "disclosures", r"\b(?:sponsor(?!ship row)\w*|(?<!non-)(?<!non){trade})\b", re.IGNORECASE
)
_OURS = Grammar(
    "disclosures",
    r"\b(?:[Oo]ur|[Tt]oday[’']s|[Tt]his (?:page|week|month|issue)[’']s) (?:[\w’'-]+ ){0,2}?"
    r"{our payers}\b(?! (?:disclosures?|disclaimers?|polic(?:y|ies)|guidelines?|standards|terms|code)\b)",
)
#: "Thank you for supporting the paper and our advertisers": the reader is thanked, and paid for nothing here.
_THANKED = re.compile(
    r"^\W*thank(?:s| you)(?: (?:so|very) much)? for (?:support|read|subscrib|visit|follow|join|listen|watch)ing\b",
    re.IGNORECASE,
)
#: "Ports of Tomorrow is a supplement distributed with the Courier on behalf of …".
_SUPPLEMENT = re.compile(
    r"\b(?:is|was|are|were|from|in) (?:an?|the|our) (?:[\w’'-]+ ){0,4}(?:supplement|special (?:section|issue))\b"
    r"[^.]{0,80}\b(?:with|by|for|of|from|behalf)\b"
)
#: What others say about money is reporting; what a series is about is not a payer.
_REPORTED = Grammar("disclosures", r"\b{reported}\b")
_NOT = Grammar(
    "disclosures",
    r"\b(?:not|never|nobody|no one|nothing|neither|isn[’']t|wasn[’']t|without)\b[^.!?]{0,25}"
    r"\b{not paid}|\b{corrected}\b",
)
#: "Made possible by readers who support us": those who pay for all of it pay for no piece.
_READERS = Grammar(
    "disclosures",
    r"\b(?:by|from|to|of) (?:our |the |all |all of )?(?:[\w’'-]+ )?{all readers}\b",
)
_THANKS = Grammar("disclosures", r"\b{thanks}\b", re.IGNORECASE)
_OUR_WORK = re.compile(
    r"\bour (?:\w+ )?(?:journalism|journalists|reporting|newsroom)\b", re.IGNORECASE
)
_NAMES = rf"(?P<payer>{CAP}(?: (?:(?:of|for|and|the|&) ){{0,2}}{CAP}){{0,7}})"
_PAYERS = (
    re.compile(rf"\b(?:[Ss]ponsors?|[Pp]artners?|[Aa]dvertisers?), (?:the )?{_NAMES}"),
    re.compile(rf"\b(?:for|from|on behalf of|[Tt]hanks to) {HOUSE}{PAYER}"),
    re.compile(
        rf"^(?:The )?{_NAMES},? (?:which |who )?(?:is|are|has|have|paid|covered|bought|met|bore|funds|pays)\b"
    ),
    re.compile(rf"\bby {HOUSE}{PAYER}"),
)
#: Where a piece came from, who drew its charts and who put the play on: no part of its text.
_PRODUCTION = Grammar(
    "disclosures",
    r"^\W{0,3}(?:{production}\s?(?:[:|]|by\b).{2,200}|"
    r"(?:(?:originally|first) )?(?:produced|published|directed|written|presented|narrated|edited|illustrated|"
    r"translated|syndicated|compiled|adapted|recorded|distributed|released|staged|designed)"
    r"(?: (?:and|&) [a-z]+ed)? (?:by|in|at|on|from) .{2,160}|"
    r".{2,90}\bcontributed(?: \w+){0,2} to this (?:report|{text}|piece)(?: (?:from|in) [^.]{2,40})?|"
    r"(?:this|the above|an? (?:\w+ )?version of this) (?:\w+ )?(?:{text}|piece|"
    r"extract|review|report) (?:was |is |has been |also |has |will be )?(?:first |originally |also )?"
    r"(?:published|appear(?:s|ed)|printed|broadcast|translated|adapted|republished|taken|provided|"
    r"produced|written|commissioned)\b.{0,160})\.?$",
    re.IGNORECASE,
)
#: The trip or the ticket was somebody's present: no advert, but readers should know.
_GUEST = Grammar("disclosures", r"\b{guest}\b")
_LONGEST = 420


def disclosure_note(line: str) -> Disclosure | None:
    """A line at an edge that tells who stands behind the piece: its first sentence that does."""
    if len(line) > _LONGEST:
        return None
    found = map(_in_sentence, re.split(r"(?<=[.!?])\s+", line))
    return next((disclosure for disclosure in found if disclosure), None)


def production_note(line: str) -> bool:
    """True for a line at the foot about how the piece came about: no text, and nobody's advert."""
    if len(line) > _LONGEST:
        return False
    return bool(_PRODUCTION.match(line) or _thanks_readers(line))


def _thanks_readers(line: str) -> bool:
    return bool(
        _THANKS.search(line)
        and _READERS.search(line)
        and (_HERE.search(line) or _OUR_WORK.search(line))
    )


def guest_note(line: str) -> bool:
    """True when somebody else paid for the writer's trip or ticket."""
    return len(line) <= _LONGEST and bool(_GUEST.search(line))


def _in_sentence(sentence: str) -> Disclosure | None:
    if _NOT.search(sentence) or _READERS.search(sentence) or _THANKED.match(sentence):
        return None
    known = in_sentence(sentence) or at_edge(sentence) or notice(sentence)
    if known or _REPORTED.search(sentence):
        return known
    here = _HERE.search(sentence)
    # Before "was originally published in" stands a headline, in whatever words.
    origin = SYNDICATED.search(sentence)
    trade = _TRADE.search(sentence, origin.end() if origin else 0)
    if _OURS.search(sentence) or _SUPPLEMENT.search(sentence) or (here and trade):
        return disclosed(sentence, _payer(sentence))
    return None


def _payer(sentence: str) -> str | None:
    named = (match["payer"] for pattern in _PAYERS if (match := pattern.search(sentence)))
    return next((payer for payer in named if not is_nobody(payer)), None)
