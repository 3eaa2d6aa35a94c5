"""Who leaves by a link is in the book before anybody is told so, and many who do so at once wait together."""

import os
from contextlib import closing

import pytest
from sqlalchemy import event
from tests.store.conftest import opened
from tests.store.departures.written import line

from briefing.errors import StoreError
from briefing.model.subscriber import Standing


def readers(house, count):
    house.fill(count)
    return list(house.store.subscribers.each("readers"))


def leaving(reader, number=0, at=9e9):
    """The line of somebody who presses the link in a letter."""
    return line(number, mark="", ref=reader.ref, at=at, cause="left by the link")


def standings(store):
    return [str(reader.standing) for reader in store.subscribers.each("readers")]


def test_many_who_leave_at_once_wait_once_for_the_book_and_once_for_the_rows(house, monkeypatch):
    """However many they are, the statements that are said are the same."""
    found, departures = readers(house, 210), house.store.departures
    departures.leave(leaving(found[0]))  # opens what is opened once
    synced, commits = [], []
    monkeypatch.setattr(os, "fdatasync", lambda file, sync=os.fdatasync: synced.append(sync(file)))
    event.listen(departures._hasty().engine, "commit", commits.append)
    assert departures.leave(*map(leaving, found[1:])) == [True] * 209
    assert len(synced) == 1
    few = len(commits)
    assert departures.leave(leaving(found[0])) == [True]
    assert len(commits) <= few
    assert standings(house.store) == ["unsubscribed"] * 210
    assert all(
        [change.cause for change in house.store.subscribers.history(one.id)][1:]
        == ["left by the link"]
        for one in found
    )


def test_of_those_who_leave_together_each_is_let_go_once_whoever_was_gone_or_pressed_twice(house):
    first, second, third = readers(house, 3)
    house.change(first.id, Standing.BOUNCED)
    stranger = line(7, ref="nobody here", at=9e9)
    lines = [leaving(one) for one in (first, second, second, third)]
    assert house.store.departures.leave(*lines, stranger) == [True] * 5
    assert standings(house.store) == ["bounced", "unsubscribed", "unsubscribed"]
    assert len(house.store.subscribers.history(second.id)) == 2
    assert house.store.departures.leave(*lines, stranger) == [True] * 5
    assert len(house.store.subscribers.history(third.id)) == 2


def test_whom_a_full_book_did_not_let_go_is_let_go_by_the_next_click(house, monkeypatch):
    """They were told that it did not work; the second time they must not be told that it did."""
    (reader,), departures = readers(house, 1), house.store.departures

    def is_full(*_):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "pwrite", is_full)
        with pytest.raises(StoreError, match="No space left"):
            departures.leave(leaving(reader))
    assert standings(house.store) == ["active"]
    assert departures.leave(leaving(reader)) == [True]
    assert standings(house.store) == ["unsubscribed"]


def test_who_came_back_can_leave_again_although_another_process_told_the_rows(house, monkeypatch):
    (reader,), departures = readers(house, 1), house.store.departures
    with monkeypatch.context() as patch:
        patch.setattr(type(departures), "catch_up", lambda *_, **__: 0)
        assert departures.leave(leaving(reader)) == [False]
    with closing(opened(house.url, house.folder)) as other:
        assert standings(other) == ["unsubscribed"]
        assert other.subscribers.change(
            reader.id, Standing.ACTIVE, cause="confirmed", actor="reader", now=9.1e9
        )
    assert departures.leave(leaving(reader, at=9.2e9)) == [True]
    assert standings(house.store) == ["unsubscribed"]


def test_who_presses_again_and_again_while_the_rows_are_not_told_is_one_line(house, monkeypatch):
    (reader,), departures = readers(house, 1), house.store.departures
    with monkeypatch.context() as patch:
        patch.setattr(type(departures), "catch_up", lambda *_, **__: 0)
        departures.leave(leaving(reader))
        size = departures.book.append()[1]
        for _ in range(20):
            assert departures.leave(leaving(reader), leaving(reader)) == [False] * 2
        assert departures.book.append()[1] == size
    departures.catch_up()
    assert standings(house.store) == ["unsubscribed"]


def test_nobody_who_leaves_changes_nothing(house):
    """A process that starts asks so, for whoever comes first would wait for what is opened once."""
    departures = house.store.departures
    before = departures.book.append()
    assert departures.leave() == []
    assert departures.book.append() == before
    assert not departures.is_behind
