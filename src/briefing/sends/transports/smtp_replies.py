"""What a relay's answers mean (RFC 5321 section 4.2, RFC 3463)."""

import re
from dataclasses import dataclass
from enum import StrEnum

from briefing.model.delivery import Bounce

_ENHANCED = re.compile(r"\b([245])\.(\d{1,3})\.(\d{1,3})\b")


class Stage(StrEnum):
    """Which command was answered; the value is the general status of that stage (RFC 3463)."""

    #: The sender: other or undefined security status.
    MAIL = "7.0"
    #: The reader: other address status.
    RCPT = "1.0"
    #: The content: other or undefined media error.
    DATA = "6.0"


@dataclass(frozen=True, slots=True)
class Reply:
    """One answer: a code of three digits and its text, lines joined by spaces."""

    code: int
    text: str

    @property
    def is_good(self) -> bool:
        return 200 <= self.code < 400  # noqa: PLR2004 - RFC 5321 section 4.2.1

    @property
    def is_permanent(self) -> bool:
        return self.code >= 500  # noqa: PLR2004 - RFC 5321 section 4.2.1

    @property
    def line(self) -> str:
        """As a person reads it, at most 300 characters."""
        return f"{self.code} {self.text}"[:300]

    def status(self, stage: Stage) -> str:
        """The RFC 3463 status the relay gave, or the general one of that stage."""
        found = _ENHANCED.search(self.text)
        if found and int(found[1]) == self.code // 100:
            return found[0]
        return f"{self.code // 100}.{stage}"


def bounce_of(status: str) -> Bounce | None:
    """What an RFC 3463 status says of the address; None when it is about something else.

    Addresses (x.1.x), disabled mailboxes (5.2.1) and routes to the domain (5.4.x) speak of the
    reader. Systems (x.3.x), content (x.6.x) and policy (x.7.x) speak of the relay and of us, and
    must never cost a reader the briefing. A full mailbox passes.
    """
    kind, _, rest = status.partition(".")
    if kind == "4" or status in ("5.2.0", "5.2.2", "5.2.3"):
        return Bounce.SOFT if rest[:1] in "1245" else None
    if kind == "5" and rest[:1] in "0124":
        return Bounce.HARD
    return None
