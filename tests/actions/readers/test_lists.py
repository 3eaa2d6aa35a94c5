"""Putting readers on a list, finding them, and letting them go."""

import csv
from contextlib import contextmanager
from datetime import UTC, datetime

import pytest
from tests.newsrooms import new_house

from briefing.actions.context import open_desk
from briefing.actions.readers.import_list import Imported, import_list, sync_list
from briefing.actions.readers.lists import (
    add_reader,
    change_readers,
    erase_reader,
    export_list,
    find_readers,
    tag_readers,
)
from briefing.errors import ConfigError, SubscriberError
from briefing.model.subscriber import Standing
from briefing.store import Added

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
ADA = "ada@example.org"


class Lists:
    """A house with an open desk."""

    def __init__(self, folder, desk):
        self.folder, self.desk = folder, desk

    def read(self, content, **options) -> Imported:
        path = self.folder / "list.csv"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return import_list(self.desk, "readers", path, actor="ada", **options)

    def leaves(self, email, becomes=Standing.UNSUBSCRIBED):
        return change_readers(
            self.desk, email, becomes, only_from=Standing, cause="asked", actor="ada"
        )

    def emails(self, standing=None):
        return [reader.email for reader in self.desk.store.subscribers.each("readers", standing)]


@pytest.fixture
def house(tmp_path):
    config = new_house(tmp_path)
    with open_desk(config, lambda: NOW) as desk:
        yield Lists(tmp_path, desk)


def test_an_import_counts_what_became_of_every_row(house):
    house.read("email,name\nbo@example.org,Bo\ncy@example.org,Cy\ndi@example.org,Di\n")
    house.leaves("di@example.org")
    done = house.read(
        "email,name\nada@example.org,Ada\nADA@example.org,Ada\nbo@example.org,Bo Bek\n"
        "cy@example.org,Cy\ndi@example.org,Di\nnobody,N\n"
    )
    assert (done.added, done.updated, done.there, done.opted_out, done.bad) == (1, 1, 2, 1, 1)
    assert sorted(house.emails(Standing.ACTIVE)) == [ADA, "bo@example.org", "cy@example.org"]
    assert len(done.sentences) == 2
    assert any(
        "'di@example.org' opted out before; only they can come back" in said
        for said in done.sentences
    )
    assert any("list.csv:7: 'nobody' is not an address" in said for said in done.sentences)


def test_importing_again_changes_nothing(house):
    content = "email,name,tags\nada@example.org,Ada,press\nbo@example.org,,\n"
    house.read(content)
    before = list(export_list(house.desk, "readers", None))
    assert house.read(content) == Imported(there=2)
    assert list(export_list(house.desk, "readers", None)) == before


@pytest.mark.parametrize("gone", [Standing.UNSUBSCRIBED, Standing.BOUNCED, Standing.COMPLAINED])
def test_whoever_left_stays_gone_whatever_is_imported(house, gone):
    house.read(f"email\n{ADA}\n")
    house.leaves(ADA, gone)
    assert house.read(f"email,name\n{ADA},Ada\n").opted_out == 1
    assert sync_list(house.desk, "readers").bad == 0
    ((reader, history),) = find_readers(house.desk, ADA)
    assert reader.standing is gone
    assert [change.becomes for change in history] == ["active", gone]


def test_an_erased_reader_is_neither_found_nor_imported(house):
    house.read(f"email,name\n{ADA},Ada\n")
    assert erase_reader(house.desk, "Ada@Example.org", actor="ada") == 1
    assert house.read(f"email,name\n{ADA},Ada\n").opted_out == 1
    for call in (
        lambda: find_readers(house.desk, ADA),
        lambda: erase_reader(house.desk, ADA, actor="ada"),
        lambda: house.leaves(ADA),
    ):
        with pytest.raises(SubscriberError, match="Nobody on any list"):
            call()
    var = house.folder / "var"
    assert b"ada@" not in b"".join(path.read_bytes() for path in var.glob("*.db*"))


def test_a_trial_run_says_the_same_of_rows_and_changes_nothing(house):
    done = house.read("email\nada@example.org\nnobody\n", keeps=False)
    assert (done.added, done.bad) == (1, 1)
    assert house.emails() == []


def test_the_report_has_a_line_for_every_row(house):
    report = house.folder / "report.csv"
    rows = "".join(f"r{number}@example.org,R\n" for number in range(30))
    done = house.read(f'email,name\n{rows}broken,"B\n{ADA},Ada\n', report=report)
    assert (done.added, done.bad) == (31, 1)
    with report.open(newline="") as file:
        found = list(csv.DictReader(file))
    assert [int(row["row"]) for row in found] == list(range(2, 34))
    outcomes = {row["row"]: (row["email"], row["outcome"]) for row in found}
    assert outcomes["33"] == (ADA, "added")
    assert "never closed" in outcomes["32"][1]


def test_a_report_that_cannot_be_written_is_a_sentence(house):
    with pytest.raises(SubscriberError, match="cannot be written"):
        house.read("email\nada@example.org\n", report=house.folder / "no" / "report.csv")


def test_many_bad_rows_are_all_counted_and_the_first_told(house):
    done = house.read("email\n" + "nobody\n" * 500)
    assert done.bad == 500
    assert len(done.sentences) == 20


def test_an_import_tells_how_far_it_is(house):
    class Shown:
        said: tuple[object, ...] = ()

        def track(self, things, label, total, size):
            for thing in things:
                yield thing
                self.said = (label, total, size(thing))

        @contextmanager
        def counting(self, label, total):
            yield lambda: None

    shown = Shown()
    house.read("email\nada@example.org\nbo@example.org\n", progress=shown)
    assert shown.said == ("Reading list.csv", 3, 2)


def test_a_list_or_file_that_is_not_there_is_a_sentence(house):
    with pytest.raises(ConfigError, match=r"no list 'nope'; config\.toml has: readers"):
        import_list(house.desk, "nope", house.folder / "x.csv", actor="ada")
    with pytest.raises(SubscriberError, match="cannot be read"):
        import_list(house.desk, "readers", house.folder / "x.csv", actor="ada")


def test_the_file_that_the_configuration_names_joins_the_list(house):
    assert sync_list(house.desk, "readers").added >= 5
    again = sync_list(house.desk, "readers")
    assert (again.added, again.bad) == (0, 0)


def test_what_is_exported_is_imported_as_it_was(house):
    house.read(
        'email,name,tags\nada@example.org,"=Ada, ""A""",+press;lords\n'
        "+bo@example.org,'=Bo,\ndi@example.org,Di,\n"
    )
    house.leaves("di@example.org")
    lines = "".join(export_list(house.desk, "readers", None)).splitlines(keepends=True)
    assert not any(cell[:1] in "=+-@" for row in csv.reader(lines) for cell in row if cell)
    before = list(export_list(house.desk, "readers", Standing.ACTIVE))
    tag_readers(house.desk, ADA, ("changed",))
    done = house.read("".join(lines))
    assert (done.updated, done.there, done.opted_out, done.added) == (1, 1, 1, 0)
    assert list(export_list(house.desk, "readers", Standing.ACTIVE)) == before


def test_one_reader_is_added_by_hand_with_a_record(house):
    def add(email):
        return add_reader(house.desk, "readers", email, name="Ada  F", tags=("a",), actor="x")

    assert add("Ada@Example.org") is Added.NEW
    assert add(ADA) is Added.THERE
    ((reader, history),) = find_readers(house.desk, ADA)
    assert (reader.email, reader.name, reader.tags) == ("Ada@example.org", "Ada F", ("a",))
    assert [(change.cause, change.actor) for change in history] == [("added by hand", "x")]
    with pytest.raises(SubscriberError, match="is not an address"):
        add("nobody")


def test_tags_are_changed_by_address(house):
    house.read(f"email,tags\n{ADA},press\n")
    assert tag_readers(house.desk, ADA, ("lords", "trial")) == 1
    assert find_readers(house.desk, ADA)[0][0].tags == ("lords", "trial")


def test_a_change_reaches_every_list_and_says_on_how_many(house):
    house.read(f"email\n{ADA}\n")
    assert house.leaves(ADA, Standing.PAUSED) == 1
    assert house.leaves(ADA, Standing.PAUSED) == 0
