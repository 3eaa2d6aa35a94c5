"""What a lone sender commits, over a file and over a server; over that, while its letters go on leaving."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

import pytest
from sqlalchemy import text

from briefing.errors import StoreError
from briefing.model.delivery import Bounce, State
from briefing.model.mailing import MailingStatus
from briefing.model.subscriber import Standing
from briefing.sends.posting.ledger_port import Meanwhile
from briefing.store.deliveries.sqlite_ledger import SqliteLedger
from briefing.store.engine.database import Database

EDITION = "staggers-2026-11-23"


def committed(ledger, intents, outcomes, now=1.0):
    """As whoever posts commits: where the loop can go on meanwhile, it does."""
    if isinstance(ledger, Meanwhile):
        return asyncio.run(ledger.commit_meanwhile(intents, outcomes, now))
    return ledger.commit(intents, outcomes, now)


@pytest.fixture
def own(house):
    """The ledger of a lone sender, and its readers."""
    numbers = house.fill(5)
    ledger = house.ledger()
    yield ledger, numbers
    ledger.close()


def test_each_letter_is_granted_once_and_its_outcome_kept_with_the_next(own, became):
    ledger, numbers = own
    assert committed(ledger, numbers[:2], []) == frozenset(numbers[:2])
    assert committed(ledger, numbers[:2], []) == frozenset()
    ended = [became(one, State.POSTED, detail="250 ok") for one in reversed(numbers[:2])]
    assert committed(ledger, numbers[2:3], ended) == frozenset(numbers[2:3])
    assert committed(ledger, [], [became(numbers[2], State.POSTED)]) == frozenset()
    kept = [(row.state, row.reply) for row in ledger.rows(State.POSTED)]
    assert kept == [(State.POSTED, "250 ok")] * 2 + [(State.POSTED, "250 taken")]
    assert ledger.counts() == {State.POSTED: 3, State.PENDING: 2}


@pytest.mark.parametrize("plain", [True, False])
def test_who_left_is_skipped_and_the_others_letters_leave(own, house, became, plain):
    ledger, (one, *left, last) = own
    committed(ledger, [one], [])
    house.change(left[0], Standing.UNSUBSCRIBED)
    house.store.subscribers.erase("reader2@example.org", actor="", now=1.0)
    how = {} if plain else {"due": 9.0}
    ended = became(one, State.POSTED if plain else State.DEFERRED, **how)
    assert committed(ledger, [*left, last], [ended]) == frozenset({left[2], last})
    assert ledger.counts()[State.SKIPPED] == 2
    assert ledger.counts()[ended.delivery.state] == 1


def test_who_left_is_skipped_where_nobody_else_is_asked_for(own, house):
    ledger, (one, *_) = own
    house.change(one, Standing.UNSUBSCRIBED)
    assert committed(ledger, [one], []) == frozenset()
    assert ledger.counts()[State.SKIPPED] == 1


@pytest.mark.parametrize("status", [MailingStatus.PAUSED, MailingStatus.ABORTED])
def test_nothing_leaves_while_a_mailing_is_paused_but_outcomes_are_kept(own, house, became, status):
    ledger, (one, two, *_) = own
    committed(ledger, [one], [])
    house.store.mailings.turn(EDITION, status)
    assert committed(ledger, [two], [became(one, State.POSTED)]) is None
    assert ledger.counts() == {State.POSTED: 1, State.PENDING: 4}


def test_a_refusal_is_kept_with_its_reason_and_the_next_letter_leaves(own, house, became):
    ledger, (one, two, *_) = own
    committed(ledger, [one], [])
    refused = became(one, State.BOUNCED, detail="550 unknown", bounce=Bounce.HARD)
    assert committed(ledger, [two], [refused]) == frozenset({two})
    (row,) = ledger.rows(State.BOUNCED)
    assert row.reply == "550 unknown"


def test_the_next_page_is_read_as_any_other(own, house):
    ledger, numbers = own
    if house.store.database.is_sqlite:
        pytest.skip("a file answers before it could be waited for")
    for after, limit in ((0, 2), (numbers[1], 9), (numbers[-1], 9)):
        found = asyncio.run(ledger.pending_meanwhile(after, limit))
        assert found == ledger.pending(after, limit)
        assert [one.reader.id for one in found] == [n for n in numbers if n > after][:limit]


def test_a_file_that_another_program_writes_for_too_long_is_a_sentence_and_grants_nothing(
    file_house,
):
    house = file_house
    (one,) = house.fill(1)
    hasty = Database(house.url, busy_seconds=0.05)
    late = SqliteLedger(hasty, house.begin().number, house.store.bounces, house.store.departures)
    with house.store.database.write(), pytest.raises(StoreError, match="for too long"):
        committed(late, [one], [])
    assert late.counts() == {State.PENDING: 1}
    assert committed(late, [one], []) == frozenset({one})
    hasty.close()


def test_a_lone_sender_leaves_no_connection_behind(own, house):
    if house.store.database.is_sqlite:
        pytest.skip("a file has no sessions")
    ledger, numbers = own
    before = sessions(house)

    async def post():
        await asyncio.gather(
            ledger.pending_meanwhile(0, 9), ledger.commit_meanwhile(numbers, [], 1.0)
        )

    asyncio.run(post())
    assert sessions(house) == before + 2
    ledger.close()
    while sessions(house) > before:
        pass


def test_what_a_sender_that_died_had_asked_for_is_faced_by_the_next_one(own, house):
    if house.store.database.is_sqlite:
        pytest.skip("a file has no statements that outlive who asked")
    ledger, numbers = own
    number = house.begin().number
    with house.store.database.side_by_side().write() as other:
        lock = "SELECT FROM deliveries WHERE subscriber = :one FOR UPDATE"
        other.execute(text(lock), {"one": numbers[0]})
        asyncio.run(asked_and_died(ledger, numbers, house))
        with ThreadPoolExecutor(1) as thread:
            found = thread.submit(house.store.ledger(number).recover, 9.0)
            while not waits(house, "pg_advisory_lock("):
                assert not found.done()
            other.commit()
            assert found.result() == len(numbers)
    assert ledger.counts() == {State.DEFERRED: len(numbers)}


async def asked_and_died(ledger, numbers, house):
    """A commit that waits for a row, and whose sender hangs up."""
    asked = asyncio.create_task(ledger.commit_meanwhile(numbers, [], 1.0))
    while not waits(house, "UPDATE deliveries d SET state"):
        await asyncio.sleep(0)
    asked.cancel()
    with suppress(asyncio.CancelledError):
        await asked


def waits(house, what):
    """True when a statement with these words waits for a lock."""
    asked = text(
        "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' "
        "AND datname = current_database() AND query LIKE '%' || CAST(:what AS text) || '%'"
    )
    with house.store.database.read() as connection:
        return bool(connection.execute(asked, {"what": what}).scalar_one())


def sessions(house):
    asked = text("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()")
    with house.store.database.read() as connection:
        return connection.execute(asked).scalar_one()
