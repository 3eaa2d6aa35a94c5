"""The only place that asks what time it is; everything else is handed a time."""

from collections.abc import Callable
from datetime import UTC, datetime

#: A clock is anything that returns an aware datetime when called. Tests pass a fixed one.
Clock = Callable[[], datetime]


def utc_now() -> datetime:
    """The present moment, aware, in UTC."""
    return datetime.now(tz=UTC)
