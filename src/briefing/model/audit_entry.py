"""An audit entry: who did what to which bytes."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditEntry:
    """One line of the desk's log."""

    #: Seconds since 1970 in UTC.
    at: float
    actor: str
    verb: str
    edition: str = ""
    #: SHA-256 of the email it was done to, where there was one.
    hash: str = ""
    detail: str = ""
