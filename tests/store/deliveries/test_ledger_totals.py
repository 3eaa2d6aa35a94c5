"""Ledgers of old editions: the rows go, what they add up to stays."""

import pytest

from briefing.model.delivery import State
from briefing.model.mailing import MailingStatus
from briefing.store.deliveries import ledger_totals
from briefing.store.deliveries.ledger_totals import HEADER

EDITION = "staggers-2026-11-23"


@pytest.fixture
def ended(house, became):
    """An edition that was sent to five readers, with every end a letter can have."""
    numbers = house.fill(5)
    ledger = house.ledger(EDITION)
    ledger.commit(numbers, [], 1.0)
    again = became(numbers[3], State.DEFERRED, due=2.0, detail="451 later")
    ledger.commit([], [again], 2.0)
    ledger.commit([numbers[3]], [], 3.0)
    states = [State.POSTED, State.POSTED, State.BOUNCED, State.POSTED, State.IN_DOUBT]
    outcomes = [
        became(number, state, doubtful=state is State.IN_DOUBT)
        for number, state in zip(numbers, states, strict=True)
    ]
    ledger.commit([], outcomes, 4.0)
    assert house.store.mailings.finish(house.begin(EDITION).number, house.now)
    return house.begin(EDITION)


def counts(house):
    ledger = house.ledger(EDITION)
    return ledger.counts(), ledger.doubtful()


def test_only_editions_that_ended_before_then_and_have_rows_are_archived(house, ended):
    house.begin("still-sending")
    assert house.store.archived.ended(house.now + 1) == ((ended.number, EDITION),)
    assert house.store.archived.ended(house.now - 1) == ()
    house.store.archived.drop(ended.number)
    assert house.store.archived.ended(house.now + 1) == ()


def test_an_edition_that_was_aborted_has_ended(house):
    house.fill(1)
    house.begin(EDITION)
    house.store.mailings.turn(EDITION, MailingStatus.ABORTED, "wrong headline")
    assert [name for _, name in house.store.archived.ended(house.now + 1)] == [EDITION]


def test_the_counts_stay_as_they_were_when_the_rows_are_gone(house, ended):
    before = counts(house)
    assert before == ({State.POSTED: 3, State.BOUNCED: 1, State.IN_DOUBT: 1}, 1)
    assert house.store.archived.drop(ended.number) == 5
    assert counts(house) == before
    assert list(house.ledger(EDITION).rows()) == []
    assert list(house.tries(EDITION)) == []


def test_the_counts_are_whole_whenever_it_is_stopped(house, ended, monkeypatch):
    monkeypatch.setattr(ledger_totals, "_BATCH", 2)
    before = counts(house)
    while house.store.archived._drop_some(ended.number):
        assert counts(house) == before
    assert house.store.archived.drop(ended.number) == 0
    assert counts(house) == before


def test_every_delivery_and_every_try_is_told_by_the_readers_reference(house, ended):
    rows = [dict(zip(HEADER, row, strict=True)) for row in house.store.archived.rows(ended.number)]
    refs = {reader.ref for reader in house.store.subscribers.each("readers")}
    assert {row["reader"] for row in rows} == refs
    assert [row["kind"] for row in rows] == ["delivery"] * 5 + ["try"] * 2
    assert not any("@" in str(cell) for row in rows for cell in row.values())
