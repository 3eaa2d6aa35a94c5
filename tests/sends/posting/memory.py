"""A ledger in memory and a transport that does as it is told."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from types import SimpleNamespace

from briefing.errors import StoreError
from briefing.model.delivery import Addressee, Delivery, State
from briefing.model.mail import Letter
from briefing.model.subscriber import Subscriber
from briefing.sends.letters.signing_pool import SigningPool
from briefing.sends.posting.loop import Posting
from briefing.sends.posting.retry_settings import PostingSettings


@dataclass
class MemoryLedger:
    """Keeps what the posting loop hands in."""

    readers: list[Subscriber]
    outcomes: dict[int, list] = field(default_factory=dict)
    left: set[int] = field(default_factory=set)
    waiting: dict[int, tuple[float, str]] = field(default_factory=dict)
    goes_on: bool = True
    full: bool = False
    commits: list[tuple[int, int]] = field(default_factory=list)
    #: Refusals that count against their readers, and readers whose letter stays open.
    counted: list = field(default_factory=list)
    reopened: list[int] = field(default_factory=list)
    #: Readers whose letter is on its way, as far as was written down.
    leaving: set[int] = field(default_factory=set)
    #: How often each letter was tried before.
    tries: int = 0

    def pending(self, after, limit):
        waiting = [one for one in self.readers if one.id > after]
        return [Addressee(reader=one, tries=self.tries) for one in waiting][:limit]

    def due(self, now, limit):
        return []

    def put_off(self, readers, until, why):
        self.waiting.update(dict.fromkeys(readers, (until, why)))

    def count(self, outcomes, now):
        self.counted += outcomes

    def reopen(self, readers, due, why):
        self.reopened += readers

    def commit(self, intents, outcomes, now):
        if self.full:
            raise StoreError("the disk is full")
        self.commits.append((len(intents), len(outcomes)))
        for outcome in outcomes:
            self.outcomes.setdefault(outcome.reader, []).append(outcome)
            self.leaving.discard(outcome.reader)
        granted = frozenset(intents) - self.left if self.goes_on else None
        self.leaving |= granted or frozenset()
        return granted


@dataclass
class Way:
    """A transport that answers by a function of the recipient."""

    answer: Callable[[Letter], Delivery]
    connections: int = 4
    opened: int = 0
    sent: list[str] = field(default_factory=list)

    async def open(self):
        self.opened += 1
        return self

    async def post(self, letter, may_end=None, following=None):
        await asyncio.sleep(0)
        if may_end is not None and not await may_end:
            return Delivery(recipient=letter.recipient, state=State.SKIPPED)
        self.sent.append(letter.recipient)
        return self.answer(letter)

    async def close(self):
        pass


def readers(count, domain="example.net"):
    return [Subscriber(id=n, email=f"r{n}@{domain}", ref=f"{n:016x}") for n in range(1, count + 1)]


def write(reader, variant=0):
    date = datetime(2026, 11, 23, tzinfo=UTC)
    return Letter(recipient=reader.email, sender="d@e.org", message_id="<1@e>", date=date, wire=b"")


def posted(letter):
    return Delivery(recipient=letter.recipient, state=State.POSTED)


def run(
    ledger,
    way,
    *,
    settings=None,
    clock=lambda: 1000.0,
    began=1000.0,
    write=write,
    **more,
):
    settings = settings or PostingSettings()
    pool = SigningPool(SimpleNamespace(write=write))
    posting = Posting(ledger, way, pool, settings, began=began, clock=clock, **more)
    return asyncio.run(posting.run())
