"""Disclosures: sentences that say who paid for, made or backed a piece.

A phrase list misses the wording nobody foresaw. So a disclosure is a class: a sentence about this
very piece ("this article", "the above", "what you have just read") in which somebody pays, buys,
sponsors or has it made, on either side of the piece's name; or a short line of its own that
names a payer; or a note that the newsroom had no hand in it.
"""

import re
from dataclasses import dataclass

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
_HOUSE = (
    r"(?:(?:the|our|an?|its|and|on behalf of|of|from|by) ){0,3}(?:(?:commercial |content |media |"
    r"headline |corporate )?"
    r"(?:partners?|sponsors?|friends|advertisers?|grant|team|people|members|client|company|firm|"
    r"charity|bank|supplier)"
    r",? (?:at |of |from |is )?(?:the )?){0,2}"
)
_CAP = r"(?:[A-ZÀ-Þ0-9][\w&’'.+-]{0,40}|[a-z]{1,2}[A-Z]\w{0,30}|&)"
_PAYER = (
    rf"(?P<payer>(?:(?:government|embassy|city|ministry|university|kingdom|state|"
    rf"republic) of (?:the )?)?{_CAP}"
    rf"(?:,? (?:(?:of|for|and|the|de|du|der|in) ){{0,2}}{_CAP}){{0,8}}(?: plc| ltd| llp)?)"
)
_NAMED = rf"\b{_LINK} {_HOUSE}{_PAYER}"
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
    rf"(?:(?P<payer>{_CAP}(?: (?:(?:of|for|and|the) ){{0,2}}{_CAP}){{0,7}})[\s,(][^.!?]{{0,60}}?)?"
    rf"\b(?P<verb>{_PAYS})(?: [\w’'-]+){{0,5}}? (?:this|these|the above|"
    rf"the preceding)(?: [\w’'-]+){{0,3}}? {_PIECE}\b"
    rf"(?:[^.!?]{{0,50}}?\b(?:by|to|from) {_HOUSE}(?P<after>{_CAP}(?: (?:(?:of|for|and|"
    rf"the) ){{0,2}}{_CAP}){{0,7}}))?"
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
_BY = re.compile(
    r"^\W{0,3}(?:this \w+ (?:is|was) |content |published |produced |created |generously |proudly |"
    r"kindly |all )?"
    r"(?P<verb>paid for|paid|sponsored|funded|part-funded|financed|commissioned|supported|"
    r"presented|brought to you|"
    r"made possible|powered|promoted|backed|underwritten|provided|supplied|hosted|placed|"
    r"patrocinado|sponsorisé|proposé|"
    r"offert|présenté|präsentiert|gesponsert|finanziert|bezahlt|sponsorizzato|offerto|ofrecido|"
    r"gesponsord|mogelijk gemaakt|"
    r"aangeboden|sponsrad|sponset|sponsoreret|financé|apoiado|patrocinado)"
    r"(?: (?:and|&|und|et) [\w-]+){0,2}(?: in full| jointly| today| entirely)? "
    rf"(?:by|thanks to|with (?:the )?(?:\w+ )?(?:support|help|funding) (?:of|from)|par|von|por|da|"
    rf"door|av|af)(?: the)?[: ]+{_HOUSE}"
    rf"(?i:the )?{_PAYER}(?P<rest>.{{0,110}})$"
)
_WITH = re.compile(
    r"^\W{0,3}(?:(?:produced|created|published|written|developed|made|brought to you|prepared|"
    r"presented|a|an|our) )?(?:in|as part of an?|en|"
    r"em|i|through an?)? ?(?:\w+ )?(?:partnership|association|collaboration|cooperation|"
    r"co-operation|conjunction|"
    r"partenariat|association|zusammenarbeit|kooperation|partnerschaft|colaboración|collaborazione|"
    r"samenwerking|parceria|samarbete|"
    rf"samarbeid|samarbejde)(?: with| avec| mit| con| met| com|"
    rf" med)[: ]+{_HOUSE}{_PAYER}(?P<rest>.{{0,110}})$",
)
_KEY = re.compile(
    r"^\W{0,3}(?:(?:lead |headline |our |content |event |supplement |series |main )?(?:sponsors?|"
    r"funders?|advertisers?|clients?|"
    r"(?:commercial|content|media|supplement|knowledge|founding) partners?)|partner(?:ed)? content|"
    rf"funding|paid for|supported by|sponsored|in association with)\s*(?:[:|–—]|"
    rf"\s-\s)\s*{_HOUSE}{_PAYER}(?P<rest>.{{0,60}})$",
    re.IGNORECASE,
)
_THANKS = re.compile(
    r"^\W{0,3}(?:with (?:many |grateful |our )?thanks to|our thanks (?:go )?to|thanks to|"
    r"we (?:are grateful to|thank)|"
    rf"with (?:the )?(?:generous |kind |financial )?(?:support|funding|help) (?:of|from)|"
    rf"a message from|a word from)[: ]+{_HOUSE}{_PAYER}(?P<rest>.{{0,120}})$",
    re.IGNORECASE,
)
_THANKED_FOR = re.compile(
    r"\b(?:support|sponsor|fund|financ|help|ma[dk]|contribut|partner)\w*", re.IGNORECASE
)
#: Nobody in particular: a report on public money says "paid for by taxpayers".
_NOBODY = re.compile(
    r"^(?:The|A|An|It|This|That|Taxpayers?|Voters|Members|Readers|Labour|Conservatives?|Tor(?:y|"
    r"ies)|Britain|"
    r"Parliament|MPs|Ministers|Westminster|Getty.*|PA|Reuters|AFP|He|She|They|We|I|You|Mr|Mrs|Ms|"
    r"Sir|Dr|[12]\d{3})$"
)
_ORGANISED = re.compile(
    r"\b(?:Ltd|Limited|plc|PLC|Inc|LLP|Group|Bank|Department|Ministry|Office|Council|Association|"
    r"Foundation|Trust|"
    r"Institute|University|Company|Corporation|Energy|Agency|Authority|Union|Federation|Partners|"
    r"Holdings|Society|"
    r"Centre|Center|Airports?|Airlines|[Gg]overnment|[Ee]mbassy|Commission|Board|Services?|"
    r"Solutions|Technolog\w+|Insurance|"
    r"Capital|Water|Power|Rail|Motors|Pharma\w*|Guild|Alliance|Network|Forum|Chamber|Consortium|"
    r"Fund|UK|GB|"
    r"International|Global|Systems|Homes|Financial|Health\w*|Consulting|Communications|Industries|"
    r"Brewery|Builders|&)|\b[A-Z]{2,}\b"
)
_GRANT = re.compile(
    r"\b(?:grant|foundation|charitable trust|pulitzer|journalism fund|fellowship)\b", re.IGNORECASE
)
_VERB_AFTER = re.compile(
    r"^,? (?:is|are|was|were|has|have|had|will|would|said|says|the|he|she|it|they|went|came|won|"
    r"lost|did)\b"
)
_MAKING = frozenset(
    "provided supplied produced created contributed prepared written authored made developed "
    "published hosted appears appear presented placed".split()
)
_LINE_WORDS, _SENTENCE_LENGTH = 30, 700


@dataclass(frozen=True, slots=True, kw_only=True)
class Disclosure:
    """The words that disclose, and the payer when they name one."""

    text: str
    payer: str | None
    #: A charity's grant pays for much honest reporting: it is disclosed, but proves less.
    is_grant: bool = False


def in_text(text: str) -> Disclosure | None:
    """A disclosure about this very piece inside running text, quotations already taken out."""
    for sentence in re.split(r"(?<=[.!?])\s+|\n", text):
        if len(sentence) <= _SENTENCE_LENGTH and not _CORRECTED.search(sentence):
            found = in_sentence(sentence.strip())
            if found:
                return found
    return None


def in_sentence(sentence: str) -> Disclosure | None:
    """A disclosure about this very piece in one sentence."""
    if _NOT_PAID.search(sentence):
        return None
    strong = _TO_PIECE.search(sentence)
    if strong:
        return _disclosed(sentence, strong["payer"])
    named = _TO_PIECE_NAMED.search(sentence)
    if named and _is_house(named["payer"], named["verb"]):
        return _disclosed(sentence, named["payer"])
    pays = _PAYS_PIECE.search(sentence)
    if pays:
        return _disclosed(sentence, pays["payer"] or pays["after"])
    return None


def at_edge(sentence: str) -> Disclosure | None:
    """A sentence at the head or foot that keeps the newsroom out of the piece."""
    match = _NO_HAND.search(sentence)
    if not match or len(sentence) > _SENTENCE_LENGTH or not _MADE.search(sentence):
        return None
    if not (_NO.search(sentence) or re.match(r"independent|separate", match[0])):
        return None
    return _disclosed(sentence, None)


def in_line(line: str) -> Disclosure | None:
    """A short line of its own that names who paid for a piece or made it."""
    if line.count(" ") >= _LINE_WORDS:
        return None
    for pattern in (_BY, _WITH, _KEY, _THANKS):
        match = pattern.match(_lowered_start(line))
        if not match:
            continue
        payer, rest = match["payer"], match["rest"]
        if not re.match(r"[A-ZÀ-Þ0-9&]|[a-z]{1,2}[A-Z]|government|embassy", payer) or _NOBODY.match(
            payer
        ):
            continue
        if _VERB_AFTER.match(rest) or (pattern is _THANKS and not _thanks(line, rest)):
            continue
        return _disclosed(line, payer)
    return None


def _lowered_start(line: str) -> str:
    """The first word in small letters, unless all is in capitals: the patterns are spelt small."""
    words = line.split(" ", 4)
    if line.isupper():
        return " ".join([*(word.lower() for word in words[:4]), *words[4:]])
    return line[:1].lower() + line[1:] if len(line) > 1 and line[1:2].islower() else line


def _thanks(line: str, rest: str) -> bool:
    return line.lower().lstrip().startswith(("a message", "a word")) or bool(
        _THANKED_FOR.search(rest) or _THANKED_FOR.search(line[:40])
    )


def _is_house(payer: str, verb: str) -> bool:
    """A firm or an office; for words of making a person's two names will not do."""
    if _NOBODY.match(payer):
        return False
    return verb not in _MAKING or bool(_ORGANISED.search(payer)) or " " not in payer


def _disclosed(text: str, payer: str | None) -> Disclosure:
    named = payer if payer and not _NOBODY.match(payer) else None
    return Disclosure(
        text=text,
        payer=_tidy(named) if named else None,
        is_grant=bool(_GRANT.search(text)),
    )


def _tidy(payer: str) -> str:
    return re.sub(r"[’']s$", "", payer).strip(" .,;:")
