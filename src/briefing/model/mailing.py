"""A mailing: an edition on its way, as the bytes that were frozen when sending began."""

from dataclasses import dataclass
from enum import StrEnum

from briefing.model.mail import Email


class MailingStatus(StrEnum):
    """How far a mailing is."""

    SENDING = "sending"
    #: Nothing more leaves until somebody says `briefing resume`.
    PAUSED = "paused"
    #: Nothing more leaves, ever.
    ABORTED = "aborted"
    SENT = "sent"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mailing:
    """An edition whose sending has begun."""

    number: int
    edition: str
    briefing: str
    list: str
    title: str
    email: Email
    #: SHA-256 of subject, HTML and text with the readers' slots still open.
    hash: str
    status: MailingStatus
    #: Why it is paused or aborted.
    reason: str
    #: Seconds since 1970 in UTC; the Date header of every letter, so that a second try is the same.
    frozen_at: float
    done_at: float | None = None
