"""A mailing is frozen once, and how it stands changes only forwards."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from sqlalchemy import text
from tests.store.conftest import housed

from briefing.errors import SendError, StoreError
from briefing.model.delivery import State
from briefing.model.mailing import MailingStatus
from briefing.model.subscriber import Standing

EDITION = "staggers-2026-11-23"


def test_freezing_takes_the_active_readers_of_the_list_and_nobody_else(house):
    numbers = house.fill(6)
    for reader, standing in zip(numbers, list(Standing)[2:6], strict=False):
        house.change(reader, standing)
    house.add("elsewhere@example.org", to="other")
    mailing = house.begin()
    ledger = house.store.ledger(mailing.number)
    assert [turn.reader.id for turn in ledger.pending(0, 100)] == numbers[4:]
    assert ledger.counts() == {State.PENDING: 2}
    assert (mailing.status, mailing.frozen_at) == (MailingStatus.SENDING, house.now)


def test_beginning_again_changes_nothing_whatever_became_of_list_and_draft(house):
    house.fill(2)
    first = house.begin()
    house.fill(3)
    house.now += 60
    again = house.begin()
    assert again == first
    assert house.store.ledger(first.number).counts() == {State.PENDING: 2}
    assert again.email.subject == f"Subject of {EDITION}"


def test_many_who_begin_at_once_begin_one_mailing(house):
    house.fill(50)
    with ThreadPoolExecutor(4) as pool:
        begun = list(pool.map(lambda _: house.begin(), range(8)))
    assert len(set(begun)) == 1
    assert house.ledger().counts() == {State.PENDING: 50}


def test_a_mailing_without_readers_is_sent_as_soon_as_it_begins(house):
    mailing = house.begin()
    assert house.store.mailings.finish(mailing.number, 5.0)
    assert house.store.mailings.get(EDITION) == replace(
        mailing, status=MailingStatus.SENT, done_at=5.0
    )


def test_a_mailing_is_sent_when_no_delivery_is_open(house, became):
    one, two = house.fill(2)
    mailing, ledger = house.begin(), house.ledger()
    assert not house.store.mailings.finish(mailing.number, 1.0)
    ledger.commit([one, two], [], 1.0)
    assert not house.store.mailings.finish(mailing.number, 1.0)
    ledger.commit([], [became(one, State.POSTED), became(two, State.DEFERRED)], 1.0)
    assert not house.store.mailings.finish(mailing.number, 1.0)
    ledger.commit([two], [], 2.0)
    ledger.commit([], [became(two, State.IN_DOUBT, doubtful=True)], 2.0)
    assert house.store.mailings.finish(mailing.number, 3.0)
    assert house.store.mailings.get(EDITION).status is MailingStatus.SENT


def test_a_paused_mailing_is_not_called_sent_and_can_go_on(house):
    mailing = house.begin()
    turn = house.store.mailings.turn
    assert turn(EDITION, MailingStatus.PAUSED, "by hand").reason == "by hand"
    house.store.mailings.finish(mailing.number, 1.0)
    assert house.store.mailings.get(EDITION).status is MailingStatus.PAUSED
    assert turn(EDITION, MailingStatus.SENDING).status is MailingStatus.SENDING


@pytest.mark.parametrize("becomes", [MailingStatus.SENDING, MailingStatus.PAUSED])
def test_nothing_changes_what_is_aborted_or_sent(house, becomes):
    house.store.mailings.finish(house.begin().number, 1.0)
    house.begin("other")
    house.store.mailings.turn("other", MailingStatus.ABORTED, "wrong edition")
    for edition, status in ((EDITION, "sent"), ("other", "aborted")):
        with pytest.raises(SendError, match=f"{edition} is {status} already"):
            house.store.mailings.turn(edition, becomes)
    assert house.store.mailings.get("other").reason == "wrong edition"


def test_only_what_was_sent_is_opened_again(house):
    sent, aborted = house.begin(), house.begin("other")
    house.store.mailings.finish(sent.number, 1.0)
    house.store.mailings.turn("other", MailingStatus.ABORTED)
    for mailing in (sent, aborted):
        house.store.mailings.reopen(mailing.number)
    assert house.store.mailings.get(EDITION) == sent
    assert house.store.mailings.get("other").status is MailingStatus.ABORTED


def test_mailings_are_told_newest_first_and_one_that_never_began_by_a_sentence(house):
    first, second = house.begin(), house.begin("other")
    assert house.store.mailings.all() == (second, first)
    assert house.store.mailings.all(limit=1) == (second,)
    assert house.store.mailings.all(status=MailingStatus.PAUSED) == ()
    for call in (
        house.store.mailings.get,
        lambda name: house.store.mailings.turn(name, MailingStatus.PAUSED),
    ):
        with pytest.raises(StoreError, match="'gone' was never sent"):
            call("gone")


def test_postgresql_knows_at_once_how_many_wait_and_how_readers_stand(server_url, tmp_path):
    known = "SELECT relname, reltuples FROM pg_class WHERE relname IN ('deliveries', 'subscribers')"
    columns = "SELECT attname FROM pg_stats WHERE tablename = 'subscribers'"
    with housed(server_url, tmp_path) as house:
        house.fill(20)
        house.begin()
        with house.store.database.read() as connection:
            rows = connection.execute(text(known)).mappings().all()
            looked_at = set(connection.execute(text(columns)).scalars())
    counts = {row["relname"]: row["reltuples"] for row in rows}
    assert counts == {"deliveries": 20, "subscribers": 20}
    assert looked_at >= {"list", "standing", "email_key"}
