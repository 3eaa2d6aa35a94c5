"""The posting loop, with a ledger in memory and transports that do as they are told."""

import asyncio
from dataclasses import dataclass, field
from datetime import UTC, datetime
from types import SimpleNamespace

import pytest

from briefing.errors import StoreError, TransportError
from briefing.model.delivery import Addressee, Bounce, Delivery, State
from briefing.model.mail import Letter
from briefing.model.subscriber import Subscriber
from briefing.sends import Posting, PostingSettings, SigningPool


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
    #: Readers whose letter is on its way, as far as was written down.
    leaving: set[int] = field(default_factory=set)

    def pending(self, after, limit):
        return [Addressee(reader=one) for one in self.readers if one.id > after][:limit]

    def due(self, now, limit):
        return []

    def put_off(self, readers, until, why):
        self.waiting.update(dict.fromkeys(readers, (until, why)))

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

    answer: object
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


def write(reader):
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


def test_every_reader_gets_one_letter_and_one_outcome():
    ledger, way = MemoryLedger(readers(1_203)), Way(posted)
    assert run(ledger, way).stopped is None
    assert sorted(way.sent) == sorted(reader.email for reader in ledger.readers)
    assert all(len(outcomes) == 1 for outcomes in ledger.outcomes.values())
    assert len(ledger.outcomes) == 1_203


def test_no_more_letters_are_without_an_outcome_than_there_are_connections():
    ledger = MemoryLedger(readers(100))
    most = 0

    def answer(letter):
        nonlocal most
        granted = sum(intents for intents, _ in ledger.commits)
        most = max(most, granted - sum(outcomes for _, outcomes in ledger.commits))
        return posted(letter)

    run(ledger, Way(answer, connections=4))
    assert 0 < most <= 4


def test_a_reader_who_left_before_the_claim_gets_nothing():
    ledger, way = MemoryLedger(readers(20), left={3, 7}), Way(posted)
    run(ledger, way)
    assert len(way.sent) == 18
    assert not {"r3@example.net", "r7@example.net"} & set(way.sent)


def test_a_pause_lets_nothing_more_leave():
    ledger, way = MemoryLedger(readers(20), goes_on=False), Way(posted)
    assert "paused" in run(ledger, way).stopped
    assert way.sent == []


def test_a_ledger_that_cannot_be_written_stops_everything_before_a_letter_leaves():
    ledger, way = MemoryLedger(readers(20), full=True), Way(posted)
    with pytest.raises(StoreError, match="disk is full"):
        run(ledger, way)
    assert way.sent == []


def test_a_letter_refused_for_now_is_due_again_later_and_later():
    def deferred(letter):
        return Delivery(recipient=letter.recipient, state=State.DEFERRED, status="4.2.0")

    waits = []
    for tries in range(8):
        ledger = MemoryLedger(readers(1))
        ledger.pending = lambda after, limit, tries=tries: (
            [Addressee(reader=readers(1)[0], tries=tries)] if after < 1 else []
        )
        run(ledger, Way(deferred))
        waits.append(ledger.outcomes[1][0].due - 1000.0)
    assert waits == [300, 600, 1200, 2400, 4800, 9600, 14400, 14400]


def test_a_letter_is_given_up_when_its_life_is_over():
    def deferred(letter):
        return Delivery(recipient=letter.recipient, state=State.DEFERRED, detail="451 later")

    ledger = MemoryLedger(readers(1))
    run(ledger, Way(deferred), began=1000.0 - 172_800.0)
    (outcome,) = ledger.outcomes[1]
    assert outcome.delivery.state is State.BOUNCED
    assert "given up" in outcome.delivery.detail
    assert outcome.bounce is None


@pytest.mark.parametrize(
    ("policy", "state", "due"), [("resend", State.DEFERRED, 1300.0), ("hold", State.IN_DOUBT, None)]
)
def test_a_doubt_is_marked_and_answered_as_config_says(policy, state, due):
    def unseen(letter):
        return Delivery(recipient=letter.recipient, state=State.IN_DOUBT)

    ledger = MemoryLedger(readers(1))
    run(ledger, Way(unseen), settings=PostingSettings(on_doubt=policy))
    (outcome,) = ledger.outcomes[1]
    assert (outcome.delivery.state, outcome.due, outcome.doubtful) == (state, due, True)


@pytest.mark.parametrize(
    ("status", "bounce"),
    [("5.1.1", Bounce.HARD), ("5.2.1", Bounce.HARD), ("5.2.2", Bounce.SOFT), ("5.7.1", None)],
)
def test_only_a_refusal_of_the_address_counts_against_the_reader(status, bounce):
    def refused(letter):
        return Delivery(recipient=letter.recipient, state=State.BOUNCED, status=status)

    ledger = MemoryLedger(readers(1))
    run(ledger, Way(refused))
    assert ledger.outcomes[1][0].bounce is bounce


def test_a_relay_that_refuses_us_is_stopped_within_fifty_letters():
    def refused(letter):
        return Delivery(recipient=letter.recipient, state=State.BOUNCED, status="5.7.1")

    ledger, way = MemoryLedger(readers(1_000)), Way(refused)
    ended = run(ledger, way)
    assert ended.refused
    assert "relay refused" in ended.stopped
    assert len(way.sent) <= 50


def test_a_no_for_good_pauses_at_once():
    def never(letter):
        raise TransportError("the sender is refused", permanent=True)

    ledger, way = MemoryLedger(readers(1_000)), Way(never)
    ended = run(ledger, way)
    assert (ended.refused, ended.stopped) == (True, "the sender is refused")
    assert len(way.sent) <= way.connections
    assert all(one[0].delivery.state is State.DEFERRED for one in ledger.outcomes.values())


def test_a_lost_connection_is_opened_again():
    calls = 0

    def flaky(letter):
        nonlocal calls
        calls += 1
        if calls % 10 == 0:
            raise TransportError("reset")
        return posted(letter)

    ledger, way = MemoryLedger(readers(100)), Way(flaky, connections=2)
    assert run(ledger, way).stopped is None
    assert way.opened > 2
    states = [outcomes[0].delivery.state for outcomes in ledger.outcomes.values()]
    assert len(states) == 100
    assert states.count(State.DEFERRED) == calls // 10
