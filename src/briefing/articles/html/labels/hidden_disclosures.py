"""Disclosures that only the markup holds: attributes, meta elements and structured data."""

import re

from lxml import etree

from briefing.articles.vocabulary.labels import disclosure, is_open, lift_disclosure

Attributes = list[tuple[str, str | None]]

_KINDS = (
    r"sponsored|advertorial|(?:paid|sponsor|partner|branded|brand|advertiser|promoted|promotional|"
    r"commercial|native) (?:content|post|article|story|feature|advertising|partnership)|"
    r"(?:advertisement|advertising|ad) feature|native ad|paid partnership"
)
#: "post--sponsored", "is-sponsored", "type-partner-content"; not "sponsored-links" nor "has-sponsored".
_MARK = re.compile(
    rf"^(?:(?!(?:not|no|non|has|have|with|without|hide|show|tag|about)\b)[a-z]+ ){{0,3}}?(?P<label>{_KINDS})"
    r"(?: (?:content|post|article|story|feature|page|template|layout|type|true|yes))?$"
)
_SWITCH = re.compile(rf"^(?:data |article |page |post |content |is |meta )*(?:{_KINDS}|is ad)$")
_SPONSOR = re.compile(
    r"^(?:data |article |page |post )*(?:sponsor|paid partner|advertiser)(?: name)?$"
)
_TYPED = re.compile(r"\b(?:type|section|category|genre|kind)$")
_TOPICS = re.compile(r"\b(?:tags?|keywords)$")
#: By WAI-ARIA, schema.org and the names that content systems give it.
_TRAILS = etree.XPath(
    "//*[contains(translate(concat(@class, ' ', @id, ' ', @aria-label, ' ', @itemtype), 'BC', 'bc'), "
    "'breadcrumb')]"
)
_FALSE = frozenset({"", "false", "no", "0", "none", "null", "off"})
_ARTICLE = re.compile(r"Article|Posting|Report|WebPage|CreativeWork")
_LONGEST = 200


def in_attributes(attributes: Attributes) -> str | None:
    """The label in an element's class, id, data attributes, aria-label or type; the payer's name goes first."""
    for name, value in sorted(attributes, key=lambda one: not _SPONSOR.match(_words(one[0]))):
        written = (value or "").strip()
        if len(written) > _LONGEST and name != "class":
            continue
        if name in ("class", "id"):
            found = next(filter(None, map(_marked, written.split())), None)
        elif name.startswith("data-"):
            found = _switched(_words(name), written) or _marked(written)
        elif name == "aria-label":
            found = _marked(written) or _told(written)
        else:
            found = _marked(written) if name in ("itemtype", "typeof") else None
        if found:
            return found
    return None


def in_meta(attributes: Attributes) -> str | None:
    """The label in a meta element: `article:sponsored`, or a type or section that says so."""
    name, content = _named(attributes)
    if _TYPED.search(name):
        return next(filter(None, map(_marked, content[:2000].split(","))), None)
    return _switched(name, content)


def in_tags(attributes: Attributes) -> str | None:
    """The label among the tags of a meta element, for an editor to look at.

    "Sponsored" alone says what a piece is; "sponsored content" is what reports are about.
    """
    name, content = _named(attributes)
    tags = content[:2000].split(",") if _TOPICS.search(name) else ()
    return next(filter(None, (_marked(tag) for tag in tags if tag.strip().isalpha())), None)


def _named(attributes: Attributes) -> tuple[str, str]:
    known = {name: value or "" for name, value in attributes}
    name = known.get("name") or known.get("property") or known.get("itemprop") or ""
    return _words(name), known.get("content", "").strip()


def in_trail(tree: etree._Element) -> str | None:
    """The label in the trail of sections that leads to the page, which files it under the last of them."""
    for trail in _TRAILS(tree):
        steps = (" ".join(step.itertext()) for step in trail.iter("a", "li", "span"))
        if found := next(filter(None, map(_told, steps)), None):
            return found
    return None


def _told(written: str) -> str | None:
    """Words for readers that are a label and nothing else."""
    told = " ".join(written.split())
    return told if disclosure(told) and not is_open(told) else None


def in_title(title: str) -> str | None:
    """The label before or behind the page's title."""
    return lift_disclosure(" ".join(title.split())[:_LONGEST])[0]


def in_object(data: dict[str, object]) -> str | None:
    """The label in an object of JSON-LD: an AdvertiserContentArticle, or an article's sponsor."""
    return _declared(data)


def _declared(data: dict[str, object]) -> str | None:
    kind = str(data.get("@type", ""))
    sponsor = data.get("sponsor")
    name = sponsor.get("name") if isinstance(sponsor, dict) else sponsor
    if _ARTICLE.search(kind) and isinstance(name, str) and name.strip():
        return f"Sponsored by {name.strip()}"
    return "Advertiser content article" if "AdvertiserContentArticle" in kind else None


def _switched(name: str, value: str) -> str | None:
    """A name that is a label and is switched on, or that of the sponsor."""
    if value.casefold() in _FALSE:
        return None
    if _SPONSOR.match(name) and not value.isdigit():
        return f"Sponsored by {value}" if value.casefold() != "true" else "Sponsored"
    return _sentence(name.removeprefix("data ")) if _SWITCH.match(name) else None


def _marked(written: str) -> str | None:
    match = _MARK.match(_words(written.rsplit("/", 1)[-1])) if len(written) <= _LONGEST else None
    return _sentence(match["label"]) if match else None


def _words(written: str) -> str:
    """A name as words: "paidContent", "paid-content" and "paid_content" are all "paid content"."""
    return " ".join(re.findall(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+", written)).lower()


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:]
