"""A sender: one process that posts letters next to others."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Sender:
    """What `briefing status` shows of one."""

    #: Host, process and a few random digits; never used again.
    worker: str
    #: What it is posting; empty while it waits.
    edition: str
    #: Seconds since 1970 in UTC: since when it works, and when it was last heard of.
    since: float
    seen: float
    #: How many letters it has posted.
    posted: int
