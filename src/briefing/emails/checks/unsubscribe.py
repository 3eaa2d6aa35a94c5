"""Letting go: a reader can leave with one click, sees who writes, and finds it before any cut."""

import re

from briefing.emails.checks.rule import ERROR, HEADERS, Fault, Faults, Place, rule
from briefing.emails.checks.sample import Proof, folded, host

_EARLY = 100_000
_FOOT = Place("foot of the HTML part")
_WAYS = {
    "unsubscribe_url": "unsubscribe",
    "preferences_url": "preferences",
    "view_url": "view-in-browser",
}


@rule(
    "footer",
    ERROR,
    reason="Readers must see who sent it and how to leave; the law in many countries says so too.",
    source="15 U.S.C. § 7704(a)(3), (5) (CAN-SPAM); The Privacy and Electronic Communications "
    "(EC Directive) Regulations 2003 (UK), regulation 23",
)
def footer(proof: Proof) -> Faults:
    """The postal address and links to unsubscribe, to preferences and to the browser view are there."""
    if folded(proof.house.postal_address) not in proof.words:
        message = (
            f"The HTML part does not print the postal address “{proof.house.postal_address}”; "
            "add {{ site.postal_address }} to the design."
        )
        yield Fault(ERROR, message, _FOOT)
    linked = {link.href for link in proof.links}
    for name, way in _WAYS.items():
        if proof.own_links[name] not in linked:
            message = f"The HTML part has no {way} link; add {{{{ slot.{name} }}}} to the design."
            yield Fault(ERROR, message, _FOOT)


@rule(
    "footer-early",
    ERROR,
    reason="What stands behind Gmail's cut is not there for the reader.",
    source="Gmail clips at 102 kB (see size-html)",
)
def footer_early(proof: Proof) -> Faults:
    """The unsubscribe link begins within the first 100,000 bytes."""
    address = proof.own_links["unsubscribe_url"].replace("&", "&amp;")
    at = proof.html.find(address)
    place = len(proof.html[:at].encode())
    if at >= 0 and place >= _EARLY:
        message = (
            f"The unsubscribe link begins at byte {place:,}, after {_EARLY:,}; "
            "print fewer stories, or a second link above them."
        )
        yield Fault(ERROR, message, _FOOT)


@rule(
    "list-unsubscribe",
    ERROR,
    reason="Gmail and Yahoo ask bulk senders for one-click unsubscribe, and punish those without.",
    source="RFC 8058 sections 3.1 and 4; RFC 2369 section 3.2",
)
def list_unsubscribe(proof: Proof) -> Faults:
    """The headers offer one-click unsubscribe by https, at the host that the link in the body names."""
    if proof.message is None:
        return
    uris = re.findall(r"<([^<>]*)>", str(proof.message.get("List-Unsubscribe", "")))
    secure = [uri for uri in uris if uri.lower().startswith("https://")]
    if not secure:
        said = ", ".join(uris) or "nothing"
        message = (
            f"List-Unsubscribe offers {said}, and one click needs https; "
            "set [site] public_url to an https address."
        )
        yield Fault(ERROR, message, HEADERS)
    elif host(secure[0]) != host(proof.own_links["unsubscribe_url"]):
        message = f"List-Unsubscribe leads to {host(secure[0])}, the link in the body elsewhere."
        yield Fault(ERROR, message, HEADERS)
    if str(proof.message.get("List-Unsubscribe-Post", "")) != "List-Unsubscribe=One-Click":
        message = "List-Unsubscribe-Post: List-Unsubscribe=One-Click is missing from the headers."
        yield Fault(ERROR, message, HEADERS)
