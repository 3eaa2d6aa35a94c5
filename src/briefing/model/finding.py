"""A finding: what a check of an email found, why it matters, and who says so."""

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How much a finding weighs; the order is from heavy to light."""

    #: Must not be sent like this.
    ERROR = "error"
    #: Somebody should look, and may send it all the same.
    WARNING = "warning"
    #: Good to know.
    INFO = "info"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that a rule does not let pass."""

    #: The rule's name, for instance `size-html`.
    rule: str
    severity: Severity
    #: A sentence with the thing, its value and what to do.
    message: str
    #: Why the rule is there.
    reason: str
    #: Where the rule comes from: an RFC, a section of WCAG or of a code, a measured fact with its date.
    source: str
    #: Where it is, in words: a header, a part of the design, a story.
    place: str
    #: The id of the item it is in; empty when it is in none.
    piece: str = ""
