"""A delivery: what became of one letter."""

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from briefing.model.reason import Reason
from briefing.model.subscriber import Subscriber


class State(StrEnum):
    """Where a delivery stands.

    `pending` → `posting` → `posted`, `deferred`, `bounced` or `in_doubt`; `deferred` → `posting`
    again when it is due; `pending` and `deferred` → `skipped` when the reader has left meanwhile.
    """

    PENDING = "pending"
    #: The intent is committed; the letter may be on the wire.
    POSTING = "posting"
    #: The relay has taken it.
    POSTED = "posted"
    #: Refused for now; tried again when due.
    DEFERRED = "deferred"
    #: Refused for good; never tried again.
    BOUNCED = "bounced"
    #: The relay's answer was never seen; a person or `on_doubt` decides.
    IN_DOUBT = "in_doubt"
    #: The reader left before the letter did.
    SKIPPED = "skipped"


class Bounce(StrEnum):
    """What a refusal says about the address."""

    #: It takes no mail, now or later.
    HARD = "hard"
    #: It takes no mail just now.
    SOFT = "soft"
    #: Its owner called a letter spam.
    COMPLAINT = "complaint"


# This and the next two are made for each letter: a frozen dataclass takes two to three times as long to make.
class Delivery(NamedTuple):
    """The outcome of one try."""

    recipient: str
    state: State
    #: The relay's answer, the file written, or why nothing was sent.
    detail: str = ""
    #: RFC 3463 status, for instance `5.1.1`; empty where the relay gave none.
    status: str = ""


class Addressee(NamedTuple):
    """A reader whose letter is due, and how often it was tried before."""

    reader: Subscriber
    tries: int = 0
    #: True when an earlier try may have reached the reader, although nobody said so.
    doubtful: bool = False
    #: When it was tried last, in seconds since 1970.
    at: float | None = None
    #: Which of the mailing's variants they get; 0 is the whole edition.
    variant: int = 0


class Outcome(NamedTuple):
    """What the ledger writes down after a try."""

    reader: int
    delivery: Delivery
    #: When to try again, in seconds since 1970; only for `deferred`.
    due: float | None = None
    #: True when the reader may have the letter although nobody said so.
    doubtful: bool = False
    #: What the refusal says about the address; None when it says nothing.
    bounce: Bounce | None = None
    #: Why, where it was refused for good.
    reason: Reason | None = None

    @property
    def is_plain(self) -> bool:
        """True when there is nothing to keep of it but that the letter is posted."""
        return self.delivery.state is State.POSTED and not self.doubtful


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A delivery as a person wants to read it."""

    email: str
    name: str
    state: State
    doubtful: bool
    tries: int
    at: float | None
    due: float | None
    reply: str
    #: Why it was refused or came back, in the words of `Reason`; empty where it did neither.
    reason: str = ""
    #: What the mailbox's host said when the letter came back by mail.
    returned: str = ""
