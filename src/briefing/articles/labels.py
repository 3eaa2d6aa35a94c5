"""Labels: what stands above or before a headline and is no part of it."""

import re

#: Closed on purpose: most colons in headlines are no labels ("Cabinet audit: …").
EDITORIAL = (
    "Exclusive|Updated|Update|Live|Watch|Video|Breaking(?: news)?|Revealed|Analysis|Opinion|Comment"
)
_LIFTED = re.compile(rf"^\[?({EDITORIAL})\]?\s*(?:[:|]|\s[–—-]\s)\s*(?=\S)", re.IGNORECASE)
_ALONE = re.compile(rf"^\[?({EDITORIAL})[:!|]?\]?$", re.IGNORECASE)

#: A word that says somebody pays, and what it stands before.
_PAID = (
    r"(?:paid(?:[ -]for)?|sponsor(?:ed|[’']s|s[’'])?|promoted|promotional|partner(?:ed|[’']s|"
    r"s[’'])?|"
    r"commercial|branded|advertis(?:ement|er|ing)(?:[’']s)?|advert|ad|client|affiliate|"
    r"in-house brand)"
)
_WHAT = (
    r"(?:content|features?|articles?|posts?|stor(?:y|ies)|messages?|supplements?|sections?|"
    r"promotions?|partnerships?|announcements?|copy|material|voices?|perspectives?|insights?|zone|"
    r"hub|series|essays?|columns?|pages?|editorial|notice|space|guide|interview|viewpoint|briefing)"
)
_FOREIGN = (
    r"contenu (?:sponsorisé|partenaire|de marque|commercial|promotionnel)|article sponsorisé|"
    r"publi-?(?:reportage|rédactionnel|communiqué|information)|communiqué partenaire|"
    r"gesponserter? (?:inhalt|beitrag|artikel)|bezahlter? (?:inhalt|beitrag|anzeige)|"
    r"anzeigen-?sonderveröffentlichung|sonderveröffentlichung|verlagsbeilage|"
    r"publirreportaje|contenido (?:patrocinado|de marca|promocionado)|remitido|"
    r"contenuto (?:sponsorizzato|promozionale)|pubbliredazionale|messaggio promozionale|"
    r"informazione pubblicitaria|conteúdo patrocinado|publieditorial|informe publicitário|"
    r"gesponsorde? (?:inhoud|bijdrage|bericht|artikel)|betaalde (?:inhoud|content)|partnerbijdrage|"
    r"sponsrat innehåll|annonsörinnehåll|annonsørinnhold|sponset innhold|betalt indhold|"
    r"artykuł sponsorowany|materiał (?:partnera|sponsorowany)|nodwedd hysbysebu"
)
_BY = (
    r"(?:by|from|for|with|on behalf of|brought to you by|in (?:partnership|association|"
    r"collaboration) with|par|avec|von|mit|de|por|con|da|door|van|[:|–—-])"
)
_DISCLOSURE = re.compile(
    r"^[\[(*•>»–—-]{0,3}\s*(?:this is (?:an? )?|an? |our |special )?(?:"
    rf"(?:{_PAID}[ /-]){{1,3}}(?:{_WHAT})(?: {_WHAT})?|{_PAID} by [a-z ]{{0,20}}|"
    r"sponsored|advertorial|promoted|(?:special )?promotion|brandvoice|"
    r"(?:word|message|note) from (?:our|the|today[’']s) (?:sponsor|partner|advertiser)s?|"
    r"(?:paid )?advertisement feature|paid advertisement|"
    rf"{_FOREIGN})(?:,? ?{_BY} ?(?P<payer>[^.:;]{{2,80}}?))?\s*[\])*•–—:.|-]{{0,3}}$",
    re.IGNORECASE,
)
#: Alone these words also stand over an empty advertisement slot inside a text.
_SLOT = re.compile(
    r"^[\[(*–—-]{0,2}\s*(?:advertisements?|adverts?|ads?|advertising|advertisment|anzeige|werbung|"
    r"publicité|publicidad|publicidade|pubblicità|advertentie|annons|annonse|annonce|reklame|"
    r"hysbyseb)"
    r"(?:\s*[–—:-]?\s*(?:continue reading(?: below)?|scroll (?:down )?to continue.{0,30}|"
    r"article continues below|story continues below))?\s*[\])*–—:.-]{0,2}$",
    re.IGNORECASE,
)
_IN_HEADLINE = re.compile(
    rf"^(?P<before>[\[(]?(?:{_PAID}[ -]{_WHAT}|sponsored|advertorial|advertisement|promoted|"
    rf"ad)[\])]?"
    rf"\s*(?:[:|–—]|\s-\s|(?<=[\])]))\s*)(?=\S)"
    rf"|(?P<after>\s*(?:[|–—]\s*|\s-\s+|[\[(])(?:{_PAID}[ -]{_WHAT}|sponsored|advertorial|"
    r"advertisement|promoted)[\])]?)$",
    re.IGNORECASE,
)


def lift_labels(headline: str) -> tuple[tuple[str, ...], str]:
    """The labels in front of a headline as printed, and the headline without them."""
    found: list[str] = []
    match = _LIFTED.match(headline)
    while match and len(found) < 3:  # noqa: PLR2004 - nobody prints four
        found.append(match[1])
        headline = headline[match.end() :]
        match = _LIFTED.match(headline)
    return tuple(found), headline


def lift_disclosure(headline: str) -> tuple[str | None, str]:
    """The disclosure before or behind a headline ("Sponsored: …"), and the headline without it."""
    match = _IN_HEADLINE.search(headline)
    if not match or match[0] == headline:
        return None, headline
    return match[0].strip(" :|–—-[]()"), headline[: match.start()] + headline[match.end() :]


def lone_label(line: str) -> str | None:
    """The label when the line is nothing else."""
    match = _ALONE.match(line)
    return match[1] if match else None


def disclosure(line: str) -> tuple[str, str | None] | None:
    """For a line that says somebody paid, and says nothing else: the line and the payer if named."""
    match = _DISCLOSURE.match(line) if len(line) <= 120 else None  # noqa: PLR2004 - labels are short
    return (line, match["payer"]) if match else None


def is_slot(line: str) -> bool:
    """True for "Advertisement" and its like alone on the line."""
    return len(line) <= 80 and bool(_SLOT.match(line))  # noqa: PLR2004 - a slot says one word
