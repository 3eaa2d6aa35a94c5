"""Moving here from another program: who left there stays gone, whatever was imported before."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from tests.actions.noted import Noted
from tests.newsrooms import new_house

from briefing.actions.context import open_desk
from briefing.actions.readers.import_list import import_list
from briefing.actions.readers.lists import find_readers
from briefing.model.subscriber import Standing
from briefing.store import Database

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
LEFT = "email,status\nada@example.org,unsubscribed\nbo@example.org,spam\ncy@example.org,active\n"


@pytest.fixture
def take(tmp_path):
    """Import a text; what became of it."""
    config = new_house(tmp_path)
    with open_desk(config, lambda: NOW) as desk:

        def called(content, name="list.csv", now=5.0):
            path = tmp_path / name
            path.write_text(content)
            then = datetime.fromtimestamp(now, UTC)
            return import_list(replace(desk, clock=lambda: then), "readers", path, actor="ada")

        yield Noted(called, desk=desk, store=desk.store)


def standings(desk, email):
    return [reader.standing for reader, _ in find_readers(desk, email)]


def test_who_left_elsewhere_is_put_down_as_gone_with_the_cell_that_says_so(take):
    done = take(LEFT)
    assert (done.added, done.gone, done.bad) == (1, 2, 0)
    ((reader, history),) = find_readers(take.desk, "ada@example.org")
    assert reader.standing is Standing.UNSUBSCRIBED
    assert history[0].cause == "import of list.csv (status: unsubscribed)"
    assert done.reasons[0] == ("unsubscribed (status unsubscribed)", 1, "ada@example.org")


def test_who_was_made_active_by_an_import_before_is_taken_off_by_the_list_of_leavers(take):
    take("email\nada@example.org\n")
    take(LEFT)
    assert standings(take.desk, "ada@example.org") == [Standing.UNSUBSCRIBED]


def test_who_confirmed_here_after_they_left_elsewhere_stays(take):
    take("email\nada@example.org\n", now=1.0)
    ((reader, _),) = find_readers(take.desk, "ada@example.org")
    for becomes in (Standing.UNSUBSCRIBED, Standing.ACTIVE):
        take.store.subscribers.change(
            reader.id, becomes, cause="confirmed from the mailbox", actor="reader", now=1e9
        )
    take("email,unsubscribed_at\nada@example.org,1999-01-01\n")
    assert standings(take.desk, "ada@example.org") == [Standing.ACTIVE]
    take("email,unsubscribed_at\nada@example.org,2025-01-01\n")
    assert standings(take.desk, "ada@example.org") == [Standing.UNSUBSCRIBED]


def test_no_later_list_brings_back_who_left_or_complained_elsewhere(take):
    take(LEFT)
    done = take("email\nada@example.org\nbo@example.org\n")
    assert (done.added, done.opted_out) == (0, 2)
    # The mailbox that called a letter spam is the same on each list.
    with take.store.database.read() as connection:
        assert take.store.subscribers.is_suppressed(connection, "other", "bo@example.org")
        assert not take.store.subscribers.is_suppressed(connection, "other", "ada@example.org")


@pytest.mark.parametrize("first", ["active", "unsubscribed"])
def test_of_two_rows_for_one_address_the_one_that_says_gone_counts(take, first):
    other = "unsubscribed" if first == "active" else "active"
    take(f"email,status\nada@example.org,{first}\nada@example.org,{other}\n")
    assert standings(take.desk, "ada@example.org") == [Standing.UNSUBSCRIBED]


def test_the_day_on_which_somebody_asked_elsewhere_is_in_their_record(take):
    take("email,confirm_time\nada@example.org,2021-03-04 10:11:12\n")
    ((reader, history),) = find_readers(take.desk, "ada@example.org")
    assert reader.standing is Standing.ACTIVE
    asked = history[-1]
    assert asked.cause == "asked for letters elsewhere (confirm_time: 2021-03-04 10:11:12)"
    assert asked.at == datetime(2021, 3, 4, 10, 11, 12, tzinfo=UTC).timestamp()


def test_who_never_confirmed_elsewhere_gets_no_letters(take):
    assert take("email,status\nada@example.org,unconfirmed\n").waiting == 1
    assert standings(take.desk, "ada@example.org") == [Standing.PENDING]


def test_who_left_among_many_who_did_not_is_put_down_with_all_others_who_left(take, monkeypatch):
    began = []
    begin = Database.write

    def counted(database):
        began.append(database)
        return begin(database)

    monkeypatch.setattr(Database, "write", counted)
    rows = [f"r{n}@example.org,{'active' if n % 3 else 'unsubscribed'}\n" for n in range(300)]
    done = take("email,status\n" + "".join(rows))
    assert (done.added, done.gone) == (200, 100)
    assert len(began) < 100
    found = {reader.email: reader.standing for reader in take.store.subscribers.each("readers")}
    assert found["r299@example.org"] is Standing.ACTIVE
    assert found["r297@example.org"] is Standing.UNSUBSCRIBED


STANDINGS = ("active", "unsubscribed", "unconfirmed", "paused")


@pytest.mark.parametrize("first", STANDINGS)
@pytest.mark.parametrize("then", STANDINGS)
def test_rows_for_one_address_count_in_the_order_of_the_file_whoever_stands_between(
    take, first, then
):
    between = "".join(
        f"r{n}@example.org,{'active' if n % 2 else 'unsubscribed'}\n" for n in range(6)
    )
    take(f"email,status\nada@example.org,{first}\n{between}ada@example.org,{then}\n")
    for row in (first, then):
        take(f"email,status\nbo@example.org,{row}\n")
    assert standings(take.desk, "ada@example.org") == standings(take.desk, "bo@example.org")
