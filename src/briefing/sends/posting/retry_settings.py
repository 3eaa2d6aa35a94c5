"""What ops say of letters that do not get through."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True, kw_only=True)
class PostingSettings:
    """What happens to letters that do not get through. Times in seconds."""

    #: An unseen reply: `resend` (a reader may get two letters) or `hold` (a person decides).
    on_doubt: Literal["resend", "hold"] = "resend"
    #: The wait before a deferred letter's second try; it doubles up to `longest_wait`.
    first_wait: float = 300.0
    longest_wait: float = 14_400.0
    #: How long after the mailing began a letter is still tried.
    life: float = 172_800.0

    def wait(self, tries: int) -> float:
        """How long to wait after that many tries."""
        return min(self.first_wait * 2.0 ** min(max(0, tries - 1), 30), self.longest_wait)
