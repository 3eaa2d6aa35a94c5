"""A version: one state an edition has had, as a base and the changes made to it."""

from dataclasses import dataclass

from briefing.model.change import Change
from briefing.model.edition import Edition


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """One state of an edition. Versions are only added: an undo is a new one like an old one."""

    edition: str
    #: Counted from 1.
    number: int
    #: The edition as it was made from its sources.
    base: Edition
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionLine:
    """What the list of versions says of one."""

    number: int
    #: What was done, in a sentence.
    said: str
    actor: str
    #: Seconds since 1970 in UTC.
    at: float
