"""Refusals of one run: what is said against a reader is believed only when others get through.

A relay that is set up wrong refuses everybody in words that sound like a reader's fault, a provider
does so when a day's limit is reached. So every refusal is held back for a while. When too many of the
last letters are refused, the run ends, and what is still held back was not the readers' fault: their
letters stay open. Else a refusal counts once enough letters came after it: as hard only when it names
the address by an enhanced code (RFC 3463) and its domain took others in this run, as passing when
only the relay took others.
"""

from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from briefing.model.delivery import Bounce, Delivery, Outcome, State
from briefing.model.reason import Reason
from briefing.sends.posting.ledger_port import LedgerPort
from briefing.sends.refusals.reasons import Judged, judged, spoken_status

#: So many answers are looked at together, and so many of one domain.
WINDOW, DOMAIN_WINDOW = 50, 25
#: Of those: refusals that speak of us or say nothing we know; refusals of all kinds; those of one
#: domain that speak of us.
MOST_AGAINST_US, MOST_REFUSED, MOST_OF_DOMAIN = 10, 25, 20
KEPT_OPEN = "refused while the relay refused too many; kept open"
#: Refusals that wait to be written down together.
_TOGETHER = 50


@dataclass(frozen=True, slots=True)
class _Held:
    outcome: Outcome
    domain: str
    #: Which answer it was, counted from 1.
    number: int
    bounce: Bounce | None


@dataclass(slots=True)
class Refusals:
    """Watches the answers of one run; calls come from one event loop."""

    ledger: LedgerPort
    clock: Callable[[], float]
    #: True when the relay took letters of this mailing in an earlier run.
    began_well: bool = False
    _answers: int = 0
    _took: set[str] = field(default_factory=set)
    #: Of the last answers: whether refused, and whether that speaks of us.
    _last: deque[tuple[bool, bool]] = field(default_factory=lambda: deque(maxlen=WINDOW))
    _by_domain: dict[str, deque[bool]] = field(default_factory=dict)
    _held: deque[_Held] = field(default_factory=deque)
    #: Those that count, until there are enough for one transaction.
    _counting: list[Outcome] = field(default_factory=list)
    _words: str = ""

    def taken(self, domain: str) -> None:
        """The relay took a letter for that domain."""
        self._answers += 1
        self._took.add(domain)
        self._last.append((False, False))
        if domain in self._by_domain:
            self._by_domain[domain].append(False)

    def refused(self, outcome: Outcome, domain: str) -> str | None:
        """The relay refused a letter for good; the outcome is held back.

        Returns:
            Why no more letters should leave; None while they may.
        """
        self._answers += 1
        said = judgement(outcome.delivery)
        against = said.reason.is_about_us or said.reason is Reason.UNKNOWN
        self._last.append((True, against))
        self._by_domain.setdefault(domain, deque(maxlen=DOMAIN_WINDOW)).append(against)
        # What ops are told names no reader, and relays repeat the address.
        recipient = outcome.delivery.recipient
        words = outcome.delivery.detail or outcome.delivery.status
        self._words = words.replace(recipient, "(the reader)") if recipient else words
        held = outcome._replace(reason=said.reason)
        self._held.append(_Held(held, domain, self._answers, _bounce(said, outcome.delivery)))
        why = self._why_stop()
        if why is None:
            self._count(self._settled(), at_least=_TOGETHER)
        return why

    def end(self, *, paused: bool) -> str | None:
        """Face what is still held back when the run is over: let it count, or keep letters open.

        Args:
            paused: the run was stopped because we are refused.

        Returns:
            Why the mailing should be paused, where the run itself did not see it.
        """
        self._count(self._settled(), at_least=1)
        why = None if paused else self._why_none()
        held = tuple(self._held)
        self._held.clear()
        if not paused and why is None:
            self._count(self._counted(held), at_least=1)
        elif held:
            self.ledger.reopen([one.outcome.reader for one in held], self.clock(), KEPT_OPEN)
        return why

    def _count(self, outcomes: list[Outcome], at_least: int) -> None:
        """Have refusals count against their readers, many in one transaction."""
        self._counting += outcomes
        if len(self._counting) >= at_least:
            told, self._counting = self._counting, []
            self.ledger.count(told, self.clock())

    def _why_stop(self) -> str | None:
        refused = sum(one for one, _ in self._last)
        against = sum(one for _, one in self._last)
        if against >= MOST_AGAINST_US or refused >= MOST_REFUSED:
            return self._told(refused, f"the last {len(self._last)}")
        held = self._held[-1] if self._held else None
        if held is not None and held.number == self._answers:
            of_domain = self._by_domain[held.domain]
            if sum(of_domain) >= MOST_OF_DOMAIN:
                return self._told(sum(of_domain), f"the last {len(of_domain)} to {held.domain}")
        return None

    def _why_none(self) -> str | None:
        """Why a run that came to its end is not a proof: the relay took nothing and spoke of us."""
        # Words without a code prove nothing where the relay has taken nothing.
        doubted = any(against for _, against in self._last) or any(
            not _is_numbered(one.outcome.delivery) for one in self._held
        )
        if self._took or self.began_well or not doubted:
            return None
        return self._told(len(self._held), f"all {len(self._held)}")

    def _settled(self) -> list[Outcome]:
        """Refusals that so many answers came after that they count now; each is given once."""
        ripe: list[_Held] = []
        while self._held and self._held[0].number <= self._answers - WINDOW:
            ripe.append(self._held.popleft())
        return self._counted(ripe)

    def _told(self, count: int, of: str) -> str:
        return (
            f"the relay refused {count} of {of} letters, the last with: {self._words}. Ask "
            "whoever runs it; no reader has left the list for it"
        )

    def _counted(self, held: Iterable[_Held]) -> list[Outcome]:
        found = [one.outcome._replace(bounce=self._proven(one)) for one in held]
        return [outcome for outcome in found if outcome.bounce is not None]

    def _proven(self, held: _Held) -> Bounce | None:
        if held.bounce is None or not self._took:
            return None
        return held.bounce if held.domain in self._took else Bounce.SOFT


def judgement(delivery: Delivery) -> Judged:
    """What a relay's refusal speaks of, by its own words only."""
    return judged(delivery.detail or delivery.status)


def _bounce(said: Judged, delivery: Delivery) -> Bounce | None:
    """What a refusal would say of the address, if it were proven."""
    if delivery.state is not State.BOUNCED or said.reason.is_about_us:
        return None
    if said.reason is Reason.UNKNOWN:
        return None
    sure = said.reason in (Reason.MAILBOX_UNKNOWN, Reason.HOST_UNKNOWN)
    return Bounce.HARD if sure and said.is_plain and _is_numbered(delivery) else Bounce.SOFT


def _is_numbered(delivery: Delivery) -> bool:
    """True when the relay gave an enhanced code that is more than a general one."""
    status = spoken_status(delivery.detail) if delivery.detail else delivery.status
    return bool(status) and not status.endswith(".0.0")
