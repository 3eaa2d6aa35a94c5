"""An approval: somebody's word on the very bytes of an edition."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Approval:
    """What somebody said about a rendered edition."""

    edition: str
    #: SHA-256 of subject, HTML and text with the readers' slots still open.
    hash: str
    #: False for a rejection.
    approved: bool
    actor: str
    note: str
    #: Seconds since 1970 in UTC.
    at: float
