"""The desk's log is a chain: no line changes, or goes, unseen."""

import pytest
from sqlalchemy import text

from briefing.model.audit_entry import AuditEntry


def note(house, *verbs):
    for number, verb in enumerate(verbs):
        entry = AuditEntry(at=float(number), actor="ada", verb=verb, edition="e", detail="ü\n\t")
        house.store.audit_log.note(entry)


def harm(house, statement):
    with house.store.database.write() as connection:
        connection.execute(text(statement))


def test_a_log_as_it_was_written_is_whole_and_an_empty_one_too(house):
    log = house.store.audit_log
    assert (log.verify().rows, log.verify().head, log.verify().broken) == (0, "", None)
    note(house, "approve", "reject", "test")
    found = log.verify()
    assert (found.rows, found.broken, len(found.head)) == (3, None, 64)
    note(house, "approve")
    assert log.verify(found.head).has_head
    assert not log.verify("0" * 64).has_head


@pytest.mark.parametrize(
    ("statement", "broken"),
    [
        ("UPDATE deeds SET actor = 'eve' WHERE id = 2", 2),
        ("UPDATE deeds SET at = at + 1 WHERE id = 3", 3),
        ("UPDATE deeds SET hash = 'x' WHERE id = 1", 1),
        ("DELETE FROM deeds WHERE id = 2", 3),
        ("UPDATE deeds SET chain = '' WHERE id = 3", 3),
    ],
)
def test_a_line_that_was_changed_or_taken_out_is_named(house, statement, broken):
    note(house, "approve", "reject", "test", "approve")
    harm(house, statement)
    assert house.store.audit_log.verify().broken == broken


def test_lines_cut_off_at_the_end_show_by_a_checksum_kept_elsewhere(house):
    note(house, "approve", "reject")
    head = house.store.audit_log.verify().head
    harm(house, "DELETE FROM deeds WHERE id = 2")
    found = house.store.audit_log.verify(head)
    assert found.broken is None
    assert not found.has_head


def test_lines_older_than_the_chain_are_bound_by_the_first_that_is_not(house):
    note(house, "approve", "reject")
    harm(house, "UPDATE deeds SET chain = ''")
    note(house, "test")
    assert house.store.audit_log.verify().broken is None
    harm(house, "UPDATE deeds SET actor = 'eve' WHERE id = 1")
    assert house.store.audit_log.verify().broken == 3
