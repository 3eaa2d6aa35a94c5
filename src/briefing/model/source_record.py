"""What is remembered of a source: the last good copy, what was seen in it, and the last reading."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class EntryState(StrEnum):
    """What became of an entry."""

    #: No draft has looked at it.
    NEW = "new"
    #: In an edition: among its stories, or as what somebody paid for.
    USED = "used"
    #: In an edition that waits for somebody to say who speaks in it.
    HELD = "held"
    #: There was no room for it, or somebody dropped it.
    ASIDE = "aside"
    #: The same piece as another one.
    REPEATED = "repeated"
    #: Another story tells its event.
    EVENT = "event"
    #: An earlier edition printed it.
    PRINTED = "printed"
    OLD = "old"
    #: It was there before its source was followed.
    PASSED = "passed"
    #: No article was found on it.
    REFUSED = "refused"


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
    """An entry of a source, by everything it can be known again by, and what became of it."""

    #: Its row; 0 for one that is not written down yet.
    id: int = 0

    guid: str = ""
    url: str = ""
    #: The fingerprint of its text.
    marks: str = ""
    first: float = 0.0
    last: float = 0.0
    #: It was there before the source was followed, and is never taken.
    passed: bool = False
    #: Of its page, which is the name of its articles too.
    name: str = ""
    headline: str = ""
    #: When it came out, as its source says; 0 when it does not.
    moment: float = 0.0
    #: When other words than before were seen under its name.
    changed: float = 0.0
    state: EntryState = EntryState.NEW
    #: Why, in words.
    reason: str = ""
    #: The edition that its state is about; empty where it is about none.
    edition: str = ""
    #: The headline of the story that tells it; empty where none does.
    told_by: str = ""
    #: Its page is kept, so that a draft may take it when it has left its source.
    kept: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryQuery:
    """Which entries are asked for; what is left empty asks for all."""

    sources: Sequence[str] = ()
    states: Sequence[EntryState] = ()
    #: Stands in the headline or the address, case aside.
    words: str = ""
    #: Seen first at this time or later; seconds since 1970.
    since: float = 0.0
    #: So many at most, after so many others.
    most: int | None = None
    skip: int = 0


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


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundPiece:
    """A piece as the inbox shows it: as it was read, or as an edition printed it."""

    #: The id of its article, and the name of its page.
    name: str
    page: str
    headline: str
    source: str = ""
    #: How it begins, in some two lines.
    lines: str = ""
    section: str = ""
    language: str = ""
    verdict: str = ""
    #: Seconds since 1970: when it was read first, or the slot of its edition.
    at: float = 0.0
    #: The edition that printed it; empty for a piece as it was read.
    edition: str = ""
    #: The words that it is found by, besides the headline's.
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class InboxQuery:
    """Which entries an inbox shows; what is empty leaves nothing out."""

    sources: tuple[str, ...]
    #: Seconds since 1970; entries that were seen first by then are not shown, unless they are still new.
    since: float = 0.0
    states: tuple[EntryState, ...] = ()
    section: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class InboxEntry:
    """An entry with the pieces that were found on its page."""

    source: str
    entry: Seen
    pieces: tuple[FoundPiece, ...] = ()
