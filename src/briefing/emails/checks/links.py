"""Links: what they say, where they lead, and what they carry along."""

import ipaddress
import re
from collections import defaultdict
from collections.abc import Iterator
from functools import lru_cache
from urllib.parse import parse_qsl, urlsplit

from briefing.emails.checks.rule import (
    EMAIL,
    ERROR,
    WARNING,
    Fault,
    Faults,
    Place,
    cut,
    quoted,
    rule,
)
from briefing.emails.checks.sample import Link, Proof, canonical, folded, host
from briefing.model.article import POSSIBLY_THE_SAME
from briefing.model.finding import Severity

_SAYS_NOTHING = {
    "click here", "here", "read more", "more", "link", "this", "read on", "continue reading",
}  # fmt: skip
_SCHEMES = ("https", "http", "mailto", "tel")
_SYNTAX = re.compile(r"\{\{|\{%|%%|\*\||<%")
#: RFC 2606 section 2 and 3, RFC 6761: names that lead nowhere on purpose.
_RESERVED = re.compile(r"(^|\.)(example(\.(com|net|org))?|test|invalid)$")
_CAMPAIGN = ("utm_source", "utm_medium", "utm_campaign")


@rule(
    "link-text",
    WARNING,
    reason="Reading programs list links without the text around them.",
    source="WCAG 2.2, success criteria 2.4.4 and 3.2.4",
)
def link_text(proof: Proof) -> Faults:
    """Every link says where it leads, and no two that lead elsewhere say the same."""
    leads: dict[str, set[str]] = defaultdict(set)
    for link in proof.links:
        pictured = " ".join(image.get("alt") or "" for image in link.element.iter("img"))
        said = folded(f"{link.words} {pictured}")
        bare = said.casefold().strip(" .…>→»:")
        if not bare or bare in _SAYS_NOTHING or re.match(r"https?://|www\.", bare):
            message = f"The link to {cut(link.href)} says {quoted(said)}; say what is there."
            yield Fault(WARNING, message, proof.place(link.element))
        else:
            leads[bare].add(canonical(link.href))
            if len(leads[bare]) > 1:
                message = (
                    f"Two links say {quoted(said)} and lead to two places; word one otherwise."
                )
                yield Fault(WARNING, message, proof.place(link.element))


@rule(
    "link-href",
    ERROR,
    WARNING,
    reason="A link that leads nowhere, or tells a password, cannot be taken back.",
    source="RFC 3986; RFC 2606 for reserved names",
)
def link_href(proof: Proof) -> Faults:
    """Every link has a whole, public https address, without spaces, passwords or template syntax."""
    nowhere: set[str] = set()
    for link in proof.links:
        severity, problem = problem_of(link.href)
        if not problem or (severity is WARNING and host(link.href) in nowhere):
            continue
        if severity is WARNING:  # one sentence a host: its links are all alike in this
            nowhere.add(host(link.href))
        message = f"The link {quoted(link.words)} leads to {cut(link.href)!r}, {problem}."
        yield Fault(severity, message, proof.place(link.element))


def problem_of(href: str) -> tuple[Severity, str]:
    """What is wrong with an address, worded to follow it, and how bad that is."""
    if not href.strip() or href.strip().startswith("#"):
        return ERROR, "which is not a place; give the address"
    if re.search(r"\s", href.strip()) or _SYNTAX.search(href):
        return ERROR, "which holds a space or template syntax; correct it"
    try:
        parts = urlsplit(href)
        named = parts.hostname or ""
    except ValueError:
        return ERROR, "which cannot be read; correct it"
    if parts.scheme not in _SCHEMES or (parts.scheme.startswith("http") and not named):
        return ERROR, "which is not whole; begin it with https://"
    if parts.scheme in ("mailto", "tel"):
        return WARNING, ""
    return _host_problem(parts.scheme, parts.netloc, named)


# A house's own pages and its sources come in every letter.
@lru_cache(maxsize=256)
def _host_problem(scheme: str, netloc: str, named: str) -> tuple[Severity, str]:
    if "@" in netloc:
        return ERROR, "which tells a user name or password; take it out"
    if named == "localhost" or named.endswith(".localhost") or _is_private(named):
        return ERROR, "which only this machine or network can reach; give a public address"
    if _RESERVED.search(named):
        return WARNING, f"and {named} is a name reserved for examples; give a real address"
    if scheme == "http":
        return WARNING, "without https; use https if the site has it"
    return WARNING, ""


def _is_private(named: str) -> bool:
    try:
        return not ipaddress.ip_address(named).is_global
    except ValueError:
        return False


@rule(
    "link-tracking",
    WARNING,
    reason="Half-tagged links make figures that mislead, and readers' own links are nobody's figures.",
    source="Google Analytics, custom campaigns (utm_source and so on); ours: nobody counts who leaves",
)
def link_tracking(proof: Proof) -> Faults:
    """If stories' links carry utm, all carry the same; readers' own links carry none; none carries it twice."""
    campaigns: dict[tuple[str | None, ...], Link] = {}
    for link in proof.links:
        pairs = _query(link.href)
        names = [name.lower() for name, _ in pairs if name.lower().startswith("utm_")]
        if len(names) != len(set(names)):
            message = f"The link {quoted(link.words)} carries {', '.join(names)}: one twice."
            yield Fault(WARNING, message, proof.place(link.element))
        if names and (proof.is_own(link) or link.href.startswith("mailto:")):
            message = f"The reader's own link {quoted(link.words)} carries {names[0]}; take it out."
            yield Fault(WARNING, message, proof.place(link.element))
        if not link.sponsored and not proof.is_own(link) and link.href.startswith("http"):
            found = dict(pairs)
            campaigns.setdefault(tuple(found.get(name) for name in _CAMPAIGN), link)
    if len(campaigns) > 1:
        first = list(campaigns.values())[1]
        message = (
            f"Stories' links carry {len(campaigns)} different campaigns; tag all alike or none."
        )
        yield Fault(WARNING, message, proof.place(first.element))
    yield from _changed_adverts(proof)


def _changed_adverts(proof: Proof) -> Iterator[Fault]:
    printed = {link.href for link in proof.links if link.sponsored}
    for item in proof.edition.sponsored:
        wanted = item.article.canonical_url or item.article.url
        near = [href for href in printed if wanted and canonical(href) == canonical(wanted)]
        if near and wanted not in near:
            message = (
                f"The advertiser's link {wanted} was changed to {near[0]}; keep its parameters."
            )
            yield Fault(WARNING, message, proof.place_of(item))


def _query(address: str) -> list[tuple[str, str]]:
    try:
        return parse_qsl(urlsplit(address).query, keep_blank_values=True)
    except ValueError:
        return []


@rule(
    "story-dup",
    WARNING,
    reason="Nobody wants to read the same story twice in one letter.",
    source="ours: the desk prints a piece once",
)
def story_dup(proof: Proof) -> Faults:
    """No story, headline or link of a story is printed twice, as far as anybody can tell."""
    links: dict[str, Link] = {}
    for link in proof.links:
        where = canonical(link.href)
        place = proof.place(link.element)
        if not proof.is_own(link) and place.piece and where in links:
            first = proof.place(links[where].element)
            if first != place:
                message = f"{cut(link.href, 80)} is linked here and in {first.name}; drop one."
                yield Fault(WARNING, message, place)
        if place.piece:  # a list at the head of the letter leads there too
            links.setdefault(where, link)
    headlines: dict[str, Place] = {}
    for item in proof.pieces:
        key = folded(item.headline).casefold()
        if key in headlines:
            yield Fault(WARNING, f"{quoted(item.headline)} is printed twice; drop one.", EMAIL)
        headlines[key] = EMAIL
    yield from _perhaps_the_same(proof)


def _perhaps_the_same(proof: Proof) -> Faults:
    """Pieces that share a third of their words but not half: only a person can tell."""
    printed = {item.article.id: item for item in proof.pieces}
    for item in proof.pieces:
        for flag in item.article.flags:
            twin = printed.get(flag.removeprefix(POSSIBLY_THE_SAME))
            if flag.startswith(POSSIBLY_THE_SAME) and twin and item.id < twin.id:
                message = (
                    f"{quoted(item.headline)} and {quoted(twin.headline)} may be the same piece: "
                    "read both, and drop one or keep them."
                )
                yield Fault(WARNING, message, proof.place_of(item))
