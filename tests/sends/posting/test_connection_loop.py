"""What a connection has written ahead, where others write the letters."""

import asyncio
from types import SimpleNamespace

import pytest
from tests.sends.posting.memory import MemoryLedger, Way, posted, readers, write

from briefing.errors import SendError, TransportError
from briefing.sends.letters.signing_pool import SigningPool
from briefing.sends.posting.loop import Posting
from briefing.sends.posting.retry_settings import PostingSettings


class Elsewhere(SigningPool):
    """A pool whose letters are ready some rounds of the loop after they were asked for."""

    ahead = 3

    def __init__(self, unwritable=()):
        super().__init__(SimpleNamespace(write=write))
        self.begun, self._unwritable = [], unwritable

    def begin(self, reader, variant=0):
        if reader.email in self._unwritable:
            raise SendError(f"{reader.email} cannot be written")
        self.begun.append(reader.email)
        return asyncio.create_task(self._late(reader))

    async def _late(self, reader):
        for _ in range(5):
            await asyncio.sleep(0)
        return write(reader)


def posting(ledger, way, pool):
    settings = PostingSettings()
    return Posting(ledger, way, pool, settings, began=1000.0, clock=lambda: 1000.0)


@pytest.mark.parametrize("count", [1, 3, 4, 5, 17, 1_203])
def test_every_reader_gets_one_letter_however_many_are_written_ahead(count):
    ledger, way = MemoryLedger(readers(count)), Way(posted)
    assert asyncio.run(posting(ledger, way, Elsewhere()).run()).stopped is None
    assert sorted(way.sent) == sorted(reader.email for reader in ledger.readers)
    assert all(len(outcomes) == 1 for outcomes in ledger.outcomes.values())


def test_a_connection_has_its_next_three_letters_written():
    pool, seen = Elsewhere(), []

    def answer(letter):
        seen.append(len(pool.begun) - len(way.sent))
        return posted(letter)

    way = Way(answer, connections=1)
    asyncio.run(posting(MemoryLedger(readers(50)), way, pool).run())
    assert max(seen) == 3


def test_letters_written_ahead_of_a_lost_connection_leave_over_the_others(monkeypatch):
    monkeypatch.setattr("briefing.sends.posting.loop._OPENING_WAIT", 0.0001)

    class Few(Way):
        """A relay that drops the third letter's connection and gives no new one."""

        async def open(self):
            if self.opened == self.connections:
                raise TransportError("421 too many connections")
            return await super().open()

        async def post(self, letter, may_end=None, following=None):
            if letter.recipient == "r3@example.net" and self.opened == self.connections:
                self.connections -= 1
                self.opened -= 1
                raise TransportError("reset")
            return await super().post(letter, may_end, following)

    ledger, way = MemoryLedger(readers(40)), Few(posted, connections=2)
    assert asyncio.run(posting(ledger, way, Elsewhere()).run()).stopped is None
    assert sorted(way.sent) == sorted(r.email for r in ledger.readers if r.id != 3)


def test_after_a_stop_no_letter_written_ahead_leaves():
    def answer(letter):
        if len(way.sent) == 10:
            run.stop("enough")
        return posted(letter)

    ledger, way = MemoryLedger(readers(100)), Way(answer, connections=2)
    run = posting(ledger, way, Elsewhere())
    assert asyncio.run(run.run()).stopped == "enough"
    assert len(way.sent) <= 12
    assert sum(len(outcomes) for outcomes in ledger.outcomes.values()) == len(way.sent)


def test_a_letter_that_cannot_be_written_is_told_when_it_is_that_readers_turn():
    ledger, way = MemoryLedger(readers(20)), Way(posted, connections=1)
    with pytest.raises(SendError, match=r"r9@example\.net"):
        asyncio.run(posting(ledger, way, Elsewhere({"r9@example.net"})).run())
    assert way.sent == [f"r{n}@example.net" for n in range(1, 9)]


def test_the_first_letters_are_written_while_connections_are_opened():
    begun = []

    class Slow(Way):
        async def open(self):
            for _ in range(9):
                await asyncio.sleep(0)
            begun.append(len(pool.begun))
            return await super().open()

    pool, way = Elsewhere(), Slow(posted, connections=4)
    asyncio.run(posting(MemoryLedger(readers(20)), way, pool).run())
    assert begun[0] == 4


def test_a_letter_begun_for_a_connection_that_is_not_to_be_had_leaves_over_another(monkeypatch):
    monkeypatch.setattr("briefing.sends.posting.loop._OPENING_WAIT", 0.0001)

    class One(Way):
        async def open(self):
            if self.opened:
                raise TransportError("421 one connection is enough")
            return await super().open()

    ledger, way = MemoryLedger(readers(30)), One(posted, connections=4)
    assert asyncio.run(posting(ledger, way, Elsewhere()).run()).stopped is None
    assert sorted(way.sent) == sorted(reader.email for reader in ledger.readers)
