"""Rulings: an editor's word on who speaks in a piece, and on whether two pieces are one story."""

from dataclasses import dataclass

from briefing.model.article import Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruling:
    """What somebody decided about a piece, besides what the program had thought of it."""

    #: 0 until it is kept.
    id: int = 0
    fingerprint: str
    #: Names and numbers of the piece.
    telling: tuple[str, ...] = ()
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


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownPiece:
    """A piece of news, by what it is known again by in another draft."""

    headline: str
    #: SHA-256 of its words.
    words: str
    url: str
    fingerprint: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EventRuling:
    """An editor's word on two pieces: the first is told by the second, or they are two stories."""

    #: 0 until it is kept.
    id: int = 0
    joined: bool
    piece: KnownPiece
    other: KnownPiece
    #: Where it was said.
    edition: str
    actor: str
    #: Seconds since 1970 in UTC.
    at: float
    #: When it was taken back; it rules no more.
    withdrawn: float | None = None
