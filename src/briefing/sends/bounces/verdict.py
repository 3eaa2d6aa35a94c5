"""What a report says in the end, whatever its form was."""

from dataclasses import dataclass
from enum import StrEnum

from briefing.model.delivery import Bounce
from briefing.model.network.domain_report import DomainReport
from briefing.model.reason import Reason
from briefing.sends.bounces.failure import Action, Failure
from briefing.sends.letters.verp import TracedLetter
from briefing.sends.refusals.reasons import Judged


class Kind(StrEnum):
    """What sort of message it is."""

    FAILURE = "failure"
    COMPLAINT = "complaint"
    #: Understood, and nothing follows: a delivery, "not spam".
    NOTHING = "nothing"
    #: A host's report on our signatures; ops must look.
    AUTHENTICATION = "authentication"
    #: A wish to leave, by mail.
    UNSUBSCRIBE = "unsubscribe"
    #: What receivers saw of mail in our name, or of sessions with us.
    DOMAIN_REPORT = "domain report"
    #: Somebody is away (RFC 3834); nothing follows.
    AWAY = "away"
    #: A person wrote; a person must read it.
    PERSON = "person"
    #: Nobody knows; it is kept for a person.
    UNREAD = "unread"


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What one message of the mailbox says."""

    #: SHA-256 of its bytes, so that it counts once however often the mailbox is read.
    digest: str
    #: Whose letter of which edition it is about; None when it proves nothing.
    about: TracedLetter | None
    kind: Kind
    bounce: Bounce | None
    #: RFC 3463.
    status: str = ""
    reason: Reason | None = None
    #: The mailbox's own words, or why the message says nothing.
    detail: str = ""
    domain_reports: tuple[DomainReport, ...] = ()


def bounce_of(failure: Failure, said: Judged) -> Bounce | None:
    """What follows for the reader: only a plain word that the address is at fault is hard."""
    if failure.action is Action.NONE or said.reason.is_about_us:
        return None
    if said.reason not in (Reason.MAILBOX_UNKNOWN, Reason.HOST_UNKNOWN):
        return Bounce.SOFT
    is_sure = failure.action is Action.FAILED and said.is_plain
    return Bounce.HARD if is_sure else Bounce.SOFT
