"""Entries of many connections are one commit, and a commit that may take its time delays no letter."""

import asyncio
from types import SimpleNamespace
from typing import Any

from briefing.sends.posting import group_commit
from briefing.sends.posting.group_commit import GroupCommit
from briefing.sends.posting.queue import SendQueue
from briefing.sends.posting.rate_limit import RateLimiter

#: Nobody asks a ledger that commits elsewhere.
LEDGER: Any = None


def test_what_is_handed_in_while_a_commit_is_under_way_is_the_next_one():
    async def post():
        commits, may_end = [], asyncio.Event()

        async def meanwhile(intents, _outcomes, _now):
            commits.append(list(intents))
            await may_end.wait()
            return frozenset(intents)

        async with GroupCommit(LEDGER, float, 2, meanwhile=meanwhile) as commit:
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


def test_at_the_end_a_commit_under_way_is_finished_and_nothing_else_is_claimed():
    async def post():
        commits, ended = [], []

        async def meanwhile(intents, _outcomes, _now):
            commits.append(list(intents))
            await asyncio.sleep(0)
            ended.append(list(intents))
            return frozenset(intents)

        async with GroupCommit(LEDGER, float, 2, meanwhile=meanwhile) as commit:
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
