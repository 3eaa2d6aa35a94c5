"""A database that is another than before lets no letter leave, and what it forgot is marked."""

import pytest
from sqlalchemy import text

from briefing.errors import StoreError
from briefing.model.delivery import State
from briefing.model.mailing import MailingStatus

EDITION = "staggers-2026-11-23"


@pytest.fixture
def failing(house):
    """A house over PostgreSQL that has seen its lineage, with four readers and a mailing."""
    if house.store.database.is_sqlite:
        pytest.skip("a file never fails over")
    readers = house.fill(4)
    house.begin()
    assert house.store.lineage.face(house.now)
    assert not house.store.lineage.face(house.now)
    return house, readers


def note(house, name, value):
    with house.store.database.write() as connection:
        connection.execute(
            text(
                "INSERT INTO house (name, value) VALUES (:name, :value) "
                "ON CONFLICT (name) DO UPDATE SET value = excluded.value"
            ),
            {"name": name, "value": value},
        )


def lineage(house):
    with house.store.database.read() as connection:
        found = connection.execute(text("SELECT value FROM house WHERE name = 'lineage'"))
        return found.scalar_one()


def promoted(house):
    """As if the database were of the timeline before: a standby of it was promoted."""
    system = lineage(house).partition("/")[0]
    note(house, "lineage", f"{system}/00000000/before")


def test_no_letter_leaves_while_the_server_is_another_than_the_database_was_told_of(failing):
    house, readers = failing
    ledger = house.ledger()
    with house.store.shared_ledger(house.begin().number, "one", 60.0) as shared:
        assert [turn.reader.id for turn in shared.pending(0, 2)] == readers[:2]
        promoted(house)
        assert shared.commit(readers[:2], [], 1.0) == frozenset()
        assert shared.pending(0, 9) == []
        assert ledger.commit(readers[2:], [], 1.0) == frozenset()
    assert ledger.counts() == {State.PENDING: 4}


def test_what_the_database_forgot_is_in_doubt_and_nobody_gets_a_third(failing):
    house, (once, twice, refused, never) = failing
    trace = house.store.lineage.trace(EDITION)
    trace([once, twice, refused], [])
    trace([twice], [refused])
    promoted(house)
    assert house.store.lineage.face(house.now)
    mailing = house.begin()
    assert mailing.status is MailingStatus.PAUSED
    assert "failed over" in mailing.reason
    rows = {row.email: (row.state, row.doubtful, row.tries) for row in house.ledger().rows()}
    assert list(rows.values()) == [
        (State.IN_DOUBT, True, 1),
        (State.POSTED, True, 2),
        (State.PENDING, False, 0),
        (State.PENDING, False, 0),
    ]
    assert house.ledger().doubtful() == 2
    house.store.mailings.turn(EDITION, MailingStatus.SENDING)
    assert house.ledger().commit([refused, never], [], 1.0) == {refused, never}


def test_what_the_database_knows_is_left_as_it_is(failing, became):
    house, (one, other, *_) = failing
    ledger, trace = house.ledger(), house.store.lineage.trace(EDITION)
    for reader in (one, other):
        trace(ledger.commit([reader], [], 1.0), [])
    ledger.commit([], [became(one, State.POSTED)], 1.0)
    promoted(house)
    house.store.lineage.face(house.now)
    assert ledger.counts() == {State.POSTED: 1, State.POSTING: 1, State.PENDING: 2}
    assert ledger.doubtful() == 0


def test_another_machine_marks_what_it_knows_when_it_comes_back(failing):
    house, (reader, *_) = failing
    house.store.lineage.trace(EDITION)([reader], [])
    # Somebody else has faced the failover, and a person has let the mailing go on.
    note(house, "lineage", f"{lineage(house).rpartition('/')[0]}/somebody-elses")
    assert house.store.lineage.face(house.now)
    mailing = house.begin()
    assert mailing.status is MailingStatus.PAUSED
    assert "1 letters that left from this machine" in mailing.reason
    assert house.ledger().counts() == {State.IN_DOUBT: 1, State.PENDING: 3}


def test_an_edition_that_a_failover_forgot_whole_begins_again_paused_and_marked(failing):
    house, (reader, *_) = failing
    house.store.lineage.trace("forgotten")([reader], [])
    promoted(house)
    house.store.lineage.face(house.now)
    again = house.begin("forgotten")
    assert again.status is MailingStatus.PAUSED
    assert "within an hour of a failover" in again.reason
    assert house.store.lineage.face(house.now)
    assert house.ledger("forgotten").counts() == {State.IN_DOUBT: 1, State.PENDING: 3}
    house.now += 3_601
    assert house.begin("the next day").status is MailingStatus.SENDING


def test_a_server_that_is_older_than_one_that_was_seen_pauses_all(failing):
    house, _ = failing
    system = lineage(house).partition("/")[0]
    (house.folder / "wire" / "lineage").write_text(f"{system}/0000000F/newer")
    house.store.lineage.face(house.now)
    assert "two may be writing" in house.begin().reason


def test_a_trace_that_cannot_be_written_lets_nothing_leave_and_a_torn_one_is_read(failing):
    house, readers = failing
    trace = house.store.lineage.trace(EDITION)
    trace(readers[:2], [])
    path = house.folder / "wire" / f"{EDITION}.log"
    path.write_bytes(path.read_bytes() + f"{readers[2]} {readers[3]}".encode())
    promoted(house)
    house.store.lineage.face(house.now)
    assert house.ledger().counts() == {State.IN_DOUBT: 2, State.PENDING: 2}
    path.unlink()
    path.mkdir()
    with pytest.raises(StoreError, match="cannot be written"):
        trace(readers, [])


def test_nothing_is_kept_for_a_file(file_house):
    assert not file_house.store.lineage.face(1.0)
    assert file_house.store.lineage.trace(EDITION) is None
    assert not (file_house.folder / "wire").exists()
