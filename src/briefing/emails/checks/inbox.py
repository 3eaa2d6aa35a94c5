"""The inbox row: sender, subject and preheader, which decide whether a letter is opened."""

import re

from briefing.counted import counted
from briefing.emails.checks.rule import (
    ERROR,
    HEADERS,
    INFO,
    PREHEADER,
    SUBJECT,
    WARNING,
    Fault,
    Faults,
    rule,
)
from briefing.emails.checks.sample import Proof, folded
from briefing.model.mail import Address

_LONG, _VERY_LONG = 40, 60
_SHORTEST, _LONGEST = 40, 100
_SENDER = 25
#: Shorter subjects may be an abbreviation.
_WORD = 5
_UNSEEN = re.compile("[\u00ad\u034f\u200b-\u200f\u2060\ufeff]+")
#: A flag is two letters, a person with a hat three signs: each is one emoji (UTS 51).
_SIGN = "[\u2600-\u27bf\U0001f000-\U0001faff][\ufe0f\U0001f3fb-\U0001f3ff]*"
_EMOJI = re.compile(f"[\U0001f1e6-\U0001f1ff]{{2}}|{_SIGN}(?:\u200d{_SIGN})*")
_MAILBOX = re.compile(r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)+")


@rule(
    "subject",
    ERROR,
    WARNING,
    INFO,
    reason="Phones cut a long subject, and shouting looks like spam to people and filters.",
    source="Phone clients show 30 to 60 characters (research of 2026-11-22); RFC 5322 section 2.2",
)
def subject(proof: Proof) -> Faults:
    """The subject has 1 to 60 characters on one line, does not shout, and has at most one emoji."""
    said = proof.email.subject
    if not said.strip():
        yield Fault(ERROR, "The subject is empty; write one.", SUBJECT)
        return
    if re.search(r"[\r\n\x00-\x08]", said):
        yield Fault(ERROR, f"The subject {said!r} holds a line break; take it out.", SUBJECT)
    if len(said) > _LONG:
        severity = WARNING if len(said) > _VERY_LONG else INFO
        message = (
            f"The subject has {counted(len(said), 'character')}; phones cut it after 40 to {_VERY_LONG}. "
            "Shorten it, or put what matters first."
        )
        yield Fault(severity, message, SUBJECT)
    for problem in _shouts(said):
        yield Fault(WARNING, f"The subject “{said}” {problem}.", SUBJECT)


def _shouts(said: str) -> list[str]:
    letters = [letter for letter in said if letter.isalpha()]
    emoji = len(_EMOJI.findall(said))
    found = {
        "is in capitals; write it as a headline": len(letters) > _WORD
        and said.upper() == said != said.lower(),
        "has two exclamation marks in a row; take them out": "!!" in said,
        f"has {emoji} emoji; one is enough": emoji > 1,
    }
    return [problem for problem, holds in found.items() if holds]


@rule(
    "preheader",
    WARNING,
    reason="The second line of the inbox row; without it clients show whatever comes first.",
    source="Inbox rows show 35 to 100 characters (research of 2026-11-22)",
)
def preheader(proof: Proof) -> Faults:
    """The preheader has 40 to 100 characters, differs from the subject and comes first in the body."""
    said = folded(proof.email.preheader)
    if not said:
        yield Fault(WARNING, "There is no preheader; write one.", PREHEADER)
        return
    if not _SHORTEST <= len(said) <= _LONGEST:
        message = f"The preheader has {counted(len(said), 'character')}; {_SHORTEST} to {_LONGEST} fill the row."
        yield Fault(WARNING, message, PREHEADER)
    if said.casefold() == folded(proof.email.subject).casefold():
        yield Fault(WARNING, "The preheader says what the subject says; say more.", PREHEADER)
    if not _first_words(proof).startswith(said):
        message = (
            "The preheader is not the first text of the body; put <mj-preview> into the design."
        )
        yield Fault(WARNING, message, PREHEADER)


def _first_words(proof: Proof) -> str:
    texts = (run.text for run in proof.texts if run.element.tag not in ("style", "script"))
    return folded(_UNSEEN.sub("", next(texts, "")))


@rule(
    "sender",
    INFO,
    reason="A name that is cut in the inbox, or an answer that goes nowhere, costs trust.",
    source="Inbox rows show about 25 characters of a name (research of 2026-11-22); RFC 5322 section 3.6.2",
)
def sender(proof: Proof) -> Faults:
    """The sender's name has 1 to 25 characters, and answers go to an address that can take them."""
    name = proof.house.sender.name
    if not name or len(name) > _SENDER:
        message = (
            f"The sender's name “{name}” has {len(name)} characters of {_SENDER}; set [send] from."
        )
        yield Fault(INFO, message, HEADERS)
    for address in filter(None, (proof.house.sender, proof.house.reply_to)):
        if not _is_mailbox(address):
            message = (
                f"{address.email!r} is not an address that can be answered; correct it in [send]."
            )
            yield Fault(INFO, message, HEADERS)


def _is_mailbox(address: Address) -> bool:
    return bool(_MAILBOX.fullmatch(address.email))
