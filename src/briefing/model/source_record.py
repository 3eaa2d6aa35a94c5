"""What is remembered of a source: the last good copy, what was seen in it, and the last reading."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """One address of a source: what it answered last, and when it is asked again.

    Times are seconds since 1970 in UTC; 0 is never.
    """

    source: str
    address: str
    #: The last good answer, whatever came after it.
    body: bytes = b""
    content_type: str = ""
    #: Where that came from in the end.
    url: str = ""
    etag: str = ""
    last_modified: str = ""
    #: When the body was sent whole, and when it was last known to be good.
    whole_at: float = 0.0
    good_at: float = 0.0
    next_try: float = 0.0
    #: Before this the server asked to be left alone; even a person waits.
    quiet_until: float = 0.0
    #: In a row.
    failures: int = 0
    #: What went wrong last; empty when nothing did.
    fault: str = ""
    #: What its editor should know although it could be read, such as a new address.
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """An entry of a source, by everything it can be known again by."""

    guid: str = ""
    url: str = ""
    #: The fingerprint of its text.
    marks: str = ""
    first: float = 0.0
    last: float = 0.0
    #: It was there before the source was followed, and is never taken.
    passed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What the last reading of a source gave."""

    source: str
    at: float
    #: Entries or pages that were there, and articles that an edition took.
    found: int = 0
    used: int = 0
    #: The others, counted by the rule that left them out.
    dropped: tuple[tuple[str, int], ...] = ()
    #: What went wrong; empty when nothing did.
    fault: str = ""
