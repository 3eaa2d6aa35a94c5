"""A list by columns becomes the same readers as row by row."""

import os
from itertools import count
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from briefing.errors import StoreError
from briefing.model.delivery import Bounce
from briefing.model.subscriber import Standing
from briefing.store import Added, EntryColumns, ListRow, Told, add_columns, miscounted

EMAILS = st.sampled_from([f"{name}@example.org" for name in ("Ada", "ada", "bo", "cy", "di", "ed")])
ENTRY = st.tuples(EMAILS, st.sampled_from(["", "A", "B"]), st.sampled_from([(), ("press",)]))
TOLD = Told("import of list.csv", "ada", 1.0)
#: Each example has lists of its own, in the one store.
TURNS = count()


@pytest.fixture
def add(house):
    def added(entries, to="readers"):
        emails, names, tags = ([entry[at] for entry in entries] for at in range(3))
        columns = EntryColumns(emails, [email.lower() for email in emails], names, tags)
        return add_columns(house.store.database, house.store.subscribers, to, columns, TOLD)

    return added


def listed(house, name):
    return {
        (reader.email, reader.name, reader.tags, reader.standing)
        for reader in house.store.subscribers.each(name)
    }


@settings(
    max_examples=settings.default.max_examples // 2,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.lists(st.lists(ENTRY, min_size=1, max_size=6), max_size=4))
def test_columns_are_answered_and_kept_as_rows_are(house, add, lists):
    turn = next(TURNS)
    columns, rows = f"columns {turn}", f"rows {turn}"
    for entries in lists:
        alone = [ListRow(email, email.lower(), name, tags) for email, name, tags in entries]
        answers = house.store.subscribers.add_many(rows, alone, **TOLD._asdict())
        assert add(entries, columns) == answers
    assert listed(house, columns) == listed(house, rows)


def test_who_is_there_among_thousands_who_are_not_is_known(house, add):
    emails = [f"r{number:04}@example.org" for number in range(2_000)]
    house.add(emails[7], emails[1_601], name="Old")
    house.change(house.reader(emails[1_601]).id, Standing.UNSUBSCRIBED)
    answers = add([(email, "New", ()) for email in emails])
    others = {emails[at]: answers[at] for at in (7, 1_601)}
    assert others == {emails[7]: Added.UPDATED, emails[1_601]: Added.OPTED_OUT}
    assert answers.count(Added.NEW) == 1_998
    assert house.reader(emails[7]).name == "New"
    assert house.reader(emails[1_601]).standing is Standing.UNSUBSCRIBED
    with house.store.database.read() as connection:
        assert miscounted(connection) == ()


def test_a_list_that_says_nothing_new_leaves_everybody_as_they_are_and_who_is_gone_gone(house, add):
    house.add("ada@example.org", "bo@example.org", name="Old", tags=("press",))
    said = [("ada@example.org", "Old", ()), ("bo@example.org", "", ("press",))]
    before = listed(house, "readers")
    assert add(said) == [Added.THERE] * 2
    assert listed(house, "readers") == before
    house.change(house.reader("bo@example.org").id, Standing.UNSUBSCRIBED)
    assert add(said) == [Added.THERE, Added.OPTED_OUT]


def test_whose_mailbox_refused_is_put_in_by_no_column(house, add, bounce):
    house.add("ada@example.org")
    bounce(house.reader("ada@example.org").id, Bounce.HARD)
    entries = [("ada@example.org", "", ()), ("bo@example.org", "", ())]
    assert add(entries, "other") == [Added.OPTED_OUT, Added.NEW]


def test_the_first_line_of_a_record_says_who_put_the_list_in(house, add):
    add([("ada@example.org", "", ())])
    (line,) = house.store.subscribers.history(house.reader("ada@example.org").id)
    assert (line.cause, line.actor, line.becomes) == ("import of list.csv", "ada", "active")


def test_the_disk_is_waited_for_when_asked(file_house, monkeypatch):
    waited = []
    monkeypatch.setattr(os, "fsync", lambda file: waited.append(os.fstat(file).st_ino))
    file_house.add("ada@example.org")
    file_house.store.database.wait_for_disk()
    assert waited == [Path(f"{file_house.store.database.file}-wal").stat().st_ino]


def test_a_disk_that_takes_nothing_is_a_sentence(file_house, monkeypatch):
    def refuse(_):
        raise OSError(5, "Input/output error")

    file_house.add("ada@example.org")
    monkeypatch.setattr(os, "fsync", refuse)
    with pytest.raises(StoreError, match="does not take what was written: Input/output error"):
        file_house.store.database.wait_for_disk()
