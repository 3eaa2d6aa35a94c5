"""Entries of many connections are one commit, and a commit that may take its time delays no letter."""

import asyncio
from types import SimpleNamespace
from typing import Any

import pytest
from tests.sends.posting.memory import MemoryLedger, Way, posted, readers, run

from briefing.errors import StoreError
from briefing.sends.posting import group_commit
from briefing.sends.posting.group_commit import GroupCommit
from briefing.sends.posting.queue import SendQueue
from briefing.sends.posting.rate_limit import RateLimiter

#: Nobody asks a ledger that commits elsewhere.
LEDGER: Any = None


def elsewhere(commit=None, pending=None) -> Any:
    """A ledger that works while the loop goes on."""
    return SimpleNamespace(commit_meanwhile=commit, pending_meanwhile=pending)


def test_what_is_handed_in_while_a_commit_is_under_way_is_the_next_one():
    async def post():
        commits, may_end = [], asyncio.Event()

        async def meanwhile(intents, _outcomes, _now):
            commits.append(list(intents))
            await may_end.wait()
            return frozenset(intents)

        async with GroupCommit(LEDGER, float, 2, meanwhile=elsewhere(meanwhile)) as commit:
            first = commit.record(None, 1)
            while not commits:
                await asyncio.sleep(0)
            others = [commit.record(None, 2), commit.record(None, 3)]
            assert not first.done()
            may_end.set()
            assert all(await asyncio.gather(first, *others))
        return commits

    assert asyncio.run(post()) == [[1], [2, 3]]


def test_a_commit_waits_for_more_entries_only_until_every_writer_has_handed_one_in(monkeypatch):
    monkeypatch.setattr(group_commit, "_GATHER", 20.0)
    commits = []

    def commit(intents, _outcomes, _now):
        commits.append(list(intents))
        return frozenset(intents)

    async def post():
        async with GroupCommit(SimpleNamespace(commit=commit), float, 3) as together:
            answers = []
            for wanted in (1, 2, 3):
                await asyncio.sleep(0)
                answers.append(together.record(None, wanted))
            began = asyncio.get_running_loop().time()
            assert all(await asyncio.gather(*answers))
            return asyncio.get_running_loop().time() - began

    assert asyncio.run(post()) < 20
    assert commits == [[1, 2, 3]]


@pytest.mark.parametrize(
    ("among_others", "groups"), [(False, [[1, 2], [3, 4]]), (True, [[1, 2, 3, 4]])]
)
def test_half_of_the_letters_are_a_commit_and_all_of_them_where_others_go_on_meanwhile(
    monkeypatch, among_others, groups
):
    monkeypatch.setattr(group_commit, "_GATHER", 20.0)
    monkeypatch.setattr(group_commit, "_GATHER_AMONG_OTHERS", 20.0)
    commits = []

    async def meanwhile(intents, _outcomes, _now):
        commits.append(list(intents))
        return frozenset(intents)

    async def post():
        there = elsewhere(meanwhile)
        async with GroupCommit(
            LEDGER, float, 4, meanwhile=there, among_others=among_others
        ) as commit:
            answers = [commit.record(None, wanted) for wanted in (1, 2)]
            for _ in range(9):
                await asyncio.sleep(0)
            answers += [commit.record(None, wanted) for wanted in (3, 4)]
            assert all(await asyncio.gather(*answers))

    asyncio.run(post())
    assert commits == groups


def test_at_the_end_a_commit_under_way_is_finished_and_nothing_else_is_claimed():
    async def post():
        commits, ended = [], []

        async def meanwhile(intents, _outcomes, _now):
            commits.append(list(intents))
            await asyncio.sleep(0)
            ended.append(list(intents))
            return frozenset(intents)

        async with GroupCommit(LEDGER, float, 2, meanwhile=elsewhere(meanwhile)) as commit:
            commit.record(None, 1)
            while not commits:
                await asyncio.sleep(0)
            commit.record(None, 2)
        return commits, ended

    assert asyncio.run(post()) == ([[1]], [[1]])


def test_a_ledger_that_had_nothing_due_is_not_asked_by_every_connection_in_turn():
    asked = []

    def nothing(*what):
        asked.append(what)
        return []

    queue = SendQueue(SimpleNamespace(pending=nothing, due=nothing), float, RateLimiter())

    async def ask():
        return [await queue.next() for _ in range(32)]

    assert asyncio.run(ask()) == [None] * 32
    assert len(asked) <= 4


def test_the_next_page_is_fetched_while_letters_leave_and_nobody_comes_twice():
    ledger: Any = MemoryLedger(readers(1_203))
    asked = []

    async def pending(after, limit):
        asked.append(after)
        await asyncio.sleep(0)
        return ledger.pending(after, limit)

    async def all_of_them():
        queue = SendQueue(ledger, float, RateLimiter(), list, elsewhere(pending=pending))
        found = []
        while (turn := await queue.next()) is not None:
            found.append(turn.reader.id)
        return found

    assert asyncio.run(all_of_them()) == list(range(1, 1_204))
    assert asked == [500, 1_000, 1_203]


def test_a_page_that_could_not_be_fetched_ahead_is_asked_for_again_when_nobody_is_at_hand():
    async def broken(after, limit):
        raise StoreError("the database is gone")

    async def all_of_them(ledger: Any):
        queue = SendQueue(ledger, float, RateLimiter(), list, elsewhere(pending=broken))
        return [turn.reader.id for _ in range(600) if (turn := await queue.next()) is not None]

    assert asyncio.run(all_of_them(MemoryLedger(readers(600)))) == list(range(1, 601))


def test_a_run_that_is_stopped_waits_for_the_page_on_its_way_because_it_is_held_for_us():
    ledger, arrived = MemoryLedger(readers(1_000)), []

    async def commit(intents, outcomes, now):
        return ledger.commit(intents, outcomes, now)

    async def pending(after, limit):
        ledger.goes_on = False
        for _ in range(200):
            await asyncio.sleep(0)
        arrived.append(after)
        return ledger.pending(after, limit)

    meanwhile = elsewhere(commit, pending)
    assert "paused" in (run(ledger, Way(posted), meanwhile=meanwhile).stopped or "")
    assert arrived == [500]
