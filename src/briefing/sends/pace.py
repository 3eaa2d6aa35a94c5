"""Pace: no more letters in any stretch of time than the relay and the mailbox hosts allow."""

import re
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

_UNITS = {"s": 1.0, "min": 60.0, "h": 3_600.0, "d": 86_400.0}


@dataclass(frozen=True, slots=True)
class Rate:
    """At most `count` letters in any `seconds`."""

    count: int
    seconds: float

    @classmethod
    def parse(cls, written: str) -> "Rate":
        """Read `14/s`, `600/min`, `1000/h` or `50000/d`.

        Raises:
            ValueError: for anything else.
        """
        found = re.fullmatch(r"\s*([1-9]\d{0,8})\s*/\s*(s|min|h|d)\s*", written)
        if found is None:
            raise ValueError(f"{written!r} is no rate; write for instance 14/s, 600/min or 1000/h")
        return cls(int(found[1]), _UNITS[found[2]])


#: Seconds until somebody who holds a place in a window may have used it or given it back.
_SOON = 0.01


@dataclass(slots=True)
class _Window:
    """When the last letters left, as many as the rate counts, and how many are about to."""

    rate: Rate
    times: deque[float] = field(init=False)
    held: int = 0

    def __post_init__(self) -> None:
        self.times = deque(maxlen=self.rate.count)

    def wait(self, now: float) -> float:
        free = self.rate.count - self.held
        if free <= 0:
            return _SOON
        if len(self.times) < free:
            return 0.0
        return max(0.0, self.times[len(self.times) - free] + self.rate.seconds - now)


class Pace:
    """Knows when the next letter may leave. Times are seconds since 1970."""

    def __init__(
        self, relay: Rate | None = None, domains: Mapping[str, Rate] | None = None
    ) -> None:
        """Set the limits.

        Args:
            relay: for all letters together.
            domains: for readers' domains, lower case; `*` is for every domain not named.
        """
        self._relay = _Window(relay) if relay else None
        self._rates = dict(domains or {})
        self._domains: dict[str, _Window] = {}

    @property
    def longest(self) -> float:
        """How far back the limits look, in seconds; 0 without limits."""
        rates = [window.rate for window in (self._relay,) if window] + [*self._rates.values()]
        return max((rate.seconds for rate in rates), default=0.0)

    def remember(self, tried: Iterable[tuple[float, str]]) -> None:
        """Take over what left before this process began, oldest first, with its domain."""
        for at, domain in tried:
            self.note(domain, at)

    def wait(self, domain: str, now: float) -> float:
        """Seconds until a letter to that domain may leave; 0 for now."""
        mine = self._window(domain)
        return max(self.relay_wait(now), mine.wait(now) if mine else 0.0)

    def relay_wait(self, now: float) -> float:
        """Seconds until any letter may leave."""
        return self._relay.wait(now) if self._relay else 0.0

    def hold(self, domain: str) -> None:
        """Keep a place for a letter that is about to leave."""
        for window in self._windows(domain):
            window.held += 1

    def release(self, domain: str) -> None:
        """Give the place back: the letter does not leave."""
        for window in self._windows(domain):
            window.held -= 1

    def leaves(self, domain: str, now: float) -> None:
        """The letter for which a place was held leaves now."""
        self.release(domain)
        self.note(domain, now)

    def note(self, domain: str, now: float) -> None:
        """Count a letter that left at that time."""
        for window in self._windows(domain):
            window.times.append(now)

    def _windows(self, domain: str) -> Iterator[_Window]:
        for window in (self._relay, self._window(domain)):
            if window:
                yield window

    def _window(self, domain: str) -> _Window | None:
        rate = self._rates.get(domain) or self._rates.get("*")
        if rate is None:
            return None
        if domain not in self._domains:
            self._domains[domain] = _Window(rate)
        return self._domains[domain]
