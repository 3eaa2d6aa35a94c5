"""Following a counted link: where it leads, and whether a person or a machine went there."""

import re
import threading
from collections import defaultdict, deque
from dataclasses import dataclass, field

from briefing.actions.context import Desk
from briefing.emails import mark_of
from briefing.errors import SubscriberError

_LINK = re.compile(r"([1-9]\d{0,4})-([0-9a-f]{8})")
_MACHINES = re.compile(
    r"bot|crawl|spider|scan|prefetch|preview|proxy|fetch|monitor|security|safelinks|barracuda|"
    r"mimecast|proofpoint|curl|wget|python|java/|go-http|okhttp|headless",
    re.IGNORECASE,
)
#: So many different links of one edition, from one network within so many seconds, are a scanner's.
_BURST, _WITHIN = 3, 10.0
#: Networks remembered at once, newest first.
_NETWORKS = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Follow:
    """Somebody who follows a link. Nothing of this is kept."""

    edition: str
    #: The last part of the link: its number and the mark of where it leads.
    link: str
    method: str
    agent: str
    #: True when the browser said that nobody has asked for it yet.
    is_prefetch: bool
    network: str


@dataclass
class ClickFilter:
    """Counts who passes. What it remembers of networks lives ten seconds, in memory alone."""

    _passed: dict[str, deque[tuple[float, str, int]]] = field(
        default_factory=lambda: defaultdict(deque)
    )
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def follow(self, desk: Desk, who: Follow) -> str:
        """Where the link leads; it is counted on the way, if config.toml says so.

        Raises:
            SubscriberError: when there is no such link.
        """
        found = _LINK.fullmatch(who.link)
        number = int(found[1]) if found else 0
        address = desk.store.clicks.address(who.edition, number) if number else None
        if found is None or address is None or mark_of(address) != found[2]:
            raise SubscriberError("There is no such link here.")
        if desk.config.public.count_clicks:
            self._count(desk, who, number)
        return address

    def _count(self, desk: Desk, who: Follow, number: int) -> None:
        now = desk.clock().timestamp()
        hour = int(now // 3600)
        machine = who.method != "GET" or who.is_prefetch or not who.agent
        machine = machine or bool(_MACHINES.search(who.agent))
        taken_for_people: list[tuple[int, int]] = []
        if not machine:
            machine, taken_for_people = self._burst(who, number, now)
        for its_hour, earlier in taken_for_people:
            desk.store.clicks.count(who.edition, earlier, its_hour, machine=False, by=-1)
            desk.store.clicks.count(who.edition, earlier, its_hour, machine=True)
        desk.store.clicks.count(who.edition, number, hour, machine=machine)

    def _burst(self, who: Follow, number: int, now: float) -> tuple[bool, list[tuple[int, int]]]:
        """Whether this one is of a burst, and what was taken for a person's clicks until then.

        Those are hours and links.
        """
        with self._lock:
            if who.network not in self._passed and len(self._passed) >= _NETWORKS:
                self._passed.pop(next(iter(self._passed)))
            passed = self._passed[who.network]
            while passed and passed[0][0] < now - _WITHIN:
                passed.popleft()
            before = [
                (int(at // 3600), link) for at, edition, link in passed if edition == who.edition
            ]
            passed.append((now, who.edition, number))
            different = {link for _, link in before}
            if len({*different, number}) < _BURST:
                return False, []
            # The first of a burst takes the earlier ones back; those after it were counted right.
            return True, before if len(different) < _BURST else []
