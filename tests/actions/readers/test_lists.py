"""Putting readers on a list, finding them, and letting them go."""

import csv
from contextlib import contextmanager
from datetime import UTC, datetime

import pytest

from briefing.actions.admin.init import make_house
from briefing.actions.open_store import the_store
from briefing.actions.readers.import_list import Imported, import_list, sync_list
from briefing.actions.readers.lists import (
    add_reader,
    change_readers,
    erase_reader,
    export_list,
    find_readers,
    tag_readers,
)
from briefing.config import load_config
from briefing.errors import ConfigError, SubscriberError
from briefing.model.subscriber import Standing
from briefing.store import Added

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
ADA = "ada@example.org"


class Desk:
    """A house with an open store."""

    def __init__(self, folder, config, store):
        self.folder, self.config, self.store = folder, config, store

    def read(self, content, **options) -> Imported:
        path = self.folder / "list.csv"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        options.setdefault("store", self.store)
        store = options.pop("store")
        return import_list(store, self.config, "readers", path, now=1.0, actor="ada", **options)

    def leaves(self, email, becomes=Standing.UNSUBSCRIBED):
        return change_readers(
            self.store, email, becomes, only_from=Standing, cause="asked", actor="ada", now=2.0
        )

    def emails(self, standing=None):
        return [reader.email for reader in self.store.subscribers.each("readers", standing)]


@pytest.fixture
def desk(tmp_path):
    make_house(tmp_path)
    config = load_config(tmp_path / "config.toml", {})
    with the_store(config, NOW) as store:
        yield Desk(tmp_path, config, store)


def test_an_import_counts_what_became_of_every_row(desk):
    desk.read("email,name\nbo@example.org,Bo\ncy@example.org,Cy\ndi@example.org,Di\n")
    desk.leaves("di@example.org")
    done = desk.read(
        "email,name\nada@example.org,Ada\nADA@example.org,Ada\nbo@example.org,Bo Bek\n"
        "cy@example.org,Cy\ndi@example.org,Di\nnobody,N\n"
    )
    assert (done.added, done.updated, done.there, done.opted_out, done.bad) == (1, 1, 2, 1, 1)
    assert sorted(desk.emails(Standing.ACTIVE)) == [ADA, "bo@example.org", "cy@example.org"]
    assert len(done.sentences) == 2
    assert any(
        "'di@example.org' opted out before; only they can come back" in said
        for said in done.sentences
    )
    assert any("list.csv:7: 'nobody' is no address" in said for said in done.sentences)


def test_importing_again_changes_nothing(desk):
    content = "email,name,tags\nada@example.org,Ada,press\nbo@example.org,,\n"
    desk.read(content)
    before = list(export_list(desk.store, desk.config, "readers", None))
    assert desk.read(content) == Imported(there=2)
    assert list(export_list(desk.store, desk.config, "readers", None)) == before


@pytest.mark.parametrize("gone", [Standing.UNSUBSCRIBED, Standing.BOUNCED, Standing.COMPLAINED])
def test_whoever_left_stays_gone_whatever_is_imported(desk, gone):
    desk.read(f"email\n{ADA}\n")
    desk.leaves(ADA, gone)
    assert desk.read(f"email,name\n{ADA},Ada\n").opted_out == 1
    assert sync_list(desk.store, desk.config, "readers", 3.0).bad == 0
    ((reader, history),) = find_readers(desk.store, ADA)
    assert reader.standing is gone
    assert [change.becomes for change in history] == ["active", gone]


def test_an_erased_reader_is_neither_found_nor_imported(desk):
    desk.read(f"email,name\n{ADA},Ada\n")
    assert erase_reader(desk.store, "Ada@Example.org", actor="ada", now=2.0) == 1
    assert desk.read(f"email,name\n{ADA},Ada\n").opted_out == 1
    for call in (
        lambda: find_readers(desk.store, ADA),
        lambda: erase_reader(desk.store, ADA, actor="ada", now=3.0),
        lambda: desk.leaves(ADA),
    ):
        with pytest.raises(SubscriberError, match="Nobody on any list"):
            call()
    var = desk.folder / "var"
    assert b"ada@" not in b"".join(path.read_bytes() for path in var.glob("*.db*"))


def test_a_trial_run_says_the_same_of_rows_and_changes_nothing(desk):
    done = desk.read("email\nada@example.org\nnobody\n", store=None)
    assert (done.added, done.bad) == (1, 1)
    assert desk.emails() == []


def test_the_report_has_a_line_for_every_row(desk):
    report = desk.folder / "report.csv"
    rows = "".join(f"r{number}@example.org,R\n" for number in range(30))
    done = desk.read(f'email,name\n{rows}broken,"B\n{ADA},Ada\n', report=report)
    assert (done.added, done.bad) == (31, 1)
    with report.open(newline="") as file:
        found = list(csv.DictReader(file))
    assert [int(row["row"]) for row in found] == list(range(2, 34))
    outcomes = {row["row"]: (row["email"], row["outcome"]) for row in found}
    assert outcomes["33"] == (ADA, "added")
    assert "never closed" in outcomes["32"][1]


def test_a_report_that_cannot_be_written_is_a_sentence(desk):
    with pytest.raises(SubscriberError, match="cannot be written"):
        desk.read("email\nada@example.org\n", report=desk.folder / "no" / "report.csv")


def test_many_bad_rows_are_all_counted_and_the_first_told(desk):
    done = desk.read("email\n" + "nobody\n" * 500)
    assert done.bad == 500
    assert len(done.sentences) == 20


def test_an_import_tells_how_far_it_is(desk):
    class Shown:
        said = ()

        def track(self, things, label, total):
            self.said = (label, total)
            yield from things

        @contextmanager
        def counting(self, label, total):
            yield lambda: None

    shown = Shown()
    desk.read("email\nada@example.org\nbo@example.org\n", progress=shown)
    assert shown.said == ("Reading list.csv", 3)


def test_a_list_or_file_that_is_not_there_is_a_sentence(desk):
    with pytest.raises(ConfigError, match=r"no list 'nope'; config\.toml has: readers"):
        import_list(None, desk.config, "nope", desk.folder / "x.csv", now=1.0, actor="ada")
    with pytest.raises(SubscriberError, match="cannot be read"):
        import_list(desk.store, desk.config, "readers", desk.folder / "x.csv", now=1.0, actor="ada")


def test_the_file_that_the_configuration_names_joins_the_list(desk):
    assert sync_list(desk.store, desk.config, "readers", 1.0).added >= 5
    again = sync_list(desk.store, desk.config, "readers", 2.0)
    assert (again.added, again.bad) == (0, 0)


def test_what_is_exported_is_imported_as_it_was(desk):
    desk.read(
        'email,name,tags\nada@example.org,"=Ada, ""A""",+press;lords\n'
        "+bo@example.org,'=Bo,\ndi@example.org,Di,\n"
    )
    desk.leaves("di@example.org")
    lines = list(export_list(desk.store, desk.config, "readers", None))
    assert not any(cell[:1] in "=+-@" for row in csv.reader(lines) for cell in row if cell)
    before = list(export_list(desk.store, desk.config, "readers", Standing.ACTIVE))
    tag_readers(desk.store, ADA, ("changed",))
    done = desk.read("".join(lines))
    assert (done.updated, done.there, done.opted_out, done.added) == (1, 1, 1, 0)
    assert list(export_list(desk.store, desk.config, "readers", Standing.ACTIVE)) == before


def test_one_reader_is_added_by_hand_with_a_record(desk):
    def add(email):
        return add_reader(
            desk.store,
            desk.config,
            "readers",
            email,
            name="Ada  F",
            tags=("a",),
            now=1.0,
            actor="x",
        )

    assert add("Ada@Example.org") is Added.NEW
    assert add(ADA) is Added.THERE
    ((reader, history),) = find_readers(desk.store, ADA)
    assert (reader.email, reader.name, reader.tags) == ("Ada@example.org", "Ada F", ("a",))
    assert [(change.cause, change.actor) for change in history] == [("added by hand", "x")]
    with pytest.raises(SubscriberError, match="is no address"):
        add("nobody")


def test_tags_are_changed_by_address(desk):
    desk.read(f"email,tags\n{ADA},press\n")
    assert tag_readers(desk.store, ADA, ("lords", "trial")) == 1
    assert find_readers(desk.store, ADA)[0][0].tags == ("lords", "trial")


def test_a_change_reaches_every_list_and_says_on_how_many(desk):
    desk.read(f"email\n{ADA}\n")
    assert desk.leaves(ADA, Standing.PAUSED) == 1
    assert desk.leaves(ADA, Standing.PAUSED) == 0
