"""Lines that name who paid for a piece: "Paid for by …", "In association with …"."""

import re

from briefing.articles.text.confusables import as_seen
from briefing.articles.vocabulary.line_parts import beside, tells_of_words
from briefing.articles.vocabulary.lookup import Grammar
from briefing.articles.vocabulary.payer_names import (
    HOUSE,
    PAYER,
    Disclosure,
    disclosed,
    firm_in,
    is_name,
    is_nobody,
    is_organised,
    may_host,
)
from briefing.articles.vocabulary.whole_payer_lines import whole_line

_BY = Grammar(
    "payers",
    r"(?i:^\W{0,3}(?:(?:an? |our |the |this )?(?:special |whole )?(?:report|series|supplement|section|"
    r"feature|article|interview|content|guide|page|event|project|investigation)s?,? (?:is |was |"
    r"were |has been )?|"
    r"this (?:\w+ ){1,3}(?:is|was|has been) |"
    r"(?:part of (?:our |the |a )?|[^,.]{2,40}, an? )(?:[\w’'&-]+ ){0,4}(?:series|supplement|section|"
    r"special),? |published |produced |created |generously |proudly |"
    r"kindly |all )?"
    r"(?P<verb>{paying verb})"
    r"(?: (?:and|&|und|et) [\w-]+){0,2}(?: in full| jointly| today| entirely)? "
    r"(?:by|thanks to|with (?:the )?(?:\w+ )?(?:support|help|funding) (?:of|from)|par|von|por|da|"
    rf"door|av|af)(?: the)?[: ]+){HOUSE}(?i:the )?{PAYER}(?P<rest>.{{0,110}})$",
)
_WITH = Grammar(
    "payers",
    r"(?i:^\W{0,3}(?:content )?(?:(?:produced|created|published|written|developed|made|brought to you|prepared|"
    r"presented|a|an|our) )?(?:(?:in|as part of an?|en|em|i|through an?) |(?<=\w ))(?:\w+ )?{together}"
    rf"(?: with| avec| mit| con| met| com| med)[: ]+){HOUSE}{PAYER}(?P<rest>.{{0,110}})$",
)
_KEY = Grammar(
    "payers",
    r"^\W{0,3}{payer's role}\s*(?:[:|–—]|\s-\s)\s*" + rf"{HOUSE}{PAYER}(?P<rest>.{{0,60}})$",
    re.IGNORECASE,
)
_THANKS = Grammar(
    "payers",
    r"^\W{0,3}{thanks}[: ]+" + rf"{HOUSE}{PAYER}(?P<rest>.{{0,120}})$",
    re.IGNORECASE,
)
#: "提供：山田醸造株式会社": a name without capitals is all that stands behind the colon.
_UNCASED_KEY = Grammar(
    "payers",
    r"^\W{0,3}{payer's role before an uncased name}\s?[:：]\s?(?P<payer>[^\s:：。.、,]{2,30})$",
)
_AGENCY = Grammar("payers", r"^{news agency}$", re.IGNORECASE)
_THANKED_FOR = Grammar("payers", r"\b{thanked for}", re.IGNORECASE)
_VERB_AFTER = re.compile(
    r"^,? (?:is|are|was|were|has|have|had|will|would|said|says|the|he|she|it|they|went|came|won|"
    r"lost|did)\b|.*\b(?:says?|said|argues?|warns?|claims?|tells?)\b"
)
#: "Content produced by our commercial team": no payer's name, and yet no reporting.
_BY_SELLERS = Grammar(
    "payers",
    r"^\W{0,3}(?:\w+ ){0,3}(?:produced|created|written|made|prepared|commissioned|published) by "
    r"(?:[\w’'&]+ ){0,4}?{sellers}(?: [\w’'-]+){0,2} "
    r"(?:team|department|studio|desk|unit|division|editors?|writers?)\b.{0,80}$",
    re.IGNORECASE,
)
#: "Norvane presents", "Content by Norvane", "Created by the Studio for Norvane".
_PRESENTS = re.compile(
    r"^(?:content (?:by|from)|(?:content |created |produced )(?:by [^.,]{2,40} )?for) "
    r"(?P<payer>[^.,:;]{2,60})$"
    r"|^(?P<host>[^.,:;]{2,60}) presents:?$",
    re.IGNORECASE,
)
#: "TOGETHER WITH NORVANE": in capitals newsletters label so whom they print for; elsewhere it opens a sentence.
_TOGETHER = re.compile(r"^\W{0,3}TOGETHER WITH (?P<payer>[^.,:;a-z]{2,60})$")
#: "Produced by Larkfield Water": weaker than a payer's line, for reporters and crews make things too.
_MAKER = Grammar(
    "payers",
    r"^\W{0,3}(?P<verb>{making verb})(?: (?:and|&) [a-z]+ed)? by (?:the )?(?P<name>[^.,:;]{2,60})\.?$",
    re.IGNORECASE,
)
#: "By Echo Studio for Norvane": who sells makes it for who pays.
_STUDIO = Grammar(
    "payers",
    r"^\W{0,3}(?:(?:\w+ )?by (?:the )?(?:[\w’'&]+ ){1,4}?|(?:[\w’'&]+ ){0,3}?{sellers} )"
    r"(?:studios?|labs?) for (?P<payer>[^.,:;]{2,60})$",
    re.IGNORECASE,
)
_CAPITAL = re.compile(r"[A-ZÀ-Þ0-9&]|[a-z]{1,2}[A-Z]|government|embassy")
#: "Presented by A and edited by B" are the makers of a programme.
_CREW = Grammar("payers", r"\b{crew}\b", re.IGNORECASE)
#: A programme is presented by its host, a supplement by who paid for it.
_HOSTING = Grammar("payers", r"^{host's verb}$", re.IGNORECASE)
#: "Designed by Elegant Themes | Powered by WordPress": who built the site pays for none of its pieces.
_MAKES_SITES = r"\b(?:site|website|theme|template|design(?:ed)?|developed|built|host(?:ed|ing)) (?:by|with|on)\b"
_SITE_CREDIT = re.compile(
    rf"{_MAKES_SITES}.{{0,60}}\bpowered by\b|\bpowered by\b.{{0,60}}{_MAKES_SITES}", re.IGNORECASE
)
_LINE_WORDS = 30


def in_line(line: str) -> Disclosure | None:
    """A short line of its own that names who paid for a piece or made it."""
    if line.count(" ") >= _LINE_WORDS or tells_of_words(line):
        return None
    seen = as_seen(line)
    if _SITE_CREDIT.search(seen) or line.lstrip().startswith("©"):
        return None
    key = _UNCASED_KEY.match(line)
    if key and _AGENCY.match(key["payer"]):
        return None
    named = key["payer"] if key else whole_line(line)
    if named or _BY_SELLERS.match(seen):
        return disclosed(line, named)
    parts = beside(seen)
    found = (_in_part(line, _lowered_start(part)) for part in dict.fromkeys((seen, *parts)))
    return next((disclosure for disclosure in found if disclosure), None)


def maker(line: str) -> str | None:
    """The house that made a piece, when the line says so and nothing else; a person's name is not one."""
    match = _MAKER.match(as_seen(line)) if line.count(" ") < _LINE_WORDS else None
    if not match or not is_name(match["name"]):
        return None
    person = match["name"].count(" ") == 1 and not is_organised(match["name"])
    made = match["verb"].casefold() in ("produced", "created", "supplied", "provided")
    return match["name"] if made or not person else None


def _in_part(line: str, written: str) -> Disclosure | None:
    together = _TOGETHER.match(line)
    if together and not is_nobody(together["payer"].title()):
        return disclosed(line, together["payer"])
    presents = _STUDIO.match(written) or _PRESENTS.match(written)
    host = presents and presents.groupdict().get("host")
    payer = host[:1].upper() + host[1:] if host and " " in host else presents and presents["payer"]
    if payer and is_name(payer):
        return disclosed(line, payer)
    for pattern in (_BY, _WITH, _KEY, _THANKS):
        match = pattern.match(written)
        if not match:
            continue
        payer, rest = match["payer"], match["rest"]
        if is_nobody(payer) or not _CAPITAL.match(payer) or _CREW.search(rest):
            continue
        is_named = is_name(payer) or firm_in(payer)
        if pattern is _KEY and not (is_named and re.match(r"[.,;:(]|$", rest)):
            continue
        if _VERB_AFTER.match(rest) or (pattern is _THANKS and not _thanks(line, rest)):
            continue
        is_host = pattern is _BY and bool(_HOSTING.match(match["verb"])) and may_host(payer)
        return disclosed(line, payer, is_host=is_host)
    return None


def _lowered_start(line: str) -> str:
    """The first word in small letters; a line all in capitals or all in small ones as a title."""
    if line.isupper() or line.islower():
        line = line.title()
    return line[:1].lower() + line[1:] if len(line) > 1 and line[1:2].islower() else line


def _thanks(line: str, rest: str) -> bool:
    return line.lower().lstrip().startswith(("a message", "a word")) or bool(
        _THANKED_FOR.search(rest) or _THANKED_FOR.search(line[:40])
    )
