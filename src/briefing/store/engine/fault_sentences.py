"""What the drivers of both databases complain of, as sentences that say what to do."""

from typing import Any

_BUSY = "another program has been writing to it for too long. Stop that program, or try again"
_BY_STATEMENT = (
    "the pooler before it hands out connections by statement, and transactions are needed. Give "
    "this database pool_mode = transaction or session"
)
_READS_ONLY = (
    "it only reads now: a standby after a failover, or somebody made it so. Name the server that "
    "writes in [database] url, or wait until this one does; nothing was changed"
)


def meaning_of(fault: Any) -> str:
    """What a driver's complaint means, and what to do."""
    said = str(fault).strip() or type(fault).__name__
    for sign, meaning in (
        ("database is locked", _BUSY),
        ("lock timeout", _BUSY),
        ("transaction blocks not allowed in statement pooling", _BY_STATEMENT),
        ("in a read-only transaction", _READS_ONLY),
        ("during recovery", _READS_ONLY),
        ("disk is full", "the disk is full. Nothing was lost; make room and try again"),
        ("disk I/O error", "the disk does not take writes. Make room or mend it, then try again"),
        ("readonly", "it may not be written. Give this user the right to write it"),
        (
            "unable to open",
            "it cannot be opened. Give this user the right to its folder; where the file itself is lost or is "
            "no file, bring a copy back with `briefing restore FILE`",
        ),
        ("malformed", "it is damaged. Stop, and bring back a copy with `briefing restore`"),
        ("not a database", "this file is not a database. Bring back another: `briefing restore`"),
    ):
        if sign in said:
            return f"{meaning} ({said})."
    return f"{said}."
