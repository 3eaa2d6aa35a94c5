"""An approval: somebody's word on the very bytes of an edition; and a comment, their word on a story."""

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
    #: SHA-256 of each variant that they saw besides.
    variants: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Comment:
    """What somebody said to colleagues next to a story; readers never see it."""

    id: int
    edition: str
    #: The piece it stands next to; empty for the edition as a whole: a hand-over note.
    item: str
    text: str
    actor: str
    #: Seconds since 1970 in UTC.
    at: float
    #: Who put it aside as done, and when; None while it is open.
    resolved_by: str | None = None
    resolved_at: float | None = None
