"""A ruling: an editor's word on who speaks in a piece, remembered by the piece's fingerprint."""

from dataclasses import dataclass

from briefing.model.article import Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruling:
    """What somebody decided about a piece, besides what the program had thought of it."""

    #: 0 until it is kept.
    id: int = 0
    fingerprint: str
    headline: str
    verdict: Verdict
    #: Who paid, or who issued it.
    sponsor: str
    note: str
    thought: Verdict
    score: int
    actor: str
    #: Seconds since 1970 in UTC.
    at: float
    #: When it was taken back; it rules no more.
    withdrawn: float | None = None
