"""A list that is written out opens in a spreadsheet without harm, and comes back as it was."""

import csv
from io import StringIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.subscribers.in_rows import read_rows

from briefing.model.subscriber import Standing, Subscriber
from briefing.subscribers.exporting import csv_pages
from briefing.subscribers.list_rows import CarriedRow

SIGNS = "=+-@|%\t\r\n＝＋－＠"
NAMES = st.text(
    st.sampled_from([*SIGNS, *"' \";,aZ"]) | st.characters(exclude_categories=["Cs"]), max_size=30
)
READERS = st.builds(
    Subscriber,
    email=st.sampled_from(["ada@example.org", "=ada@example.org", "+a@b.org", "'-o@example.org"]),
    name=NAMES,
    tags=st.lists(NAMES.map(lambda tag: tag.replace(";", "")), max_size=3).map(tuple),
)


def written(readers, *, raw=False):
    """A file of a list, with a page for each reader."""
    pages = [
        [(one.email, one.name, ";".join(one.tags), one.standing, one.list, one.choice, one.resumes)]
        for one in readers
    ]
    return "".join(csv_pages(pages, raw=raw))


def cells(readers, *, raw=False):
    return list(csv.reader(StringIO(written(readers, raw=raw), newline="")))


def one_line(text):
    return " ".join(text.split())


@settings(max_examples=4 * settings.default.max_examples, deadline=None)
@given(st.lists(READERS, max_size=3))
def test_no_cell_begins_with_what_a_spreadsheet_runs(readers):
    for row in cells(readers)[1:]:
        assert [cell for cell in row if cell.lstrip(" ")[:1] in tuple(SIGNS)] == []


@settings(max_examples=2 * settings.default.max_examples, deadline=None)
@given(st.lists(READERS, max_size=3))
def test_what_is_written_out_is_read_in_again_as_it_was(tmp_path_factory, readers):
    path = tmp_path_factory.mktemp("list") / "list.csv"
    kept = [
        Subscriber(
            email=reader.email,
            name=one_line(reader.name.replace("\0", "")),
            tags=tuple(
                dict.fromkeys(
                    tag for tag in (one_line(tag.replace("\0", "")) for tag in reader.tags) if tag
                )
            ),
        )
        for reader in readers
    ]
    path.write_text(written(kept), "utf-8", newline="")
    back = list(read_rows(path))
    assert [type(row) for row in back] == [tuple] * len(kept)
    assert [(email, name, tags) for _, email, _, name, tags in back] == [
        (reader.email, reader.name, reader.tags) for reader in kept
    ]


@pytest.mark.parametrize("sign", SIGNS)
def test_raw_leaves_every_cell_alone(sign):
    reader = Subscriber(email="ada@example.org", name=f"{sign}1+1")
    assert cells([reader], raw=True)[1][1] == f"{sign}1+1"
    assert cells([reader])[1][1] == f"'{sign}1+1"


def test_how_readers_stand_is_written_out():
    gone = Subscriber(email="a@example.org", standing=Standing.COMPLAINED, list="readers")
    assert cells([gone]) == [
        [*"email name tags standing list topics days weekly paused_until".split()],
        ["a@example.org", "", "", "complained", "readers", "", "", "", ""],
    ]


@pytest.mark.parametrize("standing", [one for one in Standing if one is not Standing.ERASED])
def test_a_file_that_says_how_they_stand_brings_them_back_as_they_stood(tmp_path, standing):
    path = tmp_path / "list.csv"
    path.write_text(written([Subscriber(email="a@example.org", standing=standing)]))
    (row,) = read_rows(path)
    stood = row.standing if isinstance(row, CarriedRow) else Standing.ACTIVE
    assert stood is standing
