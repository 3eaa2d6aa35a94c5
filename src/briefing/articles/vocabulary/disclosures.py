"""Disclosures: sentences that say who paid for, made or backed a piece.

A phrase list misses the wording nobody foresaw. So a disclosure is a class: a sentence about this
very piece ("this article", "the above", "what you have just read") in which somebody pays, buys,
sponsors or has it made, on either side of the piece's name; or a short line of its own that
names a payer; or a note that the newsroom had no hand in it.
"""

import re

from briefing.articles.vocabulary.payer_names import (
    CAP,
    HOUSE,
    PAYER,
    Disclosure,
    disclosed,
    is_nobody,
    is_organised,
)

_PIECE = (
    r"(?:article|content|feature|piece|post|page|spread|supplement|section|advertorial|"
    r"advertisement|story|"
    r"series|essay|column|text|copy|blog|editorial|item|contribution|write-up|words|publication|"
    r"article[’']s|"
    r"interview|profile|roundtable|round-table|special|paragraphs|space|material|message|"
    r"opinion piece)s?"
)
_ABOUT = (
    rf"(?:\b(?:[Tt]h(?:is|ese)|[Tt]he (?:above|preceding|following|present|"
    rf"foregoing)) (?:[\w’'-]+ ){{0,3}}?{_PIECE}\b"
    r"|\b(?:[Ww]hat|[Tt]he \w+) you (?:are reading|have (?:just )?(?:been reading|read)|"
    r"[’']ve just read)\b"
    r"|\b[Yy]ou (?:are reading|have (?:just )?(?:been reading|read))\b|\b[Tt]he above\b)"
)
#: Between the piece and the verb; words that lead elsewhere ("this article is about …") end the search.
_ON = (
    r"(?:[\s,]+(?!(?:about|how|why|whether|what|who|when|if|argue[sd]?|says?|said|not|never|"
    r"neither|amended|"
    r"corrected|updated|edited|version|explain\w*|examin\w*|looks?|shows?|described?|describes|"
    r"mentions?|refers?|"
    r"reported|revealed?|because|after|but)\b)[\w’'&%-]+){0,9}?[\s,]+"
)
#: Clear in themselves.
_STRONG = (
    r"(?:paid(?:[ -]for)?|sponsored|bankrolled|underwritten|advertis(?:ement|er|ers|ing)|"
    r"advertorial|advert|"
    r"promotional|promotion|paid[ -]placement|(?:in (?:return|exchange) for|"
    r"against) (?:a )?(?:payment|fee)|"
    r"(?:commercial|paid|media|content|brand|marketing) (?:partner\w*|arrangement|relationship|"
    r"agreement|deal|"
    r"content|feature|message|team|department|collaboration|promotion))"
)
#: Clear once they name somebody.
_WEAK = (
    r"(?:funded|financed|commissioned|bought|purchased|subsidised|subsidized|placed|supported|"
    r"backed|presented|"
    r"brought to you|made possible|hosted|provided|supplied|produced|created|contributed|prepared|"
    r"written|"
    r"authored|funding|money|support|help|grant|partnership|association|collaboration|cooperation|"
    r"conjunction|behalf|"
    r"courtesy|request|behest|expense|met|borne|covered|thanks|owned|made|developed|published|"
    r"appears?)"
)
_LINK = r"(?:by|from|with|of|to|through|for)"
_NAMED = rf"\b{_LINK} {HOUSE}{PAYER}"
_PAYS = (
    r"(?:paid|pays|is paying|was paying|bought|buys|purchased|sponsor(?:s|ed|ing)?|sponsors of|"
    r"sponsor of|fund(?:s|ed|ing)|financ(?:es|ed|ing)|"
    r"underwr(?:ites|ote)|bankroll(?:s|ed)|commissioned|placed|supplied|subsidi[sz]ed|support(?:s|"
    r"ed|ing)|support of|"
    r"bill|costs?|fee|payment|expense|made possible|hosts? of|invoice)"
)
_MAKERS = (
    r"(?:newsroom|journalists|reporters|news desk|newsdesk|editorial (?:staff|team|department|side|"
    r"desk|colleagues)|"
    r"editors|staff writers|(?:no|none of (?:the|our)|nobody on the) (?:\w+ ){0,3}(?:journalist|"
    r"reporter|editor|staff|newsroom)s?)"
)
_TO_PIECE = re.compile(rf"{_ABOUT}{_ON}(?P<verb>{_STRONG})\b(?:[^.!?]{{0,60}}?{_NAMED})?")
_TO_PIECE_NAMED = re.compile(rf"{_ABOUT}{_ON}(?P<verb>{_WEAK})\b[^.!?]{{0,25}}?{_NAMED}")
_PAYS_PIECE = re.compile(
    rf"(?:(?P<payer>{CAP}(?: (?:(?:of|for|and|the) ){{0,2}}{CAP}){{0,7}})[\s,(][^.!?]{{0,60}}?)?"
    rf"\b(?P<verb>{_PAYS})(?: [\w’'-]+){{0,5}}? (?:this|these|the above|"
    rf"the preceding)(?: [\w’'-]+){{0,3}}? {_PIECE}\b"
    rf"(?:[^.!?]{{0,50}}?\b(?:by|to|from) {HOUSE}(?P<after>{CAP}(?: (?:(?:of|for|and|"
    rf"the) ){{0,2}}{CAP}){{0,7}}))?"
)
_NO_HAND = re.compile(
    rf"\b(?i:{_MAKERS})\b[^.!?]{{0,60}}\b(?:not|no|never|nothing|without|were|was|had|took|has|"
    rf"have)\b[^.!?]{{0,40}}"
    r"\b(?:involve\w*|part|role|input|hand|responsib\w+|say|contribut\w+|do with|writ\w+|prepar\w+|"
    r"produc\w+|creat\w+)\b"
    r"|\b(?:independent(?:ly)?|separate(?:ly)?) (?:of|from) (?:the|our) (?:\w+ ){0,3}(?:newsroom|"
    r"editorial (?:staff|team))\b"
)
_NO = re.compile(r"\b(?:not|no|never|none|neither|nobody|no one|nothing|without|[Nn]o)\b|n[’']t\b")
_MADE = re.compile(
    r"\b(?:this|these|it|its|above|page|piece|article|content|feature|preparation|production|"
    r"creation|writing|producing|creating|writing)\b",
    re.IGNORECASE,
)
_NOT_PAID = re.compile(
    r"\b(?:not|never|nobody|no one|no-one|nothing|neither|isn[’']t|wasn[’']t|without)\b[^.!?]{0,25}"
    r"\b(?:paid|sponsor\w*|fund\w*|advert\w*|payment|commission\w*)",
    re.IGNORECASE,
)
_CORRECTED = re.compile(
    r"\b(?:amended|corrected|clarified|earlier version|to make clear)\b", re.IGNORECASE
)
_MAKING = frozenset(
    "provided supplied produced created contributed prepared written authored made developed "
    "published hosted appears appear presented placed".split()
)
_TOGETHER = re.compile(
    r"\bin (?:\w+ )?(?:association|partnership|collaboration|conjunction) with\b"
)
#: Where a piece first stood is its origin, and nobody's payment.
_SYNDICATED = re.compile(r"\b(?:originally|first|previously) (?:\w+ )?(?:published|appear\w*)\b")
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
    if named and _is_house(named) and not _SYNDICATED.search(named[0]):
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
