"""Disclosures: sentences that say who paid for, made or backed a piece.

A phrase list misses the wording nobody foresaw. So a disclosure is a class: a sentence about this
very piece ("this article", "the above", "what you have just read") in which somebody pays, buys,
sponsors or has it made, on either side of the piece's name; or a short line of its own that
names a payer; or a note that the newsroom had no hand in it.
"""

import re

from briefing.articles.vocabulary.lookup import Grammar
from briefing.articles.vocabulary.payer_names import (
    CAP,
    HOUSE,
    PAYER,
    Disclosure,
    disclosed,
    is_nobody,
    is_organised,
)

_ABOUT = (
    r"(?:\b(?:[Tt]h(?:is|ese)|[Tt]he (?:above|preceding|following|present|"
    r"foregoing)) (?:[\w’'-]+ ){0,3}?{disclosed piece}\b"
    r"|\b(?:[Ww]hat|[Tt]he \w+) you (?:are reading|have (?:just )?(?:been reading|read)|"
    r"[’']ve just read)\b"
    r"|\b[Yy]ou (?:are reading|have (?:just )?(?:been reading|read))\b|\b[Tt]he above\b)"
)
#: Between the piece and the verb; words that lead elsewhere ("this article is about …") end the search.
_ON = r"(?:[\s,]+(?!{leads elsewhere}\b)[\w’'&%-]+){0,9}?[\s,]+"
_LINK = r"(?:by|from|with|of|to|through|for)"
_NAMED = rf"\b{_LINK} {HOUSE}{PAYER}"
#: "strong" is clear in itself, "weak" once it names somebody.
_TO_PIECE = Grammar(
    "disclosures", rf"{_ABOUT}{_ON}(?P<verb>{{strong}})\b(?:[^.!?]{{0,60}}?{_NAMED})?"
)
_TO_PIECE_NAMED = Grammar(
    "disclosures", rf"{_ABOUT}{_ON}(?P<verb>{{weak}})\b[^.!?]{{0,25}}?{_NAMED}"
)
_CAPS = rf"{CAP}(?: (?:(?:of|for|and|the) ){{0,2}}{CAP}){{0,7}}"
_PAYS_PIECE = Grammar(
    "disclosures",
    rf"(?:(?P<payer>{_CAPS})[\s,(][^.!?]{{0,60}}?)?"
    r"\b(?P<verb>{pays})(?: [\w’'-]+){0,5}? (?:this|these|the above|"
    r"the preceding)(?: [\w’'-]+){0,3}? {disclosed piece}\b"
    rf"(?:[^.!?]{{0,50}}?\b(?:by|to|from) {HOUSE}(?P<after>{_CAPS}))?",
)
_NO_HAND = Grammar(
    "disclosures",
    r"\b(?i:{newsroom})\b[^.!?]{0,60}\b(?:not|no|never|nothing|without|were|was|had|took|has|"
    r"have)\b[^.!?]{0,40}\b{takes part}\b"
    r"|\b(?:independent(?:ly)?|separate(?:ly)?) (?:of|from) (?:the|our) (?:\w+ ){0,3}(?:newsroom|"
    r"editorial (?:staff|team))\b",
)
_NO = re.compile(r"\b(?:not|no|never|none|neither|nobody|no one|nothing|without|[Nn]o)\b|n[’']t\b")
_MADE = Grammar("disclosures", r"\b{making}\b", re.IGNORECASE)
_NOT_PAID = Grammar(
    "disclosures",
    r"\b(?:not|never|nobody|no one|no-one|nothing|neither|isn[’']t|wasn[’']t|without)\b[^.!?]{0,25}"
    r"\b{not paid}",
    re.IGNORECASE,
)
_CORRECTED = Grammar("disclosures", r"\b(?:{corrected}|to make clear)\b", re.IGNORECASE)
_MAKING = frozenset(
    "provided supplied produced created contributed prepared written authored made developed "
    "published hosted appears appear presented placed".split()
)
_TOGETHER = re.compile(
    r"\bin (?:\w+ )?(?:association|partnership|collaboration|conjunction) with\b"
)
#: Where a piece first stood is its origin, and nobody's payment.
SYNDICATED = re.compile(r"\b(?:originally|first|previously) (?:\w+ )?(?:published|appear\w*)\b")
#: "You bought this item because you wanted it."
_READER = re.compile(r"\b(?:[Yy]ou|I|[Hh]e|[Ss]he|[Tt]hey) (?:\w+ )?$")
#: A sentence about this very piece has one of these; to look for them costs little.
_POINTING = (
    "this ", "This ", "these ", "These ", "above", "preceding", "following", "the present",
    "The present", "foregoing", "ou are reading", "ou have", "ve just read",
)  # fmt: skip
_SENTENCE_LENGTH = 700


def in_text(text: str) -> Disclosure | None:
    """A disclosure about this very piece inside running text, quotations already taken out."""
    for sentence in re.split(r"(?<=[.!?])\s+|\n", text):
        found = in_sentence(sentence.strip())
        if found:
            return found
    return None


def in_sentence(sentence: str) -> Disclosure | None:
    """A disclosure about this very piece in one sentence."""
    if (
        len(sentence) > _SENTENCE_LENGTH
        or not any(words in sentence for words in _POINTING)
        or _NOT_PAID.search(sentence)
        or _CORRECTED.search(sentence)
    ):
        return None
    strong = _TO_PIECE.search(sentence)
    if strong:
        return disclosed(sentence, strong["payer"])
    named = _TO_PIECE_NAMED.search(sentence)
    if named and _is_house(named) and not SYNDICATED.search(named[0]):
        return disclosed(sentence, named["payer"])
    pays = _PAYS_PIECE.search(sentence)
    if pays and not _READER.search(sentence[: pays.start("verb")]):
        return disclosed(sentence, pays["payer"] or pays["after"])
    return None


def at_edge(sentence: str) -> Disclosure | None:
    """A sentence at the head or foot that keeps the newsroom out of the piece."""
    match = _NO_HAND.search(sentence)
    if not match or len(sentence) > _SENTENCE_LENGTH or not _MADE.search(sentence):
        return None
    if not (_NO.search(sentence) or re.match(r"independent|separate", match[0])):
        return None
    return disclosed(sentence, None)


def _is_house(named: re.Match[str]) -> bool:
    """A firm or an office; for words of making a person's two names will not do."""
    payer = named["payer"]
    if is_nobody(payer):
        return False
    made = named["verb"] in _MAKING and not _TOGETHER.search(named[0])
    return not made or is_organised(payer) or " " not in payer
