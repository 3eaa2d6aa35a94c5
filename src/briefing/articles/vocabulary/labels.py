"""Labels: what stands above or before a headline and is not part of it."""

import re

from briefing.articles.text.confusables import as_seen
from briefing.articles.text.dates import date_line
from briefing.articles.vocabulary.label_grammar import composed_label
from briefing.articles.vocabulary.line_parts import beside, tells_of_words
from briefing.articles.vocabulary.lookup import Finder, Grammar
from briefing.articles.vocabulary.payer_names import is_firm, is_name, may_host, names_body

_LIFTED = Grammar(
    "labels", r"^\[?({editorial label})\]?\s*(?:[:|]|\s[–—-]\s)\s*(?=\S)", re.IGNORECASE
)
_ALONE = Grammar("labels", r"^\[?({editorial label})[:!|]?\]?$", re.IGNORECASE)
_BY = r"(?:\b{by}\b|[:|–—-])"
_DISCLOSURE = Grammar(
    "labels",
    r"^(?:(?:this|the following)(?: \w+)? (?:is|contains|includes|features) (?:an? )?|"
    r"(?:includes|contains|features) |an? |our |special )?(?:"
    r"(?:{paid word}[ /-]){1,3}(?:{labelled text})(?: {labelled text})?|paid(?:[ -]for by [a-z ]{0,20}| by)|"
    r"{single label}|"
    r"(?<= is an )(?:advertisement|advert|ad)|(?:{slot before a payer})"
    rf"(?=,? ?{_BY} ?\w)|"
    rf"{{whole label}})(?:(?P<joint>,? ?{_BY} ?|(?<=partner) |(?<=sponsor) )(?P<payer>[^.:;]{{2,80}}?))?"
    r"$",
    re.IGNORECASE,
)
#: Brackets, stars and signs around a label, and the question behind it: "Sponsored (what is this?)".
_FRAME = re.compile(r"^[\W_]+|(?:\s?\([^()]{0,40}\?\))?[\W_]*$")
#: What a page prints before the name of the section it filed a piece under.
_FILED = Grammar("labels", r"^(?:{filed under})\b[: ]*", re.IGNORECASE)
_DATED = re.compile(r"^(?P<label>\D{2,40}?)[ ,]+(?P<date>\d.{5,40})$")
#: "Advert by Labour banned" is a headline, "Advertisement by Harrow & Pike" a label.
_BARE = Grammar("labels", r"^(?:an? )?(?:{slot before a payer})\b(?! feature)", re.IGNORECASE)
_HASH = re.compile(r"^#(?:ad|advert|advertisement|werbung|anzeige)$", re.IGNORECASE)
#: How Japanese, Hungarian and Romanian pages mark what is paid for, over adverts and over the frames of adverts.
_FRAMED = re.compile(r"^(?:[【［\[]\s?PR\s?[】］\]]|\([XxPp]\))$")
#: A text of a script without capitals, in which two Latin letters are a label.
_UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]")
_UNSPACED_SLOT = Grammar(
    "labels", r"^[\[(（【［]?\s*(?:{slot in an unspaced text})\s*[\])）】］]?$", re.IGNORECASE
)
_UNSPACED_FIRST = Grammar(
    "labels",
    r"^(?:[\[(（【［]\s?(?P<framed>{slot in an unspaced text})\s?[\])）】］]|"
    r"(?P<led>{slot in an unspaced text})\s?[:：|｜])\s*(?=\S)",
    re.IGNORECASE,
)
#: "広告特集　企画・制作　港新聞社広告局": a label, and who made the text for whoever paid.
_PRODUCED = Grammar(
    "labels",
    r"^[\[【［]?(?:{slot}|{whole label})[\]】］]?[\s|｜／/・]*{production in an unspaced text}"
    r"(?:[\s：:／/・＝=]+\S.{0,40})?$",
    re.IGNORECASE,
)
#: Before a colon these open an advert's headline, or one on advertising: a person has to tell.
_SLOT_FIRST = Grammar(
    "labels", r"^[\[(【]?(?P<label>{slot})(?:[\])】]\s*|\s*[:：|]\s*)(?=\S)", re.IGNORECASE
)
#: "Sponsored by" with the payer's name in a picture next to it, which a saved page has lost.
_OPEN = Grammar(
    "labels",
    r"^\W{0,3}(?:{unfinished label})(?: and (?:presented|produced|written))? (?:by|with|from|"
    r"par|avec|von|por|con|da|door|av|af|przez)\s?:?$",
    re.IGNORECASE,
)
_RUBRIC = Finder("labels", "rubric of notices")
_OUTRIGHT = Grammar("labels", r"\b(?:{outright})\b", re.IGNORECASE)
#: Alone these words also stand over an empty advertisement slot inside a text.
_SLOT = Grammar(
    "labels",
    r"^[\[(*–—-]{0,2}\s*(?:{slot}(?:\s*[–—:·•|-]?\s*{slot continues})?|{slot continues}(?: this)? {slot}|"
    r"{slot ends} {slot})\s*[\])*–—:.-]{0,2}$",
    re.IGNORECASE,
)
_SAID = (
    r"(?:{paid word}[ -]{labelled text}|sponsored|advertorial|advertisement|promoted|paid|ad"
    r"|(?:sponsored|paid for|presented|promoted|brought to you|supported) by [^|()\[\]:]{2,60}"
    r"|in (?:association|partnership|collaboration) with [^|()\[\]:]{2,60})"
)
_IN_HEADLINE = Grammar(
    "labels",
    rf"^(?P<before>[\[(]?{_SAID}[\])]?\s*(?:[:|–—]|\s-\s|(?<=[\])]))\s*)(?=\S)"
    rf"|(?P<after>\s*(?:[|–—]\s*|\s-\s+|[\[(]){_SAID}[\])]?)$",
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
    first = _UNSPACED_FIRST.match(headline) if _UNSPACED.search(headline) else None
    if first:
        return first["framed"] or first["led"], headline[first.end() :]
    match = _IN_HEADLINE.search(headline)
    if not match or match[0] == headline:
        return None, headline
    label = match[0].strip(" :|–—-[]()")
    payer = re.search(r" (?:by|with) (.+)$", label)
    is_host = payer is not None and label.lower().startswith("presented") and may_host(payer[1])
    if payer and (not is_name(payer[1]) or is_host):
        return None, headline
    return label, headline[: match.start()] + headline[match.end() :]


def slot_first(headline: str) -> str | None:
    """The word for advertising with which a headline begins, before a colon or in brackets."""
    found = _SLOT_FIRST.match(headline)
    return found["label"] if found else None


def lone_label(line: str) -> str | None:
    """The label when the line is nothing else."""
    match = _ALONE.match(line)
    return match[1] if match else None


def disclosure(line: str) -> tuple[str, str | None] | None:
    """For a line that says somebody paid, and says nothing else: the line and the payer if named.

    A section's name, a date or a reading time may stand next to the label.
    """
    if len(line) > 120 or tells_of_words(line):  # noqa: PLR2004 - labels are short
        return None
    seen = _FILED.pattern.sub("", as_seen(line))
    dated = _DATED.match(seen)
    if dated and date_line(dated["date"]):
        seen = dated["label"]
    if _OPEN.match(seen) or _HASH.match(seen) or _PRODUCED.match(seen):
        return line, None
    parts = [_FRAME.sub("", part) for part in beside(seen)]
    for part in dict.fromkeys((_FRAME.sub("", seen), *parts)):
        match = _DISCLOSURE.match(part)
        if match and _plausible(match):
            return line, match["payer"]
    composed = composed_label(seen)
    return (line, composed[1]) if composed else None


def is_open(line: str) -> bool:
    """True for a label that breaks off before the payer's name."""
    return bool(_OPEN.match(as_seen(line)))


def _plausible(match: re.Match[str]) -> bool:
    """After "by" anything names the payer; after "for", a colon or a dash it may be the headline."""
    payer, joint = match["payer"], (match["joint"] or "").strip(" ,").casefold()
    in_doubt = joint == "for" or _BARE.match(match[0])
    if payer is None or (not in_doubt and (joint.isalpha() or " " in joint)):
        return True
    lowered = match.string.islower() or match.string.isupper()
    name = payer.title() if lowered else payer
    is_about = joint == "for" and _BARE.match(match[0])
    return is_name(name) and (not is_about or names_body(name) or is_firm(name))


def says_advertisement(line: str) -> bool:
    """True for a label that nobody prints over a row of links: it speaks of the piece itself."""
    return bool(_OUTRIGHT.search(line))


def is_slot(line: str) -> bool:
    """True for "Advertisement" and its like alone on the line."""
    if _FRAMED.match(line):
        return True
    return len(line) <= 80 and bool(_SLOT.match(as_seen(line)))  # noqa: PLR2004 - a slot says one word


def is_slot_over(line: str, headline: str) -> bool:
    """True for "PR" or "AD" alone on a line, where the headline is Japanese, Chinese or Korean."""
    return bool(_UNSPACED.search(headline)) and bool(_UNSPACED_SLOT.match(line))


def is_notice_rubric(section: str) -> bool:
    """True for a section in which all that stands was paid for by whoever gives notice."""
    return _RUBRIC.find(section) is not None
