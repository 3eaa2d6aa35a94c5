"""A domain report: what a receiver saw of mail in our name, or of sessions with our mail servers."""

from dataclasses import dataclass
from enum import StrEnum


class ReportKind(StrEnum):
    """What a domain report is about."""

    #: Letters that had our domain in From (RFC 7489 section 7.2).
    DMARC = "dmarc"
    #: Sessions of those who send to us (RFC 8460).
    TLS = "tls"


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceLine:
    """What a receiver saw of one source, by one result."""

    #: The IP address that letters came from; for TLS the host that sessions were opened to.
    source: str
    #: Letters, or sessions.
    count: int
    #: DMARC passed; the session was encrypted as our policy asks.
    passed: bool
    #: A signature, or the return path, is aligned with From and holds; False for TLS.
    dkim: bool = False
    spf: bool = False
    #: What the receiver did (none, quarantine, reject), or how the session failed (RFC 8460 section 4.3).
    result: str = ""
    #: Which domains signed and sent, in words.
    detail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DomainReport:
    """One report on one domain of ours. Anybody may write one: it is told as the receiver's word."""

    kind: ReportKind
    organisation: str
    #: The receiver's name for it, by which a second copy is known.
    report_id: str
    domain: str
    #: Seconds since 1970.
    begins: float
    ends: float
    #: What our domain asked for then, such as `p=none`.
    policy: str
    lines: tuple[SourceLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceTotals:
    """One source over a time, by the reports of all receivers."""

    domain: str
    source: str
    count: int
    passed: int
    dkim: int
    spf: int
    #: What was done or how it failed, each with its count, most first.
    results: tuple[tuple[str, int], ...]
    #: Of the newest report's line that did not pass, else of any.
    detail: str
    #: Who reported it.
    organisations: tuple[str, ...]
    #: When it was seen last; seconds since 1970.
    last: float

    @property
    def share(self) -> float:
        """How much of it passed; 1.0 is all."""
        return self.passed / self.count if self.count else 0.0
