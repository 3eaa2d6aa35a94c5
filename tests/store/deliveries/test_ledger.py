"""Everyone once: each selected reader is in exactly one state at every committed moment."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from briefing.model.delivery import Bounce, State
from briefing.model.mailing import MailingStatus
from briefing.model.subscriber import Standing

EDITION = "staggers-2026-11-23"


def total(ledger):
    return sum(ledger.counts().values())


def test_readers_wait_in_order_a_page_at_a_time(house):
    numbers = house.fill(5)
    ledger = house.ledger()
    assert [turn.reader.id for turn in ledger.pending(0, 2)] == numbers[:2]
    assert [turn.reader.id for turn in ledger.pending(numbers[1], 9)] == numbers[2:]
    (turn, *_) = ledger.pending(0, 1)
    assert (turn.tries, turn.reader.email) == (0, "reader0@example.org")
    assert turn.reader.ref


def test_a_letter_that_may_leave_is_in_posting_until_its_outcome_is_kept(house, became):
    (one,) = house.fill(1)
    ledger = house.ledger()
    assert ledger.commit([one], [], 5.0) == frozenset({one})
    assert ledger.counts() == {State.POSTING: 1}
    assert ledger.pending(0, 9) == []
    assert ledger.commit([], [became(one, State.POSTED, detail="250 ok")], 6.0) == frozenset()
    (row,) = ledger.rows()
    assert (row.state, row.reply, row.tries, row.at, row.due) == (
        State.POSTED,
        "250 ok",
        1,
        5.0,
        None,
    )


@pytest.mark.parametrize("state", [s for s in State if s not in (State.PENDING, State.DEFERRED)])
def test_only_an_open_delivery_can_be_claimed(house, became, state):
    (one,) = house.fill(1)
    ledger = house.ledger()
    if state is State.SKIPPED:
        house.change(one, Standing.UNSUBSCRIBED)
    ledger.commit([one], [], 1.0)
    if state not in (State.POSTING, State.SKIPPED):
        ledger.commit([], [became(one, state)], 2.0)
    assert ledger.commit([one], [], 3.0) == frozenset()
    assert ledger.counts() == {state: 1}


def test_an_outcome_is_kept_only_of_a_letter_that_was_claimed_and_only_once(house, became):
    one, two = house.fill(2)
    ledger = house.ledger()
    ledger.commit([one], [], 1.0)
    ledger.commit([], [became(one, State.POSTED), became(two, State.POSTED)], 2.0)
    ledger.commit([], [became(one, State.BOUNCED, detail="late")], 3.0)
    assert [row.state for row in ledger.rows()] == [State.POSTED, State.PENDING]


def test_two_senders_who_want_the_same_readers_share_them_out(house):
    numbers = house.fill(200)
    number = house.begin().number
    ledgers = [house.store.ledger(number) for _ in range(4)]
    with ThreadPoolExecutor(4) as pool:
        granted = list(pool.map(lambda ledger: ledger.commit(numbers, [], 1.0), ledgers))
    assert sorted(map(len, granted)) == [0, 0, 0, 200]
    assert ledgers[0].counts() == {State.POSTING: 200}


@pytest.mark.parametrize(
    "left", [s for s in Standing if s not in (Standing.ACTIVE, Standing.ERASED)]
)
@pytest.mark.parametrize("first", [State.PENDING, State.DEFERRED])
def test_a_reader_who_left_is_skipped_at_the_very_next_claim(house, became, left, first):
    one, two = house.fill(2)
    ledger = house.ledger()
    if first is State.DEFERRED:
        ledger.commit([one], [], 1.0)
        ledger.commit([], [became(one, State.DEFERRED, due=2.0)], 1.0)
    house.change(one, left)
    assert ledger.commit([one, two], [], 3.0) == frozenset({two})
    assert ledger.counts() == {State.SKIPPED: 1, State.POSTING: 1}
    (row,) = ledger.rows(State.SKIPPED)
    assert row.reply == "left the list before the letter did"
    assert row.due is None


def test_one_commit_settles_who_has_the_letter_who_left_and_who_gets_it_next(house, became):
    posted, left, next_ = house.fill(3)
    ledger = house.ledger()
    ledger.commit([posted], [], 1.0)
    house.change(left, Standing.UNSUBSCRIBED)
    said = ledger.commit([left, next_], [became(posted, State.POSTED)], 2.0)
    assert said == frozenset({next_})
    states = [(row.state, row.tries) for row in ledger.rows()]
    assert states == [(State.POSTED, 1), (State.SKIPPED, 0), (State.POSTING, 1)]


def test_an_erased_reader_is_skipped_too(house):
    (one,) = house.fill(1)
    ledger = house.ledger()
    house.store.subscribers.erase("reader0@example.org", actor="", now=1.0)
    assert ledger.commit([one], [], 1.0) == frozenset()
    assert ledger.counts() == {State.SKIPPED: 1}


@pytest.mark.parametrize("status", [MailingStatus.PAUSED, MailingStatus.ABORTED])
def test_nothing_leaves_while_a_mailing_is_paused_but_outcomes_are_kept(house, became, status):
    one, two = house.fill(2)
    ledger = house.ledger()
    ledger.commit([one], [], 1.0)
    house.store.mailings.turn(EDITION, status)
    house.change(two, Standing.UNSUBSCRIBED)
    assert ledger.commit([two], [became(one, State.POSTED)], 2.0) is None
    assert ledger.counts() == {State.POSTED: 1, State.PENDING: 1}


def test_deferred_letters_are_due_longest_waiting_first(house, became):
    numbers = house.fill(4)
    ledger = house.ledger()
    assert ledger.next_due() is None
    ledger.commit(numbers, [], 1.0)
    dues = [40.0, 20.0, 30.0, 90.0]
    deferred = [
        became(reader, State.DEFERRED, due=due, detail=f"450 {due}")
        for reader, due in zip(numbers, dues, strict=True)
    ]
    ledger.commit([], deferred, 2.0)
    found = ledger.due(50.0, 9)
    assert [turn.reader.id for turn in found] == [numbers[1], numbers[2], numbers[0]]
    assert {turn.tries for turn in found} == {1}
    assert len(ledger.due(50.0, 2)) == 2
    assert ledger.next_due() == 20.0
    assert list(house.tries()) == [
        (reader, State.DEFERRED, 2.0, f"450 {due}")
        for reader, due in zip(numbers, dues, strict=True)
    ]


@pytest.mark.parametrize(("resend", "state"), [(True, State.DEFERRED), (False, State.IN_DOUBT)])
def test_letters_whose_outcome_was_never_seen_are_doubtful_for_ever(house, became, resend, state):
    one, two = house.fill(2)
    ledger = house.ledger()
    ledger.commit([one, two], [], 1.0)
    ledger.commit([], [became(one, State.POSTED)], 2.0)
    assert ledger.recover(3.0 if resend else None) == 1
    assert ledger.recover(3.0 if resend else None) == 0
    assert ledger.counts() == {State.POSTED: 1, state: 1}
    assert ledger.doubtful() == 1
    assert [(reader, state) for reader, state, _, _ in house.tries()] == [(two, State.IN_DOUBT)]
    if not resend:
        assert ledger.due(1e12, 9) == []
        assert ledger.commit([two], [], 3.0) == frozenset()
        assert ledger.retry(3.0, [State.IN_DOUBT]) == 1
    assert [turn.reader.id for turn in ledger.due(3.0, 9)] == [two]
    ledger.commit([two], [], 4.0)
    ledger.commit([], [became(two, State.POSTED)], 5.0)
    assert ledger.counts() == {State.POSTED: 2}
    assert ledger.doubtful() == 1


def test_a_doubt_said_by_the_transport_stays_as_well(house, became):
    (one,) = house.fill(1)
    ledger = house.ledger()
    ledger.commit([one], [], 1.0)
    ledger.commit([], [became(one, State.DEFERRED, due=2.0, doubtful=True)], 1.0)
    ledger.commit([one], [], 3.0)
    ledger.commit([], [became(one, State.POSTED)], 3.0)
    assert ledger.doubtful() == 1


def test_retrying_touches_only_the_states_that_were_named(house, became):
    numbers = house.fill(3)
    ledger = house.ledger()
    ledger.commit(numbers, [], 1.0)
    states = (State.POSTED, State.DEFERRED, State.BOUNCED)
    ledger.commit(
        [],
        [
            became(n, s, due=9e9 * (s is State.DEFERRED))
            for n, s in zip(numbers, states, strict=True)
        ],
        2.0,
    )
    assert ledger.retry(5.0, [State.DEFERRED]) == 1
    assert [turn.reader.id for turn in ledger.due(5.0, 9)] == [numbers[1]]
    assert ledger.counts()[State.POSTED] == ledger.counts()[State.BOUNCED] == 1


def test_mailings_do_not_touch_each_other(house, became):
    (one,) = house.fill(1)
    first, second = house.ledger(), house.ledger("second")
    first.commit([one], [], 1.0)
    assert second.recover(2.0) == second.retry(2.0, [State.POSTING]) == 0
    second.commit([], [became(one, State.POSTED)], 2.0)
    assert first.counts() == {State.POSTING: 1}
    assert second.counts() == {State.PENDING: 1}


def test_letters_put_off_wait_until_then_with_the_reason_and_count_no_try(house):
    one, other = house.fill(2)
    ledger = house.ledger()
    ledger.put_off([one], 500.0, "enough for today")
    assert [turn.reader.id for turn in ledger.pending(0, 9)] == [other]
    assert ledger.due(499.0, 9) == []
    assert [(turn.reader.id, turn.tries) for turn in ledger.due(500.0, 9)] == [(one, 0)]
    (row,) = ledger.rows(State.DEFERRED)
    assert (row.reply, row.due) == ("enough for today", 500.0)


@pytest.mark.parametrize("state", [State.POSTED, State.DEFERRED, State.BOUNCED])
def test_whatever_a_relay_says_can_be_kept(house, became, state):
    (one,) = house.fill(1)
    ledger = house.ledger()
    said = "550 no\0such \x01 \u2028 user " + "x" * 5_000
    ledger.commit([one], [], 1.0)
    others = {"bounce": Bounce.SOFT} if state is State.BOUNCED else {}
    ledger.commit([], [became(one, state, detail=said, **others)], 2.0)
    assert ledger.counts() == {state: 1}
    (row,) = ledger.rows()
    assert row.reply.replace("\ufffd", "\0") == said
    assert total(ledger) == 1
