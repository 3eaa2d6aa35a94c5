"""An access token: by which a program of the house's own asks the API, and what it may."""

from dataclasses import dataclass
from enum import StrEnum


class Scope(StrEnum):
    """One thing that a token may let a program do."""

    #: Read editions that were sent, and counts; no reader's address.
    READ = "read"
    #: Ask addresses whether they want a list, and let them go.
    READERS = "readers"
    #: Put pages into a source.
    ENTRIES = "entries"


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessToken:
    """A token as the house keeps it: never the secret itself."""

    name: str
    scopes: frozenset[Scope]
    #: Seconds since 1970; `used` is 0 for never.
    made: float
    expires: float
    used: float
    made_by: str
