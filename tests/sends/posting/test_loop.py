"""The posting loop, with a ledger in memory and transports that do as they are told."""

import asyncio
from dataclasses import dataclass

import pytest
from tests.sends.posting.memory import MemoryLedger, Way, posted, readers, run

from briefing.errors import StoreError, TransportError
from briefing.model.delivery import Bounce, Delivery, State
from briefing.model.subscriber import Subscriber
from briefing.sends.posting import loop
from briefing.sends.posting.retry_settings import PostingSettings


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
        ledger = MemoryLedger(readers(1), tries=tries)
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
    ("words", "bounce"),
    [
        ("550 5.1.1 no such user", Bounce.HARD),
        ("550 5.1.2 unknown domain", Bounce.HARD),
        ("552 5.2.2 mailbox full", Bounce.SOFT),
        ("550 5.2.1 mailbox disabled", Bounce.SOFT),
        ("550 no such user", Bounce.SOFT),
        ("550 5.7.1 no such user", Bounce.SOFT),
        ("550 5.1.1 sender verify failed", None),
        ("550 5.7.1 refused by policy", None),
        ("554 5.6.0 spam", None),
        ("550 5.0.0 no", None),
        ("550 no", None),
    ],
)
def test_only_a_refusal_of_the_address_counts_against_the_reader(words, bounce):
    def refused(letter):
        if letter.recipient != "r3@example.net":
            return posted(letter)
        return Delivery(recipient=letter.recipient, state=State.BOUNCED, detail=words)

    ledger = MemoryLedger(readers(5))
    assert run(ledger, Way(refused)).stopped is None
    assert [one.bounce for one in ledger.counted] == ([bounce] if bounce else [])
    assert ledger.outcomes[3][0].delivery.state is State.BOUNCED
    assert ledger.reopened == []


def test_a_refusal_counts_only_as_passing_where_its_domain_took_nobody():
    def answer(letter):
        if letter.recipient.endswith("example.net"):
            return posted(letter)
        words = "550 5.1.1 no such user"
        return Delivery(recipient=letter.recipient, state=State.BOUNCED, detail=words)

    alone = Subscriber(id=99, email="ann@alone.example", ref="f" * 16)
    ledger = MemoryLedger([*readers(5), alone])
    run(ledger, Way(answer))
    assert [(one.reader, one.bounce) for one in ledger.counted] == [(99, Bounce.SOFT)]


#: What relays say to every letter; none of it is about a reader.
RELAYS = [
    "550 relay not permitted",
    "554 <r1@example.net>: Relay access denied",
    "550 Invalid recipient: <r1@example.net>",
    "550 Administrative prohibition",
    "553 5.1.8 Domain of sender address does not exist",
    "550 5.4.5 Daily sending limit exceeded",
    "550 Sending quota exceeded",
    "550 5.1.1 sender verify failed",
    "550 5.1.1 user unknown",
    "550 Message rejected as spam",
    "552 5.3.4 Message too big",
    "550 5.7.1 blocked",
    "550 no",
]


@pytest.mark.parametrize("good", [0, 60])
@pytest.mark.parametrize("words", RELAYS)
def test_a_relay_that_refuses_everybody_pauses_and_costs_no_reader(words, good):
    def answer(letter):
        if int(letter.recipient[1:].partition("@")[0]) <= good:
            return posted(letter)
        return Delivery(recipient=letter.recipient, state=State.BOUNCED, detail=words)

    ledger, way = MemoryLedger(readers(400)), Way(answer)
    ended = run(ledger, way)
    assert ended.refused
    assert "relay refused" in ended.stopped
    assert words.partition("<")[0] in ended.stopped
    assert ledger.counted == []
    assert len(way.sent) <= good + 30
    refused = [one for one in way.sent if int(one[1:].partition("@")[0]) > good]
    assert len(ledger.reopened) == len(refused)


def test_a_host_that_refuses_us_pauses_although_the_others_take_letters():
    def answer(letter):
        if letter.recipient.endswith("example.net"):
            return posted(letter)
        words = "550 5.7.1 your network is blocked"
        return Delivery(recipient=letter.recipient, state=State.BOUNCED, detail=words)

    # One in ten: never a fifth of the last fifty.
    many = [
        Subscriber(id=n, email=f"r{n}@{'blocks.example' if n % 10 == 0 else 'example.net'}", ref="")
        for n in range(1, 1_001)
    ]
    ledger = MemoryLedger(many)
    ended = run(ledger, Way(answer))
    assert ended.refused
    assert "blocks.example" in ended.stopped
    assert ledger.counted == []


def test_dead_addresses_among_living_ones_do_not_pause_and_are_counted_on_the_way():
    def answer(letter):
        if int(letter.recipient[1:].partition("@")[0]) % 5:
            return posted(letter)
        words = "550 5.1.1 no such user"
        return Delivery(recipient=letter.recipient, state=State.BOUNCED, detail=words)

    ledger = MemoryLedger(readers(1_000))
    assert run(ledger, Way(answer)).stopped is None
    assert len(ledger.counted) == 200
    assert {one.bounce for one in ledger.counted} == {Bounce.HARD}


def test_a_small_run_in_which_the_relay_took_nobody_pauses_at_its_end():
    def refused(letter):
        return Delivery(recipient=letter.recipient, state=State.BOUNCED, detail="550 not permitted")

    ledger = MemoryLedger(readers(3))
    ended = run(ledger, Way(refused))
    assert ended.refused
    assert sorted(ledger.reopened) == [1, 2, 3]
    again = MemoryLedger(readers(3))
    assert not run(again, Way(refused), began_well=True).refused
    assert (again.counted, again.reopened) == ([], [])


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


@dataclass
class OneAtATime(Way):
    """A relay that takes one connection at a time, as Postfix does where it is told to."""

    inside: int = 0

    async def open(self):
        await super().open()
        if self.inside:
            raise TransportError("421 4.7.0 too many connections", is_throttling=True)
        self.inside += 1
        return self

    async def close(self):
        self.inside -= 1
        await asyncio.sleep(0)


@pytest.mark.parametrize("count", [1, 3, 5, 40])
def test_a_letter_in_a_hand_that_gets_no_connection_is_left_to_those_that_have_one(
    monkeypatch, count
):
    monkeypatch.setattr(loop, "_OPENING_WAIT", 0.0001)
    ledger, way = MemoryLedger(readers(count)), OneAtATime(posted, connections=6)
    assert run(ledger, way).stopped is None
    assert len(way.sent) == len(set(way.sent)) == count
    assert way.inside == 0


def test_a_relay_that_goes_away_in_mid_run_ends_the_run_with_its_words(monkeypatch):
    monkeypatch.setattr(loop, "_OPENING_WAIT", 0.0001)

    class Going(Way):
        async def open(self):
            if len(self.sent) >= 20:
                raise TransportError("connection refused")
            return await super().open()

    def lost_at_last(letter):
        if len(way.sent) >= 20:
            raise TransportError("reset")
        return posted(letter)

    ledger, way = MemoryLedger(readers(500)), Going(lost_at_last)
    assert run(ledger, way).stopped == "connection refused"
    assert len(way.sent) < 30
