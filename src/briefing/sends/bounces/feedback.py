"""Complaints: what a mailbox host reports when somebody calls a letter spam.

RFC 5965 has the form, RFC 6650 says that `abuse` is a wish not to get more. `not-spam` says the
contrary (RFC 6430), and `auth-failure` is about our signatures (RFC 6591). Microsoft's loop (JMRP)
does not follow RFC 5965: it returns the letter with a header of its own.
"""

import re
from enum import StrEnum

from briefing.sends.bounces.parts import Mail


class Feedback(StrEnum):
    """What somebody reports."""

    COMPLAINT = "complaint"
    #: The reader took the letter out of the spam folder.
    NOT_SPAM = "not spam"
    #: Our signatures or our DMARC record failed at some host.
    AUTHENTICATION = "authentication"
    #: A report we take no step for.
    OTHER = "other"


_KIND = re.compile(r"^[ \t]*feedback-type[ \t]*:[ \t]*([a-z-]+)", re.IGNORECASE | re.MULTILINE)
#: The registry of IANA, and what follows.
_MEANS = {
    "abuse": Feedback.COMPLAINT,
    "fraud": Feedback.COMPLAINT,
    "opt-out": Feedback.COMPLAINT,
    "opt-out-list": Feedback.COMPLAINT,
    "miscategorized": Feedback.OTHER,
    "not-spam": Feedback.NOT_SPAM,
    "auth-failure": Feedback.AUTHENTICATION,
    "virus": Feedback.OTHER,
    "other": Feedback.OTHER,
}
_JMRP = "x-hmxmroriginalrecipient"
_SAYS_SO = re.compile(
    r"\babuse (?:report|complaint)|\bspam (?:report|complaint)|complaint about (?:a )?message from|"
    r"feedback[- ]loop|\bopt-?out (?:report|request)",
    re.IGNORECASE,
)


def feedback(mail: Mail) -> Feedback | None:
    """What the message reports; None when it is not a complaint's form."""
    for part in mail.parts:
        if part.kind == "message/feedback-report" or b"feedback-type:" in part.body[:2_000].lower():
            found = _KIND.search(part.text)
            if found:
                return _MEANS.get(found[1].lower(), Feedback.OTHER)
            if part.kind == "message/feedback-report":
                return Feedback.COMPLAINT
    if _JMRP in mail.headers or (
        _SAYS_SO.search(mail.subject)
        and any(_JMRP.encode() in part.body[:20_000].lower() for part in mail.parts)
    ):
        return Feedback.COMPLAINT
    report = mail.headers.get("content-type").lower()
    if "feedback-report" in report or (
        mail.parts and _SAYS_SO.search(mail.text[:500]) and any(mail.of_kind("message/rfc822"))
    ):
        return Feedback.COMPLAINT
    return None
