"""What a relay allows in one session, learnt from where it ends sessions.

RFC 5321 leaves the limits to each relay: how many letters, how many refusals, how many RSETs (Exim's
smtp_accept_max_nonmail). A limit that was met twice at the same place is kept from then on, so that a
new connection is opened before the relay hangs up. What was met once may have been a restart.
"""

from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum


class Counted(StrEnum):
    """What relays count in a session."""

    LETTERS = "letters"
    REFUSALS = "refusals"
    RESETS = "resets"


@dataclass(slots=True)
class SessionLimits:
    """What is known of one relay; shared by all connections to it."""

    _met: Counter[tuple[Counted, int]] = field(default_factory=Counter)
    _most: dict[Counted, int] = field(default_factory=dict)
    #: It has once hung up between the text of a letter and the answer to it.
    hangs_up_on_texts: bool = False

    def met(self, counted: Counted, count: int) -> None:
        """A session was ended at the one after so many."""
        self._met[counted, count] += 1
        if count > 1 and self._met[counted, count] > 1:
            self._most[counted] = count

    def allows(self, session: Counter[Counted], *counted: Counted) -> bool:
        """True while a session may have one more of each."""
        # Nearly every relay ends no session, and this is asked twice a letter.
        return not self._most or all(
            session[one] < self._most.get(one, session[one] + 1) for one in counted
        )
