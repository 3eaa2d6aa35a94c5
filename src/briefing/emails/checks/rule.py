"""A rule: one function that looks at a proof, with the reason and the source of what it asks."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from briefing.model.finding import Finding, Severity

if TYPE_CHECKING:
    from briefing.emails.checks.sample import Proof

ERROR, WARNING, INFO = Severity.ERROR, Severity.WARNING, Severity.INFO


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands: in words, and the item it is in."""

    name: str
    piece: str = ""


#: Places that are not elements of the page.
EMAIL = Place("the whole email")
SUBJECT = Place("subject")
PREHEADER = Place("preheader")
HEAD = Place("head of the HTML part")
TEXT_PART = Place("plain-text part")
HEADERS = Place("headers")


@dataclass(frozen=True, slots=True)
class Fault:
    """What a rule found: a sentence, how much it weighs here, and where."""

    severity: Severity
    message: str
    place: Place = EMAIL


Faults = Iterator[Fault]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One rule. What it asks is the first sentence of its function's docstring."""

    id: str
    #: What its findings can weigh, the heaviest first.
    severities: tuple[Severity, ...]
    asks: str
    reason: str
    source: str
    check: Callable[["Proof"], Faults]

    def findings(self, proof: "Proof") -> Iterator[Finding]:
        """What this rule does not let pass."""
        for fault in self.check(proof):
            yield Finding(
                rule=self.id,
                severity=fault.severity,
                message=fault.message,
                reason=self.reason,
                source=self.source,
                place=fault.place.name,
                piece=fault.place.piece,
            )


def rule(
    name: str, *severities: Severity, reason: str, source: str
) -> Callable[[Callable[["Proof"], Faults]], Rule]:
    """Make a rule of the function below it."""

    def _rule(check: Callable[["Proof"], Faults]) -> Rule:
        asks = " ".join((check.__doc__ or "").split("\n\n")[0].split())
        return Rule(
            id=name, severities=severities, asks=asks, reason=reason, source=source, check=check
        )

    return _rule


def quoted(text: str, longest: int = 60) -> str:
    """Text for a message: on one line, in quotes, cut when it is long."""
    return f"“{cut(' '.join(text.split()), longest)}”"


def cut(text: str, longest: int = 60) -> str:
    """An address or a text for a message; it ends on an ellipsis where it is cut."""
    return text if len(text) <= longest else f"{text[:longest].rstrip()}…"
