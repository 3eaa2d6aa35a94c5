"""Several senders over one PostgreSQL, struck at random: nobody is lost, and no doubt is hidden."""

import asyncio
import os
import re

import pytest
from sqlalchemy import Pool, event, text
from tests.desks import act
from tests.faults.workers import Way, oversleep, run, side_by_side
from tests.store.conftest import NOW, housed

from briefing.actions.admin.init import make_house
from briefing.actions.editions.draft import draft
from briefing.actions.open_store import (
    sending_alone,
    sending_beside_others,
    the_dispatcher,
    the_store,
)
from briefing.actions.rendering.render import render_edition
from briefing.actions.schedule.run_due_slots import SlotRunner
from briefing.actions.schedule.upcoming import standing
from briefing.actions.sending.send import begin_sending, send_edition
from briefing.actions.sending.worker import Worker
from briefing.cli.daemon.schedule_loop import ScheduleLoop
from briefing.clock import utc_now
from briefing.config import load_config
from briefing.errors import Busy, SendError, StoreError
from briefing.model.delivery import Bounce, State
from briefing.model.mailing import MailingStatus
from briefing.model.subscriber import Standing
from briefing.sends.posting.connection_loop import ConnectionLoop
from briefing.store import open_store
from briefing.store.deliveries.leased_ledger import LeasedLedger

show = print  # seen with `pytest -s`
READERS, KILLS = int(os.environ.get("READERS", "250")), int(os.environ.get("KILLS", "6"))
#: Readers of which a worker that oversleeps has taken the first few hundred.
SLEPT = 800


@pytest.fixture(params=[("resend", "local"), ("hold", "procrastinate")], ids="-".join)
def figures(request, tmp_path, postgresql_url):
    on_doubt, engine = request.param
    figures = run(tmp_path, postgresql_url, Way(READERS, KILLS, on_doubt, engine))
    show(f"three workers, {engine}: {figures}")
    return figures


def test_workers_that_are_killed_and_stopped_lose_nobody_and_double_only_what_is_marked(figures):
    assert figures.lost == 0
    assert figures.extra_unmarked == 0
    assert figures.sums_wrong == 0
    assert figures.bounced_with_letter == 0
    assert figures.violations == 0
    assert figures.posted + figures.bounced + figures.in_doubt == READERS
    if figures.on_doubt == "hold":
        assert figures.extra == 0


def test_when_the_database_crashes_while_letters_leave_nobody_is_lost_or_doubled_unmarked(
    tmp_path, postgresql_url, postgresql_server
):
    # Every third blow is a crash of the database.
    way = Way(READERS, KILLS, "hold", crash=postgresql_server.crash)
    figures = run(tmp_path, postgresql_url, way)
    show(f"three workers, PostgreSQL crashing: {figures}")
    assert figures.lost == 0
    assert figures.extra == 0
    assert figures.sums_wrong == 0
    assert figures.posted + figures.bounced + figures.in_doubt == READERS


def test_a_worker_that_wakes_after_its_lease_sends_nothing_that_others_have_taken(
    tmp_path, postgresql_url
):
    figures = oversleep(tmp_path, postgresql_url, Way(SLEPT, 0, "hold"))
    assert (figures.lost, figures.extra) == (0, 0)


def test_without_the_condition_on_the_intent_it_would(tmp_path, postgresql_url, monkeypatch):
    monkeypatch.setattr(LeasedLedger, "intent", unconditional(LeasedLedger.intent))
    figures = oversleep(tmp_path, postgresql_url, Way(SLEPT, 0, "hold"))
    assert figures.extra > 0


def test_with_the_intent_after_the_dot_a_worker_that_dies_doubles_letters(
    tmp_path, postgresql_url, monkeypatch
):
    async def careless(loop, connection, turn, begun):
        """Carry a letter, and tell the ledger only then."""
        posting = loop._posting
        posting.queue.leaves(turn)
        letter = await posting.pool.letter(turn.reader)
        at_once = asyncio.get_running_loop().create_future()
        at_once.set_result(True)
        delivery = await loop._post(connection, letter, at_once)
        await asyncio.sleep(0.02)  # a disk that takes its time
        await loop._record(turn.reader.id)
        loop._outcome = posting.judge(turn, delivery)
        posting.queue.done(turn)

    monkeypatch.setattr(ConnectionLoop, "_carry", careless)
    figures = run(tmp_path, postgresql_url, Way(300, 6, "hold", stops=0.0))
    assert figures.extra_unmarked > 0


def unconditional(intent):
    """The statement without what makes it safe: that this sender still holds the row."""
    known = str(intent)
    careless = re.sub(
        r"AND d\.state IN \([^)]*\)\s+AND d\.worker = :worker AND d\.lease > ", "AND 0 < ", known
    )
    assert careless != known
    return text(careless)


@pytest.fixture
def two(house):
    """Two senders of one mailing with four readers, and a way to let the leases of one end."""
    if house.store.database.is_sqlite:
        pytest.skip("a file has one sender")
    numbers = house.fill(4)
    mailing = house.begin().number

    def let_end(worker):
        with house.store.database.write() as connection:
            connection.execute(
                text("UPDATE deliveries SET lease = 0 WHERE worker = :worker"), {"worker": worker}
            )

    with (
        house.store.shared_ledger(mailing, "one", 60.0) as one,
        house.store.shared_ledger(mailing, "other", 60.0) as other,
    ):
        yield numbers, one, other, let_end


def taken(ledger, limit=9):
    return [turn.reader.id for turn in ledger.pending(0, limit)]


def test_what_one_holds_nobody_else_takes_until_its_lease_ends_or_it_lets_go(two):
    numbers, one, other, let_end = two
    assert taken(one, 2) == numbers[:2]
    assert taken(other) == numbers[2:]
    let_end("one")
    assert taken(other) == numbers[:2]
    other.release()
    assert taken(one) == numbers


def test_a_letter_whose_reader_somebody_else_took_may_not_leave(two):
    numbers, one, other, let_end = two
    taken(one)
    let_end("one")
    taken(other)
    assert one.commit(numbers, [], 1.0) == frozenset()
    assert other.commit(numbers, [], 1.0) == frozenset(numbers)
    assert one.commit(numbers, [], 2.0) == frozenset()


def test_leases_that_ended_too_early_are_counted_and_readers_who_left_are_not(two, house):
    numbers, one, _, let_end = two
    taken(one)
    house.change(numbers[0], Standing.UNSUBSCRIBED)
    assert one.commit(numbers[:2], [], 1.0) == frozenset(numbers[1:2])
    assert one.lost == 0
    let_end("one")
    assert one.commit(numbers[2:], [], 2.0) == frozenset()
    assert one.lost == 2


def test_without_that_condition_both_would_send(two, monkeypatch):
    numbers, one, other, let_end = two
    known = LeasedLedger.intent.text
    careless = re.sub(
        r"AND d\.state IN \([^)]*\)\s+AND d\.worker = :worker AND d\.lease > ", "AND 0 < ", known
    )
    assert careless != known
    monkeypatch.setattr(LeasedLedger, "intent", text(careless))
    taken(one)
    let_end("one")
    taken(other)
    assert other.commit(numbers, [], 1.0) == frozenset(numbers)
    assert one.commit(numbers, [], 1.0) == frozenset(numbers)


@pytest.mark.parametrize(("resend", "state"), [(True, State.DEFERRED), (False, State.IN_DOUBT)])
def test_letters_of_a_dead_sender_are_faced_when_its_lease_is_over_and_a_late_answer_settles_them(
    two, became, resend, state
):
    numbers, one, other, let_end = two
    taken(one)
    one.commit(numbers[:2], [], 1.0)
    assert other.recover(2.0 if resend else None) == 0
    let_end("one")
    assert other.recover(2.0 if resend else None) == 2
    assert other.counts() == {state: 2, State.PENDING: 2}
    one.commit([], [became(numbers[0], State.POSTED), became(numbers[1], State.BOUNCED)], 3.0)
    assert other.counts() == {State.POSTED: 1, State.BOUNCED: 1, State.PENDING: 2}
    assert other.doubtful() == 2


def test_a_refusal_that_comes_when_somebody_has_tried_anew_costs_the_reader_nothing(
    two, house, became
):
    numbers, one, other, let_end = two
    taken(one)
    one.commit(numbers[:1], [], 1.0)
    let_end("one")
    other.recover(2.0)
    assert [turn.reader.id for turn in other.due(3.0, 9)] == numbers[:1]
    assert other.commit(numbers[:1], [], 3.0) == frozenset(numbers[:1])
    refused = became(numbers[0], State.BOUNCED, status="5.1.1", bounce=Bounce.HARD)
    one.commit([], [refused], NOW.timestamp())
    assert house.reader("reader0@example.org").standing is Standing.ACTIVE
    other.commit([], [became(numbers[0], State.POSTED)], 5.0)
    assert other.counts()[State.POSTED] == 1


def test_a_refusal_that_is_believed_only_when_somebody_has_tried_anew_costs_the_reader_nothing(
    two, house, became
):
    numbers, one, other, let_end = two
    taken(one)
    one.commit(numbers[:2], [], 1.0)
    let_end("one")
    other.recover(2.0)
    assert [turn.reader.id for turn in other.due(3.0, 1)] == numbers[:1]
    refused = [became(n, State.BOUNCED, status="5.1.1", bounce=Bounce.HARD) for n in numbers[:2]]
    one.count(refused, NOW.timestamp())
    standing = [house.reader(f"reader{n}@example.org").standing for n in (0, 1)]
    # Nobody had taken the second anew, so the late answer settles it.
    assert standing == [Standing.ACTIVE, Standing.BOUNCED]
    assert other.commit(numbers[:1], [], 5.0) == frozenset(numbers[:1])
    assert other.counts() == {State.POSTING: 1, State.BOUNCED: 1, State.PENDING: 2}


def test_letters_kept_open_after_another_sender_called_the_mailing_sent_go_on(two, house, became):
    numbers, one, _, _ = two
    (mailing,) = house.store.mailings.all()
    taken(one)
    one.commit(numbers, [], 1.0)
    one.commit([], [became(number, State.BOUNCED) for number in numbers], 2.0)
    assert house.store.mailings.finish(mailing.number, 3.0)
    one.reopen(numbers[:1], 4.0, "kept open")
    assert house.store.mailings.get(mailing.edition).status is MailingStatus.SENDING
    assert one.has_work(5.0)


def test_a_renewed_lease_holds_and_one_that_was_lost_stays_lost(two):
    numbers, one, other, let_end = two
    taken(one)
    one.renew()
    assert taken(other) == []
    let_end("one")
    assert taken(other) == numbers
    one.renew()
    assert one.commit(numbers, [], 1.0) == frozenset()


def test_a_renewal_does_not_wait_for_what_a_commit_of_its_own_sender_is_changing(two, house):
    numbers, one, other, let_end = two
    taken(one)
    with house.store.database.write() as committing:
        lock = "SELECT 1 FROM deliveries WHERE subscriber = :one FOR UPDATE"
        committing.execute(text(lock), {"one": numbers[0]})
        one.renew()
    let_end("one")
    assert taken(other) == numbers


def test_a_commit_meanwhile_grants_what_a_commit_grants(two, became):
    numbers, one, other, let_end = two
    taken(one)

    async def commit(ledger, intents, outcomes):
        return await ledger.commit_meanwhile(intents, outcomes, 1.0)

    assert asyncio.run(commit(one, numbers[:2], [])) == frozenset(numbers[:2])
    assert asyncio.run(commit(one, [], [became(numbers[0], State.POSTED)])) == frozenset()
    assert one.counts()[State.POSTED] == 1
    let_end("one")
    assert taken(other) == numbers[2:]
    assert asyncio.run(commit(one, numbers[2:], [])) == frozenset()


@pytest.mark.parametrize("way", ["at once", "step by step", "meanwhile"])
def test_what_was_granted_leaves_although_the_mailing_was_paused_before_leavers_were_looked_for(
    two, house, became, monkeypatch, way
):
    (first, left, *rest), one, _, _ = two
    taken(one)
    one.commit([first], [], 1.0)
    house.change(left, Standing.UNSUBSCRIBED)
    (mailing,) = house.store.mailings.all()
    look = one._left_out

    def paused_first(*asked):
        house.store.mailings.turn(mailing.edition, MailingStatus.PAUSED)
        return look(*asked)

    monkeypatch.setattr(one, "_left_out", paused_first)
    ended = [became(first, State.DEFERRED if way == "step by step" else State.POSTED)]
    commit = in_a_loop(one.commit_meanwhile) if way == "meanwhile" else one.commit
    assert commit([left, *rest], ended, 2.0) == frozenset(rest)
    assert one.counts()[State.POSTING] == len(rest)
    assert commit([left], [], 3.0) is None


def in_a_loop(commit):
    return lambda *asked: asyncio.run(commit(*asked))


def test_a_slice_taken_meanwhile_is_held_as_any_other(two):
    numbers, one, other, _ = two

    async def take():
        return [turn.reader.id for turn in await one.pending_meanwhile(numbers[0], 2)]

    assert asyncio.run(take()) == numbers[1:3]
    assert taken(other) == [numbers[0], *numbers[3:]]
    other.release()
    one.release()
    assert taken(other) == numbers


def test_what_leaves_next_is_found_by_index_as_soon_as_a_mailing_is_frozen(
    postgresql_url, tmp_path
):
    # A database of its own: what the planner knows of other tests' rows would help it.
    with housed(postgresql_url, tmp_path) as house:
        condition = how_it_is_found(house)
    assert "subscriber = ANY" in condition


def how_it_is_found(house):
    first = house.fill(2_000)[:3]
    mailing = house.begin().number
    with house.store.shared_ledger(mailing, "one", 60.0) as one:
        taken(one, 500)
        asked = {**one._asked(first), "now": 1.0}
        with house.store.database.write() as connection:
            plan = connection.execute(text(f"EXPLAIN {one.intent.text}"), asked).scalars().all()
    (condition,) = (line for line in plan if "Index Cond: ((mailing" in line)
    return condition


def test_who_works_alone_and_who_works_beside_others_keep_each_other_out(tmp_path, postgresql_url):
    make_house(tmp_path)
    config = load_config(
        tmp_path / "config.toml", {"BRIEFING_DATABASE__URL": f'"{postgresql_url}"'}
    )
    with (
        sending_beside_others(config),
        sending_beside_others(config),
        pytest.raises(Busy, match="sending letters already"),
        sending_alone(config),
    ):
        pass
    with (
        sending_alone(config),
        pytest.raises(Busy, match="sending letters alone"),
        sending_beside_others(config),
    ):
        pass


def test_three_workers_together_keep_the_relays_rate(tmp_path, postgresql_url):
    times = side_by_side(tmp_path, postgresql_url, Way(100, 0, "hold"), "40/s")
    assert len(times) == 100
    # Each by itself would be three times as fast: all letters within the first burst. On a busy machine a letter
    # may be on the wire for some tenths of a second, which the two ends of a stretch feel apart.
    assert times[-1] - times[0] >= 1.2
    for first, beyond in zip(times, times[42:], strict=False):
        assert beyond - first >= 0.5


def test_status_shows_who_is_at_work_and_no_more_who_has_ended(tmp_path, postgresql_url):
    make_house(tmp_path)
    config = load_config(
        tmp_path / "config.toml", {"BRIEFING_DATABASE__URL": f'"{postgresql_url}"'}
    )
    worker = Worker(config, utc_now)
    with worker.at_work():
        worker.work(lambda: True)
        assert [one.worker for one in act(standing, config).senders] == [worker.name]
    assert act(standing, config).senders == ()


def test_a_file_has_one_sender(tmp_path):
    store = open_store(
        f"sqlite:///{tmp_path}/desk.db",
        book=tmp_path / "departures.log",
        backups=tmp_path,
        key=b"k" * 32,
        now=NOW,
    )
    with pytest.raises(StoreError, match="briefing db copy"), store.shared_ledger(1, "a", 2.0):
        pass
    store.close()


@pytest.fixture
def engine_house(tmp_path, postgresql_url):
    """A house whose engine is Procrastinate, with a rendered edition; letters go to a folder."""
    make_house(tmp_path / "house")
    settings = {
        "BRIEFING_DATABASE__URL": postgresql_url,
        "BRIEFING_SEND__ENGINE": "procrastinate",
    }
    config = load_config(tmp_path / "house" / "config.toml", settings)
    edition = act(draft, config, "staggers").edition.id
    act(render_edition, config, edition)
    return config, edition


def work_off(config):
    """Be a worker until no task is left."""
    worker = Worker(config, utc_now)
    with worker.at_work(), the_store(config, utc_now()) as store:
        queue = the_dispatcher(config, store)
        worker.work(lambda: not queue.tasks())


def test_with_an_engine_send_leaves_the_letters_to_the_workers(engine_house):
    config, edition = engine_house
    left = act(send_edition, config, edition)
    assert left.now == 0
    assert set(left.counts) == {State.PENDING}
    assert "left to the workers" in left.notes[0]
    work_off(config)
    sent = act(send_edition, config, edition)
    assert set(sent.counts) == {State.POSTED}
    assert sent.status is MailingStatus.SENT


def test_a_worker_whose_leases_always_end_too_early_says_so(engine_house, monkeypatch, caplog):
    config, edition = engine_house
    act(begin_sending, config, edition)
    late = LeasedLedger.intent.text.replace("d.lease > ", "d.lease > 1000 + ")
    monkeypatch.setattr(LeasedLedger, "intent", text(late))
    worker = Worker(config, utc_now)
    with worker.at_work():
        worker.deliver(edition, 0)
    (said,) = [one.getMessage() for one in caplog.records if one.levelname == "WARNING"]
    assert "posted no letter of" in said
    assert "Make [send] lease longer" in said


def test_a_worker_opens_no_house_it_has_open_already(engine_house):
    """Three connections: of its lock, and two that its desk and its ledger have in common."""
    config, edition = engine_house
    act(begin_sending, config, edition)
    opened: list[object] = []

    def hear(connection, record):
        opened.append(record)

    event.listen(Pool, "connect", hear)
    try:
        worker = Worker(config, utc_now)
        with worker.at_work():
            assert worker.waiting() == (edition,)
            worker.deliver(edition, 0)
            assert worker.waiting() == ()
    finally:
        event.remove(Pool, "connect", hear)
    assert worker.posted
    assert len(opened) == 3


def test_with_an_engine_the_clock_leaves_the_letters_to_the_workers(engine_house):
    config, edition = engine_house
    act(begin_sending, config, edition)
    SlotRunner(config, utc_now).carry_on()
    with the_store(config, utc_now()) as store:
        mailing = store.mailings.get(edition)
        assert set(store.ledger(mailing.number).counts()) == {State.PENDING}
        assert {task.edition for task in the_dispatcher(config, store).tasks()} == {edition}


def test_with_an_engine_a_sender_that_works_alone_is_refused(engine_house):
    with pytest.raises(SendError, match="`briefing worker`"):
        ScheduleLoop(engine_house[0], schedules=False)
