"""The counts that are kept: the same as the rows, whoever changes them, and mended when they are not."""

from sqlalchemy import text
from tests.store.conftest import NOW

from briefing.model.delivery import State
from briefing.model.subscriber import Standing
from briefing.store import count_anew, miscounted
from briefing.store.upkeep.count_anew import Miscounted
from briefing.store.upkeep.migrate import downgrade, upgrade

EDITION = "staggers-2026-11-23"


def said(house, *statements):
    with house.store.database.write() as connection:
        for statement in statements:
            connection.execute(text(statement))


def differing(house):
    with house.store.database.read() as connection:
        return miscounted(connection)


def test_what_anybody_changes_is_counted_in_the_same_transaction(house):
    house.fill(4)
    house.begin(EDITION)
    said(
        house,
        "UPDATE deliveries SET state = 'posted', doubtful = true WHERE subscriber % 2 = 0",
        "UPDATE deliveries SET reply = 'nothing else' WHERE subscriber % 2 = 1",
        "DELETE FROM deliveries WHERE state = 'pending'",
        "UPDATE subscribers SET standing = 'paused' WHERE id % 2 = 0",
    )
    ledger = house.ledger(EDITION)
    assert (ledger.counts(), ledger.doubtful()) == ({State.POSTED: 2}, 2)
    assert house.store.subscribers.counts("readers") == {Standing.ACTIVE: 2, Standing.PAUSED: 2}


def test_what_is_undone_is_not_counted(house):
    house.fill(2)
    mailing = house.begin(EDITION).number
    with house.store.database.engine.connect() as connection:
        connection.execute(text("UPDATE deliveries SET state = 'posted'"))
        connection.rollback()
    assert house.store.ledger(mailing).counts() == {State.PENDING: 2}


def test_counts_that_are_wrong_are_found_and_mended(house):
    house.fill(3)
    mailing = house.begin(EDITION).number
    said(
        house,
        "DELETE FROM reader_counts",
        "UPDATE letter_counts SET count = count + 7, doubtful = 1",
    )
    wrong = (
        Miscounted(of=str(mailing), state="pending", kept=(10, 1), counted=(3, 0)),
        Miscounted(of="readers", state="active", kept=(0,), counted=(3,)),
    )
    assert differing(house) == wrong
    assert count_anew(house.store.database) == wrong
    assert differing(house) == count_anew(house.store.database) == ()
    assert house.ledger(EDITION).counts() == {State.PENDING: 3}


def test_a_house_of_an_older_program_is_counted_once(file_house):
    file_house.fill(3)
    file_house.begin(EDITION)
    database = file_house.store.database
    downgrade(database, "0028", file_house.folder / "backups", NOW)
    said(file_house, "UPDATE deliveries SET state = 'posting' WHERE subscriber = 1")
    upgrade(database, file_house.folder / "backups", NOW)
    assert file_house.ledger(EDITION).counts() == {State.PENDING: 2, State.POSTING: 1}
