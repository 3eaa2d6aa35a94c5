"""A call to a system of the house's own: what happened, and how telling it goes."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class OutgoingCall:
    """One event for one hook."""

    id: int
    #: The hook's name in config.toml.
    hook: str
    #: Names the event for ever, so that the other side counts it once.
    event: str
    #: Such as `edition.sent`.
    kind: str
    #: JSON.
    body: str
    #: When it happened; seconds since 1970.
    at: float
    tries: int = 0
    next_try: float = 0.0
    #: When it was taken; None while it waits, and for good when `given_up`.
    done: float | None = None
    given_up: bool = False
    #: What the other side said last.
    fault: str = ""
