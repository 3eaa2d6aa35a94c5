"""A letter in doubt: who may know is asked first, and only then does the policy decide."""

from dataclasses import dataclass, field
from typing import Literal

import pytest
from tests.sends.posting.memory import MemoryLedger, Way, posted, readers, run

from briefing.model.delivery import Addressee, Delivery, State
from briefing.sends.posting.retry_settings import PostingSettings
from briefing.sends.resolvers import DoubtVerdict, NoResolver, Resolution


@dataclass
class Knows:
    """Knows what became of some letters."""

    of: dict[str, DoubtVerdict] = field(default_factory=dict)
    patience: float | None = 10.0

    def ask(self, doubts):
        known = {one.message_id: self.of.get(one.message_id) for one in doubts}
        return {name: Resolution(said, "says the log") for name, said in known.items() if said}


@dataclass
class WithDoubts(MemoryLedger):
    """A ledger in which every letter was tried before and is in doubt."""

    settled: dict[int, tuple[State, bool]] = field(default_factory=dict)
    at: float = 5.0

    def pending(self, after, limit):
        return []

    def due(self, now, limit):
        gone = {n for n, (state, _) in self.settled.items() if state is not State.DEFERRED}
        gone |= {*self.outcomes, *self.waiting, *self.leaving}
        rest = [one for one in self.readers if one.id not in gone]
        return [Addressee(reader=one, tries=1, doubtful=True, at=self.at) for one in rest][:limit]

    def settle(self, reader, state, reply, *, doubtful):
        self.settled[reader] = (state, doubtful)


def write_as(name):
    def write(reader, variant=0):
        return type("Named", (), {"message_id": name(reader), "recipient": reader.email})()

    return write


def settle(on_doubt, verdicts):
    """Send to three readers in doubt, of whom this is known; the ledger and who got a letter."""
    ledger, way = WithDoubts(readers(3)), Way(posted)
    known = {f"<{n}>": verdict for n, verdict in verdicts.items()}
    run(
        ledger,
        way,
        settings=PostingSettings(on_doubt=on_doubt),
        resolver=Knows(known),
        write=write_as(lambda reader: f"<{reader.id}>"),
    )
    return ledger, sorted(way.sent)


@pytest.mark.parametrize("on_doubt", ["resend", "hold"])
def test_what_the_relay_took_is_posted_and_not_sent_again(on_doubt):
    ledger, sent = settle(on_doubt, dict.fromkeys((1, 2, 3), DoubtVerdict.TAKEN))
    assert sent == []
    assert ledger.settled == dict.fromkeys((1, 2, 3), (State.POSTED, False))


@pytest.mark.parametrize("on_doubt", ["resend", "hold"])
def test_what_the_relay_did_not_take_is_sent_and_in_doubt_no_more(on_doubt):
    ledger, sent = settle(on_doubt, dict.fromkeys((1, 2, 3), DoubtVerdict.NOT_TAKEN))
    assert len(sent) == 3
    assert ledger.settled == dict.fromkeys((1, 2, 3), (State.DEFERRED, False))


def test_of_what_nobody_knows_the_policy_decides():
    known = {1: DoubtVerdict.TAKEN, 2: DoubtVerdict.NOT_TAKEN}
    ledger, sent = settle("hold", known)
    assert sent == ["r2@example.net"]
    assert ledger.settled[3] == (State.IN_DOUBT, True)
    ledger, sent = settle("resend", known)
    assert sent == ["r2@example.net", "r3@example.net"]
    assert 3 not in ledger.settled


def test_who_is_asked_too_early_is_asked_again_and_nothing_is_sent_meanwhile():
    ledger, way = WithDoubts(readers(3), at=995.0), Way(posted)
    run(ledger, way, resolver=Knows())
    assert way.sent == []
    assert {until for until, _ in ledger.waiting.values()} == {1005.0}


@pytest.mark.parametrize("on_doubt", ["resend", "hold"])
def test_with_somebody_to_ask_a_lost_answer_waits_until_it_is_known(on_doubt):
    def lose(letter):
        return Delivery(recipient=letter.recipient, state=State.IN_DOUBT, detail="no answer")

    ledger = MemoryLedger(readers(1))
    run(ledger, Way(lose), settings=PostingSettings(on_doubt=on_doubt), resolver=Knows())
    ((outcome,),) = ledger.outcomes.values()
    assert (outcome.delivery.state, outcome.due, outcome.doubtful) == (State.DEFERRED, 1010.0, True)


def test_with_nobody_to_ask_the_policy_decides_at_once():
    assert NoResolver().patience is None
    assert NoResolver().ask([]) == {}
    policies: tuple[Literal["resend", "hold"], ...] = ("resend", "hold")
    for on_doubt in policies:
        ledger, way = WithDoubts(readers(3)), Way(posted)
        run(ledger, way, settings=PostingSettings(on_doubt=on_doubt), resolver=NoResolver())
        assert (len(way.sent), ledger.settled) == (3, {})
