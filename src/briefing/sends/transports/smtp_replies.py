"""What a relay's answers mean (RFC 5321 section 4.2, RFC 3463)."""

import re
from dataclasses import dataclass
from enum import StrEnum

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
    def asks_for_more(self) -> bool:
        """Neither yes nor no."""
        return 300 <= self.code < 400  # noqa: PLR2004 - RFC 5321 section 4.2.1

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
