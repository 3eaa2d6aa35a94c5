"""Rate limits: no more letters in any stretch of time than the relay and the mailbox hosts allow.

What is allowed is kept as tokens outside this process, so that several senders share it and a
restart forgets nothing. Tokens come in lots: few questions, and no more than one lot is lost when a
sender dies.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Protocol

from briefing.model.delivery import Delivery, State
from briefing.model.limit import STEP, Limit, Rate, Taken

#: Of a rate's time, how long a lot may be used.
_USE = 1 / 40
#: Seconds until tokens that others hold may be free after all, and the longest wait without asking.
_SOON, _LONG = 0.01, 1.0
_DAY = 86_400.0


class TokenSource(Protocol):
    """Tokens of every limit, shared by all senders. Times are seconds since 1970."""

    def take(self, limit: Limit, now: float) -> Taken:
        """Take one token, if one is free."""
        ...

    def slow(self, scope: str, now: float) -> None:
        """Halve the share of a limit that is in use; at most every `STEP` seconds."""
        ...

    def quicken(self, scope: str, now: float) -> None:
        """Use a little more of a limit again; at most every `STEP` seconds."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class WarmUp:
    """How many letters a day a sender that nobody knows yet may send to each group of domains."""

    begins: date
    #: For the first day, the second and so on; after the last there is no limit.
    letters: Sequence[int]

    def limit(self, group: str, now: float) -> Limit | None:
        """The day's limit, by UTC."""
        today = datetime.fromtimestamp(now, UTC).date()
        day = (today - self.begins).days
        if not 0 <= day < len(self.letters):
            return None
        # Its tokens are never used again: tomorrow's have another name.
        return Limit(f"warm-up {today} {group}", Rate(self.letters[day], 2 * _DAY))


@dataclass(slots=True)
class _TokenBucket:
    """What is at hand of one limit."""

    limit: Limit
    letters: int = 0
    #: How many of them are kept for letters that are about to leave.
    held: int = 0
    spoils: float = 0.0
    ask_at: float = 0.0
    share: float = 1.0
    stepped: float = field(default=0.0)

    def wait(self, tokens: TokenSource, now: float) -> float:
        if self.letters > self.held and now < self.spoils:
            return 0.0
        if now < self.ask_at:
            return self.ask_at - now
        taken = tokens.take(self.limit, now)
        self.share = taken.share
        if taken.granted:
            self.letters = self.held + self.limit.lot
            self.spoils = now + self.limit.rate.seconds * _USE
            return 0.0
        self.ask_at = now + min(max(taken.wait, _SOON), _LONG)
        return self.ask_at - now


class RateLimiter:
    """Knows when the next letter may leave. Times are seconds since 1970."""

    def __init__(
        self,
        tokens: TokenSource | None = None,
        relay: Rate | None = None,
        domains: Mapping[str, Rate] | None = None,
        groups: Mapping[str, Sequence[str]] | None = None,
        warm_up: WarmUp | None = None,
    ) -> None:
        """Set the limits.

        Args:
            tokens: where they are counted; without, there are none.
            relay: for all letters together.
            domains: for readers' domains or groups of them, lower case; `*` is for every domain and
                group that is not named.
            groups: domains of one mailbox host, by the group's name.
            warm_up: for a sender that nobody knows yet.
        """
        self._tokens = tokens
        self._relay = _TokenBucket(Limit("relay", relay)) if relay else None
        self._rates, self._warm_up = dict(domains or {}), warm_up
        self._groups = {domain: name for name, of in (groups or {}).items() for domain in of}
        self._buckets: dict[str, _TokenBucket] = {}
        #: True when there are no limits.
        self.is_free = tokens is None or not (relay or domains or warm_up)

    def wait(self, domain: str, now: float) -> float:
        """Seconds until a letter to that domain may leave; 0 for now."""
        if self.is_free or self._tokens is None:
            return 0.0
        # All are asked in turn: what one has got spoils while another is waited for.
        for bucket in self._its(domain, now):
            wait = bucket.wait(self._tokens, now)
            if wait > 0:
                return wait
        return 0.0

    def relay_wait(self, now: float) -> float:
        """Seconds until any letter may leave."""
        if self._relay is None or self._tokens is None:
            return 0.0
        return self._relay.wait(self._tokens, now)

    def closed(self, domain: str, now: float) -> tuple[float, str] | None:
        """Until when a domain takes no more letters today, and why; None when it takes some."""
        if self._warm_up is None or self._tokens is None:
            return None
        limit = self._warm_up.limit(self._group(domain) or "others", now)
        if limit is None or self._bucket(limit).wait(self._tokens, now) <= 0:
            return None
        tomorrow = datetime.fromtimestamp(now, UTC).date() + timedelta(days=1)
        midnight = datetime(tomorrow.year, tomorrow.month, tomorrow.day, tzinfo=UTC)
        return midnight.timestamp(), f"{limit.scope}: {limit.rate.count} letters have left today"

    def hold(self, domain: str, now: float) -> None:
        """Keep a place for a letter that is about to leave."""
        for bucket in self._its(domain, now):
            bucket.held += 1

    def release(self, domain: str, now: float) -> None:
        """Give the place back: the letter does not leave."""
        for bucket in self._its(domain, now):
            bucket.held = max(0, bucket.held - 1)

    def leaves(self, domain: str, now: float) -> None:
        """The letter for which a place was held leaves now."""
        for bucket in self._its(domain, now):
            bucket.held = max(0, bucket.held - 1)
            bucket.letters = max(0, bucket.letters - 1)

    def heard(self, domain: str, delivery: Delivery, now: float) -> None:
        """Heed what became of a letter: who is asked for less sends less, and slowly more again."""
        if self.is_free or self._tokens is None:
            return
        if is_throttling(delivery):
            # 421 and 454 are the relay's own (RFC 5321 section 3.8, RFC 4954); the rest may be its peers'.
            bucket = self._slowed(domain, by_relay=delivery.detail.startswith(("421", "454")))
            if bucket is not None and now - bucket.stepped >= STEP:
                bucket.stepped = now
                self._tokens.slow(bucket.limit.scope, now)
        elif delivery.state is State.POSTED:
            for bucket in self._its(domain, now):
                if bucket.share < 1 and now - bucket.stepped >= STEP:
                    bucket.stepped = now
                    self._tokens.quicken(bucket.limit.scope, now)

    def turned_away(self, now: float) -> None:
        """Heed that the relay answered 421 instead of a greeting."""
        if self._relay is not None and self._tokens is not None:
            self._tokens.slow(self._relay.limit.scope, now)

    def _slowed(self, domain: str, *, by_relay: bool) -> _TokenBucket | None:
        limit = self._limit(domain)
        host = self._bucket(limit) if limit else None
        return (self._relay or host) if by_relay else (host or self._relay)

    def _its(self, domain: str, now: float) -> Iterator[_TokenBucket]:
        if self.is_free:
            return
        if self._relay is not None:
            yield self._relay
        if (limit := self._limit(domain)) is not None:
            yield self._bucket(limit)
        if self._warm_up is not None:
            limit = self._warm_up.limit(self._group(domain) or "others", now)
            if limit is not None:
                yield self._bucket(limit)

    def _group(self, domain: str) -> str | None:
        return self._groups.get(domain)

    def _limit(self, domain: str) -> Limit | None:
        group = self._group(domain)
        for scope in (domain, group):
            if scope is not None and (rate := self._rates.get(scope)) is not None:
                return Limit(scope, rate)
        rate = self._rates.get("*")
        return Limit(group or domain, rate) if rate else None

    def _bucket(self, limit: Limit) -> _TokenBucket:
        if limit.scope not in self._buckets:
            self._buckets[limit.scope] = _TokenBucket(limit)
        return self._buckets[limit.scope]


def is_throttling(delivery: Delivery) -> bool:
    """True for 421, 454 and 4.7.x: not this letter is refused, but so many at once."""
    if delivery.state is not State.DEFERRED:
        return False
    return delivery.detail.startswith(("421", "454")) or delivery.status.startswith("4.7.")
