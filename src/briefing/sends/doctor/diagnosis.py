"""A diagnosis: one thing that providers ask of a sender, what was found, and what to publish."""

from dataclasses import dataclass
from enum import StrEnum


class Prospect(StrEnum):
    """What a provider will do with letters of this sender, by one rule."""

    GOOD = "good"
    #: Nobody could be asked; it holds nothing.
    UNKNOWN = "unknown"
    #: Letters may be treated worse.
    POOR = "poor"
    #: A provider refuses letters for good while it is so.
    REFUSED = "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class ProviderRule:
    """What a provider asks, where it says so, and when that began to hold."""

    asks: str
    source: str
    since: str
    #: When somebody last compared it with its source.
    checked: str = "2026-11-29"


@dataclass(frozen=True, slots=True, kw_only=True)
class Diagnosis:
    """What was found of one subject."""

    #: "SPF", "DKIM briefing._domainkey.example.org" and so on.
    subject: str
    health: Prospect
    found: str
    rule: ProviderRule
    #: Records to publish or settings to change, ready to copy; empty where all is well.
    publish: tuple[str, ...] = ()


def told(
    subject: str, health: Prospect, found: str, rule: ProviderRule, publish: str = ""
) -> Diagnosis:
    """A diagnosis in one line."""
    return Diagnosis(
        subject=subject,
        health=health,
        found=found,
        rule=rule,
        publish=(publish,) if publish else (),
    )


_GMAIL = "Google, Email sender guidelines (support.google.com/a/answer/81126)"
_OUTLOOK = (
    "Microsoft, Outlook's requirements for high-volume senders (techcommunity.microsoft.com, 2025-04-02; "
    "support.microsoft.com, Fix NDR error 550 5.7.515)"
)
_YAHOO = "Yahoo, Sender requirements (senders.yahooinc.com/best-practices)"

SPF = ProviderRule(
    asks="the domain of the return path lists who sends for it, and the sending address is in it",
    source=f"{_GMAIL}; {_OUTLOOK}; RFC 7208",
    since="2024-02-01 (Gmail, Yahoo), 2025-05-05 (Outlook.com)",
)
DKIM = ProviderRule(
    asks="letters are signed, and the public half of the very key is published",
    source=f"{_GMAIL}; {_OUTLOOK}; RFC 6376; RFC 8301 (2048 bits)",
    since="2024-02-01 (Gmail, Yahoo), 2025-05-05 (Outlook.com)",
)
DMARC = ProviderRule(
    asks="the domain in From has a DMARC record, p=none at least, and SPF or DKIM is aligned with it",
    source=f"{_GMAIL}; {_YAHOO}; {_OUTLOOK}; RFC 7489 sections 3.1 and 6.3",
    since="2024-02-01 (Gmail, Yahoo), 2025-05-05 (Outlook.com)",
)
PTR = ProviderRule(
    asks="each sending address has a name, and the name leads back to it",
    source=f"{_GMAIL}, 550 5.7.25; RFC 1912 section 2.1",
    since="2024-02-01 (Gmail)",
)
MX = ProviderRule(
    asks="the domain of the return path takes mail, so that bounces come back",
    source=f"{_YAHOO}; RFC 5321 section 5.1; RFC 7505 section 4.2 (such a sender may be refused)",
    since="2024-02-01 (Yahoo)",
)
TLS = ProviderRule(
    asks="letters are handed over in an encrypted session",
    source=f"{_GMAIL}; RFC 3207",
    since="2023-12 (Gmail)",
)
ONE_CLICK = ProviderRule(
    asks="List-Unsubscribe is an https address that lets go at a POST and not at a GET, signed by DKIM",
    source=f"{_GMAIL}; {_YAHOO}; RFC 8058 sections 3.1 and 4",
    since="2024-06-01 (Gmail, Yahoo)",
)
LINKS = ProviderRule(
    asks="links lead to hosts that exist, not through hosts that hide where they lead",
    source=f"{_GMAIL} (links are visible and easy to understand)",
    since="2024-02-01 (Gmail)",
)
HEADERS = ProviderRule(
    asks="Date, From, Message-ID and Subject stand once, and List-Id names the list",
    source=f"{_GMAIL}; RFC 5322 section 3.6; RFC 2919",
    since="2024-02-01 (Gmail)",
)
SIZE = ProviderRule(
    asks="the HTML part is under 102 kB, because Gmail cuts what is behind",
    source="measured by many senders; hteumeuleu/email-bugs, issue 41",
    since="2013",
)
COMPLAINTS = ProviderRule(
    asks="fewer than 0.1 % of readers complain, and never 0.3 %",
    source=f"{_GMAIL}; {_YAHOO}",
    since="2024-02-01 (Gmail, Yahoo)",
)
BLOCKLISTS = ProviderRule(
    asks="the sending address is on none of the lists that ops name",
    source="RFC 5782 section 2.1",
    since="2010",
)
