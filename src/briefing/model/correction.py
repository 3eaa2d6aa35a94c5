"""A correction: what was wrong in an edition that was sent."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """One correction, as readers see it."""

    briefing: str
    #: The edition that was wrong.
    edition: str
    text: str
    actor: str
    #: Seconds since 1970 in UTC.
    at: float
    #: The edition whose head carried it to the readers.
    printed_in: str | None = None
